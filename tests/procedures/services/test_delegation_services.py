"""Granting, confirming and revoking a delegation: success and each refusal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.errors import DomainError, NotAllowed
from procedures.models import UnitProcedure
from procedures.selectors.delegations import freeze_reason
from procedures.services.grant_delegation import DelegationData, confirm_delegation, grant_delegation
from procedures.services.revoke_delegation import revoke_delegation
from tests.factories import PublishedProcedure, UnitFactory, make_actor

NOW = datetime(2024, 3, 5, 9, 0, tzinfo=VIETNAM)
TODAY, DAY = date(2024, 3, 5), timedelta(days=1)


@pytest.fixture
def editor(ward: Unit) -> Actor:
    return make_actor(ward, Role.CATALOGUE_EDITOR, "Vũ Thị Biên")


@pytest.fixture
def district(db: None) -> Unit:
    return UnitFactory(name="Ủy ban nhân dân quận Hà Đông")


@pytest.fixture
def terms(ward: Unit, district: Unit, procedure: PublishedProcedure) -> Callable[..., DelegationData]:
    def made(**changes: Any) -> DelegationData:
        facts = {
            "from_unit_id": district.pk,
            "to_unit_id": ward.pk,
            "decision_no": "12/QĐ-UBND",
            "decided_on": TODAY,
            "valid_from": TODAY,
            "valid_to": TODAY + 30 * DAY,
            "procedure_ids": (procedure.procedure.pk,),
        }
        return DelegationData(**{**facts, **changes})

    return made


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as caught:
        call()
    return caught.value.code


def test_a_delegation_is_recorded_with_its_scope(
    editor: Actor, terms: Callable[..., DelegationData], procedure: PublishedProcedure
) -> None:
    row = grant_delegation(actor=editor, data=terms(), now=NOW)
    assert list(row.procedures.all()) == [procedure.procedure]
    assert (row.acts, row.confirmed) == (["decide", "sign"], False)
    assert AuditEntry.objects.filter(action="delegation.manage", object_id=str(row.pk)).count() == 1
    assert UnitProcedure.objects.get().delegated_by is None


def test_binding_makes_the_procedures_rest_on_it(
    editor: Actor, terms: Callable[..., DelegationData], procedure: PublishedProcedure, ward: Unit, district: Unit
) -> None:
    grant_delegation(actor=editor, data=terms(), bind_procedures=True, now=NOW)
    row = UnitProcedure.objects.get()
    assert row.delegated_by == district
    assert row.history.first().delegated_by == district
    where = {"unit_id": ward.pk, "procedure_id": procedure.procedure.pk}
    assert freeze_reason(**where, on=TODAY) == ""
    assert "đã hết hiệu lực từ ngày 04/04/2024" in freeze_reason(**where, on=TODAY + 30 * DAY)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"decision_no": " "}, "delegation.decision_missing"),
        ({"acts": ()}, "delegation.no_act"),
        ({"acts": ("khác",)}, "delegation.no_act"),
        ({"procedure_ids": ()}, "delegation.no_scope"),
        ({"procedure_ids": (0,)}, "delegation.unknown_procedure"),
        ({"from_unit_id": 0}, "delegation.unknown_unit"),
        ({"decided_on": TODAY + DAY}, "delegation.decided_later"),
        ({"valid_to": TODAY}, "delegation.ends_early"),
    ],
)
def test_what_is_incomplete_or_out_of_order_is_refused(
    editor: Actor, terms: Callable[..., DelegationData], changes: dict[str, Any], code: str
) -> None:
    assert refused(lambda: grant_delegation(actor=editor, data=terms(**changes), now=NOW)) == code


def test_a_unit_does_not_delegate_to_itself_nor_twice_by_one_decision(
    editor: Actor, terms: Callable[..., DelegationData], ward: Unit
) -> None:
    alone = terms(from_unit_id=ward.pk)
    assert refused(lambda: grant_delegation(actor=editor, data=alone, now=NOW)) == "delegation.same_unit"
    grant_delegation(actor=editor, data=terms(), now=NOW)
    assert refused(lambda: grant_delegation(actor=editor, data=terms(), now=NOW)) == "delegation.recorded"


def test_every_procedure_needs_no_list(editor: Actor, terms: Callable[..., DelegationData]) -> None:
    data = terms(procedure_ids=(), all_procedures=True, valid_to=None)
    assert grant_delegation(actor=editor, data=data, now=NOW).all_procedures


def test_confirming_says_that_the_original_was_seen(editor: Actor, terms: Callable[..., DelegationData]) -> None:
    row = grant_delegation(actor=editor, data=terms(), now=NOW)
    assert confirm_delegation(actor=editor, delegation_id=row.pk, now=NOW).confirmed
    confirm_delegation(actor=editor, delegation_id=row.pk, now=NOW)
    assert row.history.count() == 3  # made, given its procedures, confirmed once
    assert refused(lambda: confirm_delegation(actor=editor, delegation_id=0, now=NOW)) == "delegation.not_found"


def test_revoking_freezes_from_that_day_on(
    editor: Actor, terms: Callable[..., DelegationData], procedure: PublishedProcedure, ward: Unit
) -> None:
    row = grant_delegation(actor=editor, data=terms(), bind_procedures=True, now=NOW)
    revoke_delegation(actor=editor, delegation_id=row.pk, revoked_on=TODAY + DAY, reason="Sắp xếp bộ máy", now=NOW)
    where = {"unit_id": ward.pk, "procedure_id": procedure.procedure.pk}
    assert freeze_reason(**where, on=TODAY) == ""
    assert "đã chấm dứt từ ngày 06/03/2024" in freeze_reason(**where, on=TODAY + DAY)


def test_revoking_needs_a_reason_a_coming_day_and_something_in_force(
    editor: Actor, terms: Callable[..., DelegationData]
) -> None:
    row = grant_delegation(actor=editor, data=terms(), now=NOW)

    def revoke(revoked_on: date = TODAY, reason: str = "Sắp xếp") -> object:
        return revoke_delegation(actor=editor, delegation_id=row.pk, revoked_on=revoked_on, reason=reason, now=NOW)

    assert refused(lambda: revoke(reason=" ")) == "delegation.reason_missing"
    assert refused(lambda: revoke(TODAY - DAY)) == "delegation.revoked_in_past"
    assert refused(lambda: revoke(TODAY + 30 * DAY)) == "delegation.lapsed"
    revoke()
    assert refused(revoke) == "delegation.revoked"


def test_others_do_not_touch_delegations(desk_clerk_lan: Actor, terms: Callable[..., DelegationData]) -> None:
    with pytest.raises(NotAllowed):
        grant_delegation(actor=desk_clerk_lan, data=terms(), now=NOW)
    with pytest.raises(NotAllowed):
        confirm_delegation(actor=desk_clerk_lan, delegation_id=1, now=NOW)
    with pytest.raises(NotAllowed):
        revoke_delegation(actor=desk_clerk_lan, delegation_id=1, revoked_on=TODAY, reason="x", now=NOW)
