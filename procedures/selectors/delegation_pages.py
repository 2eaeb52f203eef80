"""What the pages of delegations show: the list with what ends soon, and how many procedures are delegated where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from haddong_portal.accounts.constants import UnitKind
from haddong_portal.common.errors import NotFound
from procedures.models import Delegation, Procedure, UnitProcedure

WARNED_DAYS = 30
CURRENT, SOON, COMING, ENDED = "hieu-luc", "sap-het", "sap-co", "da-het"
STANDINGS = {
    CURRENT: ("Còn hiệu lực", "ok", "circle-check"),
    SOON: ("Sắp hết hiệu lực", "warn", "alert-triangle"),
    COMING: ("Chưa có hiệu lực", "info", "calendar-event"),
    ENDED: ("Hết hiệu lực", "late", "circle-x"),
}


@dataclass(frozen=True)
class DelegationLine:
    """A delegation with where it stands; `days_left` None = open."""

    delegation: Delegation
    standing: str
    ends_on: date | None
    days_left: int | None
    procedure_count: int


def delegation_lines(*, standing: str, q: str, on: date) -> list[DelegationLine]:
    """Delegations by standing ("" = all), those that end first on top."""
    rows = Delegation.objects.select_related("from_unit", "to_unit").annotate(covered=Count("procedures"))
    if q:
        rows = rows.filter(
            Q(decision_no__icontains=q) | Q(to_unit__name__icontains=q) | Q(from_unit__name__icontains=q)
        )
    lines = [_line(row, on) for row in rows]
    shown = [line for line in lines if not standing or line.standing == standing]
    return sorted(shown, key=lambda line: (line.standing == ENDED, line.ends_on or date.max))


def standing_counts(lines: Sequence[DelegationLine]) -> dict[str, int]:
    """How many stand where."""
    return {key: sum(1 for line in lines if line.standing == key) for key in STANDINGS}


def delegation_by_id(delegation_id: int) -> Delegation:
    """NotFound `delegation.not_found`."""
    rows = Delegation.objects.select_related("from_unit", "to_unit").prefetch_related("procedures__current_version")
    found = rows.filter(pk=delegation_id).first()
    if found is None:
        raise NotFound("Không tìm thấy ủy quyền này.", code="delegation.not_found")
    return found


def delegation_line(row: Delegation, *, on: date) -> DelegationLine:
    """One delegation as the list shows it."""
    row.covered = row.procedures.count()  # type: ignore[attr-defined]  # as the list's annotation names it
    return _line(row, on)


def resting_on(row: Delegation) -> list[UnitProcedure]:
    """The answers of desks that need a delegation from this unit to that one."""
    decides = Q(signing_unit=row.to_unit) | Q(signing_unit__isnull=True, handling_unit=row.to_unit)
    decides |= Q(signing_unit__isnull=True, handling_unit__isnull=True, unit=row.to_unit)
    rows = UnitProcedure.objects.filter(decides, delegated_by=row.from_unit)
    if not row.all_procedures:
        rows = rows.filter(procedure__in=row.procedures.all())
    return list(rows.select_related("unit", "procedure__current_version").order_by("procedure__national_code", "unit"))


def delegated_counts(on: date) -> dict[str, int]:
    """How many procedures are delegated today to departments and to wards."""
    in_force = Delegation.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on),
        Q(revoked_on__isnull=True) | Q(revoked_on__gt=on),
        valid_from__lte=on,
    )
    return {
        "departments": _procedures_of(in_force.exclude(to_unit__kind=UnitKind.WARD)),
        "wards": _procedures_of(in_force.filter(to_unit__kind=UnitKind.WARD)),
    }


def procedures_by_codes(codes: Sequence[str]) -> tuple[list[int], list[str]]:
    """The ids of known procedures, and the codes nobody knows."""
    known = dict(Procedure.objects.filter(national_code__in=codes).values_list("national_code", "pk"))
    return [known[code] for code in codes if code in known], [code for code in codes if code not in known]


def _procedures_of(rows: QuerySet[Delegation]) -> int:
    return Procedure.objects.filter(delegations__in=rows).distinct().count()


def _line(row: Delegation, on: date) -> DelegationLine:
    ends = min((day for day in (row.valid_to, row.revoked_on) if day is not None), default=None)
    left = (ends - on).days if ends else None
    covered: int = row.covered  # type: ignore[attr-defined]  # the query's annotation
    return DelegationLine(row, _standing(row, ends, on), ends, left, covered)


def _standing(row: Delegation, ends: date | None, on: date) -> str:
    if ends is not None and ends <= on:
        return ENDED
    if row.valid_from > on:
        return COMING
    return SOON if ends is not None and ends - on <= timedelta(days=WARNED_DAYS) else CURRENT
