"""A dossier's lines (events, steps, papers, results, messages) as arrays of one statement: one round trip."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, OuterRef, Value
from django.db.models.functions import Cast, Concat, JSONObject

from dossiers.constants import (
    ChecklistState,
    EventKind,
    FaultKind,
    FormKind,
    IntervalKind,
    LateReason,
    Proposal,
    StepState,
)
from dossiers.models import (
    Charge,
    ChecklistLine,
    Correction,
    Dossier,
    DossierEvent,
    FiledPaper,
    OpinionRequest,
    Pause,
    Payment,
    ResultFile,
    Slip,
    SlipLine,
    StepRun,
    Verification,
)
from dossiers.selectors.coordination import OPINION_FIELDS, VERIFICATION_FIELDS
from dossiers.selectors.corrections import FIELDS_READ as CORRECTED_FIELDS
from dossiers.selectors.filed import FILED_FIELDS
from haddong_portal.common.prepared import PreparedRows
from haddong_portal.notices.constants import NoticeChannel, NoticeState
from haddong_portal.notices.models import Notice
from procedures.models import UnitProcedure
from procedures.rules.process_path import NEVER_AGAIN


@dataclass(frozen=True)
class EventLine:
    """One event as shown: who, when, what."""

    id: int
    kind: str
    label: str
    at: datetime
    actor_name: str
    unit_name: str
    from_status: str
    to_status: str
    note: str


@dataclass(frozen=True)
class StepLine:
    """One run of a step: planned and actual working minutes."""

    id: int
    run_no: int
    sequence: int
    action: str
    name: str
    state: str
    state_label: str
    unit_name: str
    officer_name: str
    handed_at: datetime
    finished_at: datetime | None
    planned_minutes: int
    actual_minutes: int | None
    branch: int
    returns_to: list[int]
    late_reason: str
    late_note: str
    late_label: str
    proposal: str
    proposal_label: str
    role: str
    unit_id: int
    officer_id: int | None
    step_due_at: datetime

    def may_come_back_from(self, here: StepLine) -> bool:
        """Whether the step of `here` may be sent back to this one (procedures.rules.process_path.allowed_returns)."""
        named = not here.returns_to or self.sequence in here.returns_to
        earlier = self.branch == here.branch and self.sequence < here.sequence
        return earlier and named and self.action not in NEVER_AGAIN


@dataclass(frozen=True)
class PaperLine:
    name: str
    state: str
    state_label: str
    originals: int
    copies: int
    note: str
    requirement_id: int | None = None


@dataclass(frozen=True)
class SlipRow:
    """A form handed out: its name, number, day, and the promise it prints."""

    id: int
    label: str
    number: int
    year: int
    issued_at: datetime
    due_at: datetime | None
    reason: str


@dataclass(frozen=True)
class AskedLine:
    """A paper asked for and not yet there."""

    id: int
    name: str
    fault_label: str
    note: str


@dataclass(frozen=True)
class PauseLine:
    """A stop of the clock; open while `ended_at` is None."""

    kind: str
    label: str
    started_at: datetime
    ended_at: datetime | None
    reason: str
    is_counted: bool = False
    """The time is counted all the same: the sector's law knows no pause."""


@dataclass(frozen=True)
class ResultLine:
    id: int
    number: str
    name: str
    size_bytes: int
    issued_on: date | None
    signer_name: str
    superseded_at: datetime | None = None


@dataclass(frozen=True)
class NoticeLine:
    """A message about the dossier: channel, subject, whether it went out."""

    channel_label: str
    subject: str
    state: str
    state_label: str
    sent_at: datetime | None


@dataclass(frozen=True)
class Story:
    """Everything that lies around one dossier, as the database tells it; read it with `*_of`."""

    events: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    papers: list[dict[str, Any]]
    results: list[dict[str, Any]]
    notices: list[dict[str, Any]]
    slips: list[dict[str, Any]]
    asked: list[dict[str, Any]]
    pauses: list[dict[str, Any]]
    verifications: list[dict[str, Any]]
    opinions: list[dict[str, Any]]
    filed: list[dict[str, Any]]
    charges: list[dict[str, Any]]
    payments: list[dict[str, Any]]
    delegated: list[dict[str, Any]]
    corrections: list[dict[str, Any]]


NO_STORY = Story(*([] for _ in fields(Story)))


def story_of(dossier_id: int) -> Story:
    """In one statement."""
    return Story(*_stories(dossier_id=dossier_id)[0])


