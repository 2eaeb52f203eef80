from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The public home and each role's start page, put together from all apps; nobody imports it."""

    name = "haddong_portal.home"
    label = "home"
    verbose_name = "Trang chủ"

    def ready(self) -> None:
        from haddong_portal.common.rights import SIGNED_IN
        from haddong_portal.common.web import nav
        from haddong_portal.home.work_panels import register_panels

        nav.register(nav.NavItem("Bắt đầu", "home:start", "home", SIGNED_IN, 10))
        register_panels()
