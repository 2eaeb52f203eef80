"""Two clerks at two counters of one desk guide the same person, or one form is sent twice at once."""

from __future__ import annotations

from functools import partial

import pytest

from dossiers.models import Slip
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from tests.dossiers.races.conftest import AtOnce
from tests.dossiers.services.test_counter_slips import guide, refuse
from tests.factories import MORNING, PublishedProcedure, citizen, make_actor, receive

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_of_two_clerks_who_guide_one_known_person_one_is_told(
    at_once: AtOnce, ward: Unit, desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    mai = make_actor(ward, Role.CLERK, "Hoàng Thị Mai")
    receive(desk_clerk_lan, procedure, now=MORNING)
    later = MORNING.replace(hour=10)
    answers = at_once([partial(guide, clerk, procedure, now=later) for clerk in (desk_clerk_lan, mai)])
    refused = [answer for answer in answers if isinstance(answer, DomainError)]
    assert [answer.code for answer in refused] == ["guidance.already_given"]
    assert Slip.objects.filter(dossier=None).count() == 1


def test_two_new_people_and_one_new_person_twice(
    at_once: AtOnce, desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    calls = [
        partial(guide, desk_clerk_lan, procedure, person=citizen("Lê Thị Bé", 5), key=f"k{number}")
        for number in range(2)
    ]
    answers = at_once(calls)
    codes = sorted(answer.code if isinstance(answer, DomainError) else "ok" for answer in answers)
    assert codes == ["guidance.already_given", "ok"]


def test_one_form_sent_four_times_at_once_is_one_slip(at_once: AtOnce, desk_clerk_lan: Actor) -> None:
    answers = at_once([partial(refuse, desk_clerk_lan, key="mot-khoa")] * 4)
    assert len({answer.pk for answer in answers}) == 1
    assert Slip.objects.count() == 1


def test_books_have_no_gap_under_load(at_once: AtOnce, desk_clerk_lan: Actor) -> None:
    calls = [partial(refuse, desk_clerk_lan, person=citizen("Lê Thị Bé", number)) for number in range(1, 25)]
    numbers = [answer.number for answer in at_once(calls, threads=6)]
    assert sorted(numbers) == list(range(1, 25))
