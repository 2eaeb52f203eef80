"""Who needs a second factor, and whether this session has given it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django_otp import user_has_device
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from haddong_portal.accounts.constants import TOTP_ROLES
from haddong_portal.accounts.models import Post, User


def needs_second_factor(user: User, posts: list[Post]) -> bool:
    """Whoever signs or administers in any of their posts, and every superuser; nobody where TOTP is switched off."""
    return settings.TOTP_REQUIRED and (user.is_superuser or any(post.role in TOTP_ROLES for post in posts))


def second_factor_missing(request: HttpRequest) -> bool:
    """Whether this session still owes the second factor: demanded by the posts, or set up by the person."""
    user = request.user
    if not isinstance(user, User) or user.is_verified():  # type: ignore[attr-defined]  # by OTPMiddleware
        return False
    return settings.TOTP_REQUIRED and (
        needs_second_factor(user, list(getattr(request, "held_posts", ()))) or has_second_factor(user)
    )


def has_second_factor(user: User) -> bool:
    """Whether the person has confirmed a TOTP device."""
    return bool(user_has_device(user)) and TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def pending_device(user: User) -> TOTPDevice | None:
    """The device being set up, not confirmed yet."""
    found: TOTPDevice | None = TOTPDevice.objects.filter(user=user, confirmed=False).order_by("-pk").first()
    return found


def backup_codes_left(user: User) -> int:
    """Unused backup codes."""
    return int(StaticToken.objects.filter(device__user=user, device__confirmed=True).count())
