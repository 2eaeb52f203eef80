"""Search for the screens: the engine's ranking in the shape of a public list."""

from __future__ import annotations

from haddong_portal.accounts.models import Unit
from haddong_portal.accounts.selectors.units import desks_on
from haddong_portal.common.errors import NotFound
from procedures.rules.search import QUERY_MAX
from procedures.selectors.browsing import PAGE_ROWS, ProcedureList
from procedures.selectors.catalogue_index import catalogue_index
from procedures.selectors.search import search_procedures


def unit_choices() -> list[Unit]:
    """Units a citizen may go to: the district's desk first, then the wards."""
    return desks_on()


def own_desk(unit_id: int | None) -> Unit:
    """The desk of the actor's unit; else the first one. NotFound `unit.no_desk` before any is loaded."""
    desks = unit_choices()
    found = next((unit for unit in desks if unit.pk == unit_id), next(iter(desks), None))
    if found is None:
        raise NotFound("Chưa có đơn vị nào tiếp nhận hồ sơ.", code="unit.no_desk")
    return found


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
    """What answers `q`, as procedures.selectors.search has it; a unit that does not exist counts as none chosen."""
    index = catalogue_index()
    page = search_procedures(
        q=q[:QUERY_MAX],
        level=level or None,
        sector_id=sector_id,
        unit_id=unit_id or index.unit_ids.get(unit_key),
        limit=limit,
        cursor=after if after.isascii() and after.isdecimal() and len(after) < 5 else None,
        index=index,
    )
    return ProcedureList(page.rows, page.total, page.next_cursor)
