"""Rights of audit: act → (label, roles). Role names are text here, since accounts lies above audit."""

from __future__ import annotations

ACTS = {
    "audit.read": ("Tra cứu nhật ký", ("inspector", "administrator")),
    "audit.verify": ("Kiểm tra dấu niêm nhật ký", ("inspector", "administrator")),
    "retention.read": ("Xem thời hạn lưu, chạy thử", ("inspector", "administrator")),
    "retention.edit": ("Sửa thời hạn lưu", ("administrator",)),
}
