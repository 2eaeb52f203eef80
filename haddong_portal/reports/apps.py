from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Dashboards and statutory reports; nobody imports it."""

    name = "haddong_portal.reports"
    label = "reports"
    verbose_name = "Báo cáo"

    def ready(self) -> None:
        from haddong_portal.common.rights import register
        from haddong_portal.common.web import nav
        from haddong_portal.reports.permissions import ACTS

        register(ACTS)
        nav.register(nav.NavItem("Tình hình", "reports:overview", "chart-bar", "report.overview", 100, group="Hồ sơ"))
        nav.register(
            nav.NavItem("Số liệu giấy tờ", "paper-reports:figures", "chart-dots", "report.papers", 175, group="Hồ sơ")
        )
