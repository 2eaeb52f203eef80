"""Words, waits, quiet hours and routes: the pure rules."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haddong_portal.common.clock import VIETNAM
from haddong_portal.notices.rules.backoff import LONGEST_WAIT, is_spent, wait_after
from haddong_portal.notices.rules.quiet import QuietWindow, read_window, sending_time
from haddong_portal.notices.rules.recipients import masked_recipient
from haddong_portal.notices.rules.route import DOUBTS_MAX, FAILURES_OPEN, Tried, is_failing, route
from haddong_portal.notices.rules.words import fill, placeholders, sms_length, sms_segments

NIGHT = QuietWindow(time(21), time(7))
FIRST = timedelta(seconds=30)


def at(hour: int, minute: int = 0, day: int = 15) -> datetime:
    return datetime(2024, 2, day, hour, minute, tzinfo=VIETNAM)


def test_only_plain_names_are_placeholders() -> None:
    assert fill("{code} {0} {code.x} {{code}}", {"code": "A"}) == "A {0} {code.x} {A}"
    assert placeholders("{code} và {link}") == {"code", "link"}


def test_an_unknown_placeholder_is_an_error() -> None:
    with pytest.raises(KeyError):
        fill("{nothing}", {})


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        *[("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3)],
        *[("ữ" * 70, 1), ("ữ" * 71, 2), ("ữ" * 134, 2), ("ữ" * 135, 3), ("", 1)],
        ("{" * 80, 1),  # an extended letter takes two places
        ("{" * 81, 2),
        ("😀" * 35, 1),  # two code units each
        ("😀" * 36, 2),
        ("`" * 71, 2),  # in ASCII, yet not in the alphabet of an SMS
    ],
)
def test_sms_segments(text: str, segments: int) -> None:
    assert sms_segments(text) == segments


@given(st.text(max_size=500))
def test_what_is_left_and_what_is_used_fill_whole_messages(text: str) -> None:
    length = sms_length(text)
    single, joined = (160, 153) if length.is_gsm else (70, 67)
    assert length.places + length.left == (single if length.segments == 1 else joined * length.segments)
    assert length.left >= 0


def test_waits_double_up_to_ten_minutes() -> None:
    assert [wait_after(n, first=FIRST) for n in (1, 2, 3)] == [timedelta(seconds=s) for s in (30, 60, 120)]
    assert wait_after(40, first=FIRST) == LONGEST_WAIT
    with pytest.raises(ValueError, match="attempts"):
        wait_after(0, first=FIRST)


def test_a_budget_ends_by_tries_or_by_time() -> None:
    budget = {"attempts_max": 5, "age_max": timedelta(hours=2)}
    assert not is_spent(attempts=4, age=timedelta(minutes=119), **budget)
    assert is_spent(attempts=5, age=timedelta(0), **budget)
    assert is_spent(attempts=1, age=timedelta(hours=2), **budget)


@pytest.mark.parametrize(
    ("asked", "sends"),
    [
        (at(20, 59), at(20, 59)),
        (at(21), at(7, day=16)),
        (at(23, 59), at(7, day=16)),
        (at(0, day=16), at(7, day=16)),
        (at(6, 59), at(7)),
        (at(7), at(7)),
        (datetime(2024, 12, 31, 22, tzinfo=VIETNAM), datetime(2025, 1, 1, 7, tzinfo=VIETNAM)),
    ],
)
def test_the_night_is_quiet(asked: datetime, sends: datetime) -> None:
    assert sending_time(asked, NIGHT) == sends
    assert sending_time(asked, None) == asked


minutes = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))


@given(starts=minutes, ends=minutes, after=st.timedeltas(timedelta(0), timedelta(days=800)))
def test_a_sending_time_is_never_quiet_never_earlier_and_within_a_day(
    starts: time, ends: time, after: timedelta
) -> None:
    window, asked = QuietWindow(starts, ends), at(0) + after
    sends = sending_time(asked, window)
    assert asked <= sends < asked + timedelta(days=1)
    assert sending_time(sends, window) == sends
    assert sends == asked or sends.time() == ends


def test_a_window_is_read_from_text() -> None:
    assert read_window("21:00-07:00") == NIGHT
    with pytest.raises(ValueError, match="đêm"):
        read_window("đêm")


names = st.lists(st.sampled_from(["a", "b", "c"]), unique=True, min_size=1)


def test_the_first_provider_is_asked_first_and_a_failure_makes_the_next_one_first() -> None:
    assert route(["a", "b"]) == ["a", "b"]
    assert route(["a", "b"], last="a") == ["b", "a"]
    assert route(["a", "b"], last="b") == ["a", "b"]
    assert route(["a"], last="a") == ["a"]


def test_a_message_that_may_have_arrived_stays_with_its_provider_for_a_while() -> None:
    assert route(["a", "b"], last="a", doubts=1) == ["a"]
    assert route(["a", "b"], last="a", doubts=DOUBTS_MAX) == ["b", "a"]


def test_who_refused_is_not_asked_again_and_who_is_down_is_asked_last() -> None:
    assert route(["a", "b"], last="a", refused={"a"}) == ["b"]
    assert route(["a", "b"], refused={"a", "b"}) == []
    assert route(["a", "b", "c"], failing={"a"}) == ["b", "c", "a"]


@given(names=names, last=st.sampled_from(["", "a", "b", "c"]), doubts=st.integers(0, 5), data=st.data())
def test_a_route_asks_everybody_who_has_not_refused_once(
    names: list[str], last: str, doubts: int, data: st.DataObject
) -> None:
    refused = data.draw(st.sets(st.sampled_from(names)))
    found = route(names, last=last, doubts=doubts, refused=refused, failing=data.draw(st.sets(st.sampled_from(names))))
    held = 0 < doubts < DOUBTS_MAX and last in set(names) - refused
    assert sorted(found) == ([last] if held else sorted(set(names) - refused))


def test_a_provider_is_down_after_failures_in_a_row_that_are_fresh() -> None:
    now = at(9)
    failures = [Tried(now - timedelta(seconds=n), failed=True) for n in range(FAILURES_OPEN)]
    assert is_failing(failures, now)
    assert not is_failing(failures[1:], now)
    assert not is_failing([Tried(now, failed=False), *failures], now)
    assert not is_failing(failures, now + timedelta(minutes=2))


def test_a_recipient_is_recognised_not_given_away() -> None:
    assert masked_recipient("sms", "0912345678") == "091••••678"
    assert masked_recipient("email", "tu.tran@example.vn") == "t••••@example.vn"
    assert masked_recipient("email", "not an address") == "••••"
    assert masked_recipient("portal", "") == ""
