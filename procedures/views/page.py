"""The page of one procedure, its QR code and its poster."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.safestring import mark_safe

from haddong_portal.common.qr import qr_svg
from haddong_portal.common.rights import PUBLIC
from haddong_portal.common.web.views import PortalView
from procedures.documents.poster import render_poster
from procedures.rules import facts
from procedures.selectors.sheets import CaseSheet, ProcedureSheet, procedure_sheet
from procedures.services.poster_sheets import poster_of_procedure, procedure_link, spoken
from procedures.views.asked import asked, asked_number

POSTER_KEPT_S = 3600


def chosen_case(request: HttpRequest, sheet: ProcedureSheet) -> CaseSheet | None:
    """`?truong-hop=2`: the second case."""
    return sheet.case(asked_number(request, "truong-hop", 3))


class ProcedureView(PortalView):
    """Read in a minute: three facts, the case, what to bring, what one gets; then the rest, folded."""

    permission = PUBLIC

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        sheet = procedure_sheet(code, asked(request, "don-vi"))
        case = chosen_case(request, sheet)
        context = {"sheet": sheet, "version": sheet.version, "case": case, **self._told(request, sheet, case)}
        wants_case = request.headers.get("HX-Target") == "truong-hop"
        return render(request, "procedures/_case.html" if wants_case else "procedures/detail.html", context)

    def _told(self, request: HttpRequest, sheet: ProcedureSheet, case: CaseSheet | None) -> dict[str, Any]:
        limits = case.limits if case else sheet.page.get("limits", [])
        fees = case.fees if case else sheet.page.get("fees", [])
        names = {"don-vi": sheet.unit.key} if sheet.unit else {}
        own = facts.common_papers([one.papers for one in sheet.cases])
        return {
            "facts": [facts.limit_fact(limits), facts.fee_fact(fees), _where(sheet)],
            "terms": facts.terms_by_channel(limits, fees),
            "papers": [(paper, *facts.head_and_rest(paper["name"])) for paper in (case.papers if case else own)],
            "case_links": [(one, "?" + urlencode({**names, "truong-hop": str(one.position)})) for one in sheet.cases],
            "all_cases_url": f"?{urlencode(names)}" if names else request.path,
            "page_url": request.build_absolute_uri(),
        }


def _where(sheet: ProcedureSheet) -> facts.Fact:
    if sheet.unit is None:
        return facts.where_fact(
            sheet.page.get("where", ""), note=sheet.version.agencies.get("receiving_address", "")[:90]
        )
    if sheet.unit.performed:
        return facts.where_fact("", sheet.unit.name, sheet.unit.address or sheet.unit.desk_name)
    return facts.where_fact(sheet.page.get("where", ""))


def _drawn(sheet: ProcedureSheet, url: str) -> str:
    return qr_svg(url, label=f"Mã QR: {sheet.version.name}", module_px=8)


class QrView(PortalView):
    """The code large enough to scan from another phone, and the address in letters."""

    permission = PUBLIC

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        sheet = procedure_sheet(code)
        url = procedure_link(sheet)
        svg = mark_safe(_drawn(sheet, url))  # noqa: S308  # our own drawing, label escaped
        context = {"sheet": sheet, "version": sheet.version, "url": url, "spoken": spoken(url), "svg": svg}
        return render(request, "procedures/qr.html", context)


class QrSvgView(PortalView):
    """The code alone, to put on another paper."""

    permission = PUBLIC

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        sheet = procedure_sheet(code)
        svg = _drawn(sheet, procedure_link(sheet))
        return HttpResponse(svg, content_type="image/svg+xml", headers={"Cache-Control": "public, max-age=3600"})


class PosterView(PortalView):
    """One A4 poster of the procedure; kept for a while, since setting a page costs more than any other read."""

    permission = PUBLIC

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        poster = poster_of_procedure(code)
        key = f"poster:{hashlib.sha256(repr(poster).encode()).hexdigest()}"
        pdf = cache.get_or_set(key, lambda: render_poster(poster), POSTER_KEPT_S)
        name = f'inline; filename="ap-phich-{poster.code}.pdf"'
        return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": name})
