"""Stops of the clock sorted by what they do under a rule-set: start anew, pause, or count on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from dossiers.rules.due_changes import PauseInterval, merge_pauses
from dossiers.rules.due_lines import ExplanationLine
from dossiers.rules.interval_policy import ClockRule, IntervalPolicy
from dossiers.rules.intervals import Interval, in_time_order


@dataclass(frozen=True, slots=True)
class Stops:
    """Stops in order of time, by effect under `policy`."""

    policy: IntervalPolicy
    restarting: tuple[Interval, ...]
    pausing: tuple[Interval, ...]
    running: tuple[Interval, ...]

    def restarts_after(self, accepted_at: datetime) -> list[Interval]:
        """Completed stops that started the limit anew after acceptance, by completion."""
        done = [each for each in self.restarting if each.ended_at is not None and each.ended_at > accepted_at]
        return sorted(done, key=lambda each: (each.ended_at, each.started_at))

    def pauses(self) -> list[PauseInterval]:
        """Finished pauses, overlapping ones joined."""
        return merge_pauses(
            PauseInterval(each.started_at, each.ended_at) for each in self.pausing if each.ended_at is not None
        )

    def during(self, pause: PauseInterval) -> list[Interval]:
        """The finished stops that a joined pause is made of."""
        return [
            each
            for each in self.pausing
            if each.ended_at is not None and each.started_at < pause.ended_at and each.ended_at > pause.started_at
        ]

    def with_keys(self, pauses: list[PauseInterval], lines: list[ExplanationLine]) -> tuple[ExplanationLine, ...]:
        """Each pause's line with the legal key of its first stop."""
        keys = [self.policy.rule_of(self.during(pause)[0].kind).legal_key for pause in pauses]
        return tuple(replace(line, legal_key=key) for line, key in zip(lines, keys, strict=True))

    def freezing(self, due_at: datetime) -> list[Interval]:
        """Open stops for which the clock stands now; a pause begun after the due date revives nothing."""
        opened = [each for each in self.restarting if each.is_open]
        opened += [each for each in self.pausing if each.is_open and each.started_at < due_at]
        return in_time_order(opened)


def sort_stops(intervals: Iterable[Interval], policy: IntervalPolicy, *, payment_pauses: bool) -> Stops:
    """Each stop under its rule; `payment_pauses` is what the procedure says of stops that do not say it themselves."""
    sorted_by: dict[ClockRule, list[Interval]] = {rule: [] for rule in ClockRule}
    for interval in in_time_order(intervals):
        said = payment_pauses if interval.said_to_pause is None else interval.said_to_pause
        effect = policy.rule_of(interval.kind).effect(procedure_says_so=said)
        sorted_by[effect].append(interval)
    return Stops(
        policy, tuple(sorted_by[ClockRule.RESTART]), tuple(sorted_by[ClockRule.PAUSE]), tuple(sorted_by[ClockRule.RUN])
    )
