"""Panels of the start page: each app above registers what its people should see first, in `ready()`.

`home` imports every app, so a panel's context is a selector of that app, called only for people with the right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from haddong_portal.common.actors import Actor
from haddong_portal.common.rights import SIGNED_IN


@dataclass(frozen=True)
class Panel:
    """One part of the start page. `template` gets what `context(actor)` returns; `roles` empty means any role."""

    key: str
    template: str
    permission: str
    context: Callable[[Actor], Mapping[str, object]]
    order: int = 100
    roles: frozenset[str] = frozenset()

    def allows(self, actor: Actor) -> bool:
        may = self.permission == SIGNED_IN or actor.has_right(self.permission)
        return may and (not self.roles or actor.role in self.roles)


@dataclass(frozen=True)
class Shown:
    """A panel with its context, ready to include."""

    key: str
    template: str
    context: Mapping[str, object]


_panels: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    """Add a panel; the same key twice replaces the first."""
    _panels[panel.key] = panel


def panels_for(actor: Actor) -> list[Shown]:
    """The panels of an actor, in order."""
    wanted = sorted((panel for panel in _panels.values() if panel.allows(actor)), key=lambda panel: panel.order)
    return [Shown(panel.key, panel.template, panel.context(actor)) for panel in wanted]
