"""Headings: cases a citizen can be in, sections of every case, remarks."""

from __future__ import annotations

from typing import Any

from procedures.rules.cases import COMMON_CASE, parse_cases
from tests.procedures.records import paper


def group(heading: str, *names: str, **more: Any) -> dict[str, Any]:
    return {"group": heading, "items": [paper(name) for name in names], **more}


def test_one_unnamed_group_is_the_common_case() -> None:
    cases, _ = parse_cases([group("", "Đơn")])
    assert [case.name for case in cases] == [COMMON_CASE]


def test_sections_are_parts_of_one_case_and_keep_their_kind() -> None:
    cases, _ = parse_cases(
        [
            group("* Giấy tờ phải nộp:", "Tờ khai"),
            group("* Giấy tờ phải xuất trình:", "Căn cước"),
            {"group": "* Lưu ý:", "items": [paper("Người tiếp nhận kiểm tra giấy tờ.", 0, 0)]},
        ]
    )
    assert len(cases) == 1
    assert [(one.name, one.kind, one.is_note) for one in cases[0].requirements] == [
        ("Tờ khai", "submit", False),
        ("Căn cước", "present", False),
        ("Người tiếp nhận kiểm tra giấy tờ.", "submit", True),
    ]


def test_a_chosen_case_shows_the_common_papers_too() -> None:
    cases, _ = parse_cases([group("", "Tờ khai"), group("b) Trường hợp ủy quyền, hồ sơ gồm:", "Giấy ủy quyền")])
    assert [case.name for case in cases] == [COMMON_CASE, "Trường hợp ủy quyền"]
    assert [one.name for one in cases[1].requirements] == ["Tờ khai", "Giấy ủy quyền"]


def test_the_source_may_say_itself_what_is_a_case() -> None:
    cases, _ = parse_cases(
        [group("Giám hộ cử", "Tờ khai", is_case=True), group("Giám hộ đương nhiên", "Tờ khai", is_case=True)]
    )
    assert [case.name for case in cases] == ["Giám hộ cử", "Giám hộ đương nhiên"]


def test_a_heading_without_a_list_is_itself_the_paper() -> None:
    cases, _ = parse_cases([{"group": "", "items": []}, {"group": "Văn bản đề nghị1 bản chính", "items": []}])
    assert cases[0].requirements[0].originals == 1


def test_an_endless_heading_is_cut_as_name_and_kept_as_remark() -> None:
    heading = "Trường hợp " + "rất dài " * 400
    cases, _ = parse_cases([group(heading, "Đơn")])
    assert len(cases[0].name) <= 301
    assert any(one.is_note and len(one.name) > 300 for one in cases[0].requirements)


def test_nothing_listed_is_no_case() -> None:
    for nothing in (None, [], "", [{}], [{"group": "--", "items": []}]):
        assert parse_cases(nothing)[0] == ()


def test_bare_papers_without_groups_are_read() -> None:
    cases, _ = parse_cases(["Đơn đề nghị", {"name": "Bản sao giấy phép"}])
    assert [one.name for one in cases[0].requirements] == ["Đơn đề nghị", "Bản sao giấy phép"]
