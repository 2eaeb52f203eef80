"""What an agency's replies make of a leg: a fold that comes to the same end in whatever order they arrive.

The winner is the final reply with the highest number of the agency, else the highest number of all; facts are kept one
by one, each from the highest number that told it. A reply to an earlier generation changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

STATE_OF: Mapping[str, str] = {
    "accepted": "acknowledged",
    "working": "working",
    "supplement": "supplement",
    "returned": "returned",
    "refused": "refused",
    "done": "done",
    "id_number": "working",
}
FINAL = frozenset({"returned", "refused", "done"})


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply as folded: `number` counts an agency's replies to one request from 1."""

    kind: str
    number: int
    generation: int = 1
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def rank(self) -> tuple[bool, int]:
        return self.kind in FINAL, self.number


@dataclass(frozen=True, slots=True)
class Standing:
    """What the replies have said so far. `facts`: key → (number that told it, value)."""

    generation: int = 1
    rank: tuple[bool, int] = (False, 0)
    kind: str = ""
    facts: Mapping[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """The leg's state, "" before the first reply."""
        return STATE_OF.get(self.kind, "")

    @property
    def values(self) -> dict[str, str]:
        return {key: value for key, (_, value) in self.facts.items()}


def fold(standing: Standing, reply: Reply) -> tuple[Standing, bool]:
    """The new standing, and whether the reply decides the state (False: it came late; its facts may still be new)."""
    if reply.generation != standing.generation:
        return standing, False
    facts = dict(standing.facts)
    for key, value in reply.facts.items():
        if value and (key not in facts or reply.number > facts[key][0]):
            facts[key] = (reply.number, value)
    standing = replace(standing, facts=facts)
    if reply.rank <= standing.rank:
        return standing, False
    return replace(standing, rank=reply.rank, kind=reply.kind), True


def fold_all(replies: Iterable[Reply], *, generation: int = 1) -> Standing:
    standing = Standing(generation)
    for reply in replies:
        standing, _ = fold(standing, reply)
    return standing
