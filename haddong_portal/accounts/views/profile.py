"""One's own account: posts, rights, second factor, password."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from haddong_portal.accounts.selectors.actors import posts_of
from haddong_portal.accounts.selectors.rights import acts_of
from haddong_portal.accounts.selectors.second_factor import (
    backup_codes_left,
    has_second_factor,
    needs_second_factor,
)
from haddong_portal.accounts.services.change_password import change_password
from haddong_portal.accounts.views.base import signed_in_user
from haddong_portal.common.rights import SIGNED_IN
from haddong_portal.common.web.views import PortalView


class ProfileView(PortalView):
    permission = SIGNED_IN

    def get(self, request: HttpRequest) -> HttpResponse:
        user = signed_in_user(request)
        posts = posts_of(user)
        context = {
            "account": user,
            "posts": posts,
            "acts": acts_of(self.actor),
            "has_second_factor": has_second_factor(user),
            "needs_second_factor": needs_second_factor(user, posts),
            "backup_codes_left": backup_codes_left(user),
            "totp_required": settings.TOTP_REQUIRED,
        }
        return render(request, "accounts/profile.html", context)


class PasswordChangeView(PortalView):
    permission = SIGNED_IN

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, PasswordChangeForm(signed_in_user(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        user = signed_in_user(request)
        form = PasswordChangeForm(user, request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        changed = change_password(user=user, actor=self.actor, password=form.cleaned_data["new_password1"])
        update_session_auth_hash(request, changed)
        messages.success(request, "Đã đổi mật khẩu. Các phiên làm việc khác của tài khoản này đã bị đóng.")
        return redirect("accounts:profile")

    def _page(self, request: HttpRequest, form: PasswordChangeForm, *, status: int = 200) -> HttpResponse:
        return render(request, "accounts/password_change.html", {"form": form}, status=status)
