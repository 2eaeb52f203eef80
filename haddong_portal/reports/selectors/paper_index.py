"""QĐ 766/QĐ-TTg, group "số hóa hồ sơ": the inputs of its components, numerator and denominator, never the score alone.

The weights are the national portal's; where the portal has no register yet, the line says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from dossiers.constants import ChecklistState
from dossiers.models import ChecklistLine, Dossier, ResultFile
from dossiers.papers.models import PaperUse
from haddong_portal.citizens.constants import LookUpMethod
from haddong_portal.citizens.models import ResidenceLookUp
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound
from haddong_portal.reports.selectors.paper_scope import PaperScope
from procedures.constants import DigitiseDuty, RequirementKind

PAGE = 50
ON_PAPER = (ChecklistState.PAPER, ChecklistState.COPY)


@dataclass(frozen=True)
class IndexInput:
    """One component: `part` of `whole`; `key` names the list behind the part, `whole_key` the one behind the whole."""

    ref: str
    label: str
    definition: str
    part: int
    whole: int
    key: str
    whole_key: str

    @property
    def percent(self) -> float | None:
        return round(100 * self.part / self.whole, 1) if self.whole else None


@dataclass(frozen=True)
class DossierRow:
    id: int
    code: str
    procedure_name: str
    unit_name: str
    at: datetime


@dataclass(frozen=True)
class DossierList:
    title: str
    rows: list[DossierRow]
    after: int | None


@dataclass(frozen=True)
class _Part:
    """How one list of dossiers is found: by the day it was received or finished, and by what is true of it."""

    title: str
    moment: str
    condition: Q


RECEIVED, FINISHED = "accepted_at", "finished_at"
PARTS = {
    "da-nhan": _Part("Hồ sơ tiếp nhận trong kỳ", RECEIVED, Q()),
    "phai-so-hoa": _Part("Hồ sơ có giấy tờ phải số hóa", RECEIVED, Q(must_digitise=True)),
    "da-so-hoa": _Part("Hồ sơ đã số hóa đủ", RECEIVED, Q(must_digitise=True, is_undone=False)),
    "co-dung-lai": _Part("Hồ sơ có dùng lại giấy tờ trong kho", RECEIVED, Q(is_reusing=True)),
    "co-tra-cuu": _Part("Hồ sơ có tra cứu dữ liệu dân cư", RECEIVED, Q(is_looked_up=True)),
    "da-xong": _Part("Hồ sơ giải quyết xong trong kỳ", FINISHED, Q()),
    "ket-qua-dien-tu": _Part("Hồ sơ có kết quả điện tử", FINISHED, Q(has_file=True)),
}
DIGITISED = "4.2"
# ref of QĐ 766, label, what is counted, the list of the part, the list of the whole
COMPONENTS = (
    ("4.1", "Cấp kết quả điện tử", "hồ sơ xong trong kỳ có tệp kết quả", "ket-qua-dien-tu", "da-xong"),
    (DIGITISED, "Số hóa hồ sơ", "hồ sơ đã số hóa đủ giấy tờ bắt buộc", "da-so-hoa", "phai-so-hoa"),
    ("4.3", "Khai thác, dùng lại dữ liệu số hóa", "hồ sơ dùng ít nhất một giấy tờ trong kho", "co-dung-lai", "da-nhan"),
    ("4.5b", "Khai thác dữ liệu dân cư", "hồ sơ tra cứu được thay cho giấy tờ", "co-tra-cuu", "da-nhan"),
)
NOT_YET = "Chứng thực bản sao điện tử, kết nối kho dữ liệu (4.4, 4.5a): cổng chưa có sổ, nhập ở hệ thống thành phố."


def index_inputs(*, actor: Actor, scope: PaperScope) -> list[IndexInput]:
    """Every component; two statements."""
    counts = _counts(actor, scope, RECEIVED) | _counts(actor, scope, FINISHED)
    return [
        IndexInput(ref, label, definition, counts[part], counts[whole], part, whole)
        for ref, label, definition, part, whole in COMPONENTS
    ]


def index_list(*, actor: Actor, scope: PaperScope, key: str, before_id: int | None = None) -> DossierList:
    """The dossiers behind one number, newest first, fifty at a time; NotFound report.no_list."""
    part = PARTS.get(key)
    if part is None:
        raise NotFound("Không có danh sách này.", code="report.no_list")
    rows = _dossiers(actor, scope, part.moment).filter(part.condition)
    if before_id is not None:
        rows = rows.filter(pk__lt=before_id)
    columns = {"unit_name": F("receiving_unit__short_name"), "at": F(part.moment)}
    found: list[Any] = list(rows.order_by("-pk").values("id", "code", "procedure_name", **columns)[: PAGE + 1])
    shown = [DossierRow(**value) for value in found[:PAGE]]
    return DossierList(part.title, shown, shown[-1].id if len(found) > PAGE else None)


def _counts(actor: Actor, scope: PaperScope, moment: str) -> dict[str, int]:
    names = {key: part.condition for key, part in PARTS.items() if part.moment == moment}
    wanted = {f"n{place}": Count("pk", filter=condition or None) for place, condition in enumerate(names.values())}
    counted = _dossiers(actor, scope, moment).aggregate(**wanted)
    return {key: counted[f"n{place}"] for place, key in enumerate(names)}


def _dossiers(actor: Actor, scope: PaperScope, moment: str) -> QuerySet[Dossier, Any]:
    rows = Dossier.objects.visible_to(actor).filter(**scope.within(moment, "receiving_unit"))
    if moment == FINISHED:
        files = ResultFile.objects.filter(dossier=OuterRef("pk"), size_bytes__gt=0, superseded_at__isnull=True)
        return rows.annotate(has_file=Exists(files))
    lines = ChecklistLine.objects.filter(
        dossier=OuterRef("pk"), state__in=ON_PAPER, requirement__digitise=DigitiseDuty.MUST
    ).exclude(requirement__kind=RequirementKind.PRESENT)
    reference = Concat(Value("dossier:"), OuterRef("code"))
    looked_up = ResidenceLookUp.objects.filter(reference=reference).exclude(method=LookUpMethod.FALLBACK)
    return rows.annotate(
        must_digitise=Exists(lines),
        is_undone=Exists(lines.filter(digitised_at__isnull=True)),
        is_reusing=Exists(PaperUse.objects.filter(reference=reference)),
        is_looked_up=Exists(looked_up),
    )
