"""Legal rows that a crawl ran together are taken apart only where that can be shown."""

from __future__ import annotations

from procedures.rules.legal import parse_legal, split_row


def test_two_cells_without_their_border() -> None:
    row = {
        "code": "144/2025/NĐ-CP",
        "name": "Quy định về hoạt động vận tải đường bộ158/2024/NĐ-CPquy định về phân quyền",
    }
    assert split_row(row) == [
        {"code": "158/2024/NĐ-CP", "name": "Quy định về hoạt động vận tải đường bộ"},
        {"code": "144/2025/NĐ-CP", "name": "quy định về phân quyền"},
    ]


def test_three_cells_and_a_glued_year() -> None:
    row = {
        "code": "14/2026/NĐ-CP",
        "name": "Giao thông đường thủy23/2004/QH11sửa đổi Luật 23/2004/QH11 200448/2014/QH13cắt giảm",
    }
    assert [part["code"] for part in split_row(row)] == ["23/2004/QH11", "48/2014/QH13", "14/2026/NĐ-CP"]


def test_ordinary_citations_stay_whole() -> None:
    for name in (
        "Thông tư số 05/2021/TT-BTC ngày 20/01/2021 của Bộ trưởng",
        "Nghị định 166/2016/NĐ-CP-Quy định về giao dịch điện tử",
        "Luật Hộ tịch",
        "31/2025/QĐ-TTg",
    ):
        assert len(split_row({"code": "1/2020/NĐ-CP", "name": name})) == 1


def test_a_split_is_noted_for_the_editor_and_empty_rows_go() -> None:
    rows, notes = parse_legal(
        [{"code": "", "name": ""}, {"code": "2/2020/NĐ-CP", "name": "Luật A60/2014/QH13nghị định B"}, "Luật C"]
    )
    assert [row["code"] for row in rows] == ["60/2014/QH13", "2/2020/NĐ-CP", ""]
    assert [note.code for note in notes] == ["legal.split"]
