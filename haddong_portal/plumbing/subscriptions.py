"""The register of who wants to hear of which events; apps below declare events, apps above subscribe in `ready()`.

A handler gets the event's id, runs in a transaction of its own, may run twice and must then change nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

Handler = Callable[[int], None]


@dataclass(frozen=True)
class Subscriber:
    """`name` is stored with each delivery, so it must outlive refactoring."""

    name: str
    source: str
    kinds: frozenset[str]
    handler: Handler


_subscribers: dict[str, Subscriber] = {}


def register_subscriber(*, name: str, source: str, kinds: Iterable[str], handler: Handler) -> None:
    """Hear of `kinds` of `source` ("dossier"). The same name for another handler is a programming error."""
    value = Subscriber(name, source, frozenset(str(kind) for kind in kinds), handler)
    if _subscribers.get(name, value) != value:
        raise ValueError(f"subscriber {name!r} registered twice")
    _subscribers[name] = value


def unregister_subscriber(name: str) -> None:
    """Forget a subscriber; for tests."""
    _subscribers.pop(name, None)


def subscribers_of(source: str, kind: str) -> list[Subscriber]:
    """Who hears of this kind of event, in the order of registration."""
    return [each for each in _subscribers.values() if each.source == source and kind in each.kinds]


def subscriber_named(name: str) -> Subscriber | None:
    """The subscriber of a stored delivery; None when no app of today has that name."""
    return _subscribers.get(name)
