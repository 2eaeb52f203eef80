"""The phone proven before a citizen acts on the own dossier: asked once, kept in a signed cookie for some minutes."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from dossiers.forms.filing import CodeForm
from dossiers.selectors.links import code_in_link
from dossiers.services.own_dossier import OwnerProof, confirm_owner, no_match, send_owner_code
from dossiers.views.filing import wants_part
from dossiers.views.filing_start import private
from haddong_portal.common.errors import DomainError
from haddong_portal.common.rights import PUBLIC
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.signed_cookies import SignedCookie
from haddong_portal.common.web.views import PortalView

COOKIE = SignedCookie("portal_owner", path="/tra-cuu/")


class OwnView(PortalView):
    """Base: `self.proof` is there for whoever has proven the phone; anybody else is asked to."""

    permission = PUBLIC
    code: str
    proof: OwnerProof

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.code = code_in_link(kwargs["token"])
        if not self.code:
            raise no_match()
        code, _, challenge = COOKIE.read(request, max_age_s=settings.PHONE_CONFIRMED_MINUTES * 60).partition("|")
        if code != self.code:
            return self.ask(request, kwargs["token"])
        self.proof = OwnerProof(code, uuid.UUID(challenge))
        try:
            return super().dispatch(request, *args, **kwargs)
        except DomainError as error:
            if error.code != "tracking.not_proven":
                raise
            return self.ask(request, kwargs["token"])

    def ask(self, request: HttpRequest, token: str) -> HttpResponse:
        """To where the phone is proven."""
        url = reverse("tracking:prove", kwargs={"token": token})
        if wants_part(request):
            return HttpResponse(status=401, headers={"HX-Redirect": url})
        return redirect(url)


class ProveView(PortalView):
    """GET: what will be asked. POST without a code: send one. POST with a code: the proof, kept in a signed cookie."""

    permission = PUBLIC

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self._show(request, token)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        code = code_in_link(token)
        if not code:
            raise no_match()
        if "challenge" not in request.POST:
            return self._send(request, token, code)
        form = CodeForm(request.POST)
        if not form.is_valid():
            return self._show(request, token, form=form, status=422)
        challenge = form.cleaned_data["challenge"]
        try:
            confirm_owner(code=code, challenge_id=challenge, given=form.cleaned_data["code"])
        except DomainError as error:
            add_domain_error(form, error)
            return self._show(request, token, form=form, status=error.status)
        kept_s = settings.PHONE_CONFIRMED_MINUTES * 60
        return COOKIE.write(redirect("tracking:own", token=token), f"{code}|{challenge}", max_age_s=kept_s)

    def _send(self, request: HttpRequest, token: str, code: str) -> HttpResponse:
        try:
            sent = send_owner_code(code=code, client_ip=request.META.get("REMOTE_ADDR", ""))
        except DomainError as error:
            return self._show(request, token, refusal=error, status=error.status)
        return self._show(request, token, form=CodeForm(initial={"challenge": sent.challenge_id}))

    def _show(self, request: HttpRequest, token: str, *, status: int = 200, **context: Any) -> HttpResponse:
        if not code_in_link(token):
            raise no_match()
        context |= {"token": token, "code": code_in_link(token), "code_minutes": settings.PHONE_CODE_MINUTES}
        return private(render(request, "dossiers/tracking/prove.html", context, status=status))
