"""The lines of a dossier's story as the page shows them, read from what the database tells of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

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
from dossiers.selectors.stored_lines import StoredLine, looked_up_words, stored_line
from haddong_portal.notices.constants import NoticeChannel, NoticeState
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
    returns_to: tuple[int, ...]
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
    """One line of the checklist; `stored` is the store's paper that was used, `looked_up` how it was looked up."""

    name: str
    state: str
    state_label: str
    originals: int
    copies: int
    note: str
    requirement_id: int | None = None
    stored: StoredLine | None = None
    looked_up: str = ""


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
    signature_state: str | None = None
    paper_state: str | None = None
    verification_code: str | None = None


@dataclass(frozen=True)
class NoticeLine:
    """A message about the dossier: channel, subject, whether it went out."""

    channel_label: str
    subject: str
    state: str
    state_label: str
    sent_at: datetime | None


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
                "returns_to": tuple(line["returns_to"]),
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
    return [
        PaperLine(
            **{name: line[name] for name in ("name", "state", "originals", "copies", "note", "requirement_id")},
            state_label=ChecklistState(line["state"]).label,
            stored=stored_line(line),
            looked_up=looked_up_words(line),
        )
        for line in lines
    ]


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
