from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    """The published catalogue: versions, cases, ISO processes."""

    name = "procedures"
    label = "procedures"
    verbose_name = "Thủ tục hành chính"

    def ready(self) -> None:
        from haddong_portal.common.rights import register
        from procedures.permissions import ACTS

        register(ACTS)
