"""The dossier's clock as drawn: stops in their order, flags, the promise on paper; rarer acts folded."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from dossiers.constants import Status
from dossiers.models import Dossier
from dossiers.selectors.dossier_clock import flags_of, other_promise, story_clock
from dossiers.selectors.story_lines import PauseLine
from haddong_portal.common.actors import Actor
from haddong_portal.common.worktime import shipped_calendar
from tests.dossiers.screens.conftest import OpenSession
from tests.factories import MORNING, PublishedProcedure, receive

DUE = MORNING + timedelta(days=2)
CALENDAR = shipped_calendar()


def dossier(**columns: object) -> Dossier:
    return Dossier(**{"status": Status.PROCESSING, "accepted_at": MORNING, "due_at": DUE, **columns})


def stop(start: datetime, end: datetime | None) -> PauseLine:
    return PauseLine("outage", "sự cố hệ thống", start, end, "")


def test_stops_are_drawn_between_running_stretches_and_fill_what_has_passed() -> None:
    pauses = [stop(MORNING + timedelta(hours=1), MORNING + timedelta(hours=2))]
    drawn = story_clock(dossier(), pauses, now=MORNING + timedelta(days=1), calendar=CALENDAR)
    segments = list(drawn.segments)
    assert [each.kind for each in segments] == ["run", "pause", "run"]
    assert all(
        one.start + one.width == pytest.approx(two.start) for one, two in zip(segments, segments[1:], strict=False)
    )
    assert segments[-1].start + segments[-1].width == pytest.approx(50.0)


def test_overlapping_stops_never_overlap_on_the_bar_and_late_work_stays_within_it() -> None:
    pauses = [stop(MORNING + timedelta(hours=1), MORNING + timedelta(days=1)), stop(MORNING, None)]
    segments = list(story_clock(dossier(), pauses, now=DUE + timedelta(days=1), calendar=CALENDAR).segments)
    assert [each.kind for each in segments] == ["pause"]
    assert sum(each.width for each in segments) == pytest.approx(100.0)


def test_a_standing_clock_says_since_when() -> None:
    told = story_clock(
        dossier(status=Status.WAIT_SUPPLEMENT, paused_at=MORNING), [], now=DUE + timedelta(days=1), calendar=CALENDAR
    )
    assert told.state == "paused"
    assert "05/03/2024" in told.text


@pytest.mark.parametrize(
    ("columns", "word"),
    [
        ({"status": Status.WAIT_SUPPLEMENT, "paused_at": MORNING}, "Chờ bổ sung"),
        ({"status": Status.WAIT_PAYMENT}, "Chờ nộp nghĩa vụ tài chính"),
        ({"is_reappointed": True}, "Đã hẹn lại"),
        ({"is_refused": True}, "Đã từ chối"),
        ({"unpaid_vnd": 8000}, "Chưa thu đủ"),
    ],
)
def test_each_flag_has_its_word_and_icon(columns: dict[str, object], word: str) -> None:
    flags = flags_of(dossier(**columns))
    assert [flag.word for flag in flags] == [word]
    assert flags[0].icon


@pytest.mark.parametrize(
    "columns", [{}, {"due_at": MORNING - timedelta(days=1)}, {"status": Status.VERIFYING, "paused_at": MORNING}]
)
def test_what_the_clock_tells_is_no_flag(columns: dict[str, object]) -> None:
    assert flags_of(dossier(**columns)) == []


def test_the_promise_on_paper_is_told_only_when_it_differs() -> None:
    assert other_promise(dossier(printed_due_at=DUE)) == ""
    assert "07/03/2024" in other_promise(dossier(printed_due_at=DUE, due_at=DUE + timedelta(days=1)))
    assert "chờ cấp phiếu mới" in other_promise(dossier(recomputed_due_at=DUE))


@pytest.mark.django_db
def test_ways_aside_are_folded_below_what_carries_on(
    desk_clerk_lan: Actor, officer_minh: Actor, procedure: PublishedProcedure, open_session: OpenSession
) -> None:
    code = receive(desk_clerk_lan, procedure).code
    client = open_session(officer_minh)
    client.post(reverse("dossiers:take", args=[code]))
    answer = client.get(reverse("dossiers:dossier", args=[code]))
    page = answer.content.decode()
    assert page.index(reverse("dossiers:finish-step", args=[code])) < page.index("Việc khác")
    assert page.index("Việc khác") < page.index(reverse("dossiers:act-form", args=[code, "forward_dossier"]))
    assert not answer.context["rare_open"]


@pytest.mark.django_db
def test_a_refused_rare_act_comes_back_open(
    desk_clerk_lan: Actor, officer_minh: Actor, procedure: PublishedProcedure, open_session: OpenSession
) -> None:
    code = receive(desk_clerk_lan, procedure).code
    client = open_session(officer_minh)
    client.post(reverse("dossiers:take", args=[code]))
    answer = client.post(reverse("dossiers:forward", args=[code]), {})
    assert answer.status_code == 422
    assert answer.context["rare_open"]
