"""How a locked session, or one without its second factor, is answered: page, htmx fragment or REST problem.

Nothing typed may be lost: an htmx form stays on the screen while the lock dialog asks for the password, and an
ordinary form is held in the lock page itself, to be sent on once the password is right. Nothing of it is stored.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from haddong_portal.accounts import sessions
from haddong_portal.accounts.models import User
from haddong_portal.accounts.selectors.actors import API_PREFIX

UNLOCK_FIELD = "unlock_password"
LOCKED_EVENT = "portal:locked"
LOCKED_MESSAGE = "Màn hình đã khóa vì 15 phút không có thao tác. Xin nhập mật khẩu để tiếp tục."
SECOND_FACTOR_MESSAGE = "Vị trí công tác này cần xác thực hai lớp trước khi làm việc."


def reopen_with_password(request: HttpRequest, now: datetime) -> bool:
    """Whether the held form came back with the right password; then the session is open again."""
    password = request.POST.get(UNLOCK_FIELD, "") if request.method == "POST" else ""
    return bool(password) and unlock_with(request, password, now)


def unlock_with(request: HttpRequest, password: str, now: datetime) -> bool:
    """Check the password of whoever is signed in (failures count towards the lock-out) and open the session."""
    user = request.user
    if not isinstance(user, User) or authenticate(request, username=user.username, password=password) != user:
        return False
    sessions.unlock(request.session, now)
    return True


def answer_locked(request: HttpRequest) -> HttpResponse:
    """401: the dialog for htmx, a problem for REST, the lock page with the held form, or the sign-in page."""
    if request.path.startswith(API_PREFIX):
        return JsonResponse({"code": "auth.locked", "message": LOCKED_MESSAGE}, status=401)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=401, headers={"HX-Trigger": LOCKED_EVENT, "HX-Reswap": "none"})
    if request.method != "POST":
        return redirect(_with_next("accounts:unlock", request))
    return render(request, "accounts/locked.html", _held_form(request), status=401)


def _held_form(request: HttpRequest) -> dict[str, object]:
    """The form as it was sent, to be sent again by the lock page. Files cannot be held: the page says so."""
    own = {"csrfmiddlewaretoken", UNLOCK_FIELD}
    return {
        "held": [(name, value) for name, values in request.POST.lists() if name not in own for value in values],
        "held_files": [file.name for name in request.FILES for file in request.FILES.getlist(name)],
        "wrong_password": UNLOCK_FIELD in request.POST,
        "unlock_field": UNLOCK_FIELD,
        "action": request.get_full_path(),
    }


def answer_second_factor(request: HttpRequest) -> HttpResponse:
    """To the code page; 403 for REST and htmx, which cannot show one."""
    if request.path.startswith(API_PREFIX):
        return JsonResponse({"code": "auth.second_factor", "message": SECOND_FACTOR_MESSAGE}, status=403)
    url = _with_next("accounts:second-factor", request)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=403, headers={"HX-Redirect": url})
    return redirect(url)


def _with_next(url_name: str, request: HttpRequest) -> str:
    path = request.get_full_path() if request.method in ("GET", "HEAD") else ""
    return f"{reverse(url_name)}?{urlencode({'next': path})}" if path else reverse(url_name)
