"""Keyset pages of dossiers by promised date: a page says where the next begins, so that a new row moves no other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from dossiers.models import Dossier
from haddong_portal.common.errors import DomainError


def after_cursor(rows: QuerySet[Dossier], cursor: str | None) -> QuerySet[Dossier]:
    """The rows behind `cursor`; DomainError list.bad_cursor for one that was bent."""
    if not cursor:
        return rows
    try:
        moment, _, last = cursor.partition("_")
        due_at, last_id = datetime.fromisoformat(moment), int(last)
    except ValueError:
        raise DomainError("list.bad_cursor", "Trang này không còn, xin mở lại danh sách từ đầu.") from None
    return rows.filter(Q(due_at__gt=due_at) | Q(due_at=due_at, id__gt=last_id))


def cursor_of(value: Mapping[str, Any]) -> str:
    """The cursor behind a row with `due_at` and `id`."""
    return f"{value['due_at'].isoformat()}_{value['id']}"