def _story_arrays() -> dict[str, ArraySubquery]:
    """Annotations for a Dossier queryset, in the order of Story."""
    mine = {"dossier": OuterRef("pk")}
    about = Concat(Value("dossier:"), Cast(OuterRef("pk"), CharField()))
    return {
        "story_events": _array(
            DossierEvent.objects.filter(**mine).order_by("id"),
            "id kind at actor_name unit_name from_status to_status note",
        ),
        "story_steps": _array(
            StepRun.objects.filter(**mine).order_by("run_no"),
            "id run_no action name state handed_at finished_at planned_minutes actual_minutes"
            " branch late_reason late_note proposal role unit_id officer_id step_due_at",
            unit_name="unit__short_name",
            officer_name="officer__full_name",
            sequence="step__sequence",
            returns_to="step__returns_to",
        ),
        "story_papers": _array(
            ChecklistLine.objects.filter(**mine).order_by("position"), "name state originals copies note requirement_id"
        ),
        "story_results": _array(
            ResultFile.objects.filter(**mine).order_by("id"),
            "id number name size_bytes issued_on signer_name superseded_at",
        ),
        "story_notices": _array(Notice.objects.filter(reference=about).order_by("id"), "channel subject state sent_at"),
        "story_slips": _array(
            Slip.objects.filter(**mine).order_by("id"), "id form_kind number year issued_at due_at reason"
        ),
        "story_asked": _array(
            SlipLine.objects.filter(slip__dossier=OuterRef("pk"), dossier__isnull=False, received_at__isnull=True)
            .filter(slip__pauses__ended_at__isnull=True)
            .order_by("slip_id", "position"),
            "id name fault note",
        ),
        "story_pauses": _array(
            Pause.objects.filter(**mine).order_by("started_at", "id"), "kind started_at ended_at reason pauses_clock"
        ),
        "story_verifications": _array(
            Verification.objects.filter(**mine).order_by("id"),
            VERIFICATION_FIELDS,
            started_by_name="started_by__full_name",
        ),
        "story_opinions": _array(
            OpinionRequest.objects.filter(**mine).order_by("id"),
            OPINION_FIELDS,
            unit_name="unit__short_name",
            answered_by_name="answered_by__full_name",
        ),
        "story_filed": _array(FiledPaper.objects.filter(**mine).order_by("id"), FILED_FIELDS),
        "story_charges": _array(
            Charge.objects.filter(**mine).order_by("id"), "id kind label amount_vnd exempt_reason proof settled_at"
        ),
        "story_payments": _array(
            Payment.objects.filter(charge__dossier=OuterRef("pk")).order_by("id"),
            "id charge_id receipt_no year amount_vnd method reference paid_at voided_at void_reason",
            collected_by_name="collected_by__full_name",
        ),
        "story_delegated": _array(
            UnitProcedure.objects.filter(
                unit=OuterRef("receiving_unit"), procedure=OuterRef("procedure"), delegated_by__isnull=False
            ),
            "delegated_by_id",
        ),
        "story_corrections": _array(
            Correction.objects.filter(**mine).order_by("id"), CORRECTED_FIELDS, by="corrected_by__full_name"
        ),
    }


def _array(rows: Any, names: str, **renamed: str) -> ArraySubquery:
    fields = {name: F(name) for name in names.split()} | {name: F(path) for name, path in renamed.items()}
    return ArraySubquery(rows.values(line=JSONObject(**fields)))


_stories = PreparedRows(
    lambda dossier_id: Dossier.objects.filter(pk=dossier_id).annotate(**_story_arrays()).values_list(*_story_arrays()),
    dossier_id=-7_000_001,
)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def events_of(lines: list[dict[str, Any]]) -> list[EventLine]:
    return [
        EventLine(**{**line, "at": datetime.fromisoformat(line["at"]), "label": EventKind(line["kind"]).label})
        for line in lines
    ]


def steps_of(lines: list[dict[str, Any]]) -> list[StepLine]:
    return [
        StepLine(
            **{
                **line,
                "officer_name": line["officer_name"] or "",
                "handed_at": datetime.fromisoformat(line["handed_at"]),
                "finished_at": _moment(line["finished_at"]),
                "step_due_at": datetime.fromisoformat(line["step_due_at"]),
                "state_label": StepState(line["state"]).label,
                "proposal_label": Proposal(line["proposal"]).label if line["proposal"] else "",
                "late_label": LateReason(line["late_reason"]).label if line["late_reason"] else "",
            }
        )
        for line in lines
    ]


def papers_of(lines: list[dict[str, Any]]) -> list[PaperLine]:
    return [PaperLine(**line, state_label=ChecklistState(line["state"]).label) for line in lines]


def results_of(lines: list[dict[str, Any]]) -> list[ResultLine]:
    return [
        ResultLine(
            **{
                **line,
                "issued_on": date.fromisoformat(line["issued_on"]) if line["issued_on"] else None,
                "superseded_at": _moment(line["superseded_at"]),
            }
        )
        for line in lines
    ]


def slips_of(lines: list[dict[str, Any]]) -> list[SlipRow]:
    return [
        SlipRow(
            id=line["id"],
            label=FormKind(line["form_kind"]).label,
            number=line["number"],
            year=line["year"],
            issued_at=datetime.fromisoformat(line["issued_at"]),
            due_at=_moment(line["due_at"]),
            reason=line["reason"],
        )
        for line in lines
    ]


def asked_of(lines: list[dict[str, Any]]) -> list[AskedLine]:
    return [AskedLine(line["id"], line["name"], FaultKind(line["fault"]).label, line["note"]) for line in lines]


def pauses_of(lines: list[dict[str, Any]]) -> list[PauseLine]:
    return [
        PauseLine(
            kind=line["kind"],
            label=IntervalKind(line["kind"]).label,
            started_at=datetime.fromisoformat(line["started_at"]),
            ended_at=_moment(line["ended_at"]),
            reason=line["reason"],
            is_counted=line["pauses_clock"] is False,
        )
        for line in lines
    ]


def notices_of(lines: list[dict[str, Any]]) -> list[NoticeLine]:
    return [
        NoticeLine(
            channel_label=NoticeChannel(line["channel"]).label,
            subject=line["subject"],
            state=line["state"],
            state_label=NoticeState(line["state"]).label,
            sent_at=_moment(line["sent_at"]),
        )
        for line in lines
    ]
