"""Sign in, sign out, and the answer to too many wrong passwords."""

from __future__ import annotations

from urllib.parse import urlencode

from axes.helpers import get_cool_off
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from haddong_portal.accounts.constants import DEMO_PASSPHRASE
from haddong_portal.accounts.forms.sign_in import SignInForm
from haddong_portal.accounts.selectors.actors import posts_of
from haddong_portal.accounts.selectors.demo_accounts import demo_account, demo_accounts
from haddong_portal.accounts.views.base import next_path, signed_in_user, start_path
from haddong_portal.common import clock
from haddong_portal.common.rights import PUBLIC, SIGNED_IN
from haddong_portal.common.web.views import PortalView

LOCKED_OUT = "auth.locked_out"


class SignInView(PortalView):
    permission = PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        chosen = demo_account(request.GET.get("tai-khoan", ""))
        form = SignInForm(request, initial={"username": chosen.username} if chosen else {})
        if chosen:
            # Shown on this very page, in demo mode only: filling it in saves the newcomer the typing.
            form.fields["password"].widget.render_value = True
            form.initial["password"] = DEMO_PASSPHRASE
        return self._page(request, form, chosen_username=chosen.username if chosen else "")

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SignInForm(request, request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        user = form.get_user()
        login(request, user)
        wanted = next_path(request)
        if len(posts_of(user)) > 1:
            query = f"?{urlencode({'next': wanted})}" if wanted else ""
            return redirect(reverse("accounts:choose-post") + query)
        return redirect(wanted or start_path())

    def _page(
        self, request: HttpRequest, form: SignInForm, *, chosen_username: str = "", status: int = 200
    ) -> HttpResponse:
        context = {
            "form": form,
            "next": next_path(request),
            "demo_accounts": demo_accounts(),
            "demo_passphrase": DEMO_PASSPHRASE if settings.DEMO_MODE else "",
            "chosen_username": chosen_username,
        }
        return render(request, "accounts/sign_in.html", context, status=status)


class SignOutView(PortalView):
    permission = SIGNED_IN
    open_while_locked = True

    def post(self, request: HttpRequest) -> HttpResponse:
        signed_in_user(request)
        logout(request)
        return redirect("home:public")


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: object) -> HttpResponse:
    """Axes' answer after too many failures: how long the lock lasts and what to do meanwhile (429)."""
    cool_off = get_cool_off(request)
    until = clock.now() + cool_off if cool_off else None
    minutes = int(cool_off.total_seconds() // 60) if cool_off else 0
    context = {
        "minutes": minutes,
        "until": until,
        "failures": settings.AXES_FAILURE_LIMIT,
        "error_code": LOCKED_OUT,
        "error_message": f"Nhập sai quá nhiều lần. Tài khoản tạm khóa {minutes} phút.",
    }
    if request.headers.get("HX-Request") == "true":
        fragment = render(request, "components/error_message.html", context, status=429)
        fragment["HX-Reswap"] = "none"
        return fragment
    return render(request, "accounts/locked_out.html", context, status=429)
