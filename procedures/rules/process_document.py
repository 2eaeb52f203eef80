"""The order of the classic ISO document, for a process whose unit has not written one of its own (domain.md §13.2)."""

from __future__ import annotations

from procedures.constants import SectionKind

# (number, kind, title)
USUAL_SECTIONS = (
    ("1", SectionKind.PURPOSE, "Mục đích"),
    ("2", SectionKind.SCOPE, "Phạm vi áp dụng"),
    ("3", SectionKind.REFERENCES, "Tài liệu viện dẫn"),
    ("4", SectionKind.DEFINITIONS, "Định nghĩa, chữ viết tắt"),
    ("5.1", SectionKind.LEGAL_BASIS, "Cơ sở pháp lý"),
    ("5.2", SectionKind.PAPERS, "Thành phần hồ sơ"),
    ("5.3", SectionKind.COPIES, "Số lượng hồ sơ"),
    ("5.4", SectionKind.TIME, "Thời gian xử lý"),
    ("5.5", SectionKind.PLACE, "Nơi tiếp nhận và trả kết quả"),
    ("5.6", SectionKind.FEES, "Phí, lệ phí"),
    ("5.7", SectionKind.STEPS, "Quy trình xử lý công việc"),
    ("5.8", SectionKind.CONDITIONS, "Yêu cầu, điều kiện thực hiện"),
)


def standing_words(kind: SectionKind, name: str, unit_name: str) -> tuple[str, ...]:
    """What a section says when nobody has written anything and the catalogue cannot fill it."""
    words = {
        SectionKind.PURPOSE: (
            f"Quy định thống nhất trình tự, trách nhiệm và thời gian thực hiện “{name}”, để hồ sơ được giải quyết đúng "
            "pháp luật, đúng hẹn và theo dõi được từng bước.",
        ),
        SectionKind.SCOPE: (
            f"Áp dụng cho bộ phận Tiếp nhận và Trả kết quả và các đơn vị thuộc {unit_name} tham gia giải quyết.",
        ),
        SectionKind.REFERENCES: (
            "TCVN ISO 9001:2015 Hệ thống quản lý chất lượng - Các yêu cầu.",
            "Các văn bản pháp luật nêu tại mục cơ sở pháp lý.",
        ),
        SectionKind.DEFINITIONS: (
            "UBND: Ủy ban nhân dân. Giờ, ngày trong bảng bước là giờ, ngày làm việc (01 ngày = 08 giờ).",
        ),
        SectionKind.COPIES: ("01 bộ.",),
    }
    return words.get(kind, ())
