"""The list of linked cases: rows with their legs in two statements, capped counts in one; keyset pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import fold
from haddong_portal.common.web.looks import Deadline
from haddong_portal.common.worktime import WorkCalendar
from interlink.constants import COUNTED_LEGS, OPEN_CASES, CaseState, LegKind, LegState, MessageState
from interlink.models import AgencyMessage, Leg, LinkedCase
from interlink.querysets import LinkedCaseQuerySet
from interlink.selectors.leg_lines import CASE_LOOKS, LegLine, case_deadline, leg_line

COUNT_CAP = 501
STUCK_LEGS = (LegState.HELD, LegState.SUPPLEMENT, LegState.RETURNED)
FLAGS = ("open", "late", "stuck", "confirming", "ended")
# Columns whose decryption a list does not need.
_UNSEEN = ("declaration", "subject", "delivery_address")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One life event with its legs; no encrypted column is read."""

    code: str
    group_name: str
    requester_name: str
    unit_name: str
    state_label: str
    deadline: Deadline
    group_due_at: datetime | None
    legs: list[LegLine]


@dataclass(frozen=True, slots=True)
class CaseListPage:
    """One keyset page. `counts` by flag, and events, dossiers, exchanges of what is open; 501 means "500+"."""

    rows: list[CaseRow]
    next_cursor: str | None
    counts: Mapping[str, int]


def case_list(
    *,
    actor: Actor,
    scope: str,
    flag: str = "open",
    group: str = "",
    q: str = "",
    cursor: str | None = None,
    limit: int = 30,
    now: datetime,
) -> CaseListPage:
    """`scope`: mine (opened by the actor), unit, all; `flag`: of FLAGS. Open ones by date, ended ones newest first."""
    base = _in_scope(actor, scope)
    if group:
        base = base.filter(group__code=group)
    ended = flag == "ended"
    rows = _paged(_matching(_flagged(base, flag, now), q), cursor, ended=ended)
    found = list(_with_parts(rows)[: limit + 1])
    calendar = work_calendar_for(actor.unit_id)
    shown = [_row(case, now, calendar) for case in found[:limit]]
    more = len(found) > limit
    return CaseListPage(shown, _cursor(found[limit - 1], ended=ended) if more else None, _counts(base, now))


def _in_scope(actor: Actor, scope: str) -> LinkedCaseQuerySet:
    visible: LinkedCaseQuerySet = LinkedCase.objects.visible_to(actor)
    if scope == "mine":
        return visible.filter(opened_by_id=actor.user_id)
    return visible if scope == "all" else visible.filter(receiving_unit_id__in=list(actor.unit_ids))


def _flagged(cases: LinkedCaseQuerySet, flag: str, now: datetime) -> LinkedCaseQuerySet:
    if flag == "ended":
        return cases.filter(state__in=[CaseState.ENDED, CaseState.STOPPED])
    opened = cases.filter(state__in=OPEN_CASES)
    if flag == "late":
        return opened.filter(_late(now))
    if flag == "stuck":
        return opened.filter(_stuck())
    return opened.filter(state=CaseState.CONFIRMING) if flag == "confirming" else opened


def _late(now: datetime) -> Q:
    legs = Leg.objects.filter(case=OuterRef("pk"), state__in=COUNTED_LEGS, due_at__lt=now)
    return Q(Exists(legs)) | Q(group_due_at__lt=now)


def _stuck() -> Q:
    given_up = AgencyMessage.objects.filter(
        leg__case=OuterRef("pk"), state__in=[MessageState.DEAD, MessageState.REJECTED]
    )
    return Q(Exists(Leg.objects.filter(case=OuterRef("pk"), state__in=STUCK_LEGS))) | Q(Exists(given_up))


def _matching(cases: LinkedCaseQuerySet, q: str) -> LinkedCaseQuerySet:
    if not q:
        return cases
    by_code = Q(code__startswith=q.upper()) | Q(code__endswith=q)
    return cases.filter(by_code | Q(requester__full_name_folded__contains=fold(q)))


def _paged(cases: LinkedCaseQuerySet, cursor: str | None, *, ended: bool) -> QuerySet[LinkedCase]:
    """In order, behind the cursor; DomainError list.bad_cursor for one that was bent."""
    order = ["-id"] if ended else [F("group_due_at").asc(nulls_last=True), "id"]
    ordered = cases.order_by(*order)
    if not cursor:
        return ordered
    moment, _, last = cursor.rpartition("_")
    try:
        last_id, at = int(last), datetime.fromisoformat(moment) if moment else None
    except ValueError:
        raise DomainError("list.bad_cursor", "Trang này không còn, xin mở lại danh sách từ đầu.") from None
    if ended:
        return ordered.filter(id__lt=last_id)
    if at is None:
        return ordered.filter(group_due_at__isnull=True, id__gt=last_id)
    later = Q(group_due_at__gt=at) | Q(group_due_at=at, id__gt=last_id) | Q(group_due_at__isnull=True)
    return ordered.filter(later)


def _cursor(case: LinkedCase, *, ended: bool) -> str:
    moment = "" if ended or case.group_due_at is None else case.group_due_at.isoformat()
    return f"{moment}_{case.pk}"


def _with_parts(cases: QuerySet[LinkedCase]) -> QuerySet[LinkedCase]:
    legs = Leg.objects.select_related("agency").defer("result").order_by("position")
    joined = ("group", "requester", "receiving_unit")
    seen = cases.select_related(*joined).defer(*_UNSEEN, *(f"requester__{one}" for one in _PERSONAL))
    return seen.prefetch_related(Prefetch("legs", queryset=legs))


_PERSONAL = ("personal_id", "old_id", "address", "phone", "email")


def _row(case: LinkedCase, now: datetime, calendar: WorkCalendar) -> CaseRow:
    unit = case.receiving_unit.short_name
    return CaseRow(
        code=case.code,
        group_name=case.group.name,
        requester_name=case.requester.full_name,
        unit_name=unit,
        state_label=CASE_LOOKS[case.state].word,
        deadline=case_deadline(case, now=now, calendar=calendar),
        group_due_at=case.group_due_at,
        legs=[leg_line(leg, now=now, calendar=calendar, unit_name=unit) for leg in case.legs.all()],
    )


def _counts(base: LinkedCaseQuerySet, now: datetime) -> dict[str, int]:
    """Life events and what hangs on them, each counted once; counting stops at COUNT_CAP rows."""
    counts = {flag: _capped(_flagged(base, flag, now)) for flag in ("open", "late", "stuck", "confirming")}
    opened = base.filter(state__in=OPEN_CASES)
    legs = Leg.objects.filter(case__in=opened.values("pk")).exclude(state__in=[LegState.SKIPPED, LegState.CANCELLED])
    return counts | {
        "events": counts["open"],
        "dossiers": _capped(legs.filter(kind=LegKind.DOSSIER, dossier__isnull=False)),
        "exchanges": _capped(legs.filter(kind=LegKind.EXCHANGE, started_at__isnull=False)),
    }


def _capped(rows: QuerySet[LinkedCase] | QuerySet[Leg]) -> int:
    return rows.order_by().values("pk")[:COUNT_CAP].count()
