"""What the selectors find of delegations, and what a desk hears when its procedure stands still."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from haddong_portal.accounts.models import Unit
from procedures.models import Delegation, UnitProcedure
from procedures.selectors.delegations import delegation_for, freeze_reason
from tests.factories import PublishedProcedure, UnitFactory, publish_procedure

DAY, END = date(2024, 3, 5), date(2024, 12, 31)


@dataclass
class Place:
    """A desk whose department signs in the district's place."""

    desk: Unit
    department: Unit
    district: Unit
    of: PublishedProcedure

    def frozen(self, on: date = DAY, **more: Any) -> str:
        return freeze_reason(unit_id=self.desk.pk, procedure_id=self.of.procedure.pk, on=on, **more)

    def delegate(self, *procedures: PublishedProcedure, **values: Any) -> Delegation:
        facts = {"decision_no": "12/QĐ-UBND", "decided_on": DAY, "valid_from": DAY, "valid_to": END, "acts": ["sign"]}
        row = Delegation.objects.create(from_unit=self.district, to_unit=self.department, **{**facts, **values})
        row.procedures.set([one.procedure for one in procedures])
        return row


@pytest.fixture
def place(db: None) -> Place:
    desk, department = UnitFactory(desk=True), UnitFactory(name="Phòng Tư pháp")
    district = UnitFactory(name="Ủy ban nhân dân quận Hà Đông")
    of = publish_procedure(at=desk, handling=department, signing=department)
    UnitProcedure.objects.update(delegated_by=district)
    return Place(desk, department, district, of)


def test_without_a_delegation_the_procedure_stands_still_and_says_who_would_have_to_give_one(place: Place) -> None:
    assert place.frozen() == (
        "Quy trình đang tạm khóa: chưa có ủy quyền của Ủy ban nhân dân quận Hà Đông để giải quyết thủ tục này."
    )


def test_a_delegation_in_force_lets_it_run_until_its_end(place: Place) -> None:
    place.delegate(place.of)
    assert place.frozen() == ""
    assert place.frozen(on=date(2024, 12, 30)) == ""
    assert place.frozen(on=END).endswith(
        "ủy quyền theo Quyết định 12/QĐ-UBND ngày 05/03/2024 đã hết hiệu lực từ ngày 31/12/2024."
    )


def test_a_delegation_for_every_procedure_covers_this_one(place: Place) -> None:
    place.delegate(all_procedures=True)
    assert place.frozen() == ""


def test_a_delegation_for_another_procedure_does_not(place: Place) -> None:
    place.delegate(publish_procedure(at=place.desk))
    assert place.frozen().endswith("không gồm thủ tục này.")


def test_a_later_delegation_takes_over_from_one_that_lapsed(place: Place) -> None:
    place.delegate(place.of, decision_no="1/QĐ", valid_to=date(2024, 3, 6))
    assert place.frozen(on=date(2024, 4, 1)) != ""
    place.delegate(place.of, decision_no="2/QĐ")
    assert place.frozen(on=date(2024, 4, 1)) == ""


def test_a_procedure_of_its_own_never_stands_still(place: Place) -> None:
    UnitProcedure.objects.update(delegated_by=None)
    assert place.frozen() == ""


def test_it_costs_one_statement_and_none_where_nothing_is_delegated(
    place: Place, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place.delegate(place.of)
    with django_assert_num_queries(1):
        assert place.frozen() == ""
    with django_assert_num_queries(0):
        assert place.frozen(delegated_by_id=None) == ""


def test_the_unit_that_handles_holds_it_where_nobody_else_signs(place: Place) -> None:
    UnitProcedure.objects.update(signing_unit=None)
    place.delegate(place.of)
    assert place.frozen() == ""
    UnitProcedure.objects.update(handling_unit=None)
    assert place.frozen() != ""


def test_the_terms_tell_what_the_rule_needs(place: Place, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    row = place.delegate(place.of, revoked_on=END, revoke_reason="Sắp xếp lại")
    with django_assert_num_queries(1):
        terms = delegation_for(
            unit_id=place.department.pk,
            from_unit_id=place.district.pk,
            procedure_id=place.of.procedure.pk,
            on=DAY,
        )
    assert terms is not None
    assert (terms.delegation_id, terms.decision_no, terms.decided_on) == (row.pk, "12/QĐ-UBND", DAY)
    assert (terms.from_unit, terms.to_unit) == ("Ủy ban nhân dân quận Hà Đông", "Phòng Tư pháp")
    assert (terms.valid_from, terms.valid_to, terms.revoked_on) == (DAY, END, END)
    assert (terms.acts, terms.covers_procedure) == (frozenset({"sign"}), True)


def test_a_delegation_the_other_way_round_is_none(place: Place) -> None:
    place.delegate(place.of)
    other = {"unit_id": place.district.pk, "from_unit_id": place.department.pk}
    assert delegation_for(**other, procedure_id=place.of.procedure.pk, on=DAY) is None
