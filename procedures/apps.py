from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    """The published catalogue: versions, cases, ISO processes."""

    name = "procedures"
    label = "procedures"
    verbose_name = "Thủ tục hành chính"

    def ready(self) -> None:
        from haddong_portal.audit.subscriptions import register_actions
        from haddong_portal.common.rights import register
        from procedures.permissions import ACTS

        register(ACTS)
        register_actions({"procedure.paper_type_set": "Ghi loại giấy tờ của thành phần hồ sơ"})
        self._navigation()

    def _navigation(self) -> None:
        from haddong_portal.common.rights import PUBLIC
        from haddong_portal.common.web import nav
        from procedures.permissions import EDIT, PRINT_POSTERS, SEE_DELEGATIONS, SEE_PROCESSES, SET_PERFORMED

        public = nav.PUBLIC_AREA
        nav.register(nav.NavItem("Thủ tục", "procedures:list", "files", PUBLIC, 20, public))
        nav.register(nav.NavItem("Nơi nộp", "procedures:units", "building-community", PUBLIC, 30, public))
        nav.register(nav.NavItem("Danh mục thủ tục", "procedures:catalogue", "files", EDIT, 510, group="Danh mục"))
        nav.register(nav.NavItem("Từ đồng nghĩa", "procedures:synonyms", "language", EDIT, 520, group="Danh mục"))
        nav.register(
            nav.NavItem(
                "Thực hiện tại đây", "procedures:own-performed", "checklist", SET_PERFORMED, 525, group="Danh mục"
            )
        )
        nav.register(
            nav.NavItem("Áp phích QR", "procedures:own-posters", "printer", PRINT_POSTERS, 527, group="Danh mục")
        )
        nav.register(nav.NavItem("Quy trình ISO", "procedures:iso-list", "route", SEE_PROCESSES, 523, group="Danh mục"))
        nav.register(nav.NavItem("Ủy quyền", "procedures:delegations", "gavel", SEE_DELEGATIONS, 524, group="Danh mục"))
        nav.register(nav.NavItem("Lượt quét QR", "procedures:scans", "qrcode", EDIT, 530, group="Danh mục"))
