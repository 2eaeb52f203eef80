"""From an account to the actor that services know: a person in one post, with that post's rights."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

from haddong_portal.accounts.constants import OVERSIGHT_ROLES, Role
from haddong_portal.accounts.models import Post, User
from haddong_portal.accounts.sessions import chosen_post_id
from haddong_portal.common import clock
from haddong_portal.common.actors import PUBLIC_ACTOR, Actor
from haddong_portal.common.rights import rights_of

API_PREFIX = "/api/"


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
    user: User,
    *,
    post_id: int | None = None,
    posts: list[Post] | None = None,
    channel: str = "web",
    ip: str | None = None,
    request_id: str = "",
) -> Actor:
    """The actor for the chosen post, else the first one held; without a post a signed-in person has no rights.

    `posts` are those held today, when the caller has them already.
    """
    held = posts_of(user) if posts is None else posts
    chosen = next((post for post in held if post.pk == post_id), held[0] if held else None)
    if chosen is not None:
        return actor_in_post(chosen, user, channel=channel, ip=ip, request_id=request_id)
    return Actor(name=str(user), user_id=user.pk, channel=channel, ip=ip, request_id=request_id)


def held_posts(request: HttpRequest) -> list[Post]:
    """The posts that the request's account holds today; the middleware keeps the answer on the request."""
    user = request.user
    if not isinstance(user, User) or not user.is_active:
        return []
    return posts_of(user) if user.loaded_posts is None else user.loaded_posts


def actor_for_request(request: HttpRequest) -> Actor:
    """What the middleware puts on the request. REST calls are told apart by their path: a token has no session."""
    user = request.user
    if not isinstance(user, User) or not user.is_active:
        return PUBLIC_ACTOR
    return actor_for_user(
        user,
        post_id=chosen_post_id(request.session),
        posts=list(getattr(request, "held_posts", None) or held_posts(request)),
        channel="api" if request.path.startswith(API_PREFIX) else "web",
        ip=request.META.get("REMOTE_ADDR") or None,
        request_id=getattr(request, "request_id", ""),
    )
