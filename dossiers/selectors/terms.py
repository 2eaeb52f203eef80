"""Everything the catalogue says about one case at one desk, in two statements: the intake's terms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q, QuerySet
from django.db.models.functions import JSONObject

from dossiers.rules.fees_due import FeeTerm
from dossiers.rules.papers import PaperTerm
from dossiers.rules.routing import Places, PlannedStep, ProcessPlan
from haddong_portal.accounts.models import Unit
from haddong_portal.common.errors import DomainError
from haddong_portal.common.limits import TimeLimit
from haddong_portal.common.prepared import PreparedModels, PreparedRows
from procedures.constants import PublicationState
from procedures.models import (
    CaseLimit,
    FeeRule,
    IsoStep,
    PaperRequirement,
    ProcedureCase,
    UnitProcedure,
)
from procedures.rules.delegations import check_delegation
from procedures.selectors.delegations import delegation_for

_Lines = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class LimitTerm:
    """How long a case takes; `limit` None = the text needs review."""

    channel: int | None
    limit: TimeLimit | None
    text: str


@dataclass(frozen=True, slots=True)
class IntakeTerms:
    """What holds for a dossier of this case received at this desk today."""

    desk: Unit
    handling_level: str
    handling_kind: str
    places: Places
    procedure_id: int
    version_id: int
    procedure_name: str
    papers: tuple[PaperTerm, ...]
    limits: tuple[LimitTerm, ...]
    fees: tuple[FeeTerm, ...]
    plans: tuple[ProcessPlan, ...]

    def limit_on(self, channel: int) -> LimitTerm | None:
        """The limit on a channel: its own, else the one for all."""
        for wanted in (channel, None):
            for term in self.limits:
                if term.channel == wanted:
                    return term
        return None


def intake_terms(*, unit_id: int, procedure_id: int, case_id: int, on: date) -> IntakeTerms:
    """The terms, or DomainError saying why this desk cannot receive it (dossier.not_performed, .not_published,
    .case_not_current, .no_desk)."""
    row = _desk_row(unit_id, procedure_id)
    if row is None:
        raise _not_performed("Thủ tục này không thực hiện tại đơn vị của ông/bà.")
    found = _cases(case_id=case_id, procedure_id=procedure_id, on=on)
    _check_row(row, row.procedure.current_version, case_version_id=found[0][0] if found else None)
    _check_delegated(row, on)
    return _terms(row, *found[0][1:])


def _not_performed(message: str) -> DomainError:
    return DomainError("dossier.not_performed", message, "procedure_id")


def _desk_row(unit_id: int, procedure_id: int) -> UnitProcedure | None:
    """What the desk says about the procedure, with the units and the version in force."""
    return next(iter(_desk_rows(unit_id=unit_id, procedure_id=procedure_id)), None)


def _performed(unit_id: int, procedure_id: int) -> QuerySet[UnitProcedure]:
    rows = UnitProcedure.objects.filter(unit_id=unit_id, procedure_id=procedure_id)
    return rows.select_related("unit", "handling_unit", "delegated_by", "procedure__current_version").only(
        *_DESK_COLUMNS
    )


_DESK_COLUMNS = (
    *("performed", "reason", "signing_unit", "delegated_by__name", "unit__org_code", "unit__name", "unit__short_name"),
    *("unit__level", "unit__kind", "unit__has_one_stop_desk", "unit__desk_name", "handling_unit__level"),
    *("handling_unit__kind", "procedure__current_version__name", "procedure__current_version__state"),
)
_desk_rows = PreparedModels(_performed, unit_id=-7_000_001, procedure_id=-7_000_002)


def _case_rows(case_id: int, procedure_id: int, on: date) -> QuerySet[ProcedureCase, Any]:
    arrays = {
        "term_papers": ArraySubquery(_papers(case_id)),
        "term_limits": ArraySubquery(_limits(case_id)),
        "term_fees": ArraySubquery(_fees(case_id)),
        "term_steps": ArraySubquery(_steps(procedure_id, on)),
    }
    return ProcedureCase.objects.filter(pk=case_id).annotate(**arrays).values_list("version_id", *arrays)


_cases = PreparedRows(_case_rows, case_id=-7_000_001, procedure_id=-7_000_002, on=date(1800, 1, 1))


def _papers(case_id: int) -> QuerySet[PaperRequirement, Any]:
    rows = PaperRequirement.objects.filter(case_id=case_id, is_note=False).order_by("position")
    return rows.values(row=JSONObject(id="pk", name="name", required="required", type="paper_type", kind="kind"))


def _limits(case_id: int) -> QuerySet[CaseLimit, Any]:
    rows = CaseLimit.objects.filter(case_id=case_id).order_by("pk")
    return rows.values(row=JSONObject(channel="channel", limit="limit", text="text"))


def _fees(case_id: int) -> QuerySet[FeeRule, Any]:
    rows = FeeRule.objects.filter(case_id=case_id).order_by("pk")
    return rows.values(row=JSONObject(channel="channel", kind="kind", amount="amount_vnd", text="text"))


def _steps(procedure_id: int, on: date) -> QuerySet[IsoStep, Any]:
    """Steps of the procedure's own processes and of every default one, in force on the day."""
    usable = Q(process__procedure_id=procedure_id) | Q(process__procedure__isnull=True, process__is_default=True)
    in_force = Q(process__valid_to__isnull=True) | Q(process__valid_to__gt=on)
    rows = IsoStep.objects.filter(usable, in_force, process__valid_from__lte=on)
    return rows.order_by("-process__version", "process_id", "sequence").values(
        row=JSONObject(
            process="process_id",
            code="process__code",
            kind="process__kind",
            level="process__level",
            procedure="process__procedure_id",
            id="pk",
            sequence="sequence",
            action="action",
            name="name",
            role="responsible_role",
            place="responsible_unit",
            minutes="limit_minutes",
            branch="branch",
            starts_after="starts_after",
            joins_before="joins_before",
            returns_to="returns_to",
            unit="unit_id",
        )
    )


