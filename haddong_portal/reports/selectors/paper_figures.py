"""The paper store in figures: re-use by unit, type and clerk, what it spared, and what must go to zero.

Three statements over indexed facts, however many there are; each number is the length of a list in `paper_rows`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, F, Sum

from dossiers.papers.models import PaperUse, TakenAnyway
from haddong_portal.citizens.constants import FallbackReason, LookUpMethod
from haddong_portal.citizens.models import ResidenceLookUp
from haddong_portal.reports.selectors.paper_scope import PaperScope

NOBODY = "người dân, nộp trực tuyến"


@dataclass(frozen=True)
class ReuseLine:
    """Papers that the store held when they were asked for: used, or taken on paper although they were held."""

    key: str
    name: str
    used: int = 0
    taken: int = 0
    pages: int = 0
    minutes: int = 0

    @property
    def percent(self) -> float | None:
        """Of what was held, how much was used, with one decimal; None when nothing was held."""
        held = self.used + self.taken
        return round(100 * self.used / held, 1) if held else None

    def plus(self, other: ReuseLine) -> ReuseLine:
        return replace(
            self,
            used=self.used + other.used,
            taken=self.taken + other.taken,
            pages=self.pages + other.pages,
            minutes=self.minutes + other.minutes,
        )


@dataclass(frozen=True)
class FallbackLine:
    """Residence papers asked for because no look-up worked, by reason."""

    reason: str
    label: str
    count: int


@dataclass(frozen=True)
class PaperFigures:
    total: ReuseLine
    units: list[ReuseLine]
    types: list[ReuseLine]
    clerks: list[ReuseLine]
    fallbacks: list[FallbackLine]

    @property
    def fallback_count(self) -> int:
        return sum(line.count for line in self.fallbacks)


def paper_figures(scope: PaperScope) -> PaperFigures:
    """The figures of a scope, the worst units, types and clerks first."""
    facts = [*_used(scope), *_taken(scope)]
    total = ReuseLine("", "Tất cả")
    for fact in facts:
        total = total.plus(_line(fact, "", ""))
    return PaperFigures(
        total=total,
        units=_grouped(facts, "unit_id", "unit_name"),
        types=_grouped(facts, "type_code", "type_name"),
        clerks=_grouped(facts, "clerk", "clerk_name"),
        fallbacks=_fallbacks(scope),
    )


_GROUPS = {"unit_name": F("unit__short_name"), "clerk_name": F("clerk__full_name")}


def _used(scope: PaperScope) -> list[dict[str, Any]]:
    kind = {"type_code": F("version__paper__type__code"), "type_name": F("version__paper__type__name")}
    rows: Any = PaperUse.objects.filter(**scope.within("used_at")).order_by()
    return list(
        rows.values("unit_id", "clerk_id", **_GROUPS, **kind).annotate(
            used=Count("pk"), pages=Sum("pages_saved"), minutes=Sum("minutes_saved")
        )
    )


def _taken(scope: PaperScope) -> list[dict[str, Any]]:
    kind = {"type_code": F("type__code"), "type_name": F("type__name")}
    rows: Any = TakenAnyway.objects.filter(**scope.within("at")).order_by()
    return list(rows.values("unit_id", "clerk_id", **_GROUPS, **kind).annotate(taken=Count("pk")))


def _fallbacks(scope: PaperScope) -> list[FallbackLine]:
    rows = ResidenceLookUp.objects.filter(method=LookUpMethod.FALLBACK, **scope.within("at")).order_by()
    counts = rows.values_list("fallback_reason").annotate(count=Count("pk"))
    lines = [FallbackLine(reason, FallbackReason(reason).label, count) for reason, count in counts]
    return sorted(lines, key=lambda line: (-line.count, line.reason))


def _grouped(facts: Iterable[Mapping[str, Any]], key: str, name: str) -> list[ReuseLine]:
    column = "clerk_id" if key == "clerk" else key
    found: dict[str, ReuseLine] = {}
    for fact in facts:
        group = "" if fact[column] is None else str(fact[column])
        line = _line(fact, group, str(fact[name] or NOBODY))
        found[group] = found[group].plus(line) if group in found else line
    return sorted(found.values(), key=lambda line: (-line.taken, -line.used, line.name))


def _line(fact: Mapping[str, Any], key: str, name: str) -> ReuseLine:
    counts = {column: int(fact.get(column) or 0) for column in ("used", "taken", "pages", "minutes")}
    return ReuseLine(key, name, **counts)
