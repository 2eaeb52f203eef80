"""Filters under a name: one's own to change, the unit's to use."""

from __future__ import annotations

import pytest

from dossiers.models import SavedFilter
from dossiers.selectors.saved_filters import people_of_unit, procedures_in_hand, saved_filters
from dossiers.services.save_filter import FILTERS_MAX, delete_filter, save_filter
from haddong_portal.common.actors import PUBLIC_ACTOR, Actor
from haddong_portal.common.errors import DomainError, NotAllowed, NotFound
from tests.factories import MORNING, PublishedProcedure, receive

pytestmark = pytest.mark.django_db
LATE = "pham-vi=don-vi&loc=qua-han"


def save(actor: Actor, name: str = "Quá hạn", query: str = LATE, **wishes: bool) -> SavedFilter:
    return save_filter(actor=actor, name=name, query=query, now=MORNING, **wishes)


def test_a_filter_is_kept_as_it_is_read_and_replaced_by_name(officer_minh: Actor) -> None:
    first = save(officer_minh, "  Quá  hạn ", "loc=qua-han&la=1&sau=x")
    assert (first.name, first.query) == ("Quá hạn", LATE)
    again = save(officer_minh, query="loc=cho-nhan")
    assert again.pk == first.pk and again.query == "pham-vi=don-vi&loc=cho-nhan"


def test_only_what_is_shared_reaches_the_unit(officer_minh: Actor, desk_clerk_lan: Actor, stranger_nga: Actor) -> None:
    save(officer_minh, "Riêng")
    save(officer_minh, "Chung", share=True)
    save(desk_clerk_lan, "Xem trước")
    lines = saved_filters(desk_clerk_lan)
    assert [(line.name, line.is_mine) for line in lines] == [("Xem trước", True), ("Chung", False)]
    assert lines[1].owner_name == officer_minh.name
    assert saved_filters(stranger_nga) == []


def test_one_filter_opens_first_and_only_for_its_owner(officer_minh: Actor, desk_clerk_lan: Actor) -> None:
    save(officer_minh, "Một", opens_first=True)
    save(officer_minh, "Hai", opens_first=True, share=True)
    assert {line.name: line.opens_first for line in saved_filters(officer_minh)} == {"Một": False, "Hai": True}
    assert [line.opens_first for line in saved_filters(desk_clerk_lan)] == [False]


def test_only_the_owner_deletes(officer_minh: Actor, desk_clerk_lan: Actor) -> None:
    shared = save(officer_minh, share=True)
    with pytest.raises(NotFound):
        delete_filter(actor=desk_clerk_lan, filter_id=shared.pk)
    delete_filter(actor=officer_minh, filter_id=shared.pk)
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize(
    ("name", "query", "code"),
    [
        ("   ", LATE, "filter.name_missing"),
        ("a" * 61, LATE, "filter.name_long"),
        ("Dài", "q=" + "%E1%BB%99" * 40 + "&thu-tuc=" + "%E1%BB%99" * 20, "filter.query_long"),
    ],
)
def test_a_bad_one_is_refused(officer_minh: Actor, name: str, query: str, code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        save(officer_minh, name, query)
    assert refusal.value.code == code


def test_a_person_keeps_so_many_and_may_still_replace(officer_minh: Actor) -> None:
    for number in range(FILTERS_MAX):
        save(officer_minh, f"Bộ lọc {number}")
    with pytest.raises(DomainError) as refusal:
        save(officer_minh, "Một nữa")
    assert refusal.value.code == "filter.too_many"
    assert save(officer_minh, "Bộ lọc 3", "loc=cho-nhan")


def test_the_public_keeps_none(officer_minh: Actor) -> None:
    with pytest.raises(NotAllowed):
        save(PUBLIC_ACTOR)
    with pytest.raises(NotAllowed):
        delete_filter(actor=PUBLIC_ACTOR, filter_id=1)


def test_what_can_be_chosen_is_the_units_own(
    desk_clerk_lan: Actor, officer_minh: Actor, stranger_nga: Actor, procedure: PublishedProcedure
) -> None:
    receive(desk_clerk_lan, procedure)
    assert procedures_in_hand(officer_minh) == [(procedure.procedure.national_code, procedure.version.name)]
    assert procedures_in_hand(stranger_nga) == []
    assert {name for _, name in people_of_unit(officer_minh)} == {desk_clerk_lan.name, officer_minh.name}
