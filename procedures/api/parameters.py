"""Query parameters of the public API, checked: a wrong one is refused with the same codes as anywhere else."""

from __future__ import annotations

from dataclasses import dataclass

from rest_framework.request import Request

from haddong_portal.common.errors import DomainError
from procedures.selectors.catalogue_index import CatalogueIndex
from procedures.selectors.search import unit_id_of

DEFAULT_LIMIT = 20


@dataclass(frozen=True)
class SearchParameters:
    """What a caller asked for."""

    q: str
    unit_id: int | None
    level: str | None
    sector_id: int | None
    limit: int
    cursor: str | None


def search_parameters(request: Request, index: CatalogueIndex) -> SearchParameters:
    """DomainError `search.unit`, `search.sector`, `search.limit`; the search itself checks the rest."""
    given = request.query_params
    limit = _number(given.get("limit"), "limit", "Số dòng mỗi trang phải là một con số.")
    unit = given.get("unit", "").strip()
    return SearchParameters(
        q=given.get("q", ""),
        unit_id=unit_id_of(unit, index) if unit else None,
        level=given.get("level") or None,
        sector_id=_number(given.get("sector"), "sector", "Lĩnh vực phải là một con số."),
        limit=DEFAULT_LIMIT if limit is None else limit,
        cursor=given.get("cursor") or None,
    )


def _number(text: str | None, name: str, message: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise DomainError(f"search.{name}", message, name)
    return int(text)
