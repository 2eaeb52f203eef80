from django.apps import AppConfig


class CitizensConfig(AppConfig):
    """People and organisations as the administration knows them."""

    name = "haddong_portal.citizens"
    label = "citizens"
    verbose_name = "Người dân, tổ chức"
