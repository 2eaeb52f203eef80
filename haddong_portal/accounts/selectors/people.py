"""Staff and their posts: lists for the administrator, look-ups for the audit log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from haddong_portal.accounts.models import Post, Unit, User
from haddong_portal.common import clock
from haddong_portal.common.errors import NotFound
from haddong_portal.common.text import plain_number

PAGE = 50
FOUND_MAX = 50


@dataclass(frozen=True)
class StaffFilter:
    """What the administrator asked for; empty values ask for everything."""

    text: str = ""
    unit_id: int | None = None
    role: str = ""
    past: bool = False


@dataclass(frozen=True)
class StaffPage:
    """Posts of one page, sorted by the holder's given name; `after` continues, None at the end."""

    posts: list[Post]
    after: str | None


def staff_page(wanted: StaffFilter, *, after: str = "", on: date | None = None) -> StaffPage:
    """One page of posts. `after` is the key of the last row seen: "<sort key>:<post id>"."""
    posts = _wanted_posts(wanted, on or clock.today())
    key, _, last = after.rpartition(":")
    last_id = plain_number(last)
    if last_id is not None:
        posts = posts.filter(Q(user__full_name_sort__gt=key) | Q(user__full_name_sort=key, pk__gt=last_id))
    found = list(posts.select_related("user", "unit").order_by("user__full_name_sort", "pk")[: PAGE + 1])
    shown = found[:PAGE]
    more = len(found) > PAGE
    return StaffPage(shown, f"{shown[-1].user.full_name_sort}:{shown[-1].pk}" if more else None)


def _wanted_posts(wanted: StaffFilter, day: date) -> QuerySet[Post]:
    posts = Post.objects.filter(valid_to__lte=day) if wanted.past else Post.objects.held_on(day)
    if wanted.text:
        posts = posts.filter(Q(user__full_name__icontains=wanted.text) | Q(user__username__icontains=wanted.text))
    if wanted.unit_id:
        posts = posts.filter(unit_id=wanted.unit_id)
    return posts.filter(role=wanted.role) if wanted.role else posts


def posts_in_unit(unit: Unit, on: date | None = None) -> list[Post]:
    """Who works in a unit on a day (today)."""
    return list(
        Post.objects.held_on(on or clock.today())
        .filter(unit=unit)
        .select_related("user")
        .order_by("role", "user__full_name_sort")
    )


def post_of(post_id: int) -> Post:
    """One post with its holder and unit; NotFound `post.not_found`."""
    found = Post.objects.select_related("user", "unit").filter(pk=post_id).first()
    if found is None:
        raise NotFound("Không có vị trí công tác này.", code="post.not_found")
    return found


def account_ids_matching(text: str) -> list[int]:
    """Accounts whose name or sign-in name holds `text`, at most 50: the audit log's search by actor."""
    wanted = Q(username__iexact=text) | Q(full_name__icontains=text)
    return list(User.objects.filter(wanted).order_by("pk").values_list("pk", flat=True)[:FOUND_MAX])
