"""A citizen signs in and out: personal ID, then the code sent to the phone that a clerk verified for them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from haddong_portal.citizens.forms.sign_in import PersonalIdForm, SignInCodeForm
from haddong_portal.citizens.services.send_sign_in_code import send_sign_in_code
from haddong_portal.citizens.services.sign_in_citizen import sign_in_citizen
from haddong_portal.citizens.services.sign_out_citizen import sign_out_citizen
from haddong_portal.citizens.sessions import forget, remember, session_key
from haddong_portal.common.errors import DomainError
from haddong_portal.common.rights import PUBLIC
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView, citizen_of

START = "/giay-to-cua-toi/"


class CitizenSignInView(PortalView):
    """GET: who are you. POST without a challenge: a code is sent. POST with one: the code opens the session."""

    permission = PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        if citizen_of(request).is_citizen:
            return redirect(_next(request))
        return self._show(request, form=PersonalIdForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        return self._confirm(request) if "challenge" in request.POST else self._send(request)

    def _send(self, request: HttpRequest) -> HttpResponse:
        form = PersonalIdForm(request.POST)
        if not form.is_valid():
            return self._show(request, form=form, status=422)
        typed = form.cleaned_data["personal_id"]
        try:
            sent = send_sign_in_code(personal_id=typed, client_ip=request.META.get("REMOTE_ADDR", ""))
        except DomainError as error:
            add_domain_error(form, error)
            return self._show(request, form=form, status=error.status)
        code_form = SignInCodeForm(initial={"challenge": sent.challenge_id, "personal_id": typed})
        return self._show(request, code_form=code_form)

    def _confirm(self, request: HttpRequest) -> HttpResponse:
        form = SignInCodeForm(request.POST)
        if not form.is_valid():
            return self._show(request, code_form=form, status=422)
        try:
            session = sign_in_citizen(
                challenge_id=form.cleaned_data["challenge"],
                code=form.cleaned_data["code"],
                client_ip=request.META.get("REMOTE_ADDR", ""),
            )
        except DomainError as error:
            add_domain_error(form, error)
            return self._show(request, code_form=form, status=error.status)
        rotate_token(request)
        return remember(redirect(_next(request)), session.pk)

    def _show(self, request: HttpRequest, *, status: int = 200, **context: Any) -> HttpResponse:
        context |= {"next": _next(request), "code_minutes": settings.PHONE_CODE_MINUTES}
        response = render(request, "citizens/sign_in.html", context, status=status)
        response["Cache-Control"] = "private, no-store"
        return response


class CitizenSignOutView(PortalView):
    """Public, since a session may have ended by itself; the cookie goes in any case."""

    permission = PUBLIC

    def post(self, request: HttpRequest) -> HttpResponse:
        if key := session_key(request):
            sign_out_citizen(session_id=key)
        messages.success(request, "Đã thoát. Nếu dùng máy chung, xin đóng cửa sổ trình duyệt.")
        return forget(redirect("citizens:sign-in"))


def _next(request: HttpRequest) -> str:
    """Where the person wanted to go, when it is one of ours; else their papers."""
    path = request.POST.get("next", "") or request.GET.get("next", "")
    safe = path and url_has_allowed_host_and_scheme(path, {request.get_host()}, require_https=request.is_secure())
    return path if safe else START
