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
