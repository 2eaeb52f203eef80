"""Groups and their versions for the administrator, and the group that a clerk declares with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from haddong_portal.common.errors import NotFound
from interlink.constants import GroupState
from interlink.models import GroupVersion, LinkedGroup


@dataclass(frozen=True, slots=True)
class GroupCard:
    """One group with its versions, newest first."""

    group: LinkedGroup
    versions: list[GroupVersion]

    @property
    def current(self) -> GroupVersion | None:
        """What is published and not ended."""
        return next((one for one in self.versions if one.state == GroupState.PUBLISHED), None)


def groups() -> list[GroupCard]:
    """Every group; two statements."""
    found = LinkedGroup.objects.prefetch_related("versions__published_by").order_by("code")
    return [GroupCard(group, sorted(group.versions.all(), key=lambda one: -one.version)) for group in found]


def group_by_code(code: str) -> GroupCard:
    """One group; NotFound linked.no_group."""
    found = next((card for card in groups() if card.group.code == code), None)
    if found is None:
        raise NotFound("Không có nhóm liên thông này.", code="linked.no_group")
    return found


def version_of(code: str, number: int) -> GroupVersion:
    """One version with its group; NotFound linked.no_version."""
    rows = GroupVersion.objects.select_related("group", "published_by")
    found = rows.filter(group__code=code, version=number).first()
    if found is None:
        raise NotFound("Không có phiên bản này của nhóm.", code="linked.no_version")
    return found


def declarable() -> Iterable[LinkedGroup]:
    """Groups with a published version: a clerk may declare with them."""
    return LinkedGroup.objects.filter(versions__state=GroupState.PUBLISHED).distinct().order_by("code")
