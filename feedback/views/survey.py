"""Two public pages: five faces, and what more there is to say. Forms only, so they work without JavaScript.

The first page looks the same whether or not its code was answered: it must not tell an officer who has rated.
"""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from feedback.constants import Satisfaction
from feedback.selectors.questions import active_questions
from feedback.services.complete_answer import complete_answer
from feedback.services.record_answer import checked_code, record_answer
from haddong_portal.common.errors import DomainError
from haddong_portal.common.rights import PUBLIC
from haddong_portal.common.web.signed_cookies import SignedCookie
from haddong_portal.common.web.views import PortalView

COOKIE = SignedCookie("survey")
COOKIE_SECONDS = 1800
ICONS = {1: "mood-cry", 2: "mood-sad", 3: "mood-neutral", 4: "mood-smile", 5: "mood-happy"}
FACES = [(face.value, face.label, ICONS[face.value]) for face in Satisfaction]


class _SurveyView(PortalView):
    """A refused code gets a page of its own; no address of these pages travels to another site."""

    permission = PUBLIC

    def dispatch(self, request: HttpRequest, *args: str, **kwargs: str) -> HttpResponseBase:
        try:
            response = super().dispatch(request, *args, **kwargs)
        except DomainError as error:
            response = render(request, "feedback/closed.html", {"error": error}, status=error.status)
        response["Referrer-Policy"] = "same-origin"
        response["Cache-Control"] = "no-store"
        return response


class RateView(_SurveyView):
    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        checked_code(code=code, client_ip=_address(request))
        return render(request, "feedback/rate.html", {"faces": FACES})

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        recorded = record_answer(code=code, score=request.POST.get("score", ""), client_ip=_address(request))
        if not recorded.is_first and _answer_id(request, code) is None:
            return render(request, "feedback/already.html")
        response = redirect(reverse("survey:more", args=[code]))
        if recorded.is_first:
            path = reverse("survey:rate", args=[code])
            COOKIE.write(response, str(recorded.answer_id), max_age_s=COOKIE_SECONDS, salt=code, path=path)
        return response


class MoreView(_SurveyView):
    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        if _answer_id(request, code) is None:
            return redirect(reverse("survey:rate", args=[code]))
        return render(request, "feedback/more.html", {"questions": active_questions()})

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        answer_id = _answer_id(request, code)
        if answer_id is None:
            return redirect(reverse("survey:rate", args=[code]))
        replies = {name: value for name, value in request.POST.items() if isinstance(value, str)}
        complete_answer(answer_id=answer_id, replies=replies, comment=request.POST.get("comment", ""))
        return render(request, "feedback/thanks.html")


def _answer_id(request: HttpRequest, code: str) -> uuid.UUID | None:
    """The answer this browser gave to this code within the last half hour."""
    value = COOKIE.read(request, max_age_s=COOKIE_SECONDS, salt=code)
    return uuid.UUID(value) if value else None


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
