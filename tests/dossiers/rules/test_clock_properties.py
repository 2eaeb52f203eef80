"""Laws of the clock that hold for every limit, acceptance and set of stops, tried by hypothesis."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dossiers.rules.clock import ClockReading, legal_due_at
from dossiers.rules.clock_policy import ClockPolicy
from dossiers.rules.due_lines import LineCode
from dossiers.rules.elapsed import elapsed_excl_pauses
from dossiers.rules.intervals import Interval, IntervalKind
from dossiers.rules.shipped_rulesets import shipped_policy
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.limits import LimitUnit, TimeLimit
from haddong_portal.common.worktime import shipped_calendar

CALENDAR = shipped_calendar()
R4 = shipped_policy("R4")
FIRST = datetime(2024, 1, 2, 8, tzinfo=VIETNAM)
MINUTES = st.integers(0, 60 * 24 * 300)
MOMENTS = MINUTES.map(lambda minutes: FIRST + timedelta(minutes=minutes))
UNITS = {
    LimitUnit.WORKING_DAY: 60,
    LimitUnit.WORKING_HOUR: 300,
    LimitUnit.CALENDAR_DAY: 120,
    LimitUnit.CALENDAR_MONTH: 6,
}
LIMITS = st.one_of(
    *(st.builds(TimeLimit, st.integers(1, most), st.just(unit)) for unit, most in UNITS.items()),
    st.booleans().map(lambda rolls: TimeLimit.same_day(rolls_after_15=rolls)),
)
HOURS = st.integers(1, 300).map(lambda amount: TimeLimit(amount, LimitUnit.WORKING_HOUR))
PAUSING = (IntervalKind.PAYMENT, IntervalKind.OUTAGE, IntervalKind.CONFIRMATION, IntervalKind.WITHDRAWAL)


@st.composite
def intervals(
    draw: st.DrawFn, kinds: tuple[IntervalKind, ...] = tuple(IntervalKind), *, most: int = 5
) -> list[Interval]:
    bounds = draw(st.lists(st.tuples(MOMENTS, st.integers(0, 60 * 24 * 30), st.sampled_from(kinds)), max_size=most))
    return [Interval(kind, start, start + timedelta(minutes=length)) for start, length, kind in bounds]


def read(limit: TimeLimit, accepted_at: datetime, stops: list[Interval], policy: ClockPolicy = R4) -> ClockReading:
    return legal_due_at(
        limit=limit, accepted_at=accepted_at, intervals=stops, calendar=CALENDAR, policy=policy, payment_pauses=True
    )


@given(LIMITS, MOMENTS, intervals())
def test_a_due_date_is_a_working_moment_after_the_last_completed_supplement(limit, accepted_at, stops) -> None:
    found = read(limit, accepted_at, stops)
    assert found.is_running
    assert CALENDAR.is_working_moment(found.due_at)
    ends = [each.ended_at for each in stops if each.kind == IntervalKind.SUPPLEMENT and each.ended_at > accepted_at]
    assert found.due_at >= found.deemed_accepted_at >= max([accepted_at, *ends])


@given(LIMITS, MOMENTS, MOMENTS, intervals())
def test_a_later_acceptance_is_never_due_earlier(limit, a, b, stops) -> None:
    first, last = sorted((a, b))
    assert read(limit, first, stops).due_at <= read(limit, last, stops).due_at


@given(LIMITS, MOMENTS, intervals(), st.randoms())
def test_the_order_of_the_stops_never_matters(limit, accepted_at, stops, random) -> None:
    shuffled = list(stops)
    random.shuffle(shuffled)
    assert read(limit, accepted_at, shuffled) == read(limit, accepted_at, stops)


@given(LIMITS, MOMENTS, intervals(), st.data())
def test_a_stop_told_twice_or_in_two_parts_moves_nothing_more(limit, accepted_at, stops, data) -> None:
    expected = read(limit, accepted_at, stops).due_at
    assert read(limit, accepted_at, [*stops, *stops]).due_at == expected
    parts: list[Interval] = []
    for each in stops:
        if each.kind == IntervalKind.SUPPLEMENT:
            parts.append(each)
            continue
        length = int((each.ended_at - each.started_at).total_seconds()) // 60
        cut = each.started_at + timedelta(minutes=data.draw(st.integers(0, length)))
        parts += [Interval(each.kind, each.started_at, cut), Interval(each.kind, cut, each.ended_at)]
    assert read(limit, accepted_at, parts).due_at == expected


@given(HOURS, MOMENTS, intervals(PAUSING))
def test_office_time_outside_the_pauses_is_exactly_the_limit(limit, accepted_at, stops) -> None:
    found = read(limit, accepted_at, stops)
    paused = [Interval(IntervalKind.CONFIRMATION, each.started_at, each.ended_at) for each in stops]
    worked = elapsed_excl_pauses(
        accepted_at=found.deemed_accepted_at, ended_at=found.due_at, intervals=paused, calendar=CALENDAR, policy=R4
    )
    assert worked == limit.working_minutes


@given(st.one_of(HOURS, LIMITS), MOMENTS, intervals(PAUSING, most=4))
def test_one_more_pause_never_shortens(limit, accepted_at, stops) -> None:
    dates = [read(limit, accepted_at, stops[:count]).due_at for count in range(len(stops) + 1)]
    assert dates == sorted(dates)


@given(LIMITS, MOMENTS, intervals())
def test_the_explanation_adds_up_to_the_date(limit, accepted_at, stops) -> None:
    found = read(limit, accepted_at, stops)
    told = [line for line in found.explanation if line.code in {LineCode.COUNTED, LineCode.ROLLED, LineCode.CUTOFF}]
    last = found.explanation[-1]
    assert (last.code, last.on) == (LineCode.DUE, found.due_at.date())
    if limit.unit == LimitUnit.WORKING_HOUR:
        due_at = CALENDAR.add_working_minutes(found.deemed_accepted_at, limit.working_minutes or 0)
    else:
        due_at = CALENDAR.end_of_day(told[-1].on if told else found.deemed_accepted_at.date())
    for line in found.explanation:
        if line.code == LineCode.PAUSED and line.minutes:
            due_at = CALENDAR.add_working_minutes(due_at, line.minutes)
            assert line.on == due_at.date()
        elif line.code == LineCode.PAUSED and limit.unit == LimitUnit.SAME_DAY:
            due_at = CALENDAR.end_of_day(line.on)
    assert due_at == found.due_at


@given(LIMITS, MOMENTS, intervals(), MOMENTS)
def test_an_open_supplement_freezes_whatever_else_there_is(limit, accepted_at, stops, asked_at) -> None:
    found = read(limit, accepted_at, [*stops, Interval(IntervalKind.SUPPLEMENT, asked_at)])
    assert (found.is_running, found.running_due_at, found.frozen_since) == (False, None, asked_at)
    assert found.due_at == read(limit, accepted_at, stops).due_at
    assert found.explanation[-1].code == LineCode.FROZEN


@given(MOMENTS, MOMENTS, MOMENTS, intervals())
def test_elapsed_time_is_additive_order_free_and_never_negative(a, b, c, stops) -> None:
    first, middle, last = sorted((a, b, c))

    def elapsed(start: datetime, end: datetime, each: list[Interval]) -> int:
        return elapsed_excl_pauses(accepted_at=start, ended_at=end, intervals=each, calendar=CALENDAR, policy=R4)

    whole = elapsed(first, last, stops)
    assert 0 <= whole <= CALENDAR.working_minutes_between(first, last)
    assert elapsed(first, middle, stops) + elapsed(middle, last, stops) == whole
    assert elapsed(first, last, [*reversed(stops), *stops]) == whole


@given(LIMITS, MOMENTS, intervals())
def test_the_two_figures_are_apart(limit, accepted_at, stops) -> None:
    """Whatever restarts the legal clock, the statistics' minutes are those of the stops alone."""
    ended_at = read(limit, accepted_at, stops).due_at
    supplements = [each for each in stops if each.kind == IntervalKind.SUPPLEMENT]
    inside = {
        minute
        for each in supplements
        for minute in range(
            CALENDAR.working_minutes_between(accepted_at, max(each.started_at, accepted_at)),
            CALENDAR.working_minutes_between(accepted_at, max(min(each.ended_at, ended_at), accepted_at)),
        )
    }
    found = elapsed_excl_pauses(
        accepted_at=accepted_at, ended_at=ended_at, intervals=supplements, calendar=CALENDAR, policy=R4
    )
    assert found == CALENDAR.working_minutes_between(accepted_at, ended_at) - len(inside)


def test_working_days_of_the_years() -> None:
    ends = [datetime.combine(datetime(year, 12, 31, tzinfo=VIETNAM), time()).date() for year in range(2022, 2027)]
    totals = [CALENDAR.working_days_between(a, b) for a, b in zip(ends, ends[1:], strict=False)]
    assert totals == [249, 251, 250, 249]
