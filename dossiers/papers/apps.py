from django.apps import AppConfig


class PapersConfig(AppConfig):
    """A person's digital papers; knows no dossier."""

    name = "dossiers.papers"
    label = "papers"
    verbose_name = "Giấy tờ điện tử"

    def ready(self) -> None:
        from dossiers.papers import navigation
        from dossiers.papers.permissions import ACTS
        from dossiers.papers.selectors.names import names_by_code
        from dossiers.papers.services import forget_scans
        from haddong_portal.audit.subscriptions import register_actions
        from haddong_portal.common.rights import register
        from procedures.ports import register_paper_names

        register(ACTS)
        register_paper_names(names_by_code)
        register_actions(
            {
                "paper.verify": "Xác thực giấy tờ công khai",
                "paper.share_opened": "Mở giấy tờ bằng mã chia sẻ",
                "scan.read": "Xem bản quét",
                "paper.file_rechecked": "Kiểm tra lại tệp trong kho giấy tờ",
                "paper.correction_read": "Xem đề nghị sửa giấy tờ",
                "paper.scan_rerun": "Cho đọc lại bản quét bị bỏ dở",
                "paper_type.edited": "Sửa loại giấy tờ",
            }
        )
        navigation.register()
        forget_scans.register()
