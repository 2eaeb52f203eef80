"""The filters that a person has saved, and those that their unit shares; what can be chosen to filter by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Expression, Q, QuerySet
from django.db.models.functions import JSONObject

from dossiers.models import Dossier, SavedFilter
from haddong_portal.accounts.models import Post
from haddong_portal.common.actors import Actor
from haddong_portal.common.prepared import PreparedArray

PROCEDURES_MAX = 300
NAME_LENGTH_MAX = 90


@dataclass(frozen=True, slots=True)
class SavedLine:
    """A saved filter as one of the people who may use it sees it."""

    id: int
    name: str
    query: str
    owner_name: str
    is_mine: bool
    is_shared: bool
    opens_first: bool


def saved_filters(actor: Actor) -> list[SavedLine]:
    """One's own, then those that colleagues share, by name. One statement."""
    return saved_lines((row[0] for row in _usable(actor.user_id or 0, actor.unit_id or 0)), actor)


def saved_array(actor: Actor) -> Expression:
    """The same as one more column of a statement that is asked anyway; read it with `saved_lines`."""
    return _array(user_id=actor.user_id or 0, unit_id=actor.unit_id or 0)


def saved_lines(found: Iterable[dict[str, Any]], actor: Actor) -> list[SavedLine]:
    """In the order of the screen."""
    lines = [_line(each, actor) for each in found]
    return sorted(lines, key=lambda line: (not line.is_mine, line.name))


_AS_JSON = JSONObject(
    id="id",
    name="name",
    query="query",
    user="user_id",
    owner="user__full_name",
    unit="shared_with_id",
    first="is_default",
)


def _usable(user_id: int, unit_id: int) -> QuerySet[SavedFilter, Any]:
    rows = SavedFilter.objects.filter(Q(user_id=user_id) | Q(shared_with_id=unit_id))
    return rows.order_by().values_list(_AS_JSON)


_array = PreparedArray(lambda user_id, unit_id: _usable(user_id, unit_id), user_id=-7_000_011, unit_id=-7_000_012)


def _line(found: dict[str, Any], actor: Actor) -> SavedLine:
    mine = found["user"] == actor.user_id
    return SavedLine(
        id=found["id"],
        name=found["name"],
        query=found["query"],
        owner_name=found["owner"],
        is_mine=mine,
        is_shared=found["unit"] is not None,
        opens_first=found["first"] and mine,
    )


def procedures_in_hand(actor: Actor) -> list[tuple[str, str]]:
    """(code, name) of the procedures that the actor's unit has open dossiers of, by name."""
    rows = Dossier.objects.visible_to(actor).filter(closed_at__isnull=True)
    if not actor.sees_all_units:
        rows = rows.filter(Q(owner_unit_id=actor.unit_id or 0) | Q(receiving_unit_id=actor.unit_id or 0))
    found = rows.order_by().values_list("procedure__national_code", "procedure_name").distinct()[:PROCEDURES_MAX]
    return sorted(((code, name[:NAME_LENGTH_MAX]) for code, name in found), key=lambda pair: pair[1])


def people_of_unit(actor: Actor) -> list[tuple[str, str]]:
    """(username, name) of those who hold a post in the actor's unit."""
    posts = Post.objects.filter(unit_id=actor.unit_id or 0, valid_to__isnull=True, user__is_active=True)
    found = posts.order_by().values_list("user__username", "user__full_name").distinct()
    return sorted(found, key=lambda pair: pair[1])
