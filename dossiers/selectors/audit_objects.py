"""Which rows of the audit log a dossier code names."""

from __future__ import annotations

from dossiers.models import Dossier
from haddong_portal.common.codes import parse_dossier_code
from haddong_portal.common.errors import DomainError

ACTIONS = {
    "dossier.track": "Người dân tra cứu hồ sơ",
    "result.read": "Xem, tải tệp kết quả",
    "dossier.slip": "Xem, in phiếu của hồ sơ",
    "dossier.fee_slip": "Xem, in phiếu thu phí, lệ phí",
    "dossier.own_slip": "Người dân xem phiếu",
    "dossier.own": "Người dân mở hồ sơ của mình",
    "dossier.own_list": "Công dân xem danh sách hồ sơ của mình",
    "paper.read": "Xem giấy tờ nộp trực tuyến",
    "slip.guide": "Hướng dẫn tại quầy",
    "slip.refuse": "Từ chối tiếp nhận tại quầy",
    "slip.read": "Xem phiếu cấp tại quầy",
    "delivery.print": "In danh sách bàn giao",
    "outage.recorded": "Ghi sự cố hệ thống",
}
"""Words for actions that are not acts with a right of their own."""


def audit_keys_of_code(text: str) -> list[tuple[str, str]]:
    """The dossier's key as audit rows carry it; nothing for a text that is no code, or a code nobody has."""
    try:
        code = str(parse_dossier_code(text))
    except DomainError:
        return []
    return [("dossier", str(pk)) for pk in Dossier.objects.filter(code=code).values_list("pk", flat=True)]