def _terms(row: Any, papers: _Lines, limits: _Lines, fees: _Lines, steps: _Lines) -> IntakeTerms:
    version, handling = row.procedure.current_version, row.handling_unit or row.unit
    return IntakeTerms(
        desk=row.unit,
        handling_level=handling.level,
        handling_kind=handling.kind,
        places=Places(row.unit_id, handling.pk, row.signing_unit_id or handling.pk),
        procedure_id=row.procedure_id,
        version_id=version.pk,
        procedure_name=version.name,
        papers=tuple(
            PaperTerm(each["id"], each["name"], each["required"], each["type"], each["kind"]) for each in papers
        ),
        limits=tuple(_limit_term(each) for each in limits),
        fees=tuple(FeeTerm(each["channel"], each["kind"], each["amount"], each["text"]) for each in fees),
        plans=_plans(steps, handling.level),
    )


def _check_row(row: Any, version: Any, *, case_version_id: int | None) -> None:
    if not row.unit.has_one_stop_desk:
        raise DomainError("dossier.no_desk", "Đơn vị này không có bộ phận Một cửa nên không tiếp nhận hồ sơ.")
    if not row.performed:
        raise _not_performed(f"Thủ tục này không thực hiện tại đây: {row.reason}")
    if version is None or version.state != PublicationState.PUBLISHED:
        raise DomainError("dossier.not_published", "Thủ tục này chưa được công bố.", "procedure_id")
    if case_version_id != version.pk:
        raise DomainError(
            "dossier.case_not_current",
            "Trường hợp đã chọn không thuộc bản thủ tục hiện hành. Xin chọn lại trường hợp.",
            "case_id",
        )


def _check_delegated(row: Any, on: date) -> None:
    """Conflict delegation.* where the unit decides in another's place without its word; free of cost elsewhere."""
    if row.delegated_by is None:
        return
    decides = row.signing_unit_id or row.handling_unit_id or row.unit_id
    terms = delegation_for(unit_id=decides, from_unit_id=row.delegated_by_id, procedure_id=row.procedure_id, on=on)
    check_delegation(terms, on=on, from_unit=row.delegated_by.name)


def _limit_term(each: dict[str, Any]) -> LimitTerm:
    limit = TimeLimit.from_json(each["limit"]) if each["limit"] else None
    return LimitTerm(each["channel"], limit, each["text"])


def _plans(rows: Iterable[dict[str, Any]], level: str) -> tuple[ProcessPlan, ...]:
    """The processes of the rows; those of the handling level first, defaults of other levels left out."""
    by_process: dict[int, list[dict[str, Any]]] = {}
    for each in rows:
        if each["procedure"] or each["level"] == level:
            by_process.setdefault(each["process"], []).append(each)
    ordered = sorted(by_process.values(), key=lambda steps: steps[0]["level"] != level)
    return tuple(_plan(steps) for steps in ordered)


def _plan(steps: list[dict[str, Any]]) -> ProcessPlan:
    first = steps[0]
    return ProcessPlan(
        process_id=first["process"],
        code=first["code"],
        kind=first["kind"],
        specific=first["procedure"] is not None,
        steps=tuple(
            PlannedStep(
                each["id"],
                each["sequence"],
                each["action"],
                each["name"],
                each["role"],
                each["place"],
                each["minutes"],
                each["branch"],
                each["starts_after"],
                each["joins_before"],
                tuple(each["returns_to"]),
                each["unit"],
            )
            for each in steps
        ),
    )
