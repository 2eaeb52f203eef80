"""Search over the published catalogue: from the index in this process's memory, at most one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from haddong_portal.common.errors import DomainError
from procedures.constants import Level
from procedures.rules.search import QUERY_MAX, Match
from procedures.selectors.catalogue_index import CatalogueIndex, catalogue_index
from procedures.selectors.rows import ProcedureRow

LIMIT_MAX = 50
TOTAL_CAP = 500
ANSWERS_MAX = 2_000


@dataclass(frozen=True)
class SearchPage:
    """A page of results. `total` stops at TOTAL_CAP + 1; `next_cursor` is "" on the last page."""

    rows: Sequence[ProcedureRow]
    total: int
    next_cursor: str


def search_procedures(
    *,
    q: str,
    unit_id: int | None = None,
    level: str | None = None,
    sector_id: int | None = None,
    limit: int = 20,
    cursor: str | None = None,
    only_performed: bool = False,
    index: CatalogueIndex | None = None,
) -> SearchPage:
    """What answers `q`, without accents and with slips; an empty `q` lists everything by name.

    With a unit, what it performs comes first among equally good answers and each row says whether it does
    (`only_performed` leaves the rest out). `index` is the one a caller already holds.
    DomainError `search.too_long`, `search.level`, `search.limit`, `search.cursor`.
    """
    start = _check(q, level, limit, cursor)
    index = index or catalogue_index()
    key = (q, unit_id, level, sector_id, limit, start, only_performed)
    known = index.answers.get(key)
    if isinstance(known, SearchPage):
        return known
    page = _search(index, key)
    if len(index.answers) >= ANSWERS_MAX:
        index.answers.clear()
    index.answers[key] = page
    return page


def unit_id_of(key: str, index: CatalogueIndex) -> int:
    """The id behind a unit's key or number; DomainError `search.unit`."""
    known = index.unit_ids
    found = known.get(key)
    if found is None and key.isascii() and key.isdecimal() and len(key) < 10 and int(key) in known.values():
        found = int(key)
    if found is None:
        raise DomainError("search.unit", "Không có đơn vị này.", "unit")
    return found


def _check(q: str, level: str | None, limit: int, cursor: str | None) -> int:
    if len(q) > QUERY_MAX:
        raise DomainError("search.too_long", f"Câu tìm dài quá {QUERY_MAX} ký tự.", "q")
    if level and level not in Level.values:
        raise DomainError("search.level", "Không có cấp thực hiện này.", "level")
    if not 1 <= limit <= LIMIT_MAX:
        raise DomainError("search.limit", f"Số dòng mỗi trang từ 1 đến {LIMIT_MAX}.", "limit")
    if not cursor:
        return 0
    if not (cursor.isascii() and cursor.isdecimal() and len(cursor) <= 5):
        raise DomainError("search.cursor", "Trang kế tiếp không đúng; xin tìm lại từ đầu.", "cursor")
    return int(cursor)


def _search(index: CatalogueIndex, key: tuple[str, int | None, str | None, int | None, int, int, bool]) -> SearchPage:
    q, unit_id, level, sector_id, limit, start, only_performed = key
    performed = index.performed.get(unit_id, 0) if unit_id else 0
    allowed = index.search.everything
    if level:
        allowed &= index.by_level.get(level, 0)
    if sector_id:
        allowed &= index.by_sector.get(sector_id, 0)
    if only_performed:
        allowed &= performed
    matches = index.search.search(q, allowed=allowed, performed=performed)
    rows = [_row(index, match, unit_id, performed) for match in matches[start : start + limit]]
    more = len(matches) > start + limit
    return SearchPage(rows, min(len(matches), TOTAL_CAP + 1), str(start + limit) if more else "")


def _row(index: CatalogueIndex, match: Match, unit_id: int | None, performed: int) -> ProcedureRow:
    row = index.rows[match.position]
    if unit_id is None:
        return row
    if performed >> match.position & 1:
        return replace(row, performed=True)
    reason = index.refused.get(unit_id, {}).get(match.position)
    return row if reason is None else replace(row, performed=False, reason=reason)
