"""From when a dossier counts as received (domain.md §4.1 rules 3–5, 7, 8).

The clock starts when the dossier is complete and received, in office hours: before opening it is
deemed received at opening, on a day off or in a Saturday reception at the next working day's opening.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from dossiers.rules.act_policy import HandoverWithin
from dossiers.rules.clock_policy import ClockPolicy
from dossiers.rules.due_lines import ExplanationLine, LineCode, accepted_line
from haddong_portal.common.clock import local
from haddong_portal.common.dates import day_month, moment_text
from haddong_portal.common.worktime import WorkCalendar


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The moment counting rests on, always in office hours, and how it came about."""

    received_at: datetime
    deemed_at: datetime
    lines: tuple[ExplanationLine, ...]

    @property
    def is_moved_to_later_day(self) -> bool:
        return self.deemed_at.date() > self.received_at.date()


def deem_accepted(accepted_at: datetime, calendar: WorkCalendar) -> Acceptance:
    """When a dossier received at `accepted_at` counts as received."""
    received_at = local(accepted_at)
    deemed_at = calendar.next_working_moment(received_at)
    lines = [accepted_line(received_at)]
    if deemed_at != received_at:
        text = f"{_why_moved(received_at, calendar)} nên tính là tiếp nhận lúc {moment_text(deemed_at)}."
        lines.append(ExplanationLine(LineCode.DEEMED, text, deemed_at.date()))
    return Acceptance(received_at, deemed_at, tuple(lines))


def start_linked_group(accepted_at: datetime, calendar: WorkCalendar, policy: ClockPolicy) -> Acceptance:
    """The same for a linked group: received after its cut-off, it counts from the next working day's opening."""
    acceptance = deem_accepted(accepted_at, calendar)
    if acceptance.is_moved_to_later_day or not is_after(acceptance.received_at, policy.linked_group_cutoff):
        return acceptance
    deemed_at = next_opening(acceptance.received_at, calendar)
    text = f"Tiếp nhận sau {_clock(policy.linked_group_cutoff)} nên thời hạn tính từ {moment_text(deemed_at)}."
    line = ExplanationLine(LineCode.CUTOFF, text, deemed_at.date(), policy.linked_group_legal_key)
    return Acceptance(acceptance.received_at, deemed_at, (acceptance.lines[0], line))


def step_start(handed_over_at: datetime, calendar: WorkCalendar, policy: ClockPolicy) -> datetime:
    """When a step's own clock starts: at hand-over, after the cut-off at the next working day's opening, and always
    then where the rule-set gives the desk until the next day.

    NĐ 61/2018 art. 18: this moves the step, not the legal limit of the dossier.
    """
    moment = calendar.next_working_moment(handed_over_at)
    if policy.acts.handover_within == HandoverWithin.NEXT_DAY:
        return next_opening(local(handed_over_at), calendar)
    if moment.date() == local(handed_over_at).date() and is_after(moment, policy.transfer_cutoff):
        return next_opening(moment, calendar)
    return moment


def is_after(moment: datetime, cutoff: time | None) -> bool:
    """Strictly later in the day than the cut-off; never when there is none."""
    return cutoff is not None and moment.time() > cutoff


def next_opening(moment: datetime, calendar: WorkCalendar) -> datetime:
    """The opening of office hours on the next working day."""
    return calendar.start_of_day(calendar.next_working_day(moment.date()))


def _clock(cutoff: time | None) -> str:
    return f"{cutoff:%H:%M}" if cutoff else ""


def _why_moved(received_at: datetime, calendar: WorkCalendar) -> str:
    on = received_at.date()
    if calendar.is_reception_moment(received_at):
        return "Buổi tiếp nhận cuối tuần không phải giờ làm việc"
    if calendar.is_working_day(on):
        return "Tiếp nhận ngoài giờ làm việc"
    return f"Ngày {day_month(on)} {calendar.entry(on).reason}"
