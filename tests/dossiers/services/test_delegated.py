"""A unit that decides in another's place: asked at intake, at signing and at recording the result."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dossiers.models import Dossier
from dossiers.services.record_result import ResultData, record_result
from dossiers.services.sign_result import sign_result
from haddong_portal.accounts.models import Unit
from haddong_portal.common.errors import DomainError
from procedures.models import Delegation, UnitProcedure
from tests.dossiers.conftest import Story
from tests.factories import LONG_AGO, MORNING, UnitFactory, receive

pytestmark = pytest.mark.django_db


def delegate(story: Story, ward: Unit, **columns: Any) -> Unit:
    """The ward acts for the district; `columns` None of them = no decision at all."""
    district: Unit = UnitFactory(name="Ủy ban nhân dân quận Hà Đông")
    UnitProcedure.objects.filter(unit=ward, procedure=story.procedure.procedure).update(delegated_by=district)
    if columns:
        named = {"decision_no": "12/QĐ-UBND", "decided_on": LONG_AGO, "valid_from": LONG_AGO, "all_procedures": True}
        Delegation.objects.create(from_unit=district, to_unit=ward, **{**named, **columns})
    return district


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({}, "delegation.missing"),
        ({"acts": ["decide", "sign"], "valid_to": date(2024, 1, 1)}, "delegation.lapsed"),
        ({"acts": ["decide", "sign"], "all_procedures": False}, "delegation.out_of_scope"),
    ],
)
def test_without_a_valid_delegation_nothing_is_received(
    columns: dict[str, Any], code: str, story: Story, ward: Unit
) -> None:
    delegate(story, ward, **columns)
    with pytest.raises(DomainError) as refusal:
        receive(story.clerk, story.procedure)
    assert (refusal.value.code, refusal.value.status) == (code, 409)
    assert not Dossier.objects.exists()


def test_with_one_everything_goes_on(story: Story, ward: Unit) -> None:
    delegate(story, ward, acts=["decide", "sign"])
    assert story.returned().status == "RETURNED"


def test_one_to_decide_does_not_sign(story: Story, ward: Unit) -> None:
    dossier = story.at_signing()
    delegate(story, ward, acts=["decide"])
    with pytest.raises(DomainError, match=r"delegation\.out_of_scope"):
        sign_result(actor=story.leader, dossier_id=dossier.pk, now=story.now())
    assert story.fresh(dossier.pk).status == "SIGNING"


def test_what_has_lapsed_on_the_way_records_no_result(story: Story, ward: Unit) -> None:
    dossier = story.at_desk()
    delegate(story, ward, acts=["decide", "sign"], valid_to=MORNING.date())
    with pytest.raises(DomainError, match=r"delegation\.lapsed"):
        record_result(
            actor=story.clerk, dossier_id=dossier.pk, result=ResultData(name="Giấy xác nhận"), now=story.now()
        )
