"""Data of every kind that a rule erases or masks: one old row and one young row each."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from dossiers.constants import CollectMethod
from dossiers.models import Dossier, FilingDraft, HandOver, IntakeDraft
from dossiers.papers.constants import ScanKind, ScanState
from dossiers.papers.models import ScanBatch, ScanItem
from haddong_portal.accounts.models import Unit
from haddong_portal.citizens.constants import LookUpMethod
from haddong_portal.citizens.models import CitizenSession, PhoneChallenge, ResidenceLookUp, VerifiedPhone
from haddong_portal.common.actors import Actor
from haddong_portal.notices.constants import CallState, NoticeChannel, NoticeState
from haddong_portal.notices.models import CallTask, Notice
from haddong_portal.plumbing.models import IdempotencyKey
from tests.factories import PublishedProcedure, citizen, receive
from tests.interlink.rows import make_case, make_leg, make_message, make_reply

PHONE, NAME, STROKES = "0912345678", "Trần Văn Tú", "M1 1L2 2"


@dataclass(frozen=True)
class Desk:
    """Where the data comes from."""

    unit: Unit
    clerk: Actor
    procedure: PublishedProcedure


def make_every_kind(desk: Desk, at: datetime, number: int) -> None:
    """One row of each kind, as it would be had it been made at `at`."""
    IdempotencyKey.objects.create(scope="dossiers", key=f"k{number}", request_hash="0" * 64, answer={}, created_at=at)
    start, end = at - timedelta(minutes=5), at
    PhoneChallenge.objects.create(
        phone=PHONE, purpose="online", reference=str(number), code_digest="0" * 64, created_at=start, expires_at=end
    )
    _draft_and_hand_over(desk, at, number)
    _scan(desk, at, number)
    _linked(desk, at)
    _notices(desk, at, number)


def _linked(desk: Desk, at: datetime) -> None:
    """A linked case that is over, with a message that went and a reply that came."""
    case = make_case(receiving_unit=desk.unit, state="ended", ended_at=at, declared_at=at, deemed_at=at)
    words = {"sent_at": at, "ack_at": at, "created_at": at}
    message = make_message(make_leg(case), state="acknowledged", payload=f'{{"name": "{NAME}"}}', **words)
    make_reply(message, state="applied", applied_at=at, received_at=at, payload=f'{{"name": "{NAME}"}}')


def _scan(desk: Desk, at: datetime, number: int) -> None:
    """A paper that somebody began to scan at the counter."""
    by = {"created_by_id": desk.clerk.user_id, "created_at": at}
    batch = ScanBatch.objects.create(kind=ScanKind.COUNTER, reference=f"dossier:{number}", unit=desk.unit, **by)
    ScanItem.objects.create(batch=batch, position=1, line_id=number, state=ScanState.CAPTURING, touched_at=at, **by)


def _draft_and_hand_over(desk: Desk, at: datetime, number: int) -> None:
    assert desk.clerk.user_id is not None
    IntakeDraft.objects.create(
        clerk_id=desk.clerk.user_id, unit=desk.unit, key=uuid.uuid4(), content=f'{{"name": "{NAME}"}}', updated_at=at
    )
    FilingDraft.objects.create(
        key=uuid.uuid4(),
        procedure=desk.procedure.procedure,
        unit=desk.unit,
        content=f'{{"name": "{NAME}"}}',
        created_at=at,
        updated_at=at,
    )
    received = receive(desk.clerk, desk.procedure, person=citizen("Trần Văn Tú", number))
    dossier = Dossier.objects.get(pk=received.dossier_id)
    assert dossier.person_id is not None
    _session(desk, dossier.person_id, at)
    ResidenceLookUp.objects.create(
        person_id=dossier.person_id,
        method=LookUpMethod.VNEID,
        purpose="tiếp nhận hồ sơ",
        reference=f"dossier:{dossier.code}",
        shown=f'{{"Họ tên": "{NAME}"}}',
        at=at,
        read_at=at,
    )
    HandOver.objects.create(
        dossier=dossier,
        collector_name=NAME,
        method=CollectMethod.SIGNATURE_PAD,
        signature_svg=STROKES,
        handed_by_id=desk.clerk.user_id,
        handed_at=at,
    )


def _session(desk: Desk, person_id: int, at: datetime) -> None:
    """A citizen's visit; the phone that opened it stays."""
    phone = VerifiedPhone.objects.create(
        person_id=person_id,
        phone=PHONE,
        how="seen",
        verified_by_id=desk.clerk.user_id or 0,
        unit=desk.unit,
        verified_at=at,
    )
    CitizenSession.objects.create(person_id=person_id, verified_phone=phone, started_at=at, seen_at=at)


def _notices(desk: Desk, at: datetime, number: int) -> None:
    Notice.objects.filter(channel=NoticeChannel.SMS, state=NoticeState.QUEUED).delete()  # those of the intake itself
    common = {"reference": f"dossier:{number}", "day": at.date(), "first_due_at": at, "next_attempt_at": at}
    closed = {"state": NoticeState.SENT, "sent_at": at, "created_at": at}
    Notice.objects.create(
        **common, **closed, rule="ready", channel="sms", recipient=PHONE, recipient_name=NAME, body=f"Mời {NAME}"
    )
    Notice.objects.create(
        **common,
        **closed,
        rule="staff",
        channel="portal",
        user_id=desk.clerk.user_id,
        recipient="",
        body="x",
        read_at=at,
    )
    CallTask.objects.create(
        reference=str(number),
        rule="call",
        unit=desk.unit,
        recipient_name=NAME,
        phone=PHONE,
        subject="Trả kết quả",
        script=f"Chào {NAME}",
        waiting_since=at,
        due_on=at.date(),
        state=CallState.DONE,
        created_at=at,
        closed_at=at,
    )
