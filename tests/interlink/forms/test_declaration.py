"""The form that a template's definition becomes: shape, conditions, what is kept and what is dropped."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlink.forms.conditions import applying, holds
from interlink.forms.declaration import DeclarationForm, name_of
from interlink.forms.kinds import KINDS
from tests.interlink.forms.definitions import FILLED, SMALL


def form(**changes: str) -> DeclarationForm:
    return DeclarationForm(SMALL, FILLED | changes)


def test_what_was_typed_becomes_plain_values_under_the_templates_keys() -> None:
    filled = form(delivery__phone="+84 912 345 678", delivery__copies="2")
    assert filled.is_valid(), filled.errors
    assert filled.declaration() == {
        "child.full_name": "Nguyễn Minh An",
        "child.birth_date": "2024-12-05",
        "child.birth_time": "08:05",
        "delivery.way": "desk",
        "delivery.phone": "0912345678",
        "delivery.copies": 2,
    }


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("child__full_name", "", "required"),
        ("child__birth_date", "31/02/2024", "declaration.bad_date"),
        ("child__birth_time", "25:00", "declaration.bad_time"),
        ("child__personal_id", "12", "identifiers.id_length"),
        ("delivery__way", "chim bồ câu", "invalid_choice"),
        ("delivery__phone", "123", "phones.invalid"),
        ("delivery__email", "không phải thư", "invalid"),
        ("delivery__copies", "-1", "min_value"),
    ],
)
def test_a_box_that_is_wrong_says_so_with_its_code(name: str, value: str, code: str) -> None:
    wrong = form(**{name: value})
    assert not wrong.is_valid()
    assert {field: [each.code for each in errors] for field, errors in wrong.errors.as_data().items()} == {name: [code]}


def test_a_field_by_condition_is_asked_only_where_it_applies() -> None:
    assert form().is_valid()
    asked = form(delivery__way="post")
    assert set(asked.errors) == {"delivery__address", "delivery__insured"}
    assert form(delivery__way="post", delivery__address="Nhà bên").is_valid()


def test_what_does_not_apply_is_dropped_however_it_was_typed() -> None:
    left = form(delivery__address="Số 1, phố Quang Trung", delivery__insured="on")
    assert left.is_valid(), left.errors
    assert "delivery.address" not in left.declaration()
    assert "delivery.insured" not in left.declaration()


def test_a_condition_in_words_names_the_field_and_the_choice() -> None:
    rows = {row.key: row for section in form().sections() for row in section.rows}
    assert rows["delivery.address"].when_words == "Cách nhận: Bưu chính"
    assert rows["child.full_name"].when == ""


def test_the_first_part_that_lacks_something_stands_open() -> None:
    empty = [(part.open, part.missing) for part in DeclarationForm(SMALL).sections()]
    assert empty == [(True, 2), (False, 1)]
    wrong = form(delivery__way="")
    assert not wrong.is_valid()
    assert [part.open for part in wrong.sections()] == [False, True]


def test_only_people_with_a_field_on_the_card_can_be_scanned() -> None:
    assert [part.fills for part in form().sections()] == [True, False]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_stays_empty_when_nobody_asks_for_it(kind: str) -> None:
    one = copy.deepcopy(SMALL)
    one["fields"] = [{"key": "child.x", "label": "Ô", "kind": kind, "section": "child", "required": False}]
    empty = DeclarationForm(one, {})
    assert empty.is_valid(), empty.errors
    assert empty.declaration() in ({}, {"child.x": False})


_CONDITIONS = st.recursive(
    st.fixed_dictionaries({"field": st.sampled_from(["a", "b"]), "is": st.lists(st.sampled_from("xyz"), max_size=2)}),
    lambda inner: st.one_of(
        st.fixed_dictionaries({"all": st.lists(inner, max_size=3)}),
        st.fixed_dictionaries({"any": st.lists(inner, max_size=3)}),
        st.fixed_dictionaries({"not": inner}),
    ),
)


@given(condition=_CONDITIONS, a=st.sampled_from("xyz"), b=st.sampled_from("xyz"))
def test_conditions_obey_the_laws_of_logic(condition: Any, a: str, b: str) -> None:
    facts = {"a": a, "b": b}
    assert holds({"not": condition}, facts) is not holds(condition, facts)
    assert holds({"all": [condition, condition]}, facts) == holds(condition, facts)


@given(st.lists(st.sampled_from(["x", "y", "z"]), min_size=1, max_size=5))
def test_a_chain_of_conditions_falls_with_its_first_link(values: list[str]) -> None:
    """f0 is free, each next one applies only where the one before it says x."""
    fields: dict[str, Any] = {"f0": {"required": True}}
    for at in range(1, len(values)):
        fields[f"f{at}"] = {"required": {"field": f"f{at - 1}", "is": ["x"]}}
    shown = applying(fields, {f"f{at}": value for at, value in enumerate(values)})
    reached = next((at for at, value in enumerate(values) if value != "x"), len(values) - 1)
    assert shown == {f"f{at}" for at in range(reached + 1)}


def test_names_of_boxes_are_safe_in_a_selector() -> None:
    assert name_of("mother.personal_id") == "mother__personal_id"
