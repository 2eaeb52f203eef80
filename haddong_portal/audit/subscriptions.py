"""What audit asks of the apps above it: they register in AppConfig.ready, audit imports none of them.

An audit row keeps ids only; names, codes and the words for actions belong to their own rooms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from haddong_portal.common.rights import all_acts

ObjectKey = tuple[str, str]
"""(object_type, object_id) as the rows carry them."""


def _nobody(text: str) -> list[int]:
    return []


def _nothing(text: str) -> list[ObjectKey]:
    return []


def _unnamed(ids: Iterable[int]) -> dict[int, str]:
    return {}


@dataclass
class Finders:
    """Ports. `accounts` and `people` turn what an inspector types into ids (people by blind index: whole numbers
    only); `objects` turns a code into the rows' keys; `unit_names` gives names for unit ids."""

    accounts: Callable[[str], list[int]] = _nobody
    people: Callable[[str], list[int]] = _nobody
    objects: Callable[[str], list[ObjectKey]] = _nothing
    unit_names: Callable[[Iterable[int]], Mapping[int, str]] = _unnamed


finders = Finders()

_actions: dict[str, str] = {}


def register_actions(labels: Mapping[str, str]) -> None:
    """Vietnamese words for actions ("dossier.read": "Xem hồ sơ"); acts with a right have theirs from the rights."""
    _actions.update(labels)


def action_label(action: str) -> str:
    """The words for an action; its code where nobody gave any."""
    if action in _actions:
        return _actions[action]
    return all_acts().get(action, (action, frozenset()))[0]


def known_actions() -> list[tuple[str, str]]:
    """(code, words) of every action with words of its own, for the filter."""
    return sorted(_actions.items(), key=lambda item: item[1])
