"""Search for the screens: the engine's ranking in the shape of a public list."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.utils.safestring import SafeString

from haddong_portal.accounts.models import Unit
from haddong_portal.accounts.selectors.units import desks_on
from haddong_portal.common import clock
from haddong_portal.common.errors import NotFound
from procedures.rules.search import QUERY_MAX
from procedures.selectors.browsing import PAGE_ROWS, ProcedureList
from procedures.selectors.catalogue_index import catalogue_index
from procedures.selectors.search import search_procedures

DESKS_TRUST_S = 2.0
LISTS_DRAWN_MAX = 256
_desks: dict[date, tuple[float, list[Unit]]] = {}


def unit_choices() -> list[Unit]:
    """Units a citizen may go to: the district's desk first, then the wards. A change is seen within seconds."""
    today, now_s = clock.today(), time.monotonic()
    read_at, found = _desks.get(today, (0.0, []))
    if not found or settings.PORTAL_MODE == "test" or now_s - read_at >= DESKS_TRUST_S:
        found = desks_on(today)
        _desks.clear()
        _desks[today] = (now_s, found)
    return list(found)


def drawn_list(asked_for: tuple[object, ...], draw: Callable[[], SafeString]) -> SafeString:
    """What `draw` gave for the same question at this revision of the catalogue; a new one when it is not known."""
    drawn = catalogue_index().drawn
    known = drawn.get(asked_for)
    if known is None:
        if len(drawn) >= LISTS_DRAWN_MAX:
            drawn.clear()
        known = drawn[asked_for] = draw()
    return known


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
