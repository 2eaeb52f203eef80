from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    """The published catalogue: versions, cases, ISO processes."""

    name = "procedures"
    label = "procedures"
    verbose_name = "Thủ tục hành chính"
