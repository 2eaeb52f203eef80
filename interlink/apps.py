from django.apps import AppConfig


class InterlinkConfig(AppConfig):
    """Linked workflows over dossiers and outside agencies."""

    name = "interlink"
    label = "interlink"
    verbose_name = "Liên thông"
