"""One linked case as its page shows it: legs, what is needed, confirmations, messages, results, story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from dossiers.papers.models import Paper
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common.actors import Actor
from haddong_portal.common.dates import moment_text, short_date
from haddong_portal.common.errors import NotFound
from haddong_portal.common.identifiers.masking import mask_id, mask_phone
from haddong_portal.common.web.looks import Deadline, Look
from haddong_portal.common.worktime import WorkCalendar
from interlink.constants import CaseEventKind, CaseState, ConfirmationMethod, ConfirmationState, LegState
from interlink.models import CaseEvent, Confirmation, IdentityDecision, Leg, LinkedCase
from interlink.permissions import READ_PERSONAL
from interlink.selectors.case_view import declared_in, facts_of, result_of
from interlink.selectors.declared import DeclaredPart, declared_parts
from interlink.selectors.leg_lines import (
    CASE_LOOKS,
    CONFIRMATION_LOOKS,
    LegLine,
    case_deadline,
    leg_line,
)
from interlink.selectors.message_log import MessageLine, message_log


@dataclass(frozen=True, slots=True)
class LegDetail:
    """One leg in full. `facts` are what it gave back, `papers` what it issued into the person's store."""

    leg: Leg
    line: LegLine
    limit_text: str
    after: str
    dossier_code: str
    outcome: str
    facts: list[tuple[str, str]]
    papers: list[Paper]


@dataclass(frozen=True, slots=True)
class ConfirmationLine:
    """One agreement, with its own clock."""

    confirmation: Confirmation
    role_label: str
    name: str
    look: Look
    is_open: bool
    method: str


@dataclass(frozen=True, slots=True)
class StoryEvent:
    """One line of the story, as components/timeline.html wants it."""

    title: str
    meta: str
    note: str = ""
    icon: str = "circle-dot"
    tone: str = ""


@dataclass(frozen=True)
class CasePage:
    """Everything on the page; identifiers are masked unless the post may see them."""

    case: LinkedCase
    look: Look
    deadline: Deadline
    group_name: str
    requester_id: str
    requester_phone: str
    needs: list[str]
    legs: list[LegDetail]
    confirmations: list[ConfirmationLine]
    messages: list[MessageLine]
    declared: list[DeclaredPart]
    events: list[StoryEvent]
    identities: list[IdentityDecision] = field(default_factory=list)


def visible_case(*, actor: Actor, code: str) -> LinkedCase:
    """The case of this code with its joins; NotFound for what the actor may not see."""
    legs = Leg.objects.select_related("agency", "dossier").order_by("position")
    joined = ("group", "version", "ruleset", "requester", "receiving_unit", "opened_by", "subject_person")
    rows = LinkedCase.objects.visible_to(actor).select_related(*joined)
    found = rows.prefetch_related(Prefetch("legs", queryset=legs), "confirmations").filter(code=code).first()
    if found is None:
        raise NotFound("Không tìm thấy hồ sơ liên thông này.", code="linked.not_found")
    return found


def case_page(*, actor: Actor, case: LinkedCase, now: datetime) -> CasePage:
    """The page of a case from `visible_case`."""
    masked = not actor.has_right(READ_PERSONAL)
    calendar, definition = work_calendar_for(case.receiving_unit_id), case.version.definition
    legs = leg_details(case, now=now, calendar=calendar)
    person = case.requester
    return CasePage(
        case=case,
        look=CASE_LOOKS[case.state],
        deadline=case_deadline(case, now=now, calendar=calendar),
        group_name=case.group.name,
        requester_id=mask_id(person.personal_id) if masked else person.personal_id,
        requester_phone=mask_phone(person.phone) if masked else person.phone,
        needs=what_is_needed(case, [leg.leg for leg in legs]),
        legs=legs,
        confirmations=[_confirmation(one) for one in case.confirmations.all()],
        messages=message_log(case),
        declared=declared_parts(definition, declared_in(case).fields, masked=masked),
        events=case_story(case),
        identities=list(IdentityDecision.objects.filter(case=case).select_related("one", "other", "decided_by")),
    )


def leg_details(case: LinkedCase, *, now: datetime, calendar: WorkCalendar) -> list[LegDetail]:
    """The legs in the template's order, with the papers they issued."""
    legs = list(case.legs.all())
    results = {leg.pk: result_of(leg) for leg in legs}
    papers = _papers_of(results)
    names = {leg.key: leg.name for leg in legs}
    specs = {spec["key"]: spec for spec in case.version.definition["legs"]}
    return [
        LegDetail(
            leg=leg,
            line=leg_line(leg, now=now, calendar=calendar, unit_name=case.receiving_unit.short_name),
            limit_text=limit_text(leg.limit),
            after=", ".join(names.get(key, key) for key in leg.depends_on),
            dossier_code=leg.dossier.code if leg.dossier else "",
            outcome=_outcome(leg),
            facts=_result_facts(specs.get(leg.key, {}), facts_of(leg)),
            papers=[papers[one] for one in _paper_ids(results[leg.pk]) if one in papers],
        )
        for leg in legs
    ]


