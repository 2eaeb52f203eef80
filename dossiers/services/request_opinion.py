"""Ask other units for their opinion, in parallel: T7, PROCESSING → CONSULTING (NĐ 61/2018 art. 19.5).

Whoever holds the open step. Each unit is asked in writing, with a question and a deadline of its own; whether the
dossier's clock runs on is its rule-set's. Writes one OpinionRequest and one slip per unit, its right to
read, the state, one event, messages.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind, FormKind, IntervalKind, Status
from dossiers.models import Dossier, DossierEvent, OpinionRequest
from dossiers.rules.asking import UNITS_MAX, AskData, answer_due_at
from dossiers.rules.lifecycle import Command
from dossiers.services.gate import refuse_at_gate
from dossiers.services.issue_slip import SlipData, issue_slip
from dossiers.services.locking import hold, lock_dossier
from dossiers.services.pausing import stands_beside, stop_beside
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from dossiers.services.standing import let_read
from dossiers.services.telling_units import tell_unit
from haddong_portal.accounts.models import Unit
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.dates import due_text
from haddong_portal.common.errors import DomainError
from haddong_portal.notices.constants import NoticeEvent

QUESTION_TOLD_MAX = 200


@transaction.atomic
def request_opinion(
    *,
    actor: Actor,
    dossier_id: int,
    asks: Sequence[AskData],
    row_version: int | None = None,
    now: datetime | None = None,
) -> DossierEvent:
    """The event. Raises DomainError opinion.no_units, .too_many, .unit_twice, .unit_own, .unit_unknown,
    .question_missing, or of `answer_due_at`."""
    in_hand = lock_dossier(actor=actor, command=Command.CONSULT, dossier_id=dossier_id)
    hold(in_hand, actor, row_version)
    moment, dossier = clock.local(now or clock.now()), in_hand.dossier
    refuse_at_gate(dossier, actor, moment)
    units = _units(dossier, asks, moment)
    asked = [_ask(dossier, ask, units[ask.unit_id], actor, moment) for ask in asks]
    let_read(dossier, *units)
    dossier.status = Status.CONSULTING
    stopped = stop_beside(dossier, IntervalKind.CONSULTATION, reason=EventKind.OPINION_REQUESTED.label, now=moment)
    save_columns(dossier, ["status", "reader_unit_ids", *stopped], now=moment)
    event = record_event(
        dossier=dossier,
        kind=EventKind.OPINION_REQUESTED,
        actor=actor,
        at=moment,
        from_status=in_hand.from_status,
        note="; ".join(f"{unit.short_name}" for unit in units.values()),
        data={"opinions": [opinion.pk for opinion in asked], "units": list(units)},
    )
    for opinion in asked:
        _tell(dossier, opinion, actor, moment)
    return event


def _units(dossier: Dossier, asks: Sequence[AskData], now: datetime) -> dict[int, Unit]:
    """The asked units that exist today, in the order of asking."""
    if not asks:
        raise DomainError("opinion.no_units", "Chưa chọn đơn vị lấy ý kiến.", "units")
    if len(asks) > UNITS_MAX:
        raise DomainError("opinion.too_many", f"Một lần lấy ý kiến nhiều nhất {UNITS_MAX} đơn vị.", "units")
    ids = [ask.unit_id for ask in asks]
    if len(set(ids)) < len(ids):
        raise DomainError("opinion.unit_twice", "Mỗi đơn vị chỉ hỏi một lần trong một lần lấy ý kiến.", "units")
    if dossier.owner_unit_id in ids:
        raise DomainError("opinion.unit_own", "Không lấy ý kiến của chính đơn vị đang giải quyết.", "units")
    found = Unit.objects.valid_on(now.date()).in_bulk(ids)
    if len(found) < len(ids):
        raise DomainError("opinion.unit_unknown", "Đơn vị được chọn không còn hoạt động.", "units")
    return {unit_id: found[unit_id] for unit_id in ids}


def _ask(dossier: Dossier, ask: AskData, unit: Unit, actor: Actor, now: datetime) -> OpinionRequest:
    """The request and its slip."""
    question = ask.question.strip()
    if not question:
        raise DomainError("opinion.question_missing", f"Chưa ghi nội dung hỏi {unit.short_name}.", "question")
    # Where the clock stands meanwhile, the promise moves with the answer and cannot be its limit.
    promised_at = None if stands_beside(dossier, IntervalKind.CONSULTATION) else dossier.due_at
    due_at = answer_due_at(ask.answer_on, now=now, due_at=promised_at, calendar=work_calendar_for(unit.pk))
    slip = issue_slip(
        kind=FormKind.OPINION_REQUEST,
        unit_id=dossier.owner_unit_id,
        ruleset_id=dossier.ruleset_id,
        actor=actor,
        now=now,
        dossier=dossier,
        data=SlipData(reason=question, due_at=due_at, contents={"addressee": unit.name}),
    )
    opinion = OpinionRequest(
        dossier=dossier,
        unit=unit,
        question=question,
        asked_by_id=actor.user_id or 0,
        asked_at=now,
        due_at=due_at,
        slip=slip,
    )
    opinion.save(force_insert=True)
    return opinion


def _tell(dossier: Dossier, opinion: OpinionRequest, actor: Actor, now: datetime) -> None:
    tell_unit(
        dossier=dossier,
        unit_id=opinion.unit_id,
        rule=f"opinion:{opinion.pk}",
        event=NoticeEvent.OPINION_REQUESTED,
        unit_name=actor.unit_name,
        due=due_text(opinion.due_at),
        reason=opinion.question[:QUESTION_TOLD_MAX],
        now=now,
    )
