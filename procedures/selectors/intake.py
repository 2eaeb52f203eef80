"""What the counter asks of the catalogue: find a procedure performed here, its cases, papers and fees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, QuerySet
from django.db.models.functions import JSONObject

from haddong_portal.accounts.models import Unit
from haddong_portal.common import clock
from haddong_portal.common.prepared import PreparedRows
from haddong_portal.common.text import plain_number
from procedures.constants import Channel, FeeKind, ServiceLevel
from procedures.models import FeeRule, PaperRequirement, ProcedureCase, ProcedureVersion, UnitProcedure
from procedures.rules.search import QUERY_MAX
from procedures.selectors.search import search_procedures

MATCHES_MAX = 12
INTEGER_MAX = 2**63 - 1


@dataclass(frozen=True)
class IntakeMatch:
    """One row under the counter's search box."""

    code: str
    name: str
    sector: str
    limit_text: str


@dataclass(frozen=True)
class IntakeChoice:
    """A procedure that the desk performs, in its current version, with its cases in order."""

    procedure_id: int
    version_id: int
    code: str
    name: str
    cases: list[ProcedureCase]
    service_level: str = ""


@dataclass(frozen=True)
class OnlineDesk:
    """A one-stop desk that takes a procedure in."""

    unit_id: int
    key: str
    name: str
    address: str


@dataclass(frozen=True)
class OnlineChoice:
    """A procedure as citizens may file it from home: its cases, and the desks that take it in."""

    code: str
    name: str
    cases: list[ProcedureCase]
    desks: list[OnlineDesk]


@dataclass(frozen=True)
class FeeLine:
    """One fee or duty. `amount_vnd` None means unknown: never shown as free."""

    kind: str
    label: str
    amount_vnd: int | None
    text: str


def intake_search(q: str, unit_id: int) -> list[IntakeMatch]:
    """Published procedures performed at `unit_id` that answer `q`, best first, as the public search ranks them."""
    page = search_procedures(q=q[:QUERY_MAX], unit_id=unit_id, only_performed=True, limit=MATCHES_MAX)
    return [IntakeMatch(row.code, row.name, row.sector, row.limit_text) for row in page.rows]


def intake_choice(code: str, unit_id: int) -> IntakeChoice | None:
    """The published version of `code` with its cases, or None when this desk does not perform it."""
    rows = ProcedureVersion.objects.published().performed_at(unit_id).filter(procedure__national_code=code)
    cases = Prefetch("cases", queryset=ProcedureCase.objects.order_by("position"))
    version = rows.select_related("procedure").prefetch_related(cases).first()
    if version is None:
        return None
    cases_in_order = list(version.cases.all())
    return IntakeChoice(version.procedure_id, version.pk, code, version.name, cases_in_order, version.service_level)


def online_choice(code: str) -> OnlineChoice | None:
    """The published version of `code` for the form from home; None unless it is fully online and a desk performs it."""
    rows = ProcedureVersion.objects.published().filter(procedure__national_code=code, service_level=ServiceLevel.FULL)
    cases = Prefetch("cases", queryset=ProcedureCase.objects.order_by("position"))
    version = rows.prefetch_related(cases).first()
    if version is None:
        return None
    units = Unit.objects.valid_on(clock.today()).with_desk()
    rows_here = UnitProcedure.objects.filter(procedure_id=version.procedure_id, performed=True, unit__in=units)
    desks = rows_here.order_by("unit__level", "unit__name")
    columns = ("unit_id", "unit__key", "unit__name", "unit__address")
    found = [OnlineDesk(*row) for row in desks.values_list(*columns)]
    return OnlineChoice(code, version.name, list(version.cases.all()), found) if found else None


def checklist_for_case(case_id: int) -> list[PaperRequirement]:
    """The papers of a case in order; remarks that the source listed as papers are left out."""
    return list(PaperRequirement.objects.filter(case_id=case_id, is_note=False).order_by("position"))


@dataclass(frozen=True)
class FiledCase:
    """The case that a filled-in form names, with the papers its checklist may speak of."""

    procedure_id: int
    case_id: int
    requirements: list[PaperRequirement]


def filed_case(code: str, case_id: str) -> FiledCase | None:
    """What a sent form is read against, in one statement; None when the case is not one of this procedure.

    Whether the desk performs it, and whether the case is current, is for the intake to say.
    """
    wanted = plain_number(case_id)
    if wanted is None or wanted > INTEGER_MAX:
        return None
    for procedure_id, found_id, papers in _filed(code=code, case_id=wanted):
        return FiledCase(procedure_id, found_id, [PaperRequirement(case_id=found_id, **each) for each in papers])
    return None


def _case_with_papers(code: str, case_id: int) -> QuerySet[ProcedureCase, Any]:
    papers = PaperRequirement.objects.filter(case_id=OuterRef("pk"), is_note=False).order_by("position")
    columns = JSONObject(
        id="pk",
        name="name",
        originals="originals",
        copies="copies",
        required="required",
        kind="kind",
        paper_type="paper_type",
        electronic_note="electronic_note",
    )
    rows = ProcedureCase.objects.filter(pk=case_id, version__procedure__national_code=code)
    rows = rows.annotate(papers=ArraySubquery(papers.values(row=columns)))
    return rows.values_list("version__procedure_id", "pk", "papers")


_filed = PreparedRows(_case_with_papers, code="?national_code", case_id=-7_000_001)


def fees_for(case_id: int, channel: int) -> list[FeeLine]:
    """Fees and duties of a case on a channel: the channel's own lines, else those for all channels."""
    rows = list(FeeRule.objects.filter(case_id=case_id).order_by("id"))
    own = [row for row in rows if row.channel == channel] or [row for row in rows if row.channel is None]
    return [FeeLine(row.kind, FeeKind(row.kind).label, row.amount_vnd, row.text) for row in own]


def channel_of(text: str) -> int:
    """The channel behind a form's word; filing at the desk when it says nothing."""
    known = {str(channel.value) for channel in Channel}
    return int(text) if text in known else int(Channel.DIRECT)
