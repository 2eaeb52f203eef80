"""From an account to the actor that services know: a person in one post, with that post's rights."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from haddong_portal.accounts.constants import OVERSIGHT_ROLES, Role
from haddong_portal.accounts.models import Post, User
from haddong_portal.common import clock
from haddong_portal.common.actors import PUBLIC_ACTOR, Actor
from haddong_portal.common.rights import rights_of

POST_SESSION_KEY = "post_id"


def posts_of(user: User, *, on: date | None = None) -> list[Post]:
    """The posts that `user` holds on a day (today), units joined, most senior unit first."""
    return list(Post.objects.held_on(on or clock.today()).filter(user=user).select_related("unit"))


def actor_in_post(
    post: Post, user: User, *, channel: str = "web", ip: str | None = None, request_id: str = ""
) -> Actor:
    """The actor of `user` in `post`. A district office's desk sees its own unit; oversight sees all."""
    return Actor(
        name=user.full_name or user.username,
        user_id=user.pk,
        post_id=post.pk,
        unit_id=post.unit_id,
        unit_name=post.unit.name,
        role=post.role,
        role_label=Role(post.role).label,
        post_title=post.title,
        rights=rights_of(post.role),
        unit_ids=frozenset({post.unit_id}),
        sees_all_units=post.role in OVERSIGHT_ROLES,
        channel=channel,
        ip=ip,
        request_id=request_id,
    )


def actor_for_user(
    user: User, *, post_id: int | None = None, channel: str = "web", ip: str | None = None, request_id: str = ""
) -> Actor:
    """The actor for the chosen post, else the first one held; without a post a signed-in person has no rights."""
    posts = posts_of(user)
    chosen = next((post for post in posts if post.pk == post_id), posts[0] if posts else None)
    if chosen is None:
        return Actor(
            name=user.full_name or user.username, user_id=user.pk, channel=channel, ip=ip, request_id=request_id
        )
    return actor_in_post(chosen, user, channel=channel, ip=ip, request_id=request_id)


def actor_for_request(request: HttpRequest) -> Actor:
    """What the middleware puts on the request; REST requests get the token's account."""
    user = request.user
    if isinstance(user, AnonymousUser) or not user.is_authenticated:
        return PUBLIC_ACTOR
    return actor_for_user(
        user,
        post_id=request.session.get(POST_SESSION_KEY) if hasattr(request, "session") else None,
        ip=request.META.get("REMOTE_ADDR") or None,
        request_id=getattr(request, "request_id", ""),
    )
