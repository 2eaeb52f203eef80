"""Which delegation a unit acts under for a procedure, and why a procedure stands still without one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, JSONObject

from procedures.models import Delegation, UnitProcedure
from procedures.rules.delegations import DelegationTerms, best_terms, why_frozen

UNKNOWN = -1


def delegation_for(*, unit_id: int, from_unit_id: int, procedure_id: int, on: date) -> DelegationTerms | None:
    """What `unit_id` (who decides) may show from `from_unit_id` for the procedure; one statement.

    The best there is, even one that has lapsed or covers other procedures: `check_delegation` says what is wrong.
    """
    rows = Delegation.objects.filter(from_unit_id=from_unit_id, to_unit_id=unit_id)
    return _best(_terms_of(rows, procedure_id), on=on)


def delegation_terms(delegation_id: int, *, procedure_id: int | None) -> DelegationTerms | None:
    """One named delegation as the procedure sees it; a default process (None) needs one for every procedure."""
    return next(map(_terms, _terms_of(Delegation.objects.filter(pk=delegation_id), procedure_id or 0)), None)


def freeze_reason(*, unit_id: int, procedure_id: int, on: date, delegated_by_id: int | None = UNKNOWN) -> str:
    """Why the procedure stands still at the receiving unit `unit_id`, or "".

    One statement; none when the caller has read that the unit's row names no delegating unit (`delegated_by_id` None).
    The unit that must hold the delegation is the one that signs, else the one that handles, else the desk's own.
    """
    if delegated_by_id is None:
        return ""
    decides = Coalesce("signing_unit_id", "handling_unit_id", "unit_id")
    held = Delegation.objects.filter(from_unit_id=OuterRef("delegated_by_id"), to_unit_id=OuterRef("decides"))
    rows = UnitProcedure.objects.filter(unit_id=unit_id, procedure_id=procedure_id, delegated_by__isnull=False)
    found = (
        rows.annotate(decides=decides, held=ArraySubquery(_terms_of(held, OuterRef("procedure_id"))))
        .values_list("delegated_by__name", "held")
        .first()
    )
    if found is None:
        return ""
    from_unit, held_rows = found
    return why_frozen(_best(held_rows, on=on), on=on, from_unit=from_unit)


def _terms_of(rows: QuerySet[Delegation], procedure_id: int | OuterRef) -> QuerySet[Delegation, Any]:
    """The delegations as JSON rows with whether each covers the procedure."""
    named: type[Model] = Delegation.procedures.through
    # Inside another subquery the reference goes one level further out.
    wanted = OuterRef(procedure_id) if isinstance(procedure_id, OuterRef) else procedure_id
    covered = named._default_manager.filter(delegation_id=OuterRef("pk"), procedure_id=wanted)
    row = JSONObject(
        delegation_id="pk",
        decision_no="decision_no",
        decided_on="decided_on",
        from_unit="from_unit__name",
        to_unit="to_unit__name",
        valid_from="valid_from",
        valid_to="valid_to",
        revoked_on="revoked_on",
        acts="acts",
        covers=Q(all_procedures=True) | Q(Exists(covered)),
    )
    return rows.values_list(row, flat=True)


def _best(rows: Iterable[Mapping[str, Any]], *, on: date) -> DelegationTerms | None:
    return best_terms(map(_terms, rows), on=on)


def _terms(row: Mapping[str, Any]) -> DelegationTerms:
    return DelegationTerms(
        delegation_id=row["delegation_id"],
        decision_no=row["decision_no"],
        decided_on=date.fromisoformat(row["decided_on"]),
        from_unit=row["from_unit"],
        to_unit=row["to_unit"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        revoked_on=_day(row["revoked_on"]),
        acts=frozenset(row["acts"]),
        covers_procedure=row["covers"],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
