"""Give every unit, and every clerk who digitises, a certificate of the demo's own authority. Production refuses.

Whoever has one keeps it, so this may run again at any time.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings

from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Post, Unit
from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError
from haddong_portal.common.signing.demo_ca import Holder, make_demo_certificates
from haddong_portal.common.signing.keys import staff_holder, unit_holder

DIGITISING = (Role.CLERK, Role.ONE_STOP_HEAD)


def give_demo_certificates(*, now: datetime | None = None) -> int:
    """How many were made. Raises DomainError signing.not_in_production."""
    if settings.PORTAL_MODE == "production":
        raise DomainError("signing.not_in_production", "Chứng thư trình diễn không được dùng ở hệ thống thật.")
    moment = now or clock.now()
    home = Path(settings.SIGNING_HOME)
    return make_demo_certificates(home, [*_units(), *_clerks(moment)], now=moment)


def _units() -> list[Holder]:
    return [Holder(unit_holder(key), name, name) for key, name in Unit.objects.values_list("key", "name")]


def _clerks(now: datetime) -> list[Holder]:
    posts = Post.objects.held_on(now.date()).filter(role__in=DIGITISING).select_related("user", "unit")
    by_user = {post.user.username: post for post in posts}
    return [Holder(staff_holder(name), post.user.full_name, post.unit.name) for name, post in by_user.items()]
