"""Keep a work list's filters under a name of one's own, share it with one's unit, let it open first. No right but to
read dossiers: what a filter shows is asked anew of whoever opens it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.models import SavedFilter
from dossiers.permissions import READ
from dossiers.rules.work_filter import QUERY_LENGTH_MAX, read_query
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.text import clean_text

NAME_LENGTH_MAX = 60
FILTERS_MAX = 30


@transaction.atomic
def save_filter(
    *, actor: Actor, name: str, query: str, share: bool = False, opens_first: bool = False, now: datetime | None = None
) -> SavedFilter:
    """The stored filter; the same name again replaces it.

    Raises DomainError filter.name_missing, filter.name_long, filter.query_long, filter.too_many.
    """
    actor.require(READ)
    wanted, canonical = _checked_name(name), read_query(query).query()
    if len(canonical) > QUERY_LENGTH_MAX:
        raise DomainError("filter.query_long", "Bộ lọc quá dài, xin bỏ bớt điều kiện.", "name")
    mine = SavedFilter.objects.filter(user_id=actor.user_id or 0)
    if mine.exclude(name=wanted).count() >= FILTERS_MAX:
        raise DomainError("filter.too_many", f"Mỗi người lưu nhiều nhất {FILTERS_MAX} bộ lọc.", "name")
    if opens_first:
        mine.exclude(name=wanted).filter(is_default=True).update(is_default=False)
    saved, _ = mine.update_or_create(
        user_id=actor.user_id or 0,
        name=wanted,
        defaults={
            "query": canonical,
            "shared_with_id": actor.unit_id if share else None,
            "is_default": opens_first,
            "created_at": clock.local(now or clock.now()),
        },
    )
    return saved


def delete_filter(*, actor: Actor, filter_id: int) -> None:
    """One's own only; NotFound filter.not_found for any other."""
    actor.require(READ)
    deleted, _ = SavedFilter.objects.filter(pk=filter_id, user_id=actor.user_id or 0).delete()
    if not deleted:
        raise NotFound("Không tìm thấy bộ lọc này.", code="filter.not_found")


def _checked_name(name: str) -> str:
    wanted = clean_text(name)
    if not wanted:
        raise DomainError("filter.name_missing", "Xin đặt tên cho bộ lọc.", "name")
    if len(wanted) > NAME_LENGTH_MAX:
        raise DomainError("filter.name_long", f"Tên bộ lọc dài nhất {NAME_LENGTH_MAX} chữ.", "name")
    return wanted
