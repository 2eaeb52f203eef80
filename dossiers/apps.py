from django.apps import AppConfig


class DossiersConfig(AppConfig):
    """A dossier from intake to hand-over."""

    name = "dossiers"
    label = "dossiers"
    verbose_name = "Hồ sơ"
