"""Who plays in the demo: the desks with what they perform, and the actors of each unit and role."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from haddong_portal.accounts.constants import UnitLevel
from haddong_portal.accounts.models import Post, Unit
from haddong_portal.accounts.selectors.actors import actor_in_post
from haddong_portal.common.actors import Actor
from haddong_portal.home.demo.plan import Desk, popularity
from procedures.constants import PublicationState
from procedures.models import ProcedureCase, UnitProcedure


class Cast:
    """Read once: posts by unit and role, actors by account."""

    @cached_property
    def _posts(self) -> dict[tuple[int, str], list[Post]]:
        found: dict[tuple[int, str], list[Post]] = defaultdict(list)
        for post in Post.objects.filter(valid_to__isnull=True).select_related("unit", "user").order_by("pk"):
            found[post.unit_id, post.role].append(post)
        return found

    @cached_property
    def _actors(self) -> dict[int, Actor]:
        return {post.pk: actor_in_post(post, post.user) for posts in self._posts.values() for post in posts}

    def one(self, unit_id: int, role: str, number: int) -> Actor | None:
        """The actor of a role in a unit who gets case `number`; None when nobody holds the role there."""
        posts = self._posts.get((unit_id, role))
        return self._actors[posts[number % len(posts)].pk] if posts else None

    def units_with(self, role: str) -> list[int]:
        """Units where somebody holds the role, in the order of their posts."""
        return [unit_id for unit_id, held in self._posts if held == role]

    def person(self, unit_id: int, role: str, user_id: int) -> Actor | None:
        """The actor of an account in a unit and role."""
        posts = self._posts.get((unit_id, role), [])
        return next((self._actors[post.pk] for post in posts if post.user_id == user_id), None)

    def colleague(self, unit_id: int, role: str, user_id: int) -> Actor | None:
        """Somebody else with the same role in the unit."""
        posts = self._posts.get((unit_id, role), [])
        return next((self._actors[post.pk] for post in posts if post.user_id != user_id), None)


def desks() -> list[Desk]:
    """Every desk with at least one procedure that can be received, the district's first."""
    offers = _offers()
    units = Unit.objects.filter(pk__in=offers, has_one_stop_desk=True, valid_to__isnull=True).order_by("sort_order")
    found = [(unit.level != UnitLevel.DISTRICT, Desk(unit.pk, unit.name, tuple(offers[unit.pk]))) for unit in units]
    return [desk for _, desk in sorted(found, key=lambda pair: pair[0])]


def _offers() -> dict[int, list[tuple[int, tuple[int, ...], int]]]:
    cases: dict[int, list[int]] = defaultdict(list)
    for version_id, case_id in ProcedureCase.objects.order_by("position").values_list("version_id", "pk"):
        cases[version_id].append(case_id)
    rows = (
        UnitProcedure.objects.filter(performed=True, procedure__current_version__state=PublicationState.PUBLISHED)
        .order_by("unit_id", "procedure__national_code")
        .values_list("unit_id", "procedure_id", "procedure__national_code", "procedure__current_version_id")
    )
    offers: dict[int, list[tuple[int, tuple[int, ...], int]]] = defaultdict(list)
    for unit_id, procedure_id, code, version_id in rows:
        if cases[version_id]:
            offers[unit_id].append((procedure_id, tuple(cases[version_id]), popularity().get(code, 1)))
    return offers
