"""What follows a sign-in, a sign-out, a wrong password: the session's clock starts and the audit log hears of it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from haddong_portal.accounts import sessions
from haddong_portal.accounts.models import User
from haddong_portal.accounts.selectors.actors import actor_for_user
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor


def connect() -> None:
    """Called once, when the app is ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="accounts.signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="accounts.signed_out")
    user_login_failed.connect(_failed, dispatch_uid="accounts.sign_in_failed")


def _signed_in(sender: object, request: HttpRequest, user: User, **kwargs: Any) -> None:
    sessions.unlock(request.session, clock.now())
    _record("account.signed_in", user, _actor(request, user))


def _signed_out(sender: object, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    if isinstance(user, User):
        _record("account.signed_out", user, _actor(request, user))


def _failed(sender: object, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    # A name that is no account is not kept: people type their password there by mistake.
    user = User.objects.filter(username=credentials.get("username") or "").first()
    if user is not None:
        ip = request.META.get("REMOTE_ADDR") if request is not None else None
        _record("account.sign_in_failed", user, Actor(name="Chưa đăng nhập", channel="public", ip=ip or None))


def _actor(request: HttpRequest, user: User) -> Actor:
    ip = request.META.get("REMOTE_ADDR") or None
    return actor_for_user(user, ip=ip, request_id=getattr(request, "request_id", ""))


def _record(action: str, user: User, actor: Actor) -> None:
    record_access(actor=actor, action=action, object_type="account", object_id=user.pk)
