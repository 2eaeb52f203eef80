"""A template is refused with every reason, each with a code and a Vietnamese sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from interlink.rules.check_template import check_template
from interlink.rules.conditions import ConditionUnreadable, parse_condition
from interlink.rules.field_table import field_table
from interlink.rules.parse_template import parse_template
from interlink.rules.template import TemplateUnreadable
from tests.interlink.rules.shipped import KNOWN, shipped, shipped_versions, small


def codes(raw: dict[str, Any]) -> set[str]:
    return {problem.code for problem in check_template(parse_template(raw), KNOWN)}


def test_the_small_template_and_every_shipped_one_may_be_published() -> None:
    assert codes(small()) == set()
    versions = shipped_versions()
    assert len(versions) == 10
    for version in versions:
        assert check_template(parse_template(version.definition), KNOWN) == (), version


def test_shipped_versions_of_a_group_do_not_overlap_and_leave_no_day_out() -> None:
    for group in ("birth", "death"):
        dated = [(one.effective_from, one.effective_to) for one in shipped_versions() if one.group == group]
        for (_, ended), (begins, _) in zip(dated, dated[1:], strict=False):
            assert ended is not None and (begins - ended).days == 1


def test_a_later_regime_asks_what_it_added_and_no_earlier_one_does() -> None:
    assert shipped("birth").declared("identity_card.wanted") is None
    assert shipped("birth", "R4").declared("identity_card.wanted") is not None
    assert [leg.key for leg in shipped("birth", "R4").legs][-1] == "identity_card"
    assert shipped("death", "R4").leg("merit").agency == "home_affairs"


def _leg(raw: dict[str, Any], position: int, **changes: Any) -> None:
    raw["legs"][position].update(changes)


BREAKS: dict[str, Callable[[dict[str, Any]], object]] = {
    "template.no_legs": lambda raw: raw.update(legs=[], confirmations=[]),
    "template.leg_twice": lambda raw: raw["legs"].append(raw["legs"][0]),
    "template.field_twice": lambda raw: raw["fields"].append(raw["fields"][0]),
    "template.label_twice": lambda raw: raw["fields"].append({**raw["fields"][0], "key": "requester.name"}),
    "template.paper_twice": lambda raw: raw["papers"].append(raw["papers"][0]),
    "template.unknown_section": lambda raw: raw["fields"][0].update(section="khac"),
    "template.choices": lambda raw: raw["fields"][0].update(kind="choice"),
    "template.no_requester": lambda raw: raw.update(requester="khac"),
    "template.no_subject": lambda raw: raw.update(subject=[]),
    "template.unknown_field": lambda raw: raw.update(subject=["khac"]),
    "template.condition_field": lambda raw: _leg(raw, 1, when={"field": "khac", "filled": True}),
    "template.condition_value": lambda raw: _leg(raw, 1, when={"field": "move.kind", "is": ["c"]}),
    "template.unknown_agency": lambda raw: _leg(raw, 1, agency="khac"),
    "template.unknown_procedure": lambda raw: _leg(raw, 0, procedure_code="9.999999"),
    "template.unknown_leg": lambda raw: _leg(raw, 1, after=["khac"]),
    "template.return_not_before": lambda raw: _leg(raw, 0, on_return="second"),
    "template.cycle": lambda raw: _leg(raw, 0, after=["second"]),
    "template.unreachable": lambda raw: _leg(raw, 0, after=["second"]),
    "template.unmapped": lambda raw: _leg(raw, 0, required=["name", "khac"]),
    "template.unknown_result": lambda raw: _leg(raw, 1, fields={"number": {"result": "first.khac"}}),
    "template.result_not_before": lambda raw: _leg(raw, 0, fields={"name": {"result": "first.number"}}),
    "template.unknown_paper": lambda raw: _leg(raw, 1, papers={"proof": {"paper": "khac"}}),
    "template.dead_end": lambda raw: _leg(raw, 1, waits_for=["first.khac"]),
    "template.idle_confirmation": lambda raw: raw["confirmations"][0].update(needed_by=[]),
    "template.no_limit": lambda raw: (raw.update(group_limits=[]), _leg(raw, 1, limit=None)),
}


@pytest.mark.parametrize("code", BREAKS)
def test_each_reason_not_to_publish(code: str) -> None:
    raw = small()
    BREAKS[code](raw)
    found = [problem for problem in check_template(parse_template(raw), KNOWN) if problem.code == code]
    assert found, codes(raw)
    assert all(problem.message.endswith(".") for problem in found)


def test_a_confirmation_without_an_end_is_a_dead_end() -> None:
    assert codes(small(confirmation_wait=None)) == {"template.dead_end"}


def test_unknown_paper_types_are_named_where_the_catalogue_is_known() -> None:
    from dataclasses import replace

    raw = small(papers=[{"key": "proof", "label": "Giấy tờ", "paper_type": "KHAC"}])
    known = replace(KNOWN, paper_types=frozenset({"IDENTITY"}))
    assert {one.code for one in check_template(parse_template(raw), known)} == {"template.unknown_paper_type"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"colour": "red"}, "không hiểu khóa colour"),
        ({"legs": {"a": 1}}, "phải là danh sách"),
        ({"legs": [{"name": "x"}]}, "thiếu"),
        ({"fields": [{"key": "x", "label": "X", "section": "s", "kind": "blob"}]}, "phải là một trong"),
        ({"subject": [1]}, "danh sách chữ"),
        ({"group_limits": [{"limit": {"value": -1, "unit": "hours"}}]}, "không âm"),
    ],
)
def test_what_cannot_be_read_says_where(change: dict[str, Any], words: str) -> None:
    with pytest.raises(TemplateUnreadable, match=words):
        parse_template(small(**change))


def test_sources_name_exactly_one_thing() -> None:
    for source in ({}, {"from": "a", "value": "b"}):
        raw = small()
        raw["legs"][0]["fields"] = {"name": source}
        with pytest.raises(TemplateUnreadable):
            parse_template(raw)


def test_conditions_combine() -> None:
    found = parse_condition({"all": [{"field": "a", "is": ["1"]}, {"not": {"field": "b", "filled": True}}]})
    assert found is not None
    assert found.holds({"a": "1"}) and not found.holds({"a": "1", "b": "x"}) and not found.holds({})
    assert list(found.fields()) == ["a", "b"]
    either = parse_condition({"any": [{"field": "a", "is": ["1"]}, {"field": "b", "filled": False}]})
    assert either is not None and either.holds({}) and not either.holds({"b": "x"})
    for wrong in ([], {"field": "a"}, {"all": []}, {"field": "a", "is": []}):
        with pytest.raises(ConditionUnreadable):
            parse_condition(wrong)


def test_no_required_field_is_asked_twice_and_each_target_has_its_source() -> None:
    for version in shipped_versions():
        template = parse_template(version.definition)
        keys = [field.key for field in template.fields]
        assert len(keys) == len(set(keys))
        for leg in template.legs:
            assert set(leg.required) <= set(leg.fields)


def test_the_table_in_the_docs_is_that_of_the_templates() -> None:
    path = Path(__file__).parents[3] / "docs/linked-fields.md"
    assert path.read_text(encoding="utf-8") == field_table(shipped_versions())
