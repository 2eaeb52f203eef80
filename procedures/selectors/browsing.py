"""Lists of the catalogue for the public pages: by level, sector, unit and life event, in keyset pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from haddong_portal.accounts.models import Unit
from haddong_portal.common.errors import NotFound
from procedures.constants import Level
from procedures.models import LifeEvent, ProcedureVersion, UnitProcedure
from procedures.querysets import ProcedureVersionQuerySet
from procedures.selectors.catalogue_index import catalogue_index
from procedures.selectors.rows import ProcedureRow

PAGE_ROWS = 20
COUNT_CAP = 500
NEAR = "gan"


@dataclass(frozen=True)
class ProcedureList:
    """A page of a list; `total` stops at 501; `next_code` begins the next page ("" = the last)."""

    rows: Sequence[ProcedureRow]
    total: int
    next_code: str


@dataclass(frozen=True)
class Facet:
    """A value to filter by, with how many published procedures have it."""

    key: str
    label: str
    count: int


def row_of(version: ProcedureVersion, code: str, performed: bool | None = None, reason: str = "") -> ProcedureRow:
    """The line of a version, from its read model."""
    limit, fee = version.page.get("limit", {}), version.page.get("fee", {})
    return ProcedureRow(
        code=code,
        name=version.name,
        audience_line=version.audience_line,
        sector=version.sector.name if version.sector else "",
        limit_text=limit.get("text", ""),
        limit_needs_review=limit.get("needs_review", True),
        fee_text=fee.get("text", ""),
        fee_is_free=fee.get("is_free", False),
        fee_is_certain=fee.get("is_certain", False),
        where_text=version.page.get("where", ""),
        performed=performed,
        reason=reason,
    )


def browse_procedures(
    *, level: str = "", sector_id: int | None = None, unit_id: int | None = None, after: str = ""
) -> ProcedureList:
    """Published procedures by name; with a unit, those it performs. `level` NEAR: done by some unit of ours."""
    found = _filtered(level, sector_id, unit_id)
    total = found[: COUNT_CAP + 1].count()
    page = list(_after(_lines(found), after)[: PAGE_ROWS + 1])
    rows = [row_of(version, version.procedure.national_code, True if unit_id else None) for version in page[:PAGE_ROWS]]
    return ProcedureList(rows, total, rows[-1].code if len(page) > PAGE_ROWS else "")


def _filtered(level: str, sector_id: int | None, unit_id: int | None) -> ProcedureVersionQuerySet:
    found = ProcedureVersion.objects.published()
    if level == NEAR:
        found = found.filter(_done_here())
    elif level:
        found = found.filter(levels__contains=[level])
    if sector_id:
        found = found.filter(sector_id=sector_id)
    return found.performed_at(unit_id) if unit_id else found


def _done_here() -> Exists:
    return Exists(UnitProcedure.objects.filter(procedure_id=OuterRef("procedure_id"), performed=True))


def _after(found: ProcedureVersionQuerySet, code: str) -> ProcedureVersionQuerySet:
    """Rows behind the one with this code, in the order (name, id)."""
    if not code:
        return found
    last = ProcedureVersion.objects.published().filter(procedure__national_code=code).only("name_folded").first()
    if last is None:
        return found
    return found.filter(Q(name_folded__gt=last.name_folded) | Q(name_folded=last.name_folded, id__gt=last.pk))


def _lines(found: ProcedureVersionQuerySet) -> ProcedureVersionQuerySet:
    wanted = ("name", "audience_line", "page", "sector__name", "procedure__national_code")
    return found.select_related("sector", "procedure").only(*wanted).order_by("name_folded", "id")


def level_facets(unit_id: int | None = None) -> list[Facet]:
    """What our units do (NEAR), then each level that handles something, lowest first; no statement of its own."""
    index = catalogue_index()
    within = index.within(unit_id)
    order = [Level.WARD, Level.DISTRICT, Level.PROVINCE, Level.MINISTRY, Level.OTHER]
    counted = [(one, (index.by_level.get(one, 0) & within).bit_count()) for one in order]
    near = Facet(NEAR, "Làm tại quận, phường", (index.near & within).bit_count())
    return [near] + [Facet(one.value, one.label, count) for one, count in counted if count]


def catalogue_revision() -> str:
    """Changes whenever what the lists show may have changed."""
    return catalogue_index().revision


def sector_facets(level: str = "", unit_id: int | None = None) -> list[Facet]:
    """Sectors by how much of them our units do, then by how much they hold; no statement of its own."""
    index = catalogue_index()
    within = index.within(unit_id)
    if level:
        within &= index.near if level == NEAR else index.by_level.get(level, 0)
    counted = [(pk, held & within) for pk, held in index.by_sector.items() if held & within]
    counted.sort(key=lambda one: (-(one[1] & index.near).bit_count(), -one[1].bit_count(), index.sector_names[one[0]]))
    return [Facet(str(pk), index.sector_names[pk], held.bit_count()) for pk, held in counted]


def life_events() -> list[LifeEvent]:
    """The life events of the home page, in order."""
    return list(LifeEvent.objects.order_by("position"))


def life_event(slug: str) -> tuple[LifeEvent, list[ProcedureRow]]:
    """A life event with its published procedures in the family's order; NotFound `life_event.not_found`."""
    event = LifeEvent.objects.filter(slug=slug).first()
    if event is None:
        raise NotFound("Không có mục này.", code="life_event.not_found")
    return event, rows_for(event.codes)


def rows_for(codes: Sequence[str]) -> list[ProcedureRow]:
    """The published ones of these codes, in the given order."""
    found = _lines(ProcedureVersion.objects.published().filter(procedure__national_code__in=codes))
    by_code = {version.procedure.national_code: version for version in found}
    return [row_of(by_code[code], code) for code in codes if code in by_code]


@dataclass(frozen=True)
class UnitCatalogue:
    """A unit's own list: what it performs by sector, and what it does not, with the reason."""

    unit: Unit
    sectors: Sequence[tuple[str, Sequence[ProcedureRow]]]
    performed_count: int
    refused: Sequence[ProcedureRow]


def catalogue_of_unit(key: str) -> UnitCatalogue:
    """The unit's list in two statements; NotFound `unit.not_found`."""
    unit = Unit.objects.filter(key=key).first()
    if unit is None:
        raise NotFound("Không có đơn vị này.", code="unit.not_found")
    said = {row.procedure_id: row for row in UnitProcedure.objects.filter(unit=unit)}
    found = _lines(ProcedureVersion.objects.published().filter(procedure__performances__unit=unit))
    rows = [(version, said[version.procedure_id]) for version in found if version.procedure_id in said]
    lines = [row_of(v, v.procedure.national_code, own.performed, own.reason) for v, own in rows]
    performed = [line for line in lines if line.performed]
    return UnitCatalogue(unit, _by_sector(performed), len(performed), [line for line in lines if not line.performed])


def _by_sector(lines: Sequence[ProcedureRow]) -> list[tuple[str, Sequence[ProcedureRow]]]:
    grouped: dict[str, list[ProcedureRow]] = {}
    for line in lines:
        grouped.setdefault(line.sector or "Lĩnh vực khác", []).append(line)
    return sorted(grouped.items(), key=lambda item: (-len(item[1]), item[0]))
