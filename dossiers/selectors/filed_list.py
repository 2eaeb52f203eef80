"""What was filed from home, as the desk sees it: two statements a page, the shortest check deadline first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from dossiers.constants import Status
from dossiers.models import Dossier
from dossiers.querysets import DossierQuerySet
from dossiers.rules.reminder_policy import ReminderPolicy
from dossiers.selectors.dossier_clock import check_deadline
from dossiers.selectors.keyset import after_cursor, cursor_of
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common.actors import Actor
from haddong_portal.common.text import fold
from haddong_portal.common.web.looks import Deadline

COUNT_CAP = 501
# How long before its end a check turns yellow, by the rule-set that each was filed under.
WARNING = "ruleset__policy__online_check_reminder_before__value"
COLUMNS = ("id", "code", "procedure_name", "applicant_name", "submitted_at", "status", WARNING)


@dataclass(frozen=True)
class FiledKind:
    """One list of the desk: what is in it, and the moment that orders it."""

    where: Q
    by: str


KINDS: Mapping[str, FiledKind] = {
    "waiting": FiledKind(Q(status=Status.SUBMITTED), "check_due_at"),
    "sent": FiledKind(
        Q(status=Status.WAIT_SUPPLEMENT, accepted_at__isnull=False, check_due_at__isnull=False), "check_due_at"
    ),
    "returned": FiledKind(Q(status=Status.WAIT_SUPPLEMENT, accepted_at__isnull=True), "supplement_until"),
    "withdrawn": FiledKind(Q(status=Status.STOPPED, accepted_at__isnull=True), "closed_at"),
    "refused": FiledKind(Q(status=Status.REFUSED_INTAKE, submitted_at__isnull=False), "closed_at"),
}


@dataclass(frozen=True)
class FiledRow:
    """One line; no encrypted column is read. `at` is the moment that orders the list."""

    code: str
    procedure_name: str
    applicant_name: str
    submitted_at: datetime | None
    at: datetime | None
    deadline: Deadline | None


@dataclass(frozen=True)
class FiledListPage:
    """One keyset page. `counts` by kind; 501 means "500+"."""

    rows: list[FiledRow]
    next_cursor: str | None
    counts: dict[str, int]


def filed_list(
    *, actor: Actor, kind: str, q: str = "", cursor: str | None = None, limit: int = 50, now: datetime
) -> FiledListPage:
    """`kind` is waiting, sent, returned, withdrawn or refused; of the actor's own desk only."""
    wanted, calendar = KINDS[kind], work_calendar_for(actor.unit_id)
    by_check = wanted.by == "check_due_at"
    rows = _found(_at_desk(actor).filter(wanted.where), q)
    values = after_cursor(rows, cursor, by=wanted.by).order_by(wanted.by, "id")
    found: list[dict[str, Any]] = list(values.values(*COLUMNS, wanted.by)[: limit + 1])
    told = [
        FiledRow(
            code=value["code"],
            procedure_name=value["procedure_name"],
            applicant_name=value["applicant_name"],
            submitted_at=value["submitted_at"],
            at=value[wanted.by],
            deadline=check_deadline(value[wanted.by], now, calendar, _warning_hours(value)) if by_check else None,
        )
        for value in found[:limit]
    ]
    more = len(found) > limit
    return FiledListPage(told, cursor_of(found[limit - 1], by=wanted.by) if more else None, filed_counts(actor))


def _warning_hours(value: Mapping[str, Any]) -> int:
    stored = value[WARNING]
    return stored if isinstance(stored, int) else ReminderPolicy().submission_warning_working_hours


def filed_counts(actor: Actor) -> dict[str, int]:
    """How many of each open kind wait at the actor's desk; counting stops at COUNT_CAP rows."""
    waits = Q()
    for kind in ("waiting", "sent", "returned"):
        waits |= KINDS[kind].where
    capped = _at_desk(actor).filter(waits).order_by().values("pk")[: 3 * COUNT_CAP]
    rows = Dossier.objects.filter(pk__in=capped)
    found: dict[str, int] = rows.aggregate(
        **{kind: Count("pk", filter=KINDS[kind].where) for kind in ("waiting", "sent", "returned")}
    )
    return {kind: min(count, COUNT_CAP) for kind, count in found.items()}


def _at_desk(actor: Actor) -> DossierQuerySet:
    visible: DossierQuerySet = Dossier.objects.visible_to(actor).filter(receiving_unit_id__in=actor.unit_ids)
    return visible


def _found(rows: DossierQuerySet, q: str) -> DossierQuerySet:
    if not q:
        return rows
    return rows.filter(Q(code__startswith=q.upper()) | Q(code__endswith=q) | Q(applicant_name_folded__contains=fold(q)))
