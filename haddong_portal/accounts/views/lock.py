"""Lock the screen, open it again, and say that somebody is still there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from haddong_portal.accounts import sessions
from haddong_portal.accounts.forms.sign_in import UnlockForm
from haddong_portal.accounts.guards import unlock_with
from haddong_portal.accounts.views.base import next_path, signed_in_user, start_path
from haddong_portal.common import clock
from haddong_portal.common.rights import SIGNED_IN
from haddong_portal.common.web.views import PortalView

WRONG = "Mật khẩu chưa đúng. Màn hình vẫn khóa; những gì đã nhập vẫn còn."
WRONG_CODE = "auth.wrong_password"


class LockView(PortalView):
    permission = SIGNED_IN
    open_while_locked = True

    def post(self, request: HttpRequest) -> HttpResponse:
        sessions.lock(request.session)
        return HttpResponse(status=204) if _is_script(request) else redirect("accounts:unlock")


class UnlockView(PortalView):
    """The lock page of whoever comes back by a link, and the door of the lock dialog (JSON)."""

    permission = SIGNED_IN
    open_while_locked = True

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, UnlockForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        signed_in_user(request)
        form = UnlockForm(request.POST)
        if form.is_valid() and unlock_with(request, form.cleaned_data["password"], clock.now()):
            return HttpResponse(status=204) if _is_script(request) else redirect(next_path(request) or start_path())
        if _is_script(request):
            return JsonResponse({"code": WRONG_CODE, "message": WRONG}, status=422)
        if form.is_valid():
            form.add_error("password", WRONG)
        return self._page(request, form, status=422)

    def _page(self, request: HttpRequest, form: UnlockForm, *, status: int = 200) -> HttpResponse:
        return render(request, "accounts/unlock.html", {"form": form, "next": next_path(request)}, status=status)


class StillHereView(PortalView):
    """The page's script calls it while somebody types or reads; the guard has already moved the clock."""

    permission = SIGNED_IN

    def post(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=204)


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"
