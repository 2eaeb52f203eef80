"""One procedure as its public page shows it: a statement for the procedure, and one for the chosen unit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Subquery

from haddong_portal.accounts.models import Unit
from haddong_portal.common.errors import NotFound
from procedures.models import ProcedureVersion, UnitProcedure

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
class ProcedureSheet:
    """A published procedure. `page` is the read model kept with the version (rules/page.py)."""

    code: str
    version: ProcedureVersion
    cases: Sequence[CaseSheet]
    unit: UnitAnswer | None = None
    page: Mapping[str, Any] = field(default_factory=dict)

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
        .first()
    )
    if version is None:
        raise NotFound(f"Không có thủ tục mang mã {code[:40]} đang được công bố.", code="procedure.not_found")
    unit = unit_answer(version.procedure_id, unit_key) if unit_key else None
    return ProcedureSheet(code, version, _cases(version.page), unit, version.page)


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
