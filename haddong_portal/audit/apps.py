from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who read or changed what: append-only, hash-chained, verifiable."""

    name = "haddong_portal.audit"
    label = "audit"
    verbose_name = "Nhật ký truy cập"

    def ready(self) -> None:
        from haddong_portal.audit.permissions import ACTS
        from haddong_portal.audit.subscriptions import register_actions
        from haddong_portal.common.rights import register
        from haddong_portal.common.web import nav

        register(ACTS)
        register_actions(
            {
                "audit.searched": "Tra cứu nhật ký",
                "audit.verified": "Kiểm tra dấu niêm",
                "retention.erased": "Xóa dữ liệu hết thời hạn lưu",
                "retention.masked": "Che dữ liệu hết thời hạn lưu",
                "retention.rule_saved": "Sửa thời hạn lưu",
            }
        )
        nav.register(nav.NavItem("Nhật ký", "audit:entries", "history", "audit.read", 910, group="Kiểm tra"))
        nav.register(
            nav.NavItem("Thời hạn lưu", "audit:retention", "hourglass", "retention.read", 920, group="Kiểm tra")
        )
