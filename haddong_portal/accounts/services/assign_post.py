"""Give a person a post in a unit, and end it. Administrator; writes Post (with history) and one audit row.

A post is never changed: a move is one post ended and another begun, so that who signed as what stays true.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from haddong_portal.accounts.constants import ADMIN_SITE_ROLES, Role
from haddong_portal.accounts.models import Post, Unit, User
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError, NotFound


@transaction.atomic
def assign_post(
    *, actor: Actor, user_id: int, unit_id: int, role: str, title: str, from_on: date, now: datetime | None = None
) -> Post:
    """A new open-ended post. Refusals: `post.not_found`, `post.unit_not_valid`, `post.held_already`."""
    actor.require("accounts.manage_posts")
    user = User.objects.select_for_update(no_key=True).filter(pk=user_id, is_service_account=False).first()
    unit = Unit.objects.filter(pk=unit_id).first()
    if user is None or unit is None:
        raise NotFound("Không có tài khoản hoặc đơn vị này.", code="post.not_found")
    if from_on < unit.valid_from or (unit.valid_to and from_on >= unit.valid_to):
        raise DomainError("post.unit_not_valid", "Đơn vị không có hiệu lực vào ngày bắt đầu.", "from_on")
    if Post.objects.filter(user=user, unit=unit, role=role, valid_to__isnull=True).exists():
        raise Conflict("post.held_already", "Người này đang giữ đúng vị trí đó ở đơn vị.", "role")
    post = Post.objects.create(user=user, unit=unit, role=Role(role), title=title, valid_from=from_on)
    _follow_admin_site(user, on=(now or clock.now()).date())
    _record(actor, "post.assigned", post, now)
    return post


@transaction.atomic
def end_post(*, actor: Actor, post_id: int, to_on: date, now: datetime | None = None) -> Post:
    """End a post: `to_on` is the first day without it. Refusals: `post.not_found`, `post.ended`, `post.end_order`."""
    actor.require("accounts.manage_posts")
    post = Post.objects.select_for_update(no_key=True, of=("self",)).select_related("user").filter(pk=post_id).first()
    if post is None:
        raise NotFound("Không có vị trí công tác này.", code="post.not_found")
    if post.valid_to is not None:
        raise Conflict("post.ended", "Vị trí này đã kết thúc.")
    if to_on <= post.valid_from:
        raise DomainError("post.end_order", "Ngày kết thúc phải sau ngày bắt đầu.", "to_on")
    post.valid_to = to_on
    post.save(update_fields=["valid_to"])
    _follow_admin_site(post.user, on=(now or clock.now()).date())
    _record(actor, "post.ended", post, now)
    return post


def _follow_admin_site(user: User, *, on: date) -> None:
    """Only administrators open the site of master data; what they may do there is asked of their rights."""
    opens = Post.objects.held_on(on).filter(user=user, role__in=ADMIN_SITE_ROLES).exists()
    if user.is_staff != opens:
        user.is_staff = opens
        user.save(update_fields=["is_staff"])


def _record(actor: Actor, action: str, post: Post, now: datetime | None) -> None:
    record_access(
        actor=actor,
        action=action,
        object_type="post",
        object_id=post.pk,
        data={"account": post.user_id, "unit": post.unit_id, "role": post.role},
        now=now,
    )
