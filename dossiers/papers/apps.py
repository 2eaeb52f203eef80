from django.apps import AppConfig


class PapersConfig(AppConfig):
    """A person's digital papers; knows no dossier."""

    name = "dossiers.papers"
    label = "papers"
    verbose_name = "Giấy tờ điện tử"

    def ready(self) -> None:
        from dossiers.papers.permissions import ACTS
        from haddong_portal.common.rights import register

        register(ACTS)
