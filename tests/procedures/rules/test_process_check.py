"""What stands against issuing a process: each problem from one good process with one thing changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haddong_portal.common.limits import LimitUnit, TimeLimit
from procedures.constants import StepAction
from procedures.rules.process_check import CaseTime, check_process, hours, least_minutes
from procedures.rules.process_path import LEAD, PathStep, line_of, planned_spans


def step(sequence: int, action: str, minutes: int = 60, **columns: object) -> PathStep:
    return PathStep(sequence, f"Việc {sequence}", action, "officer", "handling", minutes, "Phiếu", **columns)  # type: ignore[arg-type]


GOOD = (
    step(1, StepAction.RECEIVE),
    step(2, StepAction.EXAMINE),
    step(3, StepAction.VERIFY, branch=1, starts_after=2, joins_before=5),
    step(4, StepAction.VERIFY, 90, branch=2, starts_after=2, joins_before=5),
    step(5, StepAction.SIGN, returns_to=(2,)),
    step(6, StepAction.RETURN_RESULT),
)
THREE_DAYS = CaseTime("Trường hợp chung", TimeLimit(3, LimitUnit.WORKING_DAY))


def changed(sequence: int, **columns: object) -> tuple[PathStep, ...]:
    return tuple(replace(one, **columns) if one.sequence == sequence else one for one in GOOD)  # type: ignore[arg-type]


def without(*sequences: int) -> tuple[PathStep, ...]:
    return tuple(one for one in GOOD if one.sequence not in sequences)


def codes(steps: tuple[PathStep, ...], **more: object) -> set[str]:
    return {problem.code for problem in check_process(steps, **more).problems}  # type: ignore[arg-type]


def test_a_good_process_passes_and_says_what_it_takes_and_saves() -> None:
    found = check_process(GOOD, [THREE_DAYS], promised_cut_minutes=480)
    assert found.passed
    assert (found.total_minutes, found.limit_minutes, found.cut_minutes) == (330, 1440, 1110)


BROKEN = {
    "process.no_steps": (),
    "process.sequence_repeated": (*GOOD, step(2, StepAction.VERIFY)),
    "process.no_lead": tuple(one for one in GOOD if one.branch),
    "process.receive_first": without(1),
    "process.receive_again": changed(2, action=StepAction.RECEIVE),
    "process.dead_end": without(6),
    "process.returned_too_early": changed(2, action=StepAction.RETURN_RESULT),
    "process.branch_no_start": changed(3, starts_after=None),
    "process.branch_no_join": changed(3, joins_before=None),
    "process.branch_joins_too_early": changed(3, joins_before=1),
    "process.branch_out_of_place": changed(3, starts_after=5, joins_before=6),
    "process.branch_marked_twice": changed(4, branch=1),
    "process.branch_action": changed(3, action=StepAction.SIGN),
    "process.no_name": changed(2, name=""),
    "process.no_action": changed(2, action=""),
    "process.no_role": changed(2, role=""),
    "process.no_unit": changed(2, place=""),
    "process.no_minutes": changed(2, minutes=0),
    "process.no_record": changed(2, record=""),
    "process.return_unknown": changed(5, returns_to=(3,)),
    "process.return_not_earlier": changed(2, returns_to=(5,)),
}


@pytest.mark.parametrize("code", BROKEN)
def test_each_fault_is_found_by_its_code(code: str) -> None:
    assert code in codes(BROKEN[code])


@pytest.mark.parametrize(
    ("sequence", "columns"),
    [(3, {"starts_after": 4}), (3, {"starts_after": 99})],
)
def test_a_branch_may_only_start_after_a_step_of_the_lead(sequence: int, columns: dict[str, int]) -> None:
    assert "process.branch_no_start" in codes(changed(sequence, **columns))


def test_a_branch_may_only_join_a_step_of_the_lead() -> None:
    assert "process.branch_no_join" in codes(changed(3, joins_before=4))


def test_a_concrete_unit_stands_for_the_place() -> None:
    assert codes(changed(3, place="", unit_id=7)) == set()


def test_sentences_name_the_step_and_the_case() -> None:
    [gap] = check_process(changed(2, role="")).problems
    assert (gap.message, gap.sequence, gap.field) == ("Bước 2 “Việc 2” chưa nói ai làm.", 2, "responsible_role")
    [late] = check_process(GOOD, [CaseTime("Cấp lại", TimeLimit(4, LimitUnit.WORKING_HOUR))]).problems
    assert late.code == "process.over_limit"
    assert late.message == (
        "Các bước cần 5,5 giờ làm việc, quá thời hạn 04 giờ làm việc (4 giờ làm việc) của trường hợp “Cấp lại”."
    )


def test_the_slowest_path_counts_not_the_sum() -> None:
    """The sum is 390 minutes; side by side they take 330, which is 5.5 hours."""
    assert codes(GOOD, cases=[CaseTime("Một", TimeLimit("5.5", LimitUnit.WORKING_HOUR))]) == set()
    assert codes(changed(4, minutes=91), cases=[CaseTime("Một", TimeLimit("5.5", LimitUnit.WORKING_HOUR))]) == {
        "process.over_limit"
    }


def test_a_promise_that_the_steps_do_not_keep_is_a_problem() -> None:
    assert codes(GOOD, cases=[THREE_DAYS], promised_cut_minutes=1110) == set()
    assert codes(GOOD, cases=[THREE_DAYS], promised_cut_minutes=1111) == {"process.over_promise"}


def test_a_case_whose_limit_is_unread_is_named_and_not_guessed() -> None:
    found = check_process(GOOD, [CaseTime("Theo quy định", None)])
    assert found.passed
    assert (found.limit_minutes, found.cut_minutes, found.unread_cases) == (None, None, ("Theo quy định",))


@pytest.mark.parametrize(
    ("limit", "minutes"),
    [
        (TimeLimit(3, LimitUnit.WORKING_DAY), 1440),
        (TimeLimit.same_day(), 480),
        (TimeLimit(15, LimitUnit.CALENDAR_DAY), 10 * 480),
        (TimeLimit(30, LimitUnit.CALENDAR_DAY), 20 * 480),
        (TimeLimit(1, LimitUnit.CALENDAR_DAY), 480),
        (TimeLimit(2, LimitUnit.CALENDAR_MONTH), 40 * 480),
        (None, None),
    ],
)
def test_the_fewest_working_minutes_of_a_limit(limit: TimeLimit | None, minutes: int | None) -> None:
    assert least_minutes(limit) == minutes


def test_hours_are_written_as_papers_write_them() -> None:
    assert [hours(60), hours(90), hours(4800), hours(20)] == [
        "1 giờ làm việc",
        "1,5 giờ làm việc",
        "80 giờ làm việc",
        "0,33 giờ làm việc",
    ]


numbers = st.integers(0, 9)
optional = st.none() | numbers
any_step = st.builds(
    PathStep,
    sequence=numbers,
    name=st.just("Việc"),
    action=st.sampled_from(StepAction.values),
    role=st.just("officer"),
    place=st.just("handling"),
    minutes=st.integers(1, 600),
    record=st.just("Phiếu"),
    branch=st.integers(0, 2),
    starts_after=optional,
    joins_before=optional,
    returns_to=st.lists(numbers, max_size=2).map(tuple),
)


@st.composite
def nearly_good(draw: st.DrawFn) -> tuple[PathStep, ...]:
    """A lead line with up to three branches where they belong, then perhaps spoilt in one place."""
    middle = [StepAction.EXAMINE, StepAction.VERIFY, StepAction.SIGN]
    lead = [10 * at for at in range(1, draw(st.integers(2, 6)) + 1)]
    steps = [step(at, draw(st.sampled_from(middle)), draw(st.integers(1, 500))) for at in lead]
    steps[0] = replace(steps[0], action=StepAction.RECEIVE)
    steps[-1] = replace(steps[-1], action=StepAction.RETURN_RESULT)
    for branch in range(1, draw(st.integers(0, 3)) + 1):
        starts = draw(st.integers(0, len(lead) - 2))
        joins = draw(st.integers(starts + 1, len(lead) - 1))
        at = lead[starts] + 3 * branch - 2
        marks = {"starts_after": lead[starts], "joins_before": lead[joins]}
        steps.append(step(at, StepAction.VERIFY, draw(st.integers(1, 500)), branch=branch, **marks))
        if draw(st.booleans()):
            steps.append(step(at + 1, StepAction.VERIFY, draw(st.integers(1, 500)), branch=branch))
    if draw(st.booleans()):
        spoilt = draw(st.integers(0, len(steps) - 1))
        steps[spoilt] = replace(
            steps[spoilt], **{draw(st.sampled_from(["starts_after", "joins_before"])): draw(optional)}
        )
    return tuple(steps)


def walked(steps: tuple[PathStep, ...]) -> list[int]:
    """A dossier on the process, step by step, by the words of the model alone, until it stands still."""
    waiting = {one.branch: list(line_of(steps, one.branch)) for one in steps}
    done: list[int] = []
    moved = True
    while moved:
        moved = False
        for branch, line in waiting.items():
            if line and _may_start(line[0], branch, steps, done):
                done.append(line.pop(0).sequence)
                moved = True
    return done


def _may_start(one: PathStep, branch: int, steps: tuple[PathStep, ...], done: list[int]) -> bool:
    if branch != LEAD:
        first = line_of(steps, branch)[0]
        return one is not first or one.starts_after in done
    joining = {first.branch for first in steps if first.branch != LEAD and first.joins_before == one.sequence}
    return all(other.sequence in done for other in steps if other.branch in joining)


@given(st.lists(any_step, min_size=1, max_size=7).map(tuple) | nearly_good())
def test_what_passes_always_reaches_the_return_of_the_result_with_every_step_done(steps: tuple[PathStep, ...]) -> None:
    if not check_process(steps).passed:
        return
    done = walked(steps)
    lead = line_of(steps)
    assert sorted(done) == sorted(one.sequence for one in steps)
    assert lead[-1].action == StepAction.RETURN_RESULT
    assert done[-1] == lead[-1].sequence


@given(nearly_good())
def test_a_process_takes_no_less_than_any_line_and_no_more_than_all_steps(steps: tuple[PathStep, ...]) -> None:
    found = check_process(steps)
    if not found.passed or found.total_minutes is None:
        return
    assert sum(one.minutes for one in line_of(steps)) <= found.total_minutes <= sum(one.minutes for one in steps)
    for span in planned_spans(steps):
        assert 0 <= span.starts <= span.ends <= found.total_minutes


@given(nearly_good(), st.integers(0, 3000))
def test_the_check_agrees_with_the_limit_to_the_minute(steps: tuple[PathStep, ...], spare: int) -> None:
    found = check_process(steps)
    if not found.passed or found.total_minutes is None:
        return
    fits = CaseTime("Vừa", TimeLimit(str((found.total_minutes + spare + 59) // 60), LimitUnit.WORKING_HOUR))
    assert check_process(steps, [fits]).passed
    if found.total_minutes > 60:
        short = CaseTime("Thiếu", TimeLimit(str((found.total_minutes - 1) // 60), LimitUnit.WORKING_HOUR))
        assert {problem.code for problem in check_process(steps, [short]).problems} == {"process.over_limit"}
