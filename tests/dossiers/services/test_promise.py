"""The promise: answered at the gate, moved once with an apology, frozen by a withdrawal."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from dossiers.constants import FormKind, Status
from dossiers.models import Dossier, Extension, Pause, Slip, WithdrawalRequest
from dossiers.selectors.slip_pdf import slip_pdf
from dossiers.services.confirm_on_time import confirm_on_time
from dossiers.services.decline_withdrawal import decline_withdrawal
from dossiers.services.extend_once import extend_once
from dossiers.services.finish_step import finish_step
from dossiers.services.lateness import Lateness
from dossiers.services.record_overdue import record_overdue
from dossiers.services.request_withdrawal import request_withdrawal
from dossiers.services.stop_dossier import stop_dossier
from dossiers.services.take_dossier import take_dossier
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.errors import DomainError, NotAllowed
from haddong_portal.notices.models import Notice
from tests.factories import publish_procedure, receive
from tests.flows.desk import text_of

WORKLOAD = Lateness("workload")

TEN_DAYS = {"amount": "10", "unit": "working_day"}


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2024, month, day, hour, minute, tzinfo=VIETNAM)


@pytest.fixture
def dossier_id(desk_clerk_lan: Actor, officer_minh: Actor, leader_hoa: Actor, ward: Any, db: None) -> int:
    """Worked example 7: due Friday 30/08/2024, ten working days from Friday 16/08/2024."""
    published = publish_procedure(at=ward, limit=TEN_DAYS)
    pk = receive(desk_clerk_lan, published, now=at(8, 16)).dossier_id
    assert Dossier.objects.get(pk=pk).due_at == at(8, 30, 17)
    take_dossier(actor=officer_minh, dossier_id=pk, now=at(8, 19))
    return pk


def extend(actor: Actor, dossier_id: int, now: datetime, **data: Any) -> Any:
    facts = {"new_due_on": date(2024, 9, 6), "reason": "Khối lượng hồ sơ lớn", **data}
    return extend_once(actor=actor, dossier_id=dossier_id, now=now, **facts)


def refused(act: Any, code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        act()
    assert refusal.value.code == code


def test_at_the_gate_the_officer_chooses_before_anything_else(dossier_id: int, officer_minh: Actor) -> None:
    refused(lambda: finish_step(actor=officer_minh, dossier_id=dossier_id, now=at(8, 29, 8)), "dossier.gate_open")
    confirm_on_time(actor=officer_minh, dossier_id=dossier_id, now=at(8, 29, 9))
    finish_step(actor=officer_minh, dossier_id=dossier_id, late=WORKLOAD, now=at(8, 29, 10))


def test_before_the_gate_and_after_the_due_date_nobody_is_held_up(dossier_id: int, officer_minh: Actor) -> None:
    finish_step(actor=officer_minh, dossier_id=dossier_id, late=WORKLOAD, now=at(8, 28, 16))


def test_a_promise_that_has_gone_by_is_not_given(dossier_id: int, officer_minh: Actor) -> None:
    refused(lambda: confirm_on_time(actor=officer_minh, dossier_id=dossier_id, now=at(9, 4)), "promise.past")


def test_one_apology_moves_the_date_with_both_slips(dossier_id: int, leader_hoa: Actor, officer_minh: Actor) -> None:
    extend(leader_hoa, dossier_id, at(8, 29, 16))
    dossier = Dossier.objects.get(pk=dossier_id)
    assert dossier.due_at == dossier.printed_due_at == at(9, 6, 17)
    assert dossier.is_reappointed
    assert not Extension.objects.get(dossier_id=dossier_id).is_late
    kinds = set(Slip.objects.filter(dossier_id=dossier_id).values_list("form_kind", flat=True))
    assert {FormKind.APOLOGY_LETTER, FormKind.EXTENSION_REQUEST} <= kinds
    letter = Slip.objects.get(dossier_id=dossier_id, form_kind=FormKind.APOLOGY_LETTER)
    text = text_of(slip_pdf(actor=officer_minh, code=dossier.code, slip_id=letter.pk, now=at(8, 29, 17)))
    assert "Khối lượng hồ sơ lớn" in text and "06" in text and "Trần Văn Tú" in text
    assert Notice.objects.filter(event="due_date_moved").count() == 1
    finish_step(actor=officer_minh, dossier_id=dossier_id, late=WORKLOAD, now=at(8, 30, 8))
    refused(lambda: extend(leader_hoa, dossier_id, at(9, 2)), "extension.used")


@pytest.mark.parametrize(
    ("now", "data", "code"),
    [
        (at(8, 30, 9), {}, "extension.too_late"),
        (at(9, 4), {}, "extension.too_late"),
        (at(8, 28), {"reason": " "}, "extension.reason_missing"),
        (at(8, 28), {"new_due_on": date(2024, 8, 30)}, "extension.not_later"),
        (at(8, 28), {"new_due_on": date(2024, 9, 2)}, "extension.day_off"),
    ],
)
def test_when_the_date_may_not_be_moved(
    dossier_id: int, leader_hoa: Actor, now: datetime, data: Any, code: str
) -> None:
    refused(lambda: extend(leader_hoa, dossier_id, now, **data), code)
    assert Dossier.objects.get(pk=dossier_id).due_at == at(8, 30, 17)
    assert not Slip.objects.filter(form_kind=FormKind.APOLOGY_LETTER).exists()


def test_after_the_date_only_a_recorded_delay_may_be_apologised_for(dossier_id: int, leader_hoa: Actor) -> None:
    refused(
        lambda: record_overdue(actor=leader_hoa, dossier_id=dossier_id, reason="workload", now=at(8, 30, 16)),
        "overdue.not_yet",
    )
    refused(lambda: record_overdue(actor=leader_hoa, dossier_id=dossier_id, reason="x", now=at(9, 4)), "overdue.reason")
    record_overdue(actor=leader_hoa, dossier_id=dossier_id, reason="workload", now=at(9, 4))
    extend(leader_hoa, dossier_id, at(9, 4, 10), new_due_on=date(2024, 9, 10))
    assert Extension.objects.get(dossier_id=dossier_id).is_late


def test_only_the_agencys_leader_apologises(dossier_id: int, desk_clerk_lan: Actor, officer_minh: Actor) -> None:
    for actor in (desk_clerk_lan, officer_minh):
        with pytest.raises(NotAllowed):
            extend(actor, dossier_id, at(8, 28))


def test_a_withdrawal_freezes_and_declining_it_gives_the_time_back(
    dossier_id: int, desk_clerk_lan: Actor, officer_minh: Actor
) -> None:
    request_withdrawal(actor=desk_clerk_lan, dossier_id=dossier_id, reason="Không còn nhu cầu", now=at(8, 20, 8))
    dossier = Dossier.objects.get(pk=dossier_id)
    assert (dossier.status, dossier.resume_status) == (Status.WITHDRAW_REQUESTED, Status.PROCESSING)
    assert dossier.paused_at == at(8, 20, 8)
    refused(lambda: finish_step(actor=officer_minh, dossier_id=dossier_id, now=at(8, 20, 9)), "dossier.illegal_move")
    refused(
        lambda: decline_withdrawal(actor=desk_clerk_lan, dossier_id=dossier_id, reason="", now=at(8, 22, 8)),
        "withdrawal.reason_missing",
    )
    decline_withdrawal(actor=desk_clerk_lan, dossier_id=dossier_id, reason="Người nộp đổi ý", now=at(8, 22, 8))
    dossier.refresh_from_db()
    assert (dossier.status, dossier.paused_at) == (Status.PROCESSING, None)
    assert dossier.due_at == dossier.printed_due_at == at(9, 5, 17), "two working days later, 02-03/09 are days off"
    assert WithdrawalRequest.objects.get(dossier_id=dossier_id).accepted is False
    assert not Pause.objects.filter(ended_at=None).exists()


def test_an_accepted_withdrawal_stops_the_dossier(dossier_id: int, desk_clerk_lan: Actor) -> None:
    request_withdrawal(actor=desk_clerk_lan, dossier_id=dossier_id, now=at(8, 20))
    stop_dossier(actor=desk_clerk_lan, dossier_id=dossier_id, note="Trả lại bản chính", now=at(8, 21))
    dossier = Dossier.objects.get(pk=dossier_id)
    assert (dossier.status, dossier.stop_reason) == (Status.STOPPED, "withdrawn")
    assert WithdrawalRequest.objects.get(dossier_id=dossier_id).accepted is True
    refused(
        lambda: request_withdrawal(actor=desk_clerk_lan, dossier_id=dossier_id, now=at(8, 22)), "dossier.illegal_move"
    )
