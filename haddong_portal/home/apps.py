from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The public home and each role's start page; nobody imports it."""

    name = "haddong_portal.home"
    label = "home"
    verbose_name = "Trang chủ"
