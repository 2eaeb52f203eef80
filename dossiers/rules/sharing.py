"""Sharing a leaver's work out: evenly, in the order given, each piece to somebody who may do it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dossiers.rules.lifecycle import stands_in


def share_out(work: Sequence[tuple[int, str]], people: Mapping[int, frozenset[str]]) -> dict[int, int]:
    """Piece → person. `work` are pieces with the role they wait for, most urgent first; `people` the roles each holds.

    Whoever has least so far gets the next, of several the first named. What nobody may do goes to the first person
    named: the act then refuses it and says why. Raises ValueError without people.
    """
    if not people:
        raise ValueError("nobody to share work out to")
    load = dict.fromkeys(people, 0)
    shared = {}
    for piece, role in work:
        able = [person for person, roles in people.items() if any(stands_in(held, role) for held in roles)]
        chosen = min(able, key=lambda person: load[person]) if able else next(iter(people))
        load[chosen] += bool(able)
        shared[piece] = chosen
    return shared
