"""Every record of the real catalogues gets an answer, and most get a limit."""

from __future__ import annotations

import json
from typing import Any

import pytest

from haddong_portal.common.limits import ParsedLimit, parse_limit_text, structured_from_method
from tests.shared_data import shared_path


def records(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads(shared_path(name).read_text(encoding="utf-8"))
    return loaded


def readings(record: dict[str, Any]) -> list[ParsedLimit]:
    return [
        structured_from_method(method["time_value"], method["time_unit"], method["time_text"], method.get("note"))
        for method in record["methods"]
    ]


def test_current_records_are_all_answered(record_property: Any) -> None:
    by_record = [readings(record) for record in records("procedures.json")]
    assert len(by_record) == 1680
    methods = [parsed for parsed_of_record in by_record for parsed in parsed_of_record]
    assert all((parsed.limit is None) == (parsed.reason is not None) for parsed in methods)
    structured = sum(not parsed.needs_review for parsed in methods) / len(methods)
    whole = sum(bool(r) and all(not p.needs_review for p in r) for r in by_record) / len(by_record)
    record_property("methods_structured", round(structured, 3))
    record_property("records_structured", round(whole, 3))
    assert structured > 0.75
    assert whole > 0.70


def test_a_number_with_a_unit_is_believed_when_its_text_agrees() -> None:
    for record in records("procedures.json"):
        for method, parsed in zip(record["methods"], readings(record), strict=True):
            if method["time_unit"] == "working_day" and parsed.limit is not None:
                assert parsed.limit.unit in {"working_day", "same_day"}
                assert parsed.limit.amount == method["time_value"] or parsed.limit.unit == "same_day"


def test_older_records_are_all_answered(record_property: Any) -> None:
    parsed = [parse_limit_text(record["processing_time"] or "") for record in records("procedures_pre2025.json")]
    assert len(parsed) == 194
    stated = [each for each in parsed if each.reason_code != "nothing_stated"]
    structured = sum(not each.needs_review for each in stated) / len(stated)
    record_property("texts_structured", round(structured, 3))
    assert structured > 0.45


@pytest.mark.parametrize("name", ["procedures.json", "procedures_pre2025.json"])
def test_no_narrative_of_a_real_record_stops_the_reader(name: str) -> None:
    for record in records(name):
        for text in (record["processing_time"], record["conditions"], *(m.get("note") for m in record["methods"])):
            parsed = parse_limit_text(text or "")
            assert parsed.text == (text or "")
