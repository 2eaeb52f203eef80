"""Putting in, moving and taking out steps of a draft: numbers close up, and what names a step follows it.

Pure. Steps are numbered 1, 2, 3 … in table order; `starts_after`, `joins_before` and `returns_to` keep pointing at the
same steps, and forget one that is gone (the check then says what is missing).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from procedures.rules.process_path import LEAD, PathStep

NEW = 0  # the number of a step that has no place yet


def inserted(steps: Sequence[PathStep], new: PathStep, *, after: int | None) -> tuple[PathStep, ...]:
    """With `new` behind the step `after`; None = at the end, 0 = in front. What `new` names is in today's numbers."""
    table = sorted(steps, key=lambda step: step.sequence)
    at = len(table) if after is None else sum(1 for step in table if step.sequence <= after)
    return renumbered([*table[:at], replace(new, sequence=NEW), *table[at:]])


def moved(steps: Sequence[PathStep], sequence: int, *, by: int) -> tuple[PathStep, ...]:
    """With one step `by` places further down (up when negative), as far as the table goes."""
    table = sorted(steps, key=lambda step: step.sequence)
    here = next(at for at, step in enumerate(table) if step.sequence == sequence)
    step = table.pop(here)
    table.insert(min(max(here + by, 0), len(table)), step)
    return renumbered(table)


def removed(steps: Sequence[PathStep], sequence: int) -> tuple[PathStep, ...]:
    """Without one step."""
    table = sorted(steps, key=lambda step: step.sequence)
    return renumbered([step for step in table if step.sequence != sequence])


def renumbered(table: Sequence[PathStep]) -> tuple[PathStep, ...]:
    """The table's order as numbers from 1, with what the steps name brought along."""
    new_number = {step.sequence: at for at, step in enumerate(table, start=1) if step.sequence != NEW}
    return tuple(_followed(step, at, new_number) for at, step in enumerate(table, start=1))


def _followed(step: PathStep, at: int, new_number: dict[int, int]) -> PathStep:
    """The step at its new place; a join that has come to stand before the branch's start is forgotten."""
    on_branch = step.branch != LEAD
    starts = new_number.get(step.starts_after) if on_branch and step.starts_after else None
    joins = new_number.get(step.joins_before) if on_branch and step.joins_before else None
    if starts is not None and joins is not None and joins <= starts:
        joins = None
    returns = tuple(new_number[target] for target in step.returns_to if target in new_number)
    return replace(step, sequence=at, starts_after=starts, joins_before=joins, returns_to=returns)
