from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who read or changed what: append-only and hash-chained."""

    name = "haddong_portal.audit"
    label = "audit"
    verbose_name = "Nhật ký truy cập"
