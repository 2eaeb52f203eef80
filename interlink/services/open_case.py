"""Open a linked case: one declaration, one receipt with one date per leg (NĐ 63/2024 art. 7; domain.md §9).

Clerks, heads of the desk, and connected systems with a clerk's post. Writes the requester, the case with its legs and
confirmations, its events, a message and one audit row, and starts every leg whose turn it is, in one transaction.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction

from dossiers.constants import Delivery
from dossiers.rules.numbering import ordered_unit_code
from dossiers.selectors.rulesets import rules_on
from dossiers.services.receive_dossier import check_key, other_content
from haddong_portal.accounts.models import Unit
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.citizens.constants import DataSource
from haddong_portal.citizens.models import Person
from haddong_portal.citizens.services.find_or_create_person import PersonData, checked_person, find_or_create_person
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.crypto.blind_index import blind_index
from haddong_portal.common.errors import Conflict, DomainError
from haddong_portal.notices.constants import NoticeEvent
from haddong_portal.plumbing.services.next_number import next_number
from interlink.constants import OPEN_CASES, CaseEventKind, CaseState, ClockOf, ConfirmationState, LegState
from interlink.models import Agency, Confirmation, GroupVersion, Leg, LinkedCase
from interlink.permissions import OPEN
from interlink.rules.clocks import Clockwork, Reckoned, deemed_at, group_due, promised, reckon
from interlink.rules.conditions import holds
from interlink.rules.declaration import cleaned, faults_of, subject_of
from interlink.rules.template import VERIFIED, LegPlan, Template
from interlink.selectors.case_view import Declared
from interlink.selectors.templates import template_of, version_on
from interlink.services.advance import advance
from interlink.services.locking import lock_case
from interlink.services.recording import record_case_event
from interlink.services.telling import tell
from procedures.constants import Channel

CODE_KIND = "linked_case"
TOKEN_BYTES = 18
_SUBJECT_RACE = "linked_case_subject_once_open"
_RACES = ("linked_case_key_once", "person_personal_id_unique")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationData:
    """One declaration. `fields`: the template's key → text; `papers`: its key → {"state", "paper" (public id), "note"}
    and "brought" for a file that came with the declaration.

    `agreed`: role of a confirmation given at the desk → how (ConfirmationMethod). `card_read`: the requester's card was
    scanned. `version_id`: what the form was drawn from; the one in force otherwise.
    """

    group_code: str
    fields: Mapping[str, str]
    papers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    agreed: Mapping[str, str] = field(default_factory=dict)
    is_verified: bool = False
    card_read: bool = False
    channel: int = Channel.DIRECT
    source_system: str = ""
    version_id: int | None = None


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """The answer; `already` when the same key had been answered before."""

    case_id: int
    code: str
    group_due_at: datetime | None
    already: bool = False


@dataclass(frozen=True, slots=True)
class _Frame:
    actor: Actor
    data: DeclarationData
    version: GroupVersion
    template: Template
    facts: Mapping[str, str]
    ruleset_id: int
    unit: Unit
    unit_code: str
    work: Clockwork
    now: datetime


def open_case(*, actor: Actor, data: DeclarationData, idempotency_key: str, now: datetime | None = None) -> OpenedCase:
    """The new case, or that of the same key of this account.

    Raises NotAllowed, DomainError declaration.refused with every fault in `data["faults"]` (its field is the first
    one's), linked.no_version, Conflict linked.duplicate naming the open case, idempotency.other_content.
    """
    actor.require(OPEN)
    check_key(idempotency_key)
    moment = clock.local(now or clock.now())
    digest = blind_index(repr((data.group_code, sorted(data.fields.items()), sorted(data.papers))), "linked_intake")
    for attempt in (1, 2):
        earlier = LinkedCase.objects.filter(opened_by_id=actor.user_id, idempotency_key=idempotency_key).first()
        if earlier is not None:
            return _answered_before(earlier, digest)
        try:
            return _open(actor, data, idempotency_key, digest, moment)
        except IntegrityError as error:
            if _SUBJECT_RACE in str(error):
                raise _duplicate(None) from error
            if attempt == 2 or not any(name in str(error) for name in _RACES):
                raise
    raise AssertionError("the second attempt answers or raises")


def promise_of(
    *, template: Template, facts: Mapping[str, str], declared_at: datetime, work: Clockwork
) -> tuple[Reckoned, dict[str, Reckoned]]:
    """The group's date and each leg's, as the receipt says them."""
    return group_due(template, facts, declared_at, work), promised(template, facts, declared_at, work)


@transaction.atomic
def _open(actor: Actor, data: DeclarationData, key: str, digest: str, now: datetime) -> OpenedCase:
    frame = _frame(actor, data, now)
    _check(frame)
    case = _case(frame, key, digest)
    case.save(force_insert=True)
    _write_legs(frame, case)
    _ask(frame, case)
    locked = lock_case(case_id=case.pk, actor=actor, now=now)
    record_case_event(
        case=locked.case,
        kind=CaseEventKind.OPENED,
        actor=actor,
        at=now,
        to_state=CaseState.RUNNING,
        data={"group": data.group_code, "version": frame.version.version, "source": data.source_system},
    )
    tell(locked, NoticeEvent.LINKED_RECEIVED)
    advance(locked)
    record_access(
        actor=actor,
        action=OPEN,
        object_type="linked_case",
        object_id=case.pk,
        person_id=case.requester_id,
        purpose=frame.version.group.name,
        now=now,
    )
    return OpenedCase(case.pk, case.code, case.group_due_at)


def _frame(actor: Actor, data: DeclarationData, now: datetime) -> _Frame:
    if actor.unit_id is None:
        raise DomainError("dossier.no_desk", "Đơn vị này không có bộ phận Một cửa nên không tiếp nhận hồ sơ.")
    version = _version(data, now.date())
    template, rules = template_of(version), rules_on(now.date())
    unit = Unit.objects.get(pk=actor.unit_id)
    facts = {**cleaned(template, data.fields), VERIFIED: "yes" if data.is_verified else ""}
    return _Frame(
        actor=actor,
        data=data,
        version=version,
        template=template,
        facts=facts,
        ruleset_id=rules.ruleset_id,
        unit=unit,
        unit_code=ordered_unit_code(rules.policy.acts, unit.org_code),
        work=Clockwork(work_calendar_for(actor.unit_id), rules.policy, data.is_verified),
        now=now,
    )


def _answered_before(earlier: LinkedCase, digest: str) -> OpenedCase:
    if earlier.intake_digest != digest:
        raise other_content()
    return OpenedCase(earlier.pk, earlier.code, earlier.group_due_at, already=True)


def _version(data: DeclarationData, on: date) -> GroupVersion:
    in_force = version_on(group_code=data.group_code, on=on)
    if data.version_id is not None and data.version_id != in_force.pk:
        raise Conflict("linked.version_changed", "Nhóm liên thông vừa có bản mới. Xin mở lại tờ khai.")
    return in_force


def _check(frame: _Frame) -> None:
    faults = faults_of(frame.template, frame.facts, frame.data.papers)
    if faults:
        listed = [{"code": one.code, "message": one.message, "field": one.field} for one in faults]
        words = " ".join(one.message for one in faults[:5])
        raise DomainError("declaration.refused", words, faults[0].field, data={"faults": listed})
    subject = subject_of(frame.template, frame.facts)
    index = blind_index(subject, "linked_subject") if subject else ""
    if index:
        rows = LinkedCase.objects.filter(group=frame.version.group_id, subject_index=index, state__in=OPEN_CASES)
        open_one = rows.only("code").first()
        if open_one is not None:
            raise _duplicate(open_one)


def _duplicate(found: LinkedCase | None) -> Conflict:
    which = f"hồ sơ {found.code}" if found else "một hồ sơ khác"
    return Conflict(
        "linked.duplicate",
        f"Sự kiện này đang được giải quyết trong {which}; không mở hồ sơ thứ hai.",
        data={"code": found.code if found else ""},
    )


def _case(frame: _Frame, key: str, digest: str) -> LinkedCase:
    group, _ = promise_of(template=frame.template, facts=frame.facts, declared_at=frame.now, work=frame.work)
    start, _lines = deemed_at(frame.now, frame.work)
    delivery = frame.facts.get("delivery.form", Delivery.DESK)
    return LinkedCase(
        code=_code(frame),
        group_id=frame.version.group_id,
        version=frame.version,
        ruleset_id=frame.ruleset_id,
        receiving_unit_id=frame.unit.pk,
        requester=_requester(frame),
        declaration=Declared(
            {name: value for name, value in frame.facts.items() if name != VERIFIED}, frame.data.papers
        ).to_json(),
        subject=subject_of(frame.template, frame.facts),
        channel=frame.data.channel,
        delivery=delivery if delivery in Delivery.values else Delivery.DESK,
        delivery_address=frame.facts.get("delivery.address", ""),
        declared_at=frame.now,
        deemed_at=start,
        group_due_at=group.due_at,
        due_explanation=list(group.lines),
        is_verified=frame.data.is_verified,
        opened_by_id=frame.actor.user_id,
        idempotency_key=key,
        intake_digest=digest,
        tracking_token=secrets.token_urlsafe(TOKEN_BYTES),
        source_system=frame.data.source_system[:80],
    )


def _code(frame: _Frame) -> str:
    """`unit-LT-YYMMDD-serial`: like a dossier's, told apart by its letters."""
    day = frame.now.date()
    serial = next_number(kind=CODE_KIND, holder=str(frame.unit.pk), period=day.isoformat())
    return f"{frame.unit_code}-LT{day:%y%m%d}-{serial:04d}"


def _requester(frame: _Frame) -> Person:
    """Raises DomainError naming the field of the declaration."""
    who, facts = frame.template.requester, frame.facts
    birth = facts.get(f"{who}.birth_date", "")
    data = PersonData(
        full_name=facts.get(f"{who}.full_name", ""),
        personal_id=facts.get(f"{who}.personal_id", ""),
        birth_date=date.fromisoformat(birth) if birth else None,
        address=facts.get(f"{who}.address", ""),
        phone=facts.get(f"{who}.phone", ""),
        email=facts.get(f"{who}.email", ""),
        source=DataSource.CARD if frame.data.card_read else DataSource.TYPED,
    )
    try:
        if not data.personal_id:
            raise DomainError("person.id_missing", "Chưa có số định danh cá nhân của người yêu cầu.", "personal_id")
        return find_or_create_person(data=checked_person(data), now=frame.now)[0]
    except DomainError as error:
        named = f"{who}.{error.field}" if error.field else None
        raise DomainError(error.code, error.message, named, status=error.status) from error


def _write_legs(frame: _Frame, case: LinkedCase) -> None:
    _, dates = promise_of(template=frame.template, facts=frame.facts, declared_at=frame.now, work=frame.work)
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    Leg.objects.bulk_create(
        _leg(case, plan, position, agencies[plan.agency], dates.get(plan.key))
        for position, plan in enumerate(frame.template.legs, start=1)
    )


def _leg(case: LinkedCase, plan: LegPlan, position: int, agency: Agency, promise: Reckoned | None) -> Leg:
    limit = plan.limit
    return Leg(
        case=case,
        key=plan.key,
        kind=plan.kind,
        agency=agency,
        name=plan.name,
        procedure_code=plan.procedure_code,
        position=position,
        depends_on=list(plan.after),
        state=LegState.WAITING,
        limit={"value": limit.value, "unit": limit.unit, "if_verified": limit.if_verified, "key": limit.legal_key},
        due_at=promise.due_at if promise else None,
        promised_at=promise.due_at if promise else None,
        explanation=list(promise.lines) if promise else [],
        clock_of=ClockOf.UPSTREAM if plan.after else ClockOf.NOBODY,
    )


def _ask(frame: _Frame, case: LinkedCase) -> None:
    """Each confirmation with its own clock; one that was given at the desk is on record at once."""
    wait = frame.template.confirmation_wait
    due = reckon(wait, frame.now, frame.work).due_at if wait else None
    for asked in frame.template.confirmations:
        if not holds(asked.when, frame.facts):
            continue
        method = frame.data.agreed.get(asked.role, "")
        given = ConfirmationState.GIVEN if method else ConfirmationState.ASKED
        Confirmation.objects.create(
            case=case,
            role=asked.role,
            role_name=asked.label,
            needed_by=list(asked.needed_by),
            person_name=frame.facts.get(f"{asked.person}.full_name", ""),
            personal_id=frame.facts.get(f"{asked.person}.personal_id", ""),
            phone=frame.facts.get(f"{asked.person}.phone", ""),
            method=method,
            state=given,
            asked_at=frame.now,
            due_at=due,
            answered_at=frame.now if method else None,
            recorded_by_id=frame.actor.user_id if method else None,
        )
        kind = CaseEventKind.CONFIRMATION_GIVEN if method else CaseEventKind.CONFIRMATION_ASKED
        record_case_event(
            case=case, kind=kind, actor=frame.actor, at=frame.now, note=asked.label, data={"role": asked.role}
        )
