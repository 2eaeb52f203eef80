from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, units, posts held over time, office hours and the calendar."""

    name = "haddong_portal.accounts"
    label = "accounts"
    verbose_name = "Đơn vị và tài khoản"
