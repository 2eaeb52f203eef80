"""What changed from one issue of a process to the next: steps matched by what they are called, field by field. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from os.path import commonprefix

from procedures.rules.process_path import PathStep

# Two step names this alike are the same step, reworded.
ALIKE = 0.6
# … or that begin alike for this share of the shorter name.
BEGINS_ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One fact before and after, in words for people."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class StepChange:
    """A step of either issue: `before` None = added, `after` None = removed, no changes = the same."""

    before: PathStep | None
    after: PathStep | None
    changes: tuple[FieldChange, ...] = ()

    @property
    def kind(self) -> str:
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "changed" if self.changes else "same"


Told = Mapping[int, Mapping[str, str]]


def compare_steps(before: Sequence[PathStep], after: Sequence[PathStep], told: tuple[Told, Told]) -> list[StepChange]:
    """The steps of both issues in the order of the later one; `told` gives each step's facts in words, by number."""
    old, new = list(before), list(after)
    matcher = SequenceMatcher(None, [step.name for step in old], [step.name for step in new], autojunk=False)
    found: list[StepChange] = []
    for _tag, i1, i2, j1, j2 in matcher.get_opcodes():
        found += [_change(one, two, told) for one, two in _paired(old[i1:i2], new[j1:j2])]
    return found


def compare_facts(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[FieldChange, ...]:
    """Facts whose words differ, under the labels of the later issue."""
    labels = dict.fromkeys([*after, *before])
    pairs = ((label, before.get(label, ""), after.get(label, "")) for label in labels)
    return tuple(FieldChange(label, one, two) for label, one, two in pairs if one != two)


def _paired(old: list[PathStep], new: list[PathStep]) -> Iterator[tuple[PathStep | None, PathStep | None]]:
    """Pairs within a stretch that differs: alike names in order, the rest removed or added."""
    waiting = list(old)
    for step in new:
        at = next((at for at, other in enumerate(waiting) if _alike(other, step)), None)
        if at is None:
            yield None, step
            continue
        for gone in waiting[:at]:
            yield gone, None
        yield waiting[at], step
        waiting = waiting[at + 1 :]
    for gone in waiting:
        yield gone, None


def _alike(one: PathStep, two: PathStep) -> bool:
    """The same kind of work under much the same words, or words that begin alike."""
    if one.action != two.action:
        return False
    short, long = sorted((one.name, two.name), key=len)
    begins = len(commonprefix([short, long])) >= BEGINS_ALIKE * len(short)
    return begins or SequenceMatcher(None, short, long, autojunk=False).ratio() >= ALIKE


def _change(before: PathStep | None, after: PathStep | None, told: tuple[Told, Told]) -> StepChange:
    if before is None or after is None:
        return StepChange(before, after)
    return StepChange(before, after, compare_facts(told[0][before.sequence], told[1][after.sequence]))
