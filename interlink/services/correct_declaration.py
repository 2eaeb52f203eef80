"""Correct or complete what was declared while the case runs: at the desk, or by the requester who proved who they are.

Legs that wait for a supplement get it with a fresh limit; agencies that already work are told the change. Writes the
case's declaration, messages and one event; what stood there before stays in the ledger by name, not by value.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError
from haddong_portal.common.text import clean_text
from interlink.constants import CaseEventKind, ClockOf, LegKind, LegState, MessageKind
from interlink.models import Leg, LinkedCase
from interlink.permissions import CORRECT
from interlink.rules.declaration import cleaned, faults_of
from interlink.rules.template import VERIFIED
from interlink.selectors.case_view import Declared
from interlink.services.advance import advance
from interlink.services.leg_changes import change_leg, start_clock
from interlink.services.leg_papers import papers_for
from interlink.services.locking import LockedCase, lock_case, need_open
from interlink.services.queue_message import queue_message
from interlink.services.recording import record_case_event
from interlink.services.start_leg import payload_of

AT_WORK = frozenset({LegState.READY, LegState.SENT, LegState.ACKNOWLEDGED, LegState.WORKING})


@transaction.atomic
def correct_declaration(
    *,
    actor: Actor,
    case_id: int,
    fields: Mapping[str, str],
    papers: Mapping[str, Mapping[str, str]] | None = None,
    note: str = "",
    row_version: int | None = None,
    now: datetime | None = None,
) -> LinkedCase:
    """The case. `fields` are those that change, with "" for what is taken back. Raises NotAllowed, DomainError
    declaration.refused, declaration.nothing_new, Conflict declaration.subject_fixed, linked.ended, linked.stale."""
    if not actor.is_citizen:
        actor.require(CORRECT)
    moment = clock.local(now or clock.now())
    locked = lock_case(case_id=case_id, actor=actor, now=moment, row_version=row_version)
    need_open(locked)
    before = locked.declared
    facts = cleaned(locked.template, {**before.fields, **fields})
    held = {**before.papers, **(papers or {})}
    _check(locked, facts, held)
    changed = sorted(key for key in {*facts, *before.fields} if facts.get(key) != before.fields.get(key))
    waiting = [leg for leg in locked.legs.values() if _wants_supplement(leg)]
    if not changed and not papers and not waiting:
        raise DomainError("declaration.nothing_new", "Chưa có gì thay đổi.")
    _save(locked, facts, held)
    record_case_event(
        case=locked.case,
        kind=CaseEventKind.CORRECTED,
        actor=actor,
        at=moment,
        note=clean_text(note),
        data={"fields": changed, "papers": sorted(papers or {})},
    )
    _tell_legs(locked, set(changed), set(papers or {}))
    advance(locked)
    return locked.case


def _check(locked: LockedCase, facts: Mapping[str, str], papers: Mapping[str, Mapping[str, str]]) -> None:
    known = {**facts, VERIFIED: "yes" if locked.case.is_verified else ""}
    faults = faults_of(locked.template, known, papers)
    if faults:
        listed = [{"code": one.code, "message": one.message, "field": one.field} for one in faults]
        words = " ".join(one.message for one in faults[:5])
        raise DomainError("declaration.refused", words, faults[0].field, data={"faults": listed})
    fixed = (*locked.template.subject, *_conditions_of_legs(locked))
    for key in fixed:
        if facts.get(key, "") != locked.declared.fields.get(key, ""):
            field = locked.template.declared(key)
            label = field.label if field else key
            raise Conflict("declaration.subject_fixed", f"Không sửa được “{label}” khi hồ sơ đang giải quyết.", key)


def _conditions_of_legs(locked: LockedCase) -> list[str]:
    """What decided which legs there are cannot change any more."""
    return [key for leg in locked.template.legs if leg.when for key in leg.when.fields() if "." in key]


def _save(locked: LockedCase, facts: Mapping[str, str], papers: Mapping[str, Mapping[str, str]]) -> None:
    locked.declared = Declared(facts, papers)
    locked.case.declaration = locked.declared.to_json()
    locked.case.save(update_fields=["declaration"])


def _wants_supplement(leg: Leg) -> bool:
    return leg.kind == LegKind.EXCHANGE and leg.state == LegState.SUPPLEMENT


def _tell_legs(locked: LockedCase, fields: set[str], papers: set[str]) -> None:
    for leg in locked.legs.values():
        if _wants_supplement(leg):
            _supplement(locked, leg)
        elif leg.kind == LegKind.EXCHANGE and leg.state in AT_WORK and _concerns(locked, leg, fields, papers):
            _send(locked, leg, MessageKind.CORRECTION)


def _supplement(locked: LockedCase, leg: Leg) -> None:
    _send(locked, leg, MessageKind.SUPPLEMENT)
    leg.supplement_due_at = None
    start_clock(locked, leg, locked.now)
    change_leg(locked, leg, LegState.WORKING, CaseEventKind.LEG_SUPPLEMENTED, clock_of=ClockOf.AGENCY)


def _send(locked: LockedCase, leg: Leg, kind: MessageKind) -> None:
    papers = papers_for(locked, locked.plan(leg.key))
    queue_message(leg=leg, kind=kind, payload=payload_of(locked, leg, papers), now=locked.now)


def _concerns(locked: LockedCase, leg: Leg, fields: set[str], papers: set[str]) -> bool:
    plan = locked.plan(leg.key)
    read = {source.field for source in plan.fields.values()} | {source.paper for source in plan.papers.values()}
    return bool(read & (fields | papers))
