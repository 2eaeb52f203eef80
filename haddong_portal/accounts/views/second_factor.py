"""The second factor: ask for a code, set the authenticator up, make new backup codes."""

from __future__ import annotations

from base64 import b32encode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django_otp import login as otp_login
from django_otp.plugins.otp_totp.models import TOTPDevice

from haddong_portal.accounts.forms.sign_in import CodeForm
from haddong_portal.accounts.selectors.second_factor import has_second_factor
from haddong_portal.accounts.services.second_factor import (
    check_second_factor,
    confirm_second_factor,
    new_backup_codes,
    start_second_factor,
)
from haddong_portal.accounts.views.base import next_path, signed_in_user, start_path
from haddong_portal.common.errors import DomainError, NotAllowed
from haddong_portal.common.qr import qr_svg
from haddong_portal.common.rights import SIGNED_IN
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView


class SecondFactorView(PortalView):
    """Asks for the code after the password; sends people without an authenticator to the set-up."""

    permission = SIGNED_IN
    open_while_locked = True

    def get(self, request: HttpRequest) -> HttpResponse:
        if not has_second_factor(signed_in_user(request)):
            return redirect("accounts:second-factor-setup")
        return self._page(request, CodeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            device = check_second_factor(user=signed_in_user(request), code=form.cleaned_data["code"])
        except DomainError as error:
            add_domain_error(form, error)
            return self._page(request, form, status=422)
        otp_login(request, device)
        return redirect(next_path(request) or start_path())

    def _page(self, request: HttpRequest, form: CodeForm, *, status: int = 200) -> HttpResponse:
        return render(request, "accounts/second_factor.html", {"form": form, "next": next_path(request)}, status=status)


class SecondFactorSetupView(PortalView):
    """QR for the authenticator, its first code, then the backup codes once. A new phone needs the old factor."""

    permission = SIGNED_IN
    open_while_locked = True

    def get(self, request: HttpRequest) -> HttpResponse:
        self._only_first_or_verified(request)
        return self._page(request, CodeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        self._only_first_or_verified(request)
        user, form = signed_in_user(request), CodeForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            device, codes = confirm_second_factor(user=user, actor=self.actor, code=form.cleaned_data["code"])
        except DomainError as error:
            add_domain_error(form, error)
            return self._page(request, form, status=422)
        otp_login(request, device)
        return render(request, "accounts/backup_codes.html", {"codes": codes, "first": True})

    def _only_first_or_verified(self, request: HttpRequest) -> None:
        user = signed_in_user(request)
        if has_second_factor(user) and not user.is_verified():  # type: ignore[attr-defined]  # by OTPMiddleware
            raise NotAllowed(
                "Xin nhập mã của thiết bị đang dùng trước khi đổi thiết bị.", code="auth.second_factor_first"
            )

    def _page(self, request: HttpRequest, form: CodeForm, *, status: int = 200) -> HttpResponse:
        device = start_second_factor(user=signed_in_user(request))
        context = {
            "form": form,
            "secret": _spoken_secret(device),
            # our own SVG, made of the device's address
            "qr": mark_safe(qr_svg(device.config_url, label="Mã QR cài ứng dụng xác thực")),  # noqa: S308 - as above
        }
        return render(request, "accounts/second_factor_setup.html", context, status=status)


class BackupCodesView(PortalView):
    permission = SIGNED_IN

    def post(self, request: HttpRequest) -> HttpResponse:
        user = signed_in_user(request)
        if not user.is_verified():  # type: ignore[attr-defined]  # by OTPMiddleware
            messages.warning(request, "Xin nhập mã xác thực trước khi tạo mã dự phòng.")
            return redirect("accounts:second-factor")
        codes = new_backup_codes(user=user, actor=self.actor)
        return render(request, "accounts/backup_codes.html", {"codes": codes, "first": False})


def _spoken_secret(device: TOTPDevice) -> str:
    """The secret in groups of four, for a phone that cannot scan."""
    text = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))
