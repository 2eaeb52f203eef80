"""What a citizen does on their own dossier from home: only with the phone proven, and only what the state allows."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings

from dossiers.constants import EventKind
from dossiers.models import Dossier, DossierEvent, FiledPaper, Pause, Reminder, SlipLine, WithdrawalRequest
from dossiers.selectors.act_rules_supplement import RULES
from dossiers.services.accept_submission import accept_submission
from dossiers.services.own_dossier import OwnerProof, confirm_owner, send_owner_code
from dossiers.services.receive_supplement import receive_supplement
from dossiers.services.request_supplement import request_supplement
from dossiers.services.request_withdrawal import request_withdrawal_online
from dossiers.services.resubmit_online import resubmit_online
from dossiers.services.return_submission import return_submission
from dossiers.services.send_supplement import send_supplement
from dossiers.services.stop_dossier import stop_dossier
from dossiers.services.supplement_papers import add_asked_paper, remove_asked_paper
from dossiers.services.sweep_reminders import sweep_reminders
from dossiers.services.take_dossier import take_dossier
from dossiers.services.withdraw_filing import withdraw_filing
from haddong_portal.accounts.models import Unit
from haddong_portal.citizens import ports
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.errors import Conflict, DomainError, NotFound
from haddong_portal.notices.models import Notice
from tests.dossiers.filed import IP, LATER, asked, pdf, proof_of, submitted
from tests.factories import MORNING, PublishedProcedure, receive

pytestmark = pytest.mark.django_db
TWO_HOURS = MORNING + timedelta(hours=2)


@pytest.fixture
def waiting(online: PublishedProcedure, desk_clerk_lan: Actor, officer_minh: Actor) -> Dossier:
    """Accepted at the counter, and asked for its first paper again."""
    dossier_id = receive(desk_clerk_lan, online, now=MORNING).dossier_id
    take_dossier(actor=officer_minh, dossier_id=dossier_id, now=MORNING)
    request_supplement(actor=officer_minh, dossier_id=dossier_id, lines=asked(online), reason="Chưa ký", now=MORNING)
    return Dossier.objects.get(pk=dossier_id)


@pytest.fixture
def returned(online: PublishedProcedure, ward: Unit, desk_clerk_lan: Actor) -> Dossier:
    """Filed from home and given back."""
    dossier = submitted(online, ward)
    return_submission(actor=desk_clerk_lan, dossier_id=dossier.pk, lines=asked(online), reason="Chưa ký", now=MORNING)
    dossier.refresh_from_db()
    return dossier


def sent(online: PublishedProcedure, dossier: Dossier, *, now: datetime = LATER) -> OwnerProof:
    """The paper that was asked for, sent from home."""
    proof = proof_of(dossier, now=now)
    add_asked_paper(proof=proof, requirement_id=online.papers[0].pk, file=pdf(), now=now)
    send_supplement(proof=proof, now=now)
    return proof


def test_a_supplement_from_home_waits_for_the_desk_and_the_clock_goes_on_standing(
    online: PublishedProcedure, waiting: Dossier, desk_clerk_lan: Actor
) -> None:
    sent(online, waiting)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.check_due_at) == (
        "WAIT_SUPPLEMENT",
        datetime(2024, 3, 6, 10, 0, tzinfo=VIETNAM),
    )
    assert Pause.objects.filter(dossier=waiting, ended_at__isnull=True).exists()
    assert SlipLine.objects.get(dossier=waiting).received_at is None, "ticking is the desk's"
    line = SlipLine.objects.get(dossier=waiting)
    receive_supplement(actor=desk_clerk_lan, dossier_id=waiting.pk, line_ids=[line.pk], now=TWO_HOURS)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.check_due_at, waiting.paused_at) == ("PROCESSING", None, None)
    kinds = list(DossierEvent.objects.filter(dossier=waiting).order_by("id").values_list("kind", flat=True))
    assert kinds[-2:] == [EventKind.SUPPLEMENT_SENT, EventKind.SUPPLEMENT_RECEIVED]


def test_it_is_sent_once_and_only_whole(online: PublishedProcedure, waiting: Dossier) -> None:
    with pytest.raises(DomainError) as missing:
        send_supplement(proof=proof_of(waiting), now=LATER)
    assert missing.value.code == "filing.lines_missing"
    proof = sent(online, waiting)
    with pytest.raises(Conflict) as again:
        send_supplement(proof=proof, now=LATER)
    assert again.value.code == "filing.already_sent"


def test_only_what_was_asked_for_is_taken_and_may_be_taken_out(online: PublishedProcedure, waiting: Dossier) -> None:
    proof = proof_of(waiting)
    with pytest.raises(DomainError) as other:
        add_asked_paper(proof=proof, requirement_id=online.papers[1].pk, file=pdf(), now=LATER)
    assert other.value.code == "filing.unpublished"
    paper = add_asked_paper(proof=proof, requirement_id=online.papers[0].pk, file=pdf(), now=LATER)
    remove_asked_paper(proof=proof, paper_id=paper.pk, now=LATER)
    assert not FiledPaper.objects.exists()


def test_the_first_filing_stays_when_a_citizen_changes_their_mind(
    online: PublishedProcedure, returned: Dossier
) -> None:
    first = FiledPaper.objects.get()
    remove_asked_paper(proof=proof_of(returned), paper_id=first.pk, now=LATER)
    assert FiledPaper.objects.filter(pk=first.pk).exists()
    with pytest.raises(DomainError) as missing:
        resubmit_online(proof=proof_of(returned), now=LATER)
    assert missing.value.code == "filing.lines_missing", "the paper at fault is no answer to the request"


@pytest.mark.parametrize("act", [send_supplement, resubmit_online, request_withdrawal_online, withdraw_filing])
def test_without_a_proof_that_holds_nothing_is_done(waiting: Dossier, act: Any) -> None:
    good = proof_of(waiting, now=MORNING)
    late = MORNING + timedelta(minutes=settings.PHONE_CONFIRMED_MINUTES, seconds=1)
    tries = [(OwnerProof(waiting.code, uuid.uuid4()), MORNING), (good, late)]
    for proof, at in tries:
        with pytest.raises(DomainError) as refusal:
            act(proof=proof, now=at)
        assert (refusal.value.code, refusal.value.status) == ("tracking.not_proven", 403)
    waiting.phone = "0987654321"
    waiting.save(update_fields=["phone", "phone_index"])
    with pytest.raises(DomainError) as moved:
        act(proof=good, now=MORNING)
    assert moved.value.code == "tracking.not_proven", "another phone is registered now"
    with pytest.raises(NotFound):
        act(proof=OwnerProof("000.00.00.H26-240305-9999", good.challenge_id), now=MORNING)


def test_a_proof_is_good_for_its_own_dossier(
    online: PublishedProcedure, waiting: Dossier, desk_clerk_lan: Actor
) -> None:
    other = receive(desk_clerk_lan, online, now=MORNING, confirmed_duplicate=True)
    stolen = OwnerProof(other.code, proof_of(waiting).challenge_id)
    with pytest.raises(DomainError) as refusal:
        request_withdrawal_online(proof=stolen, now=LATER)
    assert refusal.value.code == "tracking.not_proven"


def test_the_code_goes_to_the_registered_phone_and_makes_the_proof(
    waiting: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[dict[str, Any]] = []
    monkeypatch.setattr(ports, "_senders", [lambda **words: told.append(words)])
    challenge = send_owner_code(code=waiting.code, client_ip=IP, now=LATER)
    assert told[0]["phone"] == waiting.phone
    with pytest.raises(DomainError) as wrong:
        confirm_owner(code=waiting.code, challenge_id=challenge.challenge_id, given="x", now=LATER)
    assert wrong.value.code == "phone_code.wrong"
    proof = confirm_owner(code=waiting.code, challenge_id=challenge.challenge_id, given=told[0]["code"], now=LATER)
    request_withdrawal_online(proof=proof, now=LATER)
    waiting.phone = ""
    waiting.save(update_fields=["phone", "phone_index"])
    with pytest.raises(DomainError) as nobody:
        send_owner_code(code=waiting.code, client_ip=IP, now=LATER)
    assert nobody.value.code == "tracking.no_phone"


def test_a_withdrawal_asked_from_home_freezes_the_clock_and_says_how_it_came(waiting: Dossier) -> None:
    request_withdrawal_online(proof=proof_of(waiting), reason="Đổi ý", now=LATER)
    waiting.refresh_from_db()
    assert waiting.status == "WITHDRAW_REQUESTED"
    request = WithdrawalRequest.objects.get()
    assert (request.is_online, request.recorded_by_id, request.reason) == (True, None, "Đổi ý")
    assert Notice.objects.filter(event="withdrawal_received").exists()
    with pytest.raises(DomainError) as again:
        request_withdrawal_online(proof=proof_of(waiting), now=LATER)
    assert again.value.code == "dossier.illegal_move"


def test_what_nobody_has_accepted_is_not_withdrawn(returned: Dossier) -> None:
    with pytest.raises(DomainError) as refusal:
        request_withdrawal_online(proof=proof_of(returned), now=LATER)
    assert refusal.value.code == "withdrawal.not_accepted"


@pytest.mark.parametrize("given_back", [False, True])
def test_a_filing_nobody_has_accepted_is_taken_back_at_once(
    online: PublishedProcedure, ward: Unit, desk_clerk_lan: Actor, given_back: bool
) -> None:
    dossier = submitted(online, ward)
    if given_back:
        return_submission(
            actor=desk_clerk_lan, dossier_id=dossier.pk, lines=asked(online), reason="Chưa ký", now=MORNING
        )
    withdraw_filing(proof=proof_of(dossier), reason="Đổi ý", now=LATER)
    dossier.refresh_from_db()
    assert (dossier.status, dossier.stop_reason, dossier.closed_at) == ("STOPPED", "withdrawn", LATER)
    assert (dossier.check_due_at, dossier.supplement_until, dossier.next_reminder_at) == (None, None, None)
    request = WithdrawalRequest.objects.get()
    assert (request.accepted, request.is_online, request.reason) == (True, True, "Đổi ý")
    event = DossierEvent.objects.order_by("id").last()
    assert event is not None and (event.kind, event.data["reason"]) == (EventKind.STOPPED, "withdrawn")
    assert Notice.objects.filter(event="filing_withdrawn").count() == 1
    with pytest.raises(DomainError) as again:
        withdraw_filing(proof=proof_of(dossier), now=LATER)
    assert again.value.code == "dossier.illegal_move"
    with pytest.raises(DomainError) as desk:
        accept_submission(actor=desk_clerk_lan, dossier_id=dossier.pk, now=LATER)
    assert desk.value.code == "dossier.illegal_move"


def test_what_the_desk_has_accepted_is_not_taken_back_but_asked_for(waiting: Dossier) -> None:
    with pytest.raises(DomainError) as refusal:
        withdraw_filing(proof=proof_of(waiting), now=LATER)
    assert refusal.value.code == "filing.other_way"
    assert not WithdrawalRequest.objects.exists()


def test_nobody_stops_what_came_in_time_and_was_not_looked_at(
    online: PublishedProcedure, waiting: Dossier, desk_clerk_lan: Actor
) -> None:
    assert waiting.supplement_until is not None
    sent(online, waiting)
    with pytest.raises(DomainError) as refusal:
        stop_dossier(actor=desk_clerk_lan, dossier_id=waiting.pk, now=waiting.supplement_until + timedelta(days=1))
    assert refusal.value.code == "stop.supplement_sent"
    waiting.refresh_from_db()
    assert not any(rule.command == "stop_dossier" and rule.fits(desk_clerk_lan, waiting) for rule in RULES)


def test_a_filing_that_never_comes_back_is_stopped(returned: Dossier, desk_clerk_lan: Actor) -> None:
    assert returned.supplement_until is not None
    with pytest.raises(DomainError) as early:
        stop_dossier(actor=desk_clerk_lan, dossier_id=returned.pk, now=LATER)
    assert early.value.code == "stop.too_early"
    stop_dossier(actor=desk_clerk_lan, dossier_id=returned.pk, now=returned.supplement_until + timedelta(days=1))
    returned.refresh_from_db()
    assert (returned.status, returned.accepted_at) == ("STOPPED", None)


def test_the_desk_is_reminded_of_both_checks_in_time(online: PublishedProcedure, ward: Unit, waiting: Dossier) -> None:
    filing = submitted(online, ward)
    sent(online, waiting)
    sweep_reminders(now=datetime(2024, 3, 6, 7, 0, tzinfo=VIETNAM))
    before = set(Reminder.objects.filter(rule="submission_check").values_list("dossier_id", flat=True))
    sweep_reminders(now=datetime(2024, 3, 6, 10, 0, tzinfo=VIETNAM))
    told = set(Reminder.objects.filter(rule="submission_check").values_list("dossier_id", flat=True))
    assert before < told == {filing.pk, waiting.pk}
    assert not Reminder.objects.filter(rule="supplement_lapses").exists()
