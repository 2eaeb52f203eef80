"""Dossier codes and register lines: no gap, no duplicate, under load, across midnight and across the year's end."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import pytest

from dossiers.models import Dossier
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.codes import parse_dossier_code
from haddong_portal.common.errors import DomainError
from tests.dossiers.races.conftest import AtOnce
from tests.factories import PublishedProcedure, UnitFactory, citizen, make_actor, publish_procedure, receive

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
INTAKES, THREADS = 200, 16
SECOND = timedelta(seconds=1)
MIDNIGHT = datetime(2024, 3, 6, 0, 0, tzinfo=VIETNAM)
NEW_YEAR = datetime(2025, 1, 1, 0, 0, tzinfo=VIETNAM)


def serial(code: str) -> int:
    return int(code.rsplit("-", 1)[-1])


def day(code: str) -> str:
    return code.rsplit("-", 2)[-2]


def test_two_hundred_intakes_by_sixteen_clerks_leave_no_gap(
    at_once: AtOnce, ward: Unit, procedure: PublishedProcedure
) -> None:
    clerks = [make_actor(ward, Role.CLERK, f"Công chức {number}") for number in range(THREADS)]
    answers = at_once(
        [
            partial(receive, clerks[at % THREADS], procedure, person=citizen("Trần Văn Tú", at + 1))
            for at in range(INTAKES)
        ],
        threads=THREADS,
    )
    assert [answer for answer in answers if isinstance(answer, DomainError)] == []
    assert sorted(serial(answer.code) for answer in answers) == list(range(1, INTAKES + 1))
    lines = Dossier.objects.order_by("line_no").values_list("line_no", flat=True)
    assert list(lines) == list(range(1, INTAKES + 1))
    assert {parse_dossier_code(answer.code) is not None for answer in answers} == {True}


def test_two_units_count_for_themselves(at_once: AtOnce, ward: Unit, desk_clerk_lan: Actor) -> None:
    other_ward = UnitFactory(ward=True, desk=True)
    clerks = [(desk_clerk_lan, publish_procedure(at=ward))]
    clerks.append((make_actor(other_ward, Role.CLERK, "Vũ Thị Nga"), publish_procedure(at=other_ward)))
    calls = [
        partial(receive, clerk, published, person=citizen("Trần Văn Tú", number))
        for number in range(1, 6)
        for clerk, published in clerks
    ]
    answers = at_once(calls, threads=4)
    for unit in (0, 1):
        assert sorted(serial(answer.code) for answer in answers[unit::2]) == [1, 2, 3, 4, 5]


def test_a_refused_intake_takes_no_number(
    at_once: AtOnce, desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    calls = [
        partial(receive, desk_clerk_lan, procedure, person=citizen("Trần Văn Tú", number), **without)
        for number in range(1, 5)
        for without in ({}, {"checklist": ()})
    ]
    answers = at_once(calls, threads=4)
    assert sorted(serial(answer.code) for answer in answers if not isinstance(answer, DomainError)) == [1, 2, 3, 4]


def test_midnight_starts_a_new_day_while_yesterday_goes_on(
    at_once: AtOnce, desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    moments = [MIDNIGHT - SECOND, MIDNIGHT, MIDNIGHT - 2 * SECOND, MIDNIGHT + SECOND]
    answers = at_once(
        [
            partial(receive, desk_clerk_lan, procedure, now=moment, person=citizen("Trần Văn Tú", number))
            for number, moment in enumerate(moments * 3, start=1)
        ],
        threads=4,
    )
    of_day = {label: [serial(one.code) for one in answers if day(one.code) == label] for label in ("240305", "240306")}
    assert {label: sorted(found) for label, found in of_day.items()} == {
        "240305": [1, 2, 3, 4, 5, 6],
        "240306": [1, 2, 3, 4, 5, 6],
    }
    lines = Dossier.objects.order_by("line_no").values_list("book_no", "line_no")
    assert list(lines) == [("01/2024", line) for line in range(1, 13)]


def test_the_day_is_vietnams_not_the_servers(desk_clerk_lan: Actor, procedure: PublishedProcedure) -> None:
    """The last second of 5 March in Hanoi is 16:59:59 of the same day in UTC, and a second later it is the 6th."""
    before = receive(desk_clerk_lan, procedure, now=MIDNIGHT - SECOND)
    after = receive(desk_clerk_lan, procedure, now=MIDNIGHT, person=citizen("Lê Thị Bé", 2))
    assert [(day(one.code), serial(one.code)) for one in (before, after)] == [("240305", 1), ("240306", 1)]


def test_the_register_starts_again_with_the_year(
    at_once: AtOnce, desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    moments = [NEW_YEAR - SECOND, NEW_YEAR]
    at_once(
        [
            partial(receive, desk_clerk_lan, procedure, now=moment, person=citizen("Trần Văn Tú", number))
            for number, moment in enumerate(moments * 3, start=1)
        ],
        threads=2,
    )
    lines = Dossier.objects.order_by("book_no", "line_no").values_list("book_no", "line_no")
    assert list(lines) == [(book, line) for book in ("01/2024", "01/2025") for line in (1, 2, 3)]
