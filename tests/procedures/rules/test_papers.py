"""One listed paper: quantities, remarks, shown or handed in, and the books nobody may ask for."""

from __future__ import annotations

from typing import Any

import pytest

from procedures.rules.papers import parse_item
from procedures.rules.parsed import ParsedRequirement
from tests.procedures.records import paper


def read(raw: object, **more: Any) -> ParsedRequirement:
    papers, _ = parse_item(raw, **({"kind": "submit", "all_notes": False} | more))
    assert len(papers) == 1
    return papers[0]


@pytest.mark.parametrize(
    ("raw", "originals", "copies"),
    [
        (paper("Tờ khai", 2, 1), 2, 1),
        (paper("Tờ khai hải quan: 02 bản.", 0, 0), 2, 0),
        (paper("Hóa đơn thương mại: 01 bản chụp;", 0, 0), 0, 1),
        (paper("Đơn đề nghị: Bản chính: 1, Bản sao: 2", None, None), 1, 2),
        (paper("Bản sao giấy chứng tử", None, None), 0, 1),
        (paper("Đơn đề nghị", None, None), 1, 0),
        (paper("giấy đề nghị giảm tiền thuê đất 20251 bản chính", 0, 0), 1, 0),
    ],
)
def test_quantities_are_stated_or_read_from_the_words(raw: dict[str, Any], originals: int, copies: int) -> None:
    found = read(raw)
    assert (found.originals, found.copies, found.is_note) == (originals, copies, False)


@pytest.mark.parametrize(
    "remark",
    [
        "Trường hợp người yêu cầu đã nộp bản điện tử thì không phải nộp bản giấy, cơ quan tự khai thác dữ liệu.",
        "- Cá nhân có quyền lựa chọn thực hiện thủ tục tại nơi cư trú.",
        "Đối với giấy tờ gửi kèm theo nếu nộp trực tuyến:",
        "hoặc chứng từ dưới dạng dữ liệu điện tử " + "và nội dung dài " * 30,
    ],
)
def test_a_remark_with_no_copies_is_a_note_not_a_paper(remark: str) -> None:
    found = read(paper(remark, 0, 0))
    assert found.is_note
    assert not found.required


def test_several_papers_in_one_cell_become_several_lines() -> None:
    raw = {"name": "o Đơn đề nghị – Bản chính: 1\no Bản sao giấy đăng ký – Bản sao: 1", "original": None, "copy": None}
    papers, _ = parse_item(raw, kind="submit", all_notes=False)
    assert [(one.name, one.originals, one.copies) for one in papers] == [
        ("Đơn đề nghị", 1, 0),
        ("Bản sao giấy đăng ký", 0, 1),
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Sổ hộ khẩu", "HOUSEHOLD_BOOK"),
        ("SỔ HỘ KHẨU (bản chính)", "HOUSEHOLD_BOOK"),
        ("Bản sao sổ  hộ khẩu của cha, mẹ", "HOUSEHOLD_BOOK"),
        ("Xuất trình sổ tạm trú", "TEMPORARY_RESIDENCE_BOOK"),
        ("Giấy khai sinh, sổ hộ khẩu của mẹ", "HOUSEHOLD_BOOK"),
    ],
)
def test_a_demanded_residence_book_is_recognised(name: str, kind: str) -> None:
    assert read(paper(name)).paper_type == kind


@pytest.mark.parametrize(
    "name",
    [
        "Tờ khai thay đổi thông tin cư trú, ghi rõ nơi tạm trú",
        "Phiếu báo thay đổi hộ khẩu, nhân khẩu",
        "Không yêu cầu nộp sổ hộ khẩu",
        "Một trong các giấy tờ sau: căn cước; hộ chiếu; sổ hộ khẩu",
        "Nghị định 104/2022 sửa đổi các nghị định liên quan đến việc nộp, xuất trình sổ hộ khẩu, sổ tạm trú giấy",
    ],
)
def test_words_alone_only_flag_a_line(name: str) -> None:
    papers, notes = parse_item(paper(name), kind="submit", all_notes=False)
    assert papers[0].paper_type not in {"HOUSEHOLD_BOOK", "TEMPORARY_RESIDENCE_BOOK"}
    assert "papers.residence_words" in {note.code for note in notes}


def test_optional_papers_are_not_required() -> None:
    assert read(paper("Văn bản ủy quyền (nếu có)")).required is False
    assert read(paper("Trường hợp trẻ bị bỏ rơi thì có biên bản")).required is False
    assert read(paper("Tờ khai")).required is True


@pytest.mark.parametrize("odd", [None, 5, [], {"name": {"x": 1}}, {"name": "Đơn", "original": "nhiều", "forms": "mẫu"}])
def test_odd_items_do_not_break(odd: object) -> None:
    parse_item(odd, kind="submit", all_notes=False)
