"""The form that a template's definition becomes: shape, conditions, what is kept and what is dropped."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlink.forms.applying import applying
from interlink.forms.declaration import DeclarationForm, name_of
from interlink.forms.kinds import KINDS
from interlink.rules.parse_template import parse_template
from interlink.rules.template import FIELD_KINDS, VERIFIED
from tests.interlink.forms.definitions import FILLED, SMALL

TEMPLATE = parse_template(SMALL)


def form(**changes: str) -> DeclarationForm:
    return DeclarationForm(TEMPLATE, FILLED | changes)


def test_what_was_typed_becomes_plain_facts_under_the_templates_keys() -> None:
    filled = form(delivery__phone="+84 912 345 678", delivery__copies="2")
    assert filled.is_valid(), filled.errors
    assert filled.facts() == {
        "requester.full_name": "Nguyễn Minh An",
        "requester.birth_date": "1990-12-05",
        "requester.hour": "08:05",
        "delivery.way": "desk",
        "delivery.phone": "0912345678",
        "delivery.copies": "2",
        "insurance.place": "Bệnh viện Hà Đông",
    }


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("requester__full_name", "", "required"),
        ("requester__birth_date", "31/02/2024", "declaration.bad_date"),
        ("requester__hour", "25:00", "declaration.bad_time"),
        ("requester__personal_id", "12", "identifiers.id_length"),
        ("insurance__place", "", "required"),
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
    assert set(form(delivery__way="post").errors) == {"delivery__address"}
    assert set(form(delivery__way="post", delivery__address="Phố Quang Trung").errors) == {"delivery__insured"}
    assert form(delivery__way="post", delivery__address="Nhà bên").is_valid()


def test_what_does_not_apply_is_dropped_however_it_was_typed() -> None:
    left = form(delivery__address="Số 1, phố Quang Trung", delivery__insured="on")
    assert left.is_valid(), left.errors
    assert not {"delivery.address", "delivery.insured"} & set(left.facts())
    posted = form(delivery__way="post", delivery__address="Nhà bên", delivery__insured="on")
    assert posted.is_valid(), posted.errors
    assert posted.facts()["delivery.insured"] == "yes"
    assert "insurance.place" not in posted.facts()


def test_what_a_case_knows_beside_the_form_opens_fields_but_is_not_declared() -> None:
    asked = copy.deepcopy(SMALL)
    asked["fields"][2] |= {"required": True, "when": {"field": VERIFIED, "is": ["yes"]}}
    template, boxes = parse_template(asked), FILLED | {"requester__hour": ""}
    assert DeclarationForm(template, boxes).is_valid()
    verified = DeclarationForm(template, boxes, verified=True)
    assert set(verified.errors) == {"requester__hour"}
    filled = DeclarationForm(template, FILLED, verified=True)
    assert filled.is_valid()
    assert VERIFIED not in filled.facts()


def test_a_condition_in_words_names_the_field_and_the_choice() -> None:
    rows = {row.key: row for part in form().parts() for row in part.rows}
    assert rows["delivery.address"].when_words == "Cách nhận: Bưu chính"
    assert rows["delivery.insured"].required_words == "không phải Địa chỉ nhận: Nhà bên"
    assert rows["insurance.place"].when_words == "Cách nhận: Tại quầy"
    assert rows["requester.full_name"].when == ""


def test_the_first_part_that_lacks_something_stands_open() -> None:
    empty = [(part.open, part.missing) for part in DeclarationForm(TEMPLATE).parts()]
    assert empty == [(True, 2), (False, 1), (False, 0)]
    wrong = form(delivery__way="")
    assert not wrong.is_valid()
    assert [part.open for part in wrong.parts()] == [False, True, False]


def test_only_people_with_a_field_on_the_card_can_be_scanned() -> None:
    assert [part.fills for part in form().parts()] == [True, False, False]


def test_the_page_draws_every_kind_that_a_template_may_name() -> None:
    assert KINDS == FIELD_KINDS


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_stays_empty_when_nobody_asks_for_it(kind: str) -> None:
    one: dict[str, Any] = copy.deepcopy(SMALL)
    one["fields"] = [{"key": "requester.x", "label": "Ô", "kind": kind, "section": "requester"}]
    empty = DeclarationForm(parse_template(one), {})
    assert empty.is_valid(), empty.errors
    assert empty.facts() == {}


@given(st.lists(st.sampled_from(["x", "y", "z"]), min_size=1, max_size=5))
def test_a_chain_of_conditions_falls_with_its_first_link(values: list[str]) -> None:
    """f0 is free, each next one applies only where the one before it says x."""
    fields: list[dict[str, Any]] = [
        {"key": f"f{at}", "label": f"Ô {at}", "kind": "text", "section": "requester"} for at in range(len(values))
    ]
    for at in range(1, len(values)):
        fields[at]["when"] = {"field": f"f{at - 1}", "is": ["x"]}
    template = parse_template({**SMALL, "fields": fields})
    shown = applying(template, {f"f{at}": value for at, value in enumerate(values)})
    reached = next((at for at, value in enumerate(values) if value != "x"), len(values) - 1)
    assert shown == {f"f{at}" for at in range(reached + 1)}


def test_names_of_boxes_are_safe_in_a_selector() -> None:
    assert name_of("mother.personal_id") == "mother__personal_id"
