"""What waits for a leader's signature, with what he needs to decide: one statement for the rows, one for the counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from dossiers.constants import ChecklistState, Proposal, Status, StepState
from dossiers.models import ChecklistLine, Dossier, StepRun
from dossiers.querysets import DossierQuerySet
from dossiers.selectors.clocks import clock_of
from dossiers.selectors.keyset import after_cursor, cursor_of
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common.actors import Actor
from haddong_portal.common.web.looks import Deadline
from haddong_portal.common.worktime import WorkCalendar
from procedures.constants import StepAction

COLUMNS = (
    *("id", "code", "row_version", "procedure_id", "procedure_name", "applicant_name", "accepted_at", "due_at"),
    *("step_due_at", "is_reappointed", "overdue_recorded_at"),
)
EXAMINED = (StepAction.EXAMINE, StepAction.VERIFY)


@dataclass(frozen=True)
class DraftLine:
    """A dossier that waits for the signature: who examined it, what they propose and say, the papers, the clock."""

    id: int
    code: str
    row_version: int
    procedure_id: int
    procedure_name: str
    applicant_name: str
    due_at: datetime | None
    deadline: Deadline
    examined_by: str
    note: str
    proposal: str
    papers: int
    papers_missing: int
    is_step_late: bool
    is_reappointed: bool

    @property
    def refuses(self) -> bool:
        """The draft is a refusal: it needs its slip and is never signed in a batch."""
        return self.proposal == Proposal.REFUSE


@dataclass(frozen=True)
class DraftGroup:
    """The drafts of one procedure: what may be signed together."""

    procedure_id: int
    procedure_name: str
    lines: list[DraftLine]

    @property
    def signable(self) -> int:
        """How many of them a batch may take."""
        return sum(not line.refuses for line in self.lines)


@dataclass(frozen=True)
class SigningDesk:
    """One page of the desk. `kinds`: (procedure id, name, drafts), the fullest first; they add up to all that waits."""

    groups: list[DraftGroup]
    kinds: list[tuple[int, str, int]]
    next_cursor: str | None

    @property
    def total(self) -> int:
        return sum(count for _, _, count in self.kinds)

    @property
    def shown(self) -> int:
        return sum(len(group.lines) for group in self.groups)

    @property
    def any_late(self) -> bool:
        """Whether a step on this page is late, and signing it asks for the reason."""
        return any(line.is_step_late for group in self.groups for line in group.lines)


def signing_desk(
    *, actor: Actor, now: datetime, procedure_id: int | None = None, cursor: str | None = None, limit: int = 50
) -> SigningDesk:
    """The drafts that this leader may sign, the procedure with the most urgent one first."""
    waiting = _waiting(actor)
    kinds = list(
        waiting.values("procedure_id", "procedure_name")
        .annotate(count=Count("id"))
        .order_by("-count", "procedure_name", "procedure_id")
        .values_list("procedure_id", "procedure_name", "count")
    )
    rows = waiting.filter(procedure_id=procedure_id) if procedure_id else waiting
    values = after_cursor(rows, cursor).order_by("due_at", "id").values(*COLUMNS, **_about())[: limit + 1]
    found = list(values)
    calendar = work_calendar_for(actor.unit_id)
    lines = [_line(value, now, calendar) for value in found[:limit]]
    return SigningDesk(_groups(lines), kinds, cursor_of(found[limit - 1]) if len(found) > limit else None)


def _waiting(actor: Actor) -> DossierQuerySet:
    """At a step of signing in the actor's unit, free or in the actor's own hands."""
    rows: DossierQuerySet = Dossier.objects.visible_to(actor)
    rows = rows.filter(status=Status.SIGNING, current_action=StepAction.SIGN, owner_unit__in=list(actor.unit_ids))
    return rows.filter(
        Q(officer_id=actor.user_id) | Q(officer__isnull=True, current_role=actor.role), closed_at__isnull=True
    )


def _about() -> dict[str, Subquery]:
    """The last examination and the papers, beside the columns."""
    runs = StepRun.objects.filter(dossier=OuterRef("pk"), action__in=EXAMINED, state=StepState.DONE)
    papers = ChecklistLine.objects.filter(dossier=OuterRef("pk")).order_by().values("dossier")
    missing = Count("pk", filter=Q(state=ChecklistState.MISSING))
    return {
        "examined": Subquery(_json(runs.order_by("-run_no"), by="officer__full_name", note="note", says="proposal")),
        "brought": Subquery(papers.values(data=JSONObject(papers=Count("pk"), missing=missing))),
    }


def _json(rows: QuerySet[StepRun], **names: str) -> QuerySet[StepRun, Any]:
    return rows.values(data=JSONObject(**{key: F(path) for key, path in names.items()}))[:1]


def _groups(lines: Iterable[DraftLine]) -> list[DraftGroup]:
    groups: dict[int, DraftGroup] = {}
    for line in lines:
        group = groups.setdefault(line.procedure_id, DraftGroup(line.procedure_id, line.procedure_name, []))
        group.lines.append(line)
    return list(groups.values())


def _line(value: dict[str, Any], now: datetime, calendar: WorkCalendar) -> DraftLine:
    examined, papers = value["examined"] or {}, value["brought"] or {}
    return DraftLine(
        id=value["id"],
        code=value["code"],
        row_version=value["row_version"],
        procedure_id=value["procedure_id"],
        procedure_name=value["procedure_name"],
        applicant_name=value["applicant_name"],
        due_at=value["due_at"],
        deadline=clock_of(
            accepted_at=value["accepted_at"],
            due_at=value["due_at"],
            finished_at=None,
            now=now,
            calendar=calendar,
            with_share=False,
        ),
        examined_by=examined.get("by") or "",
        note=examined.get("note") or "",
        proposal=examined.get("says") or "",
        papers=papers.get("papers") or 0,
        papers_missing=papers.get("missing") or 0,
        is_step_late=value["step_due_at"] is not None and value["step_due_at"] < now,
        is_reappointed=value["is_reappointed"],
    )
