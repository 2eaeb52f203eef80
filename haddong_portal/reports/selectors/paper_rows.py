"""The rows behind each figure of papers: which dossier, what paper, who, when, why; never a citizen's name."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from dossiers.papers.constants import UsePurpose
from dossiers.papers.models import PaperUse, TakenAnyway
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.citizens.constants import FallbackReason, LookUpMethod
from haddong_portal.citizens.models import ResidenceLookUp
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import local
from haddong_portal.common.errors import NotFound
from haddong_portal.reports.selectors.paper_scope import PaperScope

PAGE = 50
DOSSIER = "dossier:"
# A spreadsheet would run a cell that begins so as a formula.
RISKY = ("=", "+", "-", "@", "\t", "\r")
HEADINGS = ("Loại ngoại lệ", "Lúc", "Hồ sơ", "Giấy tờ", "Đơn vị", "Công chức", "Lý do")


@dataclass(frozen=True)
class FactRow:
    """One use, one paper taken anyway, or one fallback."""

    id: int
    at: datetime
    dossier_code: str
    what: str
    unit_name: str
    clerk_name: str
    why: str


@dataclass(frozen=True)
class FactList:
    title: str
    rows: list[FactRow]
    after: int | None


@dataclass(frozen=True)
class Narrowing:
    """A number's own group; "" for all."""

    type_code: str = ""
    clerk_id: str = ""
    reason: str = ""


USES, TAKEN, FALLBACKS = "dung-lai", "nhan-lai-giay", "khong-tra-cuu-duoc"
TITLES = {
    USES: "Giấy tờ đã dùng lại",
    TAKEN: "Giấy tờ vẫn nhận bản giấy dù kho đã có",
    FALLBACKS: "Giấy tờ cư trú phải xem vì không tra cứu được",
}


def fact_list(scope: PaperScope, kind: str, narrowing: Narrowing, *, before_id: int | None = None) -> FactList:
    """Newest first, fifty at a time; NotFound report.no_list."""
    if kind not in TITLES:
        raise NotFound("Không có danh sách này.", code="report.no_list")
    rows = _SOURCES[kind](scope, narrowing)
    if before_id is not None:
        rows = rows.filter(pk__lt=before_id)
    found = [_row(kind, value) for value in rows.order_by("-pk")[: PAGE + 1]]
    shown = found[:PAGE]
    return FactList(TITLES[kind], shown, shown[-1].id if len(found) > PAGE else None)


def exceptions(scope: PaperScope) -> list[tuple[str, FactRow]]:
    """Everything that must go to zero, in the order of time: (what kind, the row)."""
    found = [
        (TITLES[kind], _row(kind, value))
        for kind in (FALLBACKS, TAKEN)
        for value in _SOURCES[kind](scope, Narrowing()).order_by("pk")
    ]
    return sorted(found, key=lambda item: item[1].at)


def exceptions_csv(*, actor: Actor, scope: PaperScope, now: datetime) -> bytes:
    """The same as a file for a spreadsheet; the export leaves an audit row."""
    rows = exceptions(scope)
    record_access(
        actor=actor,
        action="report.papers",
        object_type="report",
        object_id="paper-exceptions",
        purpose="xuất báo cáo ngoại lệ",
        data={"rows": len(rows), "first": scope.first.isoformat(), "last": scope.last.isoformat()},
        now=now,
    )
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    writer.writerows(map(_safe, _cells(rows)))
    return text.getvalue().encode("utf-8-sig")


def _cells(rows: list[tuple[str, FactRow]]) -> Iterator[list[str]]:
    for kind, row in rows:
        moment = f"{local(row.at):%d/%m/%Y %H:%M}"
        yield [kind, moment, row.dossier_code, row.what, row.unit_name, row.clerk_name, row.why]


def _safe(cells: list[str]) -> list[str]:
    return [f"'{cell}" if cell.startswith(RISKY) else cell for cell in cells]


_PEOPLE = {"unit_name": F("unit__short_name"), "clerk_name": F("clerk__full_name")}


def _uses(scope: PaperScope, narrowing: Narrowing) -> QuerySet[Any, Any]:
    rows = PaperUse.objects.filter(**scope.within("used_at"))
    rows = _narrowed(rows, {"version__paper__type__code": narrowing.type_code, "clerk": narrowing.clerk_id})
    columns = {"what": F("version__paper__type__name"), "why": F("purpose"), "moment": F("used_at")}
    return rows.values("pk", "reference", **columns, **_PEOPLE)


def _taken(scope: PaperScope, narrowing: Narrowing) -> QuerySet[Any, Any]:
    rows = TakenAnyway.objects.filter(**scope.within("at"))
    rows = _narrowed(rows, {"type__code": narrowing.type_code, "clerk": narrowing.clerk_id})
    return rows.values("pk", "reference", what=F("type__name"), why=F("reason"), moment=F("at"), **_PEOPLE)


def _fallbacks(scope: PaperScope, narrowing: Narrowing) -> QuerySet[Any, Any]:
    rows = ResidenceLookUp.objects.filter(method=LookUpMethod.FALLBACK, **scope.within("at"))
    rows = _narrowed(rows, {"fallback_reason": narrowing.reason, "clerk": narrowing.clerk_id})
    columns = {"what": F("requirement_name"), "why": F("fallback_reason"), "moment": F("at")}
    return rows.values("pk", "reference", "fallback_note", **columns, **_PEOPLE)


_SOURCES: dict[str, Callable[[PaperScope, Narrowing], QuerySet[Any, Any]]] = {
    USES: _uses,
    TAKEN: _taken,
    FALLBACKS: _fallbacks,
}


def _narrowed(rows: QuerySet[Any], wanted: dict[str, str]) -> QuerySet[Any]:
    """Only what was asked for; a clerk that is no number is nobody."""
    if wanted.get("clerk") and not wanted["clerk"].isdecimal():
        return rows.none()
    return rows.filter(**{column: value for column, value in wanted.items() if value})


def _row(kind: str, value: dict[str, Any]) -> FactRow:
    reference = value["reference"]
    return FactRow(
        id=value["pk"],
        at=value["moment"],
        dossier_code=reference.removeprefix(DOSSIER) if reference.startswith(DOSSIER) else "",
        what=value["what"] or "—",
        unit_name=value["unit_name"] or "—",
        clerk_name=value["clerk_name"] or "—",
        why=_why(kind, value),
    )


def _why(kind: str, value: dict[str, Any]) -> str:
    if kind == USES:
        return str(UsePurpose(value["why"]).label)
    if kind == TAKEN:
        return str(value["why"])
    note = value["fallback_note"]
    return FallbackReason(value["why"]).label + (f": {note}" if note else "")
