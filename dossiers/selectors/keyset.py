"""Keyset pages of dossiers by a moment: a page says where the next begins, so that a new row moves no other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from dossiers.models import Dossier
from haddong_portal.common.errors import DomainError


def after_cursor(rows: QuerySet[Dossier], cursor: str | None, *, by: str = "due_at") -> QuerySet[Dossier]:
    """The rows behind `cursor` in the order of (`by`, id); DomainError list.bad_cursor for one that was bent."""
    if not cursor:
        return rows
    try:
        moment, _, last = cursor.partition("_")
        at, last_id = datetime.fromisoformat(moment), int(last)
    except ValueError:
        raise DomainError("list.bad_cursor", "Trang này không còn, xin mở lại danh sách từ đầu.") from None
    return rows.filter(Q(**{f"{by}__gt": at}) | Q(**{by: at}, id__gt=last_id))


def cursor_of(value: Mapping[str, Any], *, by: str = "due_at") -> str:
    """The cursor behind a row with `by` and `id`."""
    return f"{value[by].isoformat()}_{value['id']}"
