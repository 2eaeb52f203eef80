"""The step table while an editor works on it: numbers close up, references follow or are forgotten."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from procedures.constants import StepAction
from procedures.rules.process_edit import inserted, moved, removed, renumbered
from procedures.rules.process_path import PathStep


def step(sequence: int, **columns: object) -> PathStep:
    facts = {
        "name": f"Việc {sequence}",
        "action": StepAction.VERIFY,
        "role": "officer",
        "place": "handling",
        "minutes": 60,
    }
    return PathStep(sequence=sequence, **{**facts, **columns})  # type: ignore[arg-type]


TABLE = (
    step(1),
    step(2),
    step(3, branch=1, starts_after=2, joins_before=4),
    step(4, returns_to=(1, 2)),
    step(5, returns_to=(4,)),
)


def told(steps: tuple[PathStep, ...]) -> list[tuple[int, str, int | None, int | None, tuple[int, ...]]]:
    return [(one.sequence, one.name, one.starts_after, one.joins_before, one.returns_to) for one in steps]


def test_a_new_step_pushes_the_rest_down_and_references_follow() -> None:
    new = step(0, name="Mới", returns_to=(1,))
    assert told(inserted(TABLE, new, after=1)) == [
        (1, "Việc 1", None, None, ()),
        (2, "Mới", None, None, (1,)),
        (3, "Việc 2", None, None, ()),
        (4, "Việc 3", 3, 5, ()),
        (5, "Việc 4", None, None, (1, 3)),
        (6, "Việc 5", None, None, (5,)),
    ]


def test_a_new_branch_names_todays_numbers() -> None:
    new = step(0, name="Nhánh", branch=2, starts_after=2, joins_before=5)
    assert told(inserted(TABLE, new, after=2))[2] == (3, "Nhánh", 2, 6, ())


def test_a_new_step_goes_first_or_last() -> None:
    new = step(0, name="Mới")
    assert [one.name for one in inserted(TABLE, new, after=0)][0] == "Mới"
    assert [one.name for one in inserted(TABLE, new, after=None)][-1] == "Mới"


def test_a_step_that_is_gone_is_forgotten_by_the_others() -> None:
    assert told(removed(TABLE, 2)) == [
        (1, "Việc 1", None, None, ()),
        (2, "Việc 3", None, 3, ()),
        (3, "Việc 4", None, None, (1,)),
        (4, "Việc 5", None, None, (3,)),
    ]


def test_a_step_moves_one_place_and_stops_at_the_ends() -> None:
    assert [one.name[-1] for one in moved(TABLE, 5, by=-1)] == ["1", "2", "3", "5", "4"]
    assert moved(TABLE, 1, by=-1) == TABLE
    assert moved(TABLE, 5, by=1) == TABLE


def test_a_join_that_comes_to_stand_before_its_start_is_forgotten() -> None:
    assert told(moved(TABLE, 4, by=-2))[3] == (4, "Việc 3", 3, None, ())


def test_a_branch_that_becomes_the_lead_loses_its_marks() -> None:
    assert told(renumbered([step(1), step(2, branch=0, starts_after=1, joins_before=3), step(3)]))[1][2:4] == (
        None,
        None,
    )


@st.composite
def tables(draw: st.DrawFn) -> tuple[PathStep, ...]:
    count = draw(st.integers(1, 8))
    marks = st.none() | st.integers(1, count)
    return tuple(
        step(
            at,
            branch=draw(st.integers(0, 2)),
            starts_after=draw(marks),
            joins_before=draw(marks),
            returns_to=tuple(draw(st.lists(st.integers(1, count), max_size=2))),
        )
        for at in range(1, count + 1)
    )


@given(tables(), st.integers(1, 8), st.integers(-3, 3))
def test_after_any_change_the_table_is_one_the_database_takes(steps: tuple[PathStep, ...], at: int, by: int) -> None:
    here = min(at, len(steps))
    for changed in (moved(steps, here, by=by), removed(steps, here), inserted(steps, step(0), after=here)):
        assert [one.sequence for one in changed] == list(range(1, len(changed) + 1))
        for one in changed:
            if one.branch == 0:
                assert one.starts_after is None is one.joins_before
            if one.starts_after is not None and one.joins_before is not None:
                assert one.starts_after < one.joins_before <= len(changed)
            assert all(1 <= target <= len(changed) for target in one.returns_to)


@given(tables(), st.integers(1, 8), st.integers(-3, 3))
def test_references_keep_pointing_at_the_same_steps(steps: tuple[PathStep, ...], at: int, by: int) -> None:
    names = {one.sequence: one.name for one in steps}
    changed = moved(steps, min(at, len(steps)), by=by)
    now = {one.sequence: one.name for one in changed}
    before = {one.name: {names[target] for target in one.returns_to} for one in steps}
    assert {one.name: {now[target] for target in one.returns_to} for one in changed} == before
