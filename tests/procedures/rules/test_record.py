"""A whole record: what is refused, what is missing, what makes another version. Hostile input never breaks it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procedures.rules.completeness import PART_LETTERS
from procedures.rules.parsed import RecordRefused
from procedures.rules.record import parse_record
from tests.procedures.records import method, paper, record


def test_a_whole_record_lacks_nothing() -> None:
    parsed = parse_record(record("1.001193.000.00.00.H26"))
    assert parsed.national_code == "1.001193"
    assert parsed.local_code == "1.001193.000.00.00.H26"
    assert parsed.source == "dichvucong.example STANDARD"
    assert parsed.missing_parts == ()
    assert parsed.blockers == ()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("text", "record.not_an_object"),
        (None, "record.not_an_object"),
        ([], "record.not_an_object"),
        ({}, "record.no_code"),
        (record(""), "record.no_code"),
        (record("khai sinh"), "record.bad_code"),
        (record("1.00119"), "record.bad_code"),
    ],
)
def test_refused_is_only_what_cannot_be_filed(raw: object, reason: str) -> None:
    with pytest.raises(RecordRefused) as refusal:
        parse_record(raw)
    assert refusal.value.reason_code == reason


@pytest.mark.parametrize(
    ("part", "changes"),
    [
        ("name", {"name": " "}),
        ("steps", {"steps": [{"name": "", "text": ""}]}),
        ("methods", {"methods": []}),
        ("papers", {"components": []}),
        (
            "time_limit",
            {"methods": [method("direct", time_value=1, time_unit="other", time_text="")], "processing_time": ""},
        ),
        ("subjects", {"subjects": []}),
        ("agencies", {"agencies": {"executing": "", "coordinating": "Công an"}}),
    ],
)
def test_each_statutory_part_is_missed_by_name(part: str, changes: dict[str, Any]) -> None:
    assert parse_record(record(**changes)).missing_parts == (part,)
    assert part in PART_LETTERS


def test_a_demanded_residence_book_blocks() -> None:
    parsed = parse_record(record(components=[{"group": "", "items": [paper("Sổ hộ khẩu (bản chính)")]}]))
    assert parsed.blockers == ("residence_book",)


def test_the_same_content_has_the_same_hash_whatever_its_dress() -> None:
    plain = parse_record(record())
    dressed = parse_record(record(name="  Cấp giấy\u200b  xác nhận thử ", subjects="Công dân Việt Nam", raw={"x": 1}))
    assert plain.content_hash == dressed.content_hash


@pytest.mark.parametrize(
    ("part", "changes"),
    [
        ("name", {"name": "Khác"}),
        ("papers", {"components": [{"group": "", "items": [paper("Đơn khác")]}]}),
        ("steps", {"steps": ["Khác"]}),
        ("conditions", {"conditions": "Có"}),
        ("legal", {"legal": []}),
        ("fees", {"methods": [method("direct", fees=[]), method("online", fees=[])]}),
    ],
)
def test_a_change_is_named_by_its_part(part: str, changes: dict[str, Any]) -> None:
    before, after = parse_record(record()), parse_record(record(**changes))
    assert before.content_hash != after.content_hash
    assert part in {name for name, digest in after.part_hashes.items() if before.part_hashes[name] != digest}


def test_limits_are_counted_per_way_of_filing() -> None:
    unclear = method("post", time_value=None, time_unit=None, time_text="Theo quy định của cơ quan khác")
    parsed = parse_record(record(methods=[method("direct"), method("online"), unclear]))
    assert (parsed.limits_structured, parsed.limits_to_review) == (2, 1)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
columns = [name for name in record() if name not in {"code"}]


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(st.sampled_from(columns), json_values, max_size=6))
def test_any_json_in_any_column_gives_a_version_or_a_true_refusal(changes: dict[str, Any]) -> None:
    parsed = parse_record(record("1.000123", **changes))
    assert parsed.national_code == "1.000123"
    assert set(parsed.missing_parts) <= set(PART_LETTERS)
    assert all("\x00" not in text for text in (parsed.name, parsed.conditions, parsed.sector, parsed.source))
    assert len(parsed.name) <= 2000 and len(parsed.sector) <= 200 and len(parsed.source) <= 60
    assert all(fee.amount_vnd is None or 0 <= fee.amount_vnd < 2**31 for fee in parsed.fees)
    assert all(limit.limit is not None or limit.text for limit in parsed.limits)


@given(json_values)
def test_any_json_at_all_is_read_or_refused(raw: object) -> None:
    try:
        parse_record(raw)
    except RecordRefused as refusal:
        assert refusal.reason_code.startswith("record.")
