"""The shipped catalogue, words, life events, processes and lists of units: shape, references, own wording."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from haddong_portal.accounts.constants import Role, UnitKind
from haddong_portal.common.limits import LimitUnit, TimeLimit
from haddong_portal.common.limits.catalogue import structured_from_method
from procedures.constants import (
    DelegatedAct,
    DigitiseDuty,
    PaperType,
    ProcessKind,
    RequirementKind,
    ResponsibleUnit,
    ServiceLevel,
    StepAction,
)
from procedures.rules.process_check import CaseTime, check_process
from procedures.rules.process_path import (
    PathStep,
    allowed_returns,
    branches_joining_at,
    branches_starting_after,
    critical_minutes,
)
from tests.data.shipped import CERTAINTIES, catalogue, folded, items_of, load, methods_of, texts, units, words
from tests.shared_data import REPOSITORY, shared_path

PROCEDURE_CODE = re.compile(r"\d\.\d{6}")
# Paper books lost their value on 01/01/2023; no line may ask for one (ND104-2022-D14).
PAPER_BOOKS = re.compile(r"sổ hộ khẩu|sổ tạm trú", re.IGNORECASE)


# --- the starter catalogue


def test_the_starter_catalogue_is_large_enough_and_named_by_national_codes() -> None:
    records = load("procedures/data/starter_catalogue.json")
    assert len(records) == len(catalogue()) >= 45
    for record in records:
        assert PROCEDURE_CODE.fullmatch(record["code"])
        assert record["code_full"] == record["code"] + ".000.00.00.H26"
        assert set(record["levels"]) <= {"huyen", "xa"}
        assert record["source"] == "starter"


@pytest.mark.parametrize("code", sorted(record["code"] for record in load("procedures/data/starter_catalogue.json")))
def test_a_starter_procedure_has_every_statutory_part(code: str) -> None:
    record = catalogue()[code]
    assert all(record[part] for part in ("name", "subjects", "legal", "results", "steps", "methods", "components"))
    assert record["agencies"]["executing"]
    assert all(step["name"] and step["text"] for step in record["steps"])
    assert record["audience_line"] and len(record["audience_line"]) <= 120
    assert record["service_level"] in ServiceLevel.values
    assert record["certainty"] in CERTAINTIES
    for group in record["components"]:
        assert group["group"] and group["items"]
    for method in methods_of(record):
        parsed = structured_from_method(method["time_value"], method["time_unit"], method["time_text"], method["note"])
        assert parsed.limit is not None, method


def test_papers_of_the_starter_catalogue_use_the_words_of_the_model() -> None:
    for record in catalogue().values():
        for item in items_of(record):
            assert item["kind"] in RequirementKind.values
            assert item["digitise"] in DigitiseDuty.values
            assert item.get("paper_type", PaperType.IDENTITY) in PaperType.values
            assert item["original"] + item["copy"] > 0
            # A paper that is only shown goes back to the citizen: it may not be digitised.
            assert item["kind"] != RequirementKind.PRESENT or item["digitise"] == DigitiseDuty.NO


def test_no_starter_procedure_asks_for_a_paper_household_book() -> None:
    for record in catalogue().values():
        assert not [item["name"] for item in items_of(record) if PAPER_BOOKS.search(item["name"])]


def test_an_open_fee_is_never_written_as_free() -> None:
    for record in catalogue().values():
        for method in methods_of(record):
            assert method["fees"]
            for fee in method["fees"]:
                assert isinstance(fee["amount_vnd"], int)
                assert fee["amount_vnd"] > 0 or not fee["text"] or "miễn" not in fee["text"].lower()
                assert fee["amount_vnd"] == 0 or fee["text"]
        unknown = any(fee["amount_vnd"] == 0 and fee["text"] for method in record["methods"] for fee in method["fees"])
        assert not (unknown and record["fees"] == "Miễn phí")


def test_birth_registration_has_the_three_cases_of_the_law() -> None:
    names = [group["group"] for group in catalogue()["1.001193"]["components"]]
    assert names == ["Trường hợp thông thường", "Trẻ bị bỏ rơi", "Trẻ sinh ra do mang thai hộ"]


def test_every_starter_code_is_a_real_one_or_says_why_not() -> None:
    real = {record["code"] for record in json.loads(shared_path("catalog.json").read_text(encoding="utf-8"))}
    real |= {
        record["code"] for record in json.loads(shared_path("procedures_pre2025.json").read_text(encoding="utf-8"))
    }
    for record in catalogue().values():
        assert (record["code"] in real) != bool(record["code_reason"]), record["code"]


def own_prose(record: dict[str, Any]) -> Iterator[str]:
    """What the record says in its own words: names of procedures, forms, results and laws are facts, not prose."""
    titles = [words(title) for title in [*record["forms"], *(result["name"] for result in record["results"])]]
    facts = {"name", "results", "legal", "forms", "subjects", "field", "promulgator"}
    for text in texts({key: value for key, value in record.items() if key not in facts}):
        if words(text) not in titles:
            yield text


def test_no_sentence_of_the_starter_catalogue_is_copied() -> None:
    source = ""
    for name in ("procedures.json", "procedures_pre2025.json"):
        records = json.loads(shared_path(name).read_text(encoding="utf-8"))
        source += "|".join(words(text) for text in texts(records)) + "|"
    copied = []
    for record in catalogue().values():
        for text in own_prose(record):
            sentences = (words(sentence) for sentence in re.split(r"[.;:\n?!]", text))
            copied += [(record["code"], line) for line in sentences if len(line.split()) >= 12 and line in source]
    assert copied == []


# --- words, life events, processes, who performs what


def test_synonyms_are_many_distinct_and_lead_to_known_procedures() -> None:
    rows = load("procedures/data/synonyms.json")["synonyms"]
    assert len(rows) >= 120
    assert len({folded(row["term"]) for row in rows}) == len(rows)
    for row in rows:
        assert row["means"] and row["codes"] and set(row["codes"]) <= set(catalogue()), row["term"]
    meant = {row["term"]: row["codes"][0] for row in rows}
    assert meant["giấy độc thân"] == "1.004873"
    assert meant["sang tên sổ đỏ"] == "1.012765"


def test_words_for_the_paper_household_book_say_that_it_is_gone() -> None:
    rows = {row["term"]: row for row in load("procedures/data/synonyms.json")["synonyms"]}
    for term in ("hộ khẩu", "sổ hộ khẩu", "nhập khẩu", "sổ tạm trú"):
        assert "không còn giá trị" in rows[term]["note"]


def test_six_life_events_are_the_one_truth_of_which_procedure_belongs_where() -> None:
    events = load("procedures/data/life_events.json")["life_events"]
    assert [event["slug"] for event in events] == [
        "sinh-con",
        "ket-hon",
        "chuyen-nha",
        "nguoi-than-qua-doi",
        "mo-quan",
        "nha-dat",
    ]
    icons = (REPOSITORY / "haddong_portal/assets/icons.txt").read_text(encoding="utf-8").split()
    assert {event["icon"] for event in events} <= set(icons)
    for code, record in catalogue().items():
        assert set(record["life_events"]) == {event["slug"] for event in events if code in event["codes"]}
    assert {code for event in events for code in event["codes"]} <= set(catalogue())


def processes() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = load("procedures/data/iso_processes.json")["processes"]
    return rows


def planned(process: dict[str, Any]) -> tuple[PathStep, ...]:
    return tuple(
        PathStep(
            sequence=step["sequence"],
            name=step["name"],
            action=step["action"],
            role=step["responsible"]["role"],
            place=step["responsible"]["at"],
            minutes=round(60 * step["limit_working_hours"]),
            record=step["record"],
            branch=step.get("branch", 0),
            starts_after=step.get("starts_after"),
            joins_before=step.get("joins_before"),
            returns_to=tuple(step.get("returns_to", ())),
            post_title=step["post_title"],
        )
        for step in process["steps"]
    )


@pytest.mark.parametrize("process", processes(), ids=lambda process: process["key"])
def test_every_shipped_process_could_be_issued(process: dict[str, Any]) -> None:
    legal = CaseTime("luật định", TimeLimit(str(process["legal_limit_working_hours"]), LimitUnit.WORKING_HOUR))
    promised = round(60 * process.get("promised_cut_working_hours", 0))
    found = check_process(planned(process), [legal], promised_cut_minutes=promised)
    assert found.problems == ()
    assert all(step.post_title for step in planned(process))


def test_one_process_asks_two_departments_at_once_and_names_where_it_may_go_back() -> None:
    [permit] = [one for one in processes() if one["key"] == "house-building-permit-2"]
    steps = planned(permit)
    assert [first.starts_after for first in branches_starting_after(steps, 3)] == [3, 3]
    assert branches_joining_at(steps, 8) == (1, 2)
    assert allowed_returns(steps, 8) == (3, 7)
    assert {step["unit"] for step in permit["steps"] if step.get("branch")} <= set(units())


def test_a_replaced_issue_ends_where_the_next_begins() -> None:
    issues = {(one["document_no"], one["issue_no"]): one for one in processes()}
    for (number, issue), row in issues.items():
        following = issues.get((number, issue + 1))
        assert row.get("expires_on") == (following["effective_on"] if following else None)


def test_delegations_name_real_units_and_procedures_and_say_that_they_are_not_confirmed() -> None:
    for row in load("procedures/data/delegations.json")["delegations"]:
        assert {row["from_unit"], *row["to_units"]} <= set(units())
        assert row["from_unit"] not in row["to_units"]
        assert set(row["procedure_codes"]) <= set(catalogue())
        assert set(row["acts"]) <= set(DelegatedAct.values)
        assert row["confirmed"] is False
        assert "chưa xác nhận" in row["note"]


def test_process_steps_are_in_order_add_up_and_fit_the_legal_limit() -> None:
    for process in processes():
        steps = process["steps"]
        assert [step["sequence"] for step in steps] == list(range(1, len(steps) + 1))
        assert critical_minutes(planned(process)) == pytest.approx(60 * process["total_working_hours"])
        assert process["total_working_hours"] <= process["legal_limit_working_hours"]
        if process["fit"] == "proportional":
            assert sum(step["share_percent"] for step in steps) == pytest.approx(100)
        assert [steps[0]["action"], steps[-1]["action"]] == [StepAction.RECEIVE, StepAction.RETURN_RESULT]
        for step in steps:
            assert step["action"] in StepAction.values
            assert step["responsible"]["role"] in Role.values
            assert step["responsible"]["at"] in ResponsibleUnit.values
            assert float(step["limit_working_hours"] * 60).is_integer()


def test_each_level_has_its_default_processes_and_specific_ones_name_real_procedures() -> None:
    defaults = {(process["level"], process["kind"]) for process in processes() if process["is_default"]}
    assert defaults == {
        ("xa", ProcessKind.SAME_DAY),
        ("xa", ProcessKind.MULTI_DAY),
        ("huyen", ProcessKind.SAME_DAY),
        ("huyen", ProcessKind.MULTI_DAY),
        ("huyen", ProcessKind.LAND_BRANCH),
    }
    named = [code for process in processes() if process["issue_no"] == 1 for code in process["procedure_codes"]]
    assert len(named) == len(set(named)) >= 10
    assert set(named) <= set(catalogue())


def performed() -> dict[str, Any]:
    rules: dict[str, Any] = load("procedures/data/performed_here.json")
    return rules


def test_every_procedure_of_a_level_is_performed_or_refused_with_a_reason() -> None:
    for level in performed()["levels"]:
        refused = {code for row in level["not_performed"] for code in row["codes"]}
        expected = {code for code, record in catalogue().items() if level["level"] in record["levels"]}
        assert set(level["performed"]) | refused == expected
        assert not set(level["performed"]) & refused
        assert all(row["reason"] for row in [*level["not_performed"], *level["not_performed_rules"]])


def test_every_desk_has_its_list_and_exceptions_name_what_would_be_performed() -> None:
    by_level = {level["level"]: level for level in performed()["levels"]}
    listed = {key for level in by_level.values() for key in level["units"]}
    assert listed == {unit["key"] for unit in units().values() if unit["has_one_stop_desk"]}
    for row in performed()["exceptions"]:
        assert row["unit"] in by_level["xa"]["units"]
        assert row["code"] in by_level["xa"]["performed"]
        assert row["reason"]


def test_every_district_procedure_has_exactly_one_department() -> None:
    rows = performed()["departments"]
    handled = Counter(row["code"] for department in rows for row in department["procedures"])
    district = next(level for level in performed()["levels"] if level["level"] == "huyen")
    assert handled == dict.fromkeys(district["performed"], 1)
    deciding = {unit["key"] for unit in units().values() if unit["kind"] in {UnitKind.DEPARTMENT, UnitKind.BRANCH}}
    assert {department["unit"] for department in rows} == deciding
    sectors = [sector for department in rows for sector in department["sectors"]]
    assert len(sectors) == len(set(sectors))
    signers = {row["signing_unit"] for department in rows for row in department["procedures"]}
    assert signers <= set(units())
