from django.apps import AppConfig


class PapersConfig(AppConfig):
    """A person's digital papers; knows no dossier."""

    name = "dossiers.papers"
    label = "papers"
    verbose_name = "Giấy tờ điện tử"
