from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Dashboards and statutory reports; nobody imports it."""

    name = "haddong_portal.reports"
    label = "reports"
    verbose_name = "Báo cáo"
