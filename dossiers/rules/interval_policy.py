"""What a stop of each kind does to the legal limit and to the statistics, under a rule-set (domain.md §1.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dossiers.constants import IntervalKind

Values = Mapping[str, Mapping[str, object]]


class ClockRule(StrEnum):
    """What a stop does to the legal due date."""

    RESTART = "restart_from_zero"
    PAUSE = "pause"
    PAUSE_IF_SAID = "pause_if_procedure_says_so"
    RUN = "runs"


class StatisticsRule(StrEnum):
    """What a stop does to the elapsed time of the service index."""

    SUBTRACT = "subtract_interval"
    RUN = "runs"


@dataclass(frozen=True, slots=True)
class IntervalRule:
    """The two rules of one kind of stop, with the key of the clock's rule in docs/legal-sources.md."""

    clock: ClockRule
    statistics: StatisticsRule
    legal_key: str

    @property
    def changes_anything(self) -> bool:
        """Whether a stop of this kind is worth writing down: it moves the legal clock, or the statistics."""
        return self.clock != ClockRule.RUN or self.statistics == StatisticsRule.SUBTRACT

    @property
    def stands(self) -> bool:
        """Whether the legal clock stands during such a stop, whatever the procedure says."""
        return self.clock in (ClockRule.PAUSE, ClockRule.RESTART)

    def effect(self, *, procedure_says_so: bool) -> ClockRule:
        """RESTART, PAUSE or RUN; `procedure_says_so` settles PAUSE_IF_SAID."""
        if self.clock != ClockRule.PAUSE_IF_SAID:
            return self.clock
        return ClockRule.PAUSE if procedure_says_so else ClockRule.RUN


@dataclass(frozen=True, slots=True)
class IntervalPolicy:
    """One rule for each kind of stop; the defaults are those of R2."""

    supplement: IntervalRule = IntervalRule(ClockRule.RESTART, StatisticsRule.SUBTRACT, "ND61-2018-D19")
    payment: IntervalRule = IntervalRule(ClockRule.PAUSE_IF_SAID, StatisticsRule.RUN, "SECTOR-LAW")
    outage: IntervalRule = IntervalRule(ClockRule.RUN, StatisticsRule.RUN, "ND61-2018-D19")
    confirmation: IntervalRule = IntervalRule(ClockRule.PAUSE, StatisticsRule.SUBTRACT, "ND63-2024")
    withdrawal: IntervalRule = IntervalRule(ClockRule.PAUSE, StatisticsRule.RUN, "DESIGN")
    consultation: IntervalRule = IntervalRule(ClockRule.RUN, StatisticsRule.RUN, "ND61-2018-D19")
    verification: IntervalRule = IntervalRule(ClockRule.RUN, StatisticsRule.RUN, "ND61-2018-D19")

    def rule_of(self, kind: IntervalKind) -> IntervalRule:
        rules = {
            IntervalKind.SUPPLEMENT: self.supplement,
            IntervalKind.PAYMENT: self.payment,
            IntervalKind.OUTAGE: self.outage,
            IntervalKind.CONFIRMATION: self.confirmation,
            IntervalKind.WITHDRAWAL: self.withdrawal,
            IntervalKind.CONSULTATION: self.consultation,
            IntervalKind.VERIFICATION: self.verification,
        }
        return rules[kind]

    @classmethod
    def from_values(cls, values: Values) -> IntervalPolicy:
        """From a rule-set's values; what they do not name keeps its default, ValueError for an unknown word."""
        base = cls()
        return cls(
            supplement=_rule(values, "supplement", base.supplement),
            payment=_rule(values, "financial_duty", base.payment),
            outage=_rule(values, "system_outage", base.outage),
            confirmation=_rule(values, "confirmation", base.confirmation),
            withdrawal=_rule(values, "withdrawal", base.withdrawal),
            consultation=_rule(values, "consultation", base.consultation),
            verification=_rule(values, "verification", base.verification),
        )


def _rule(values: Values, name: str, default: IntervalRule) -> IntervalRule:
    clock = values.get(f"{name}_clock_policy", {})
    statistics = values.get(f"{name}_statistics_policy", {})
    return IntervalRule(
        clock=ClockRule(_word(clock, default.clock)),
        statistics=StatisticsRule(_word(statistics, default.statistics)),
        legal_key=str(clock.get("legal_key") or default.legal_key),
    )


def _word(entry: Mapping[str, object], default: str) -> str:
    """The stored word; "pauses" and "restart" are read as what they mean."""
    word = str(entry.get("value") or default)
    return {"pauses": ClockRule.PAUSE.value, "restart": ClockRule.RESTART.value}.get(word, word)
