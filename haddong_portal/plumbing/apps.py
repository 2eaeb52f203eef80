from django.apps import AppConfig


class PlumbingConfig(AppConfig):
    """Idempotency keys, number sequences, event deliveries, job attempts."""

    name = "haddong_portal.plumbing"
    label = "plumbing"
    verbose_name = "Hạ tầng dữ liệu"

    def ready(self) -> None:
        from haddong_portal.plumbing.selectors import old_keys

        old_keys.register()
