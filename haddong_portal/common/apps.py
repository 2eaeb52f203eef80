from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Shared tools without models: clock, identifiers, errors, web and API glue."""

    name = "haddong_portal.common"
    label = "common"
    verbose_name = "Nền tảng chung"
