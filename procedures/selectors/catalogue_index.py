"""The search index of this process, read anew within seconds of a change (procedures.services.revision).

One statement at most every CHECK_SECONDS asks whether the catalogue has changed. A stale index goes on serving while
another thread builds its successor, so that no citizen waits for an editor.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection
from django.utils.safestring import SafeString

from haddong_portal.accounts.models import Unit
from haddong_portal.common.text import vietnamese_sort_key
from procedures.constants import Level
from procedures.models import CatalogueState, ProcedureVersion, Synonym, UnitProcedure
from procedures.rules.search import Doc, Saying, SearchIndex, bits, build_index
from procedures.rules.spelling import syllables
from procedures.selectors.rows import ProcedureRow

CHECK_SECONDS = 2.0
_LEVEL_PRIOR = {Level.WARD: 0.5, Level.DISTRICT: 0.5, Level.PROVINCE: 0.1}


@dataclass
class CatalogueIndex:
    """The searchable catalogue at one revision, with the line each procedure shows."""

    revision: str
    search: SearchIndex
    rows: list[ProcedureRow]
    performed: dict[int, int] = field(default_factory=dict)
    refused: dict[int, dict[int, str]] = field(default_factory=dict)
    by_level: dict[str, int] = field(default_factory=dict)
    by_sector: dict[int, int] = field(default_factory=dict)
    near: int = 0
    sector_names: dict[int, str] = field(default_factory=dict)
    unit_ids: dict[str, int] = field(default_factory=dict)
    answers: dict[object, object] = field(default_factory=dict)
    drawn: dict[object, SafeString] = field(default_factory=dict)

    def within(self, unit_id: int | None) -> int:
        """Everything, or what the unit performs."""
        return self.performed.get(unit_id, 0) if unit_id else self.search.everything


@dataclass
class _Holder:
    """What this process knows; `checked_at` is on the monotonic clock."""

    index: CatalogueIndex | None = None
    checked_at: float = 0.0
    building: threading.Lock = field(default_factory=threading.Lock)


_held = _Holder()


def catalogue_index() -> CatalogueIndex:
    """The index in force. Outside production-like runs every call checks, so that a test sees what it wrote."""
    seconds = 0.0 if settings.PORTAL_MODE == "test" else CHECK_SECONDS
    index = _held.index
    if index is not None and seconds and time.monotonic() - _held.checked_at < seconds:
        return index
    revision = current_revision()
    _held.checked_at = time.monotonic()
    if index is not None and revision and index.revision == revision:
        return index
    if index is None or not seconds:
        return _build_once(revision)
    _rebuild_beside(revision)
    return index


def current_revision() -> str:
    """The catalogue's revision token, "" before anything was loaded."""
    return CatalogueState.objects.filter(id=1).values_list("revision", flat=True).first() or ""


def _build_once(revision: str) -> CatalogueIndex:
    """Build while others wait: on a cold worker the first request builds, the rest take what it built."""
    with _held.building:
        index = _held.index
        if index is None or not revision or index.revision != revision:
            index = _held.index = read_index(revision)
        return index


def _rebuild_beside(revision: str) -> None:
    if not _held.building.acquire(blocking=False):
        return

    def build() -> None:
        try:
            _held.index = read_index(revision)
        finally:
            connection.close()
            _held.building.release()

    threading.Thread(target=build, name="catalogue-index", daemon=True).start()


def read_index(revision: str) -> CatalogueIndex:
    """Read the published catalogue and build its index (four statements)."""
    answers = list(UnitProcedure.objects.values_list("unit_id", "procedure_id", "performed", "reason"))
    anywhere = {procedure_id for _, procedure_id, performed, _ in answers if performed}
    docs, shown = _documents(anywhere)
    index = CatalogueIndex(revision, build_index(docs, _sayings()), [])
    index.rows = [shown[doc.procedure_id] for doc in index.search.docs]
    index.unit_ids = dict(Unit.objects.values_list("key", "id"))
    _mark(index, answers)
    return index


def _mark(index: CatalogueIndex, answers: list[tuple[int, int, bool, str]]) -> None:
    """Bit sets by unit, level and sector."""
    at = {doc.procedure_id: position for position, doc in enumerate(index.search.docs)}
    for unit_id, procedure_id, performed, reason in answers:
        position = at.get(procedure_id)
        if position is None:
            continue
        if performed:
            index.near |= 1 << position
            index.performed[unit_id] = index.performed.get(unit_id, 0) | 1 << position
        else:
            index.refused.setdefault(unit_id, {})[position] = reason
    for position, doc in enumerate(index.search.docs):
        for level in doc.levels:
            index.by_level[level] = index.by_level.get(level, 0) | 1 << position
        if doc.sector_id is not None:
            index.sector_names[doc.sector_id] = index.rows[position].sector
            index.by_sector[doc.sector_id] = index.by_sector.get(doc.sector_id, 0) | bits([position])


def _sayings() -> list[Saying]:
    rows = Synonym.objects.values_list("term", "means", "codes")
    return [Saying(" ".join(syllables(term)), tuple(means), tuple(codes)) for term, means, codes in rows]


def _documents(anywhere: set[int]) -> tuple[list[Doc], dict[int, ProcedureRow]]:
    published = ProcedureVersion.objects.published().values_list(
        "procedure_id",
        "procedure__national_code",
        "name",
        "audience_line",
        "sector_id",
        "sector__name",
        "levels",
        "keywords",
        "search_text",
        "page__limit",
        "page__fee",
        "page__where",
    )
    docs: list[Doc] = []
    rows: dict[int, ProcedureRow] = {}
    for pk, code, name, line, sector_id, sector, levels, keywords, text, limit, fee, where in published.iterator():
        prior = 1.0 if pk in anywhere else max((_LEVEL_PRIOR.get(Level(level), 0.0) for level in levels), default=0.0)
        words, searched = " ".join(keywords), text.replace("y", "i")
        key = vietnamese_sort_key(name)
        docs.append(Doc(pk, code, name, sector_id, frozenset(levels), key, words, searched, prior))
        rows[pk] = _row(code, name, line, sector or "", limit or {}, fee or {}, where or "")
    return docs, rows


def _row(
    code: str, name: str, line: str, sector: str, limit: Mapping[str, object], fee: Mapping[str, object], where: str
) -> ProcedureRow:
    return ProcedureRow(
        code=code,
        name=name,
        audience_line=line,
        sector=sector,
        limit_text=str(limit.get("text", "")),
        limit_needs_review=limit.get("needs_review") is not False,
        fee_text=str(fee.get("text", "")),
        fee_is_free=fee.get("is_free") is True,
        fee_is_certain=fee.get("is_certain") is True,
        where_text=where,
    )
