"""What stands on a poster: the catalogue's own words, and the stable short link."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from haddong_portal.accounts.models import Unit
from procedures.constants import LinkKind
from procedures.documents.poster import PosterData, PosterFact, PosterKind
from procedures.models import Procedure, ShortLink
from procedures.rules import facts
from procedures.selectors.sheets import ProcedureSheet, procedure_sheet
from procedures.services.short_links import ensure_link

COUNTER_LABEL_MAX = 60


def poster_of_procedure(code: str) -> PosterData:
    """The poster of a published procedure; NotFound `procedure.not_found`."""
    sheet = procedure_sheet(code)
    url = procedure_link(sheet)
    return PosterData(
        kind=PosterKind.PROCEDURE,
        unit_name=settings.PORTAL_UNIT_NAME,
        title=sheet.version.name,
        url=url,
        short_link=spoken(url),
        line=sheet.version.audience_line,
        facts=_facts(sheet),
        code=code,
        hotline=settings.PORTAL_HOTLINE,
    )


def procedure_link(sheet: ProcedureSheet) -> str:
    """The address in the procedure's QR code: the same for every version."""
    procedure = Procedure(pk=sheet.version.procedure_id, national_code=sheet.code)
    return link_url(ensure_link(LinkKind.PROCEDURE, procedure=procedure))


def poster_of_unit(unit: Unit) -> PosterData:
    """The poster that opens the unit's own list."""
    url = link_url(ensure_link(LinkKind.UNIT, unit=unit))
    return PosterData(
        kind=PosterKind.UNIT,
        unit_name=unit.name,
        title=unit.desk_name or unit.name,
        url=url,
        short_link=spoken(url),
        line="Danh mục thủ tục, giấy tờ cần mang, thời hạn và lệ phí.",
        hotline=unit.phone or settings.PORTAL_HOTLINE,
    )


def poster_of_counter(unit: Unit, label: str) -> PosterData:
    """The poster of one counter of a unit."""
    url = link_url(ensure_link(LinkKind.COUNTER, unit=unit, label=label[:COUNTER_LABEL_MAX]))
    return PosterData(
        kind=PosterKind.COUNTER,
        unit_name=unit.name,
        title=label,
        url=url,
        short_link=spoken(url),
        hotline=unit.phone or settings.PORTAL_HOTLINE,
    )


def link_url(link: ShortLink) -> str:
    """The absolute address that goes into the code."""
    return f"{settings.PUBLIC_URL}{reverse('links:open', args=[link.token])}"


def spoken(url: str) -> str:
    """The address as people type it: without the protocol and the last stroke."""
    return url.partition("://")[2].rstrip("/")


def _facts(sheet: ProcedureSheet) -> tuple[PosterFact, ...]:
    limit, fee = sheet.page.get("limits", []), sheet.page.get("fees", [])
    shown = (facts.limit_fact(limit), facts.fee_fact(fee), facts.where_fact(sheet.page.get("where", "")))
    return tuple(PosterFact(fact.label, fact.value) for fact in shown)
