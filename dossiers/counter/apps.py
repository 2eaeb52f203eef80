from django.apps import AppConfig


class CounterConfig(AppConfig):
    """Tickets, kiosk, hall screen; knows no dossier."""

    name = "dossiers.counter"
    label = "counter"
    verbose_name = "Quầy và số thứ tự"
