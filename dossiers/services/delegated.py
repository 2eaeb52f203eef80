"""Whether the unit may decide or sign in another's place today (domain.md §6.2): asked by the acts that do."""

from __future__ import annotations

from datetime import date

from dossiers.models import Dossier
from procedures.constants import DelegatedAct
from procedures.models import UnitProcedure
from procedures.rules.delegations import check_delegation
from procedures.selectors.delegations import delegation_for


def check_acting_unit(dossier: Dossier, act: DelegatedAct, *, on: date) -> None:
    """Conflict delegation.missing, .lapsed or .out_of_scope where the procedure rests on a delegation; one statement
    where it does not."""
    rows = UnitProcedure.objects.filter(unit_id=dossier.receiving_unit_id, procedure_id=dossier.procedure_id)
    named = rows.filter(delegated_by__isnull=False).values_list("delegated_by_id", "delegated_by__name").first()
    if named is None:
        return
    from_unit_id, from_unit = named
    terms = delegation_for(
        unit_id=dossier.signing_unit_id, from_unit_id=from_unit_id, procedure_id=dossier.procedure_id, on=on
    )
    check_delegation(terms, on=on, act=act, from_unit=from_unit)
