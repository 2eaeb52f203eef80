"""The way into filing from home: what one began here before, and the beginning for one procedure."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dossiers.forms.filing import FilingStartForm
from dossiers.selectors.filing import open_filings
from dossiers.services.filing_draft import start_filing
from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.rights import PUBLIC
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.signed_cookies import SignedCookie
from haddong_portal.common.web.views import PortalView
from procedures.selectors.intake import OnlineChoice, online_choice

COOKIE = SignedCookie("portal_filing", path="/nop-ho-so/")
KEYS_MAX = 8
DAY_S = 86_400


def known_keys(request: HttpRequest) -> list[uuid.UUID]:
    """The drafts begun in this browser, from its signed cookie; latest first."""
    text = COOKIE.read(request, max_age_s=settings.FILING_COOKIE_DAYS * DAY_S)
    return [uuid.UUID(part) for part in text.split(".") if part]


def remember(response: HttpResponse, keys: list[uuid.UUID]) -> HttpResponse:
    """Only this browser, only these pages."""
    text = ".".join(key.hex for key in keys[:KEYS_MAX])
    return COOKIE.write(response, text, max_age_s=settings.FILING_COOKIE_DAYS * DAY_S)


def private(response: HttpResponse) -> HttpResponse:
    """A page whose address is a secret: stored nowhere, told nobody."""
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


class IndexView(PortalView):
    permission = PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        return private(render(request, "dossiers/filing/index.html", {"open": open_filings(known_keys(request))}))


class StartView(PortalView):
    """`?don-vi=` and `?truong-hop=` come with the procedure's page."""

    permission = PUBLIC

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        choice = _choice(code)
        return self._page(request, choice, FilingStartForm(choice, initial=_initial(request, choice)))

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        choice = _choice(code)
        form = FilingStartForm(choice, request.POST)
        if not form.is_valid():
            return self._page(request, choice, form, status=422)
        try:
            draft = start_filing(
                procedure_code=code,
                unit_id=int(form.cleaned_data["unit"]),
                case_id=form.cleaned_data["case"],
                client_ip=request.META.get("REMOTE_ADDR", ""),
            )
        except DomainError as error:
            add_domain_error(form, error)
            return self._page(request, choice, form, status=error.status)
        return remember(redirect("filing:draft", key=draft.key), [draft.key, *known_keys(request)])

    def _page(
        self, request: HttpRequest, choice: OnlineChoice, form: FilingStartForm, status: int = 200
    ) -> HttpResponse:
        context = {"choice": choice, "form": form, "open": open_filings(known_keys(request))}
        return private(render(request, "dossiers/filing/start.html", context, status=status))


def _choice(code: str) -> OnlineChoice:
    choice = online_choice(code)
    if choice is None:
        raise NotFound("Thủ tục này không nộp trực tuyến toàn trình. Xin nộp tại bộ phận Một cửa.", code="filing.none")
    return choice


def _initial(request: HttpRequest, choice: OnlineChoice) -> dict[str, Any]:
    """The unit and case already chosen on the procedure's page; the only ones there are."""
    wanted, position = request.GET.get("don-vi", ""), request.GET.get("truong-hop", "")
    units = [desk for desk in choice.desks if desk.key == wanted or len(choice.desks) == 1]
    cases = [case for case in choice.cases if str(case.position) == position or len(choice.cases) == 1]
    return {"unit": str(units[0].unit_id) if units else "", "case": str(cases[0].pk) if cases else ""}
