"""Laws of due dates that hold for every limit and moment, tried by hypothesis."""

from __future__ import annotations

import re
from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from dossiers.rules.due_date import compute_due
from dossiers.rules.due_lines import LineCode
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.limits import LimitUnit, TimeLimit
from haddong_portal.common.worktime import shipped_calendar

CALENDAR = shipped_calendar()
FIRST, LAST = datetime(2023, 1, 1), datetime(2026, 12, 31)  # noqa: DTZ001 - hypothesis adds the zone itself
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(VIETNAM))
UNITS = {
    LimitUnit.WORKING_DAY: 120,
    LimitUnit.WORKING_HOUR: 400,
    LimitUnit.CALENDAR_DAY: 200,
    LimitUnit.CALENDAR_MONTH: 24,
}
LIMITS = st.one_of(
    *(st.builds(TimeLimit, st.integers(1, most), st.just(unit)) for unit, most in UNITS.items()),
    st.builds(TimeLimit, st.sampled_from(["0.25", "0.5", "1.5", "2.75"]), st.just(LimitUnit.WORKING_DAY)),
    st.booleans().map(lambda rolls: TimeLimit.same_day(rolls_after_15=rolls)),
)
DATE = re.compile(r"\d{2}/\d{2}/\d{4}")


@given(LIMITS, MOMENTS, st.booleans())
def test_a_due_date_is_a_working_moment_not_before_acceptance(limit, accepted_at, linked) -> None:
    due = compute_due(limit=limit, accepted_at=accepted_at, calendar=CALENDAR, after_cutoff_counts_next_day=linked)
    assert CALENDAR.is_working_moment(due.due_at)
    assert CALENDAR.is_working_moment(due.deemed_accepted_at)
    assert accepted_at <= due.deemed_accepted_at <= due.due_at
    assert due.deemed_accepted_at.date() <= due.counted_from_on <= due.due_at.date()


@given(LIMITS, MOMENTS)
def test_the_explanation_adds_up_to_the_date(limit, accepted_at) -> None:
    due = compute_due(limit=limit, accepted_at=accepted_at, calendar=CALENDAR)
    last = due.explanation[-1]
    assert last.code == LineCode.DUE
    assert last.on == due.due_at.date()
    assert DATE.findall(last.text) == [due.due_at.strftime("%d/%m/%Y")]
    assert due.due_at.strftime("%H:%M") in last.text
    counted = [line for line in due.explanation if line.code in {LineCode.COUNTED, LineCode.ROLLED}]
    if counted:
        assert counted[-1].on == due.due_at.date()
        assert [line.on for line in counted] == sorted(line.on for line in counted)


@given(st.integers(1, 120), MOMENTS)
def test_the_last_number_told_is_the_limit(amount, accepted_at) -> None:
    limit = TimeLimit(amount, LimitUnit.WORKING_DAY)
    due = compute_due(limit=limit, accepted_at=accepted_at, calendar=CALENDAR)
    counted = [line.text for line in due.explanation if line.code == LineCode.COUNTED]
    numbers = [[int(found) for found in re.findall(r"ngày (\d+)", text.split(":")[0].lower())] for text in counted]
    assert numbers[0][0] == 1
    assert numbers[-1][-1] == amount
    for before, after in zip(numbers, numbers[1:], strict=False):
        assert after[0] == before[-1] + 1


@given(st.sampled_from(list(UNITS)), st.integers(1, 60), st.integers(0, 60), MOMENTS)
def test_a_longer_limit_is_never_due_earlier(unit, amount, more, accepted_at) -> None:
    most = UNITS[unit]
    short, long = TimeLimit(min(amount, most), unit), TimeLimit(min(amount + more, most), unit)

    def due_at(limit: TimeLimit) -> datetime:
        return compute_due(limit=limit, accepted_at=accepted_at, calendar=CALENDAR).due_at

    assert due_at(short) <= due_at(long)


@given(MOMENTS)
def test_parts_of_a_day_lie_between_whole_days(accepted_at) -> None:
    amounts = ["0.25", "0.5", "0.75", "1", "1.25", "1.5", "1.75", "2"]
    moments = [
        compute_due(limit=TimeLimit(each, LimitUnit.WORKING_DAY), accepted_at=accepted_at, calendar=CALENDAR).due_at
        for each in amounts
    ]
    assert moments == sorted(moments)


@given(LIMITS, MOMENTS, MOMENTS)
def test_a_later_acceptance_is_never_due_earlier(limit, a, b) -> None:
    first, last = sorted((a, b))
    assert (
        compute_due(limit=limit, accepted_at=first, calendar=CALENDAR).due_at
        <= compute_due(limit=limit, accepted_at=last, calendar=CALENDAR).due_at
    )


@given(LIMITS, MOMENTS)
def test_the_linked_rule_never_shortens(limit, accepted_at) -> None:
    plain = compute_due(limit=limit, accepted_at=accepted_at, calendar=CALENDAR)
    linked = compute_due(limit=limit, accepted_at=accepted_at, calendar=CALENDAR, after_cutoff_counts_next_day=True)
    assert linked.due_at >= plain.due_at


@given(st.integers(1, 100), MOMENTS)
def test_working_days_are_counted_exactly(amount, accepted_at) -> None:
    limit = TimeLimit(amount, LimitUnit.WORKING_DAY)
    due = compute_due(limit=limit, accepted_at=accepted_at, calendar=CALENDAR)
    assert CALENDAR.working_days_between(due.deemed_accepted_at.date(), due.due_at.date()) == amount


@given(st.integers(1, 200), MOMENTS)
def test_calendar_days_end_on_their_day_or_the_next_working_one(amount, accepted_at) -> None:
    limit = TimeLimit(amount, LimitUnit.CALENDAR_DAY)
    due = compute_due(limit=limit, accepted_at=accepted_at, calendar=CALENDAR)
    last_on = date.fromordinal(due.deemed_accepted_at.toordinal() + amount)
    assert due.due_at.date() == CALENDAR.working_day_on_or_after(last_on)
