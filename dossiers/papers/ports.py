"""What papers asks of the apps above it: they register in AppConfig.ready, papers imports none of them.

A reference is text of an upper app, "dossier:000.99.01.H26-240207-0001": the prefix says whose.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dossiers.papers.constants import OwnerRef
from haddong_portal.common.actors import Actor


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """A thing that the actor may see and act on, and whose papers it is about (the applicant, whom they represent)."""

    owners: frozenset[OwnerRef] = frozenset()


ReferenceReader = Callable[[Actor, str], ReferenceView | None]
"""(actor, the text behind the prefix) → what the actor may see of it; None when it is not there or not theirs."""

_readers: dict[str, ReferenceReader] = {}


def register_reference_reader(prefix: str, reader: ReferenceReader) -> None:
    """`prefix` without its colon ("dossier"); a later registration replaces the earlier."""
    _readers[prefix] = reader


def unregister_reference_reader(prefix: str) -> None:
    """Forget a reader; for tests."""
    _readers.pop(prefix, None)


def read_reference(actor: Actor, reference: str) -> ReferenceView | None:
    """What the app of this reference lets the actor see; None for a reference that nobody knows."""
    prefix, _, rest = reference.partition(":")
    reader = _readers.get(prefix)
    return reader(actor, rest) if reader and rest else None
