"""Search for the screens: the engine's ranking in the shape of a public list."""

from __future__ import annotations

from haddong_portal.accounts.models import Unit
from haddong_portal.accounts.selectors.units import desks_on
from haddong_portal.common.text import fold
from procedures.models import ProcedureVersion, UnitProcedure
from procedures.selectors.browsing import COUNT_CAP, PAGE_ROWS, ProcedureList, row_of

WORDS_MAX = 10


def unit_choices() -> list[Unit]:
    """Units a citizen may go to: the district's desk first, then the wards."""
    return desks_on()


def find_procedures(
    *,
    q: str,
    level: str = "",
    sector_id: int | None = None,
    unit_id: int | None = None,
    unit_key: str = "",
    after: str = "",
    limit: int = PAGE_ROWS,
) -> ProcedureList:
    """Published procedures that hold every word of `q`; those the chosen unit performs come first."""
    found = ProcedureVersion.objects.published().select_related("sector", "procedure")
    for word in fold(q).split()[:WORDS_MAX]:
        found = found.filter(search_text__contains=word)
    found = found.filter(levels__contains=[level]) if level else found
    found = found.filter(sector_id=sector_id) if sector_id else found
    performed = _performed_ids(unit_id, unit_key)
    start = int(after) if after.isdecimal() and len(after) < 5 else 0
    rows = sorted(
        found.only("name", "name_folded", "audience_line", "page", "sector__name", "procedure__national_code")[:COUNT_CAP],
        key=lambda row: (row.procedure_id not in (performed or ()), fold(q) not in row.name_folded, len(row.name)),
    )
    shown = rows[start : start + limit]
    lines = [row_of(v, v.procedure.national_code, v.procedure_id in performed if performed is not None else None) for v in shown]
    return ProcedureList(lines, len(rows), str(start + limit) if len(rows) > start + limit else "")


def _performed_ids(unit_id: int | None, unit_key: str) -> set[int] | None:
    if not (unit_id or unit_key):
        return None
    rows = UnitProcedure.objects.filter(performed=True)
    rows = rows.filter(unit_id=unit_id) if unit_id else rows.filter(unit__key=unit_key)
    return set(rows.values_list("procedure_id", flat=True))
