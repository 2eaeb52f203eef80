"""A leaver's work is shared out evenly among those who may do it, the urgent first, and nothing is lost."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.rules.lifecycle import stands_in
from dossiers.rules.sharing import share_out
from haddong_portal.accounts.constants import Role

ROLES = st.sampled_from([Role.CLERK, Role.OFFICER, Role.LEADER, Role.ONE_STOP_HEAD])
WORK = st.lists(ROLES, max_size=40).map(lambda roles: list(enumerate(map(str, roles))))
PEOPLE = st.dictionaries(st.integers(1, 9), st.frozensets(ROLES, min_size=1), min_size=1, max_size=6)


@given(WORK, PEOPLE)
def test_every_piece_goes_to_one_person_who_may_do_it_if_anybody_may(work, people) -> None:  # type: ignore[no-untyped-def]
    shared = share_out(work, people)
    assert set(shared) == {piece for piece, _ in work}
    for piece, role in work:
        able = {person for person, held in people.items() if any(stands_in(one, role) for one in held)}
        assert shared[piece] in (able or {next(iter(people))})


@given(st.integers(0, 40), st.integers(1, 6))
def test_among_equals_nobody_gets_two_more_than_another(count: int, people: int) -> None:
    work = [(piece, str(Role.OFFICER)) for piece in range(count)]
    shared = share_out(work, {person: frozenset({Role.OFFICER}) for person in range(people)})
    loads = Counter(shared.values())
    assert max(loads.values(), default=0) - min((loads[person] for person in range(people)), default=0) <= 1
    assert [shared[piece] for piece in range(min(count, people))] == list(range(min(count, people)))


def test_without_people_there_is_nothing_to_share() -> None:
    with pytest.raises(ValueError, match="nobody"):
        share_out([(1, "officer")], {})