def _paper_ids(result: Mapping[str, Any]) -> list[int]:
    """Of the papers that came with replies, as `received_papers` keeps them."""
    return [int(one["paper_id"]) for one in result.get("papers") or ()]


def _papers_of(results: Mapping[int, Mapping[str, Any]]) -> dict[int, Paper]:
    wanted = {one for result in results.values() for one in _paper_ids(result)}
    rows = Paper.objects.filter(pk__in=wanted).select_related("type") if wanted else []
    return {paper.pk: paper for paper in rows}


def _result_facts(spec: Mapping[str, Any], facts: Mapping[str, str]) -> list[tuple[str, str]]:
    labels = {one["key"]: one.get("label") or one["key"] for one in spec.get("results", ())}
    return [(labels.get(key, key), value) for key, value in facts.items() if value]


def limit_text(limit: Mapping[str, Any]) -> str:
    """ "02 ngày làm việc"."""
    units = {
        "working_days": "ngày làm việc",
        "working_hours": "giờ làm việc",
        "calendar_days": "ngày",
        "hours": "giờ",
        "minutes": "phút",
    }
    unit, value = limit.get("unit", ""), limit.get("value")
    if unit == "same_working_day":
        return "trong ngày làm việc"
    if value is None:
        return "theo thời hạn của cả nhóm"
    return f"{int(value):02d} {units.get(unit, unit)}"


def _outcome(leg: Leg) -> str:
    day = f"ngày {short_date(leg.outcome_date)}" if leg.outcome_date else ""
    number = f"số {leg.outcome_number}" if leg.outcome_number else ""
    return ", ".join(part for part in (leg.outcome_text, number, day) if part)


def what_is_needed(case: LinkedCase, legs: list[Leg]) -> list[str]:
    """What the citizen still owes, in sentences; nothing for a case that has ended."""
    if case.state in (CaseState.ENDED, CaseState.STOPPED):
        return []
    asked = [_asked(one) for one in case.confirmations.all() if one.state == ConfirmationState.ASKED]
    return asked + [_supplement(leg) for leg in legs if leg.state == LegState.SUPPLEMENT]


def _asked(confirmation: Confirmation) -> str:
    until = f" trước {moment_text(confirmation.due_at)}" if confirmation.due_at else ""
    return f"Ý kiến đồng ý của {confirmation.role_name.lower()}{until}."


def _supplement(leg: Leg) -> str:
    until = f" trước {moment_text(leg.supplement_due_at)}" if leg.supplement_due_at else ""
    return f"Bổ sung cho việc “{leg.name}”{until}: {leg.reason or 'theo yêu cầu của cơ quan giải quyết'}"


def _confirmation(one: Confirmation) -> ConfirmationLine:
    method = ConfirmationMethod(one.method).label if one.method else ""
    is_open = one.state in (ConfirmationState.ASKED, ConfirmationState.LAPSED)
    return ConfirmationLine(one, one.role_name, one.person_name, CONFIRMATION_LOOKS[one.state], is_open, str(method))


_EVENT_LOOKS: Mapping[str, tuple[str, str]] = {
    CaseEventKind.OPENED: ("file-plus", "info"),
    CaseEventKind.ENDED: ("circle-check", "done"),
    CaseEventKind.STOPPED: ("circle-x", "late"),
    CaseEventKind.LEG_STARTED: ("player-play", "info"),
    CaseEventKind.LEG_DONE: ("check", "done"),
    CaseEventKind.LEG_REFUSED: ("circle-x", "late"),
    CaseEventKind.LEG_RETURNED: ("arrow-back-up", "warn"),
    CaseEventKind.LEG_SUPPLEMENT: ("file-alert", "warn"),
    CaseEventKind.LEG_HELD: ("hand-stop", "paused"),
    CaseEventKind.LEG_APOLOGY: ("message-2", "late"),
    CaseEventKind.LEG_ACK_MISSING: ("alert-triangle", "warn"),
    CaseEventKind.LEG_SYNC_MISSING: ("alert-triangle", "warn"),
    CaseEventKind.REPLY_LATE: ("history", ""),
}


def case_story(case: LinkedCase) -> list[StoryEvent]:
    """The ledger, newest first."""
    rows = CaseEvent.objects.filter(case=case).select_related("leg").defer("leg__result").order_by("-id")
    return [_event(row) for row in rows]


def _event(row: CaseEvent) -> StoryEvent:
    icon, tone = _EVENT_LOOKS.get(row.kind, ("circle-dot", ""))
    kinds = {str(value): str(label) for value, label in CaseEventKind.choices}
    title = kinds.get(row.kind, row.kind)
    who = ", ".join(part for part in (row.actor_name, row.unit_name) if part)
    return StoryEvent(
        title=f"{title}: {row.leg.name}" if row.leg else title,
        meta=f"{moment_text(row.at)} · {who}",
        note=row.note,
        icon=icon,
        tone=tone,
    )
