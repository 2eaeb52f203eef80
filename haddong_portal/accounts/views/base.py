"""What the pages of signing in share."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from haddong_portal.accounts import sessions
from haddong_portal.accounts.models import User
from haddong_portal.common.errors import NotAllowed


def signed_in_user(request: HttpRequest) -> User:
    """The account of a page that asked for SIGNED_IN; NotAllowed for anybody else."""
    if not isinstance(request.user, User):
        raise NotAllowed()
    return request.user


def next_path(request: HttpRequest) -> str:
    """Where the person wanted to go, when it lies within the portal; else ""."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return sessions.safe_next(wanted, request.get_host(), secure=request.is_secure())


def start_path() -> str:
    """The person's start page."""
    return reverse("home:start")
