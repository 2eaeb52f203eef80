"""Whoever a step is given to must hold a post for it, in its unit, that day."""

from __future__ import annotations

from datetime import date

from dossiers.rules.lifecycle import stands_in
from haddong_portal.accounts.models import Post
from haddong_portal.common.errors import DomainError


def holds_post(user_id: int, *, unit_id: int, role: str, on: date) -> bool:
    """Whether the person may do a step of `role` in the unit on that day."""
    roles = Post.objects.held_on(on).filter(user_id=user_id, unit_id=unit_id).values_list("role", flat=True)
    return any(stands_in(held, role) for held in roles)


def check_colleague(user_id: int, *, unit_id: int, role: str, on: date) -> None:
    """DomainError dossier.not_colleague unless `holds_post`."""
    if not holds_post(user_id, unit_id=unit_id, role=role, on=on):
        raise DomainError(
            "dossier.not_colleague",
            "Người được chọn không giữ vị trí phù hợp trong đơn vị đang làm bước này.",
            "officer_id",
        )
