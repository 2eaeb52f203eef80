"""One procedure as its public page shows it: a statement for the procedure, and one for the chosen unit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common import clock
from haddong_portal.common.errors import NotFound
from procedures.models import IsoForm, IsoStep, ProcedureVersion, UnitProcedure
from procedures.rules.process_path import LEAD
from procedures.rules.process_words import time_words

_CODE = re.compile(r"[0-9.]{1,20}")
_HEAVY = ("search_text", "part_hashes", "name_folded", "content_hash", "keywords", "fee_text", "limit_text")


@dataclass(frozen=True)
class UnitAnswer:
    """What the chosen unit says about the procedure; `performed` None = it has not decided."""

    key: str
    name: str
    desk_name: str
    address: str
    phone: str
    performed: bool | None
    reason: str


@dataclass(frozen=True)
class CaseSheet:
    """One case: its papers, remarks, and its own time and money (the procedure's where it has none of its own)."""

    position: int
    name: str
    papers: Sequence[Mapping[str, Any]]
    notes: Sequence[str]
    limits: Sequence[Mapping[str, Any]]
    fees: Sequence[Mapping[str, Any]]
    differs: bool


@dataclass(frozen=True)
class PublicStep:
    """A step as the public reads it: what, which post, how long; `beside` True = runs next to the steps before it."""

    sequence: int
    name: str
    who: str
    time: str
    beside: bool


@dataclass(frozen=True)
class PublicProcess:
    """The ISO process in force for the procedure, with the forms it names."""

    code: str
    decision_no: str
    steps: Sequence[PublicStep]
    forms: Sequence[str]


@dataclass(frozen=True)
class ProcedureSheet:
    """A published procedure. `page` is the read model kept with the version (rules/page.py)."""

    code: str
    version: ProcedureVersion
    cases: Sequence[CaseSheet]
    unit: UnitAnswer | None = None
    page: Mapping[str, Any] = field(default_factory=dict)
    process: PublicProcess | None = None

    def case(self, position: int | None) -> CaseSheet | None:
        """The case at `position`; the only one when there is no choice; None while nobody has chosen."""
        if len(self.cases) == 1:
            return self.cases[0]
        return next((case for case in self.cases if case.position == position), None)


def procedure_sheet(code: str, unit_key: str = "") -> ProcedureSheet:
    """The published version of `code`; NotFound `procedure.not_found`. Two statements with a unit, one without."""
    if not _CODE.fullmatch(code):
        raise NotFound("Không có thủ tục mang mã này.", code="procedure.not_found")
    version = (
        ProcedureVersion.objects.published()
        .filter(procedure__national_code=code)
        .select_related("sector")
        .defer(*_HEAVY)
        .annotate(process_steps=ArraySubquery(_steps_in_force(clock.today())))
        .first()
    )
    if version is None:
        raise NotFound(f"Không có thủ tục mang mã {code[:40]} đang được công bố.", code="procedure.not_found")
    unit = unit_answer(version.procedure_id, unit_key) if unit_key else None
    process = _process(version.process_steps)  # type: ignore[attr-defined]  # the annotation above
    return ProcedureSheet(code, version, _cases(version.page), unit, version.page, process)


def _steps_in_force(on: date) -> QuerySet[IsoStep, Any]:
    """Steps of the procedure's own processes that dossiers of the day follow, each with its process's head."""
    rows = IsoStep.objects.filter(
        Q(process__valid_to__isnull=True) | Q(process__valid_to__gt=on),
        process__procedure_id=OuterRef("procedure_id"),
        process__valid_from__lte=on,
    )
    forms = IsoForm.objects.filter(process_id=OuterRef("process_id")).order_by("position").values("name")
    return rows.order_by("-process__valid_from", "process_id", "sequence").values(
        row=JSONObject(
            process="process_id",
            code="process__code",
            decision_no="process__decision_no",
            forms=ArraySubquery(forms),
            sequence="sequence",
            name="name",
            post="post_title",
            role="responsible_role",
            minutes="limit_minutes",
            branch="branch",
        )
    )


def _process(rows: Sequence[Mapping[str, Any]]) -> PublicProcess | None:
    """The first process of the rows; None where the procedure follows its level's default."""
    if not rows:
        return None
    first = rows[0]
    steps = tuple(
        PublicStep(
            sequence=row["sequence"],
            name=row["name"],
            who=row["post"] or Role(row["role"]).label,
            time=time_words(row["minutes"]),
            beside=row["branch"] != LEAD,
        )
        for row in rows
        if row["process"] == first["process"]
    )
    return PublicProcess(first["code"], first["decision_no"], steps, first["forms"])


def unit_answer(procedure_id: int, unit_key: str) -> UnitAnswer | None:
    """Whether the unit performs the procedure; None when there is no such unit."""
    own = UnitProcedure.objects.filter(unit_id=OuterRef("pk"), procedure_id=procedure_id)
    answers = {"performed": Subquery(own.values("performed")[:1]), "reason": Subquery(own.values("reason")[:1])}
    found = Unit.objects.filter(key=unit_key).annotate(**answers)
    columns = ("key", "name", "desk_name", "address", "phone", "performed", "reason")
    row = found.values_list(*columns).first()
    if row is None:
        return None
    key, name, desk_name, address, phone, performed, reason = row
    return UnitAnswer(key, name, desk_name, address, phone, performed, reason or "")


def _cases(page: Mapping[str, Any]) -> list[CaseSheet]:
    return [
        CaseSheet(
            position=case["position"],
            name=case["name"],
            papers=case["papers"],
            notes=case["notes"],
            limits=case.get("limits", page["limits"]),
            fees=case.get("fees", page["fees"]),
            differs="limits" in case or "fees" in case,
        )
        for case in page.get("cases", ())
    ]
