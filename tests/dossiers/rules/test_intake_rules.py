"""Papers, fees and routes of an intake: pure rules by example."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from dossiers.constants import ChecklistState
from dossiers.rules.clock_policy import DEFAULT_POLICY
from dossiers.rules.fees_due import FeesDue, FeeTerm, fees_due
from dossiers.rules.papers import ChecklistAnswer, PaperTerm, settle_papers
from dossiers.rules.promise import Commitment, commit
from dossiers.rules.routing import (
    Places,
    PlannedStep,
    ProcessPlan,
    choose_process,
    fit_minutes,
    step_end,
    steps_done_at_intake,
)
from haddong_portal.accounts.constants import UnitKind
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.errors import DomainError
from haddong_portal.common.limits import LimitUnit, TimeLimit
from haddong_portal.common.worktime import shipped_calendar
from procedures.constants import Channel, FeeKind, ProcessKind, ResponsibleUnit, StepAction

FORM, PROOF = PaperTerm(1, "Tờ khai theo mẫu", True), PaperTerm(2, "Giấy chứng minh nơi ở", False)
TUESDAY = datetime(2024, 3, 5, 9, 0, tzinfo=VIETNAM)


class TestPapers:
    def test_every_component_gets_a_line_in_the_published_order(self) -> None:
        lines = settle_papers([FORM, PROOF], [ChecklistAnswer(1, state=ChecklistState.PAPER, originals=1)])
        assert [(line.term.requirement_id, line.answer.state) for line in lines] == [(1, "paper"), (2, "missing")]

    def test_a_paper_may_be_named_instead_of_numbered(self) -> None:
        lines = settle_papers([FORM], [ChecklistAnswer(None, "tờ khai  THEO mẫu")])
        assert lines[0].answer.state == ChecklistState.PAPER

    @pytest.mark.parametrize("state", [ChecklistState.ELECTRONIC, ChecklistState.WAIVED, ChecklistState.COPY])
    def test_a_required_paper_may_be_electronic_copied_or_waived(self, state: str) -> None:
        assert settle_papers([FORM], [ChecklistAnswer(1, state=state)])

    def test_a_missing_required_paper_is_named(self) -> None:
        with pytest.raises(DomainError) as refusal:
            settle_papers([FORM, PROOF], [ChecklistAnswer(1, state=ChecklistState.MISSING)])
        assert refusal.value.code == "dossier.paper_missing"
        assert "Tờ khai theo mẫu" in refusal.value.message
        assert "nơi ở" not in refusal.value.message
        assert refusal.value.data == {"requirement_ids": [1]}

    @pytest.mark.parametrize("answer", [ChecklistAnswer(99, "Sổ hộ khẩu"), ChecklistAnswer(None, "Sổ hộ khẩu")])
    def test_a_paper_outside_the_published_components_is_refused(self, answer: ChecklistAnswer) -> None:
        with pytest.raises(DomainError) as refusal:
            settle_papers([FORM], [ChecklistAnswer(1), answer])
        assert refusal.value.code == "dossier.paper_unpublished"

    def test_an_unknown_state_is_refused(self) -> None:
        with pytest.raises(DomainError) as refusal:
            settle_papers([FORM], [ChecklistAnswer(1, state="có")])
        assert refusal.value.code == "dossier.paper_state"


class TestFees:
    def test_the_channels_own_line_wins_over_the_common_one(self) -> None:
        terms = [
            FeeTerm(None, FeeKind.DUTY, 15_000, "15.000 đồng"),
            FeeTerm(Channel.ONLINE, FeeKind.DUTY, 7_500, "7.500 đồng"),
        ]
        assert fees_due(terms, Channel.ONLINE) == FeesDue(None, 7_500, "7.500 đồng")
        assert fees_due(terms, Channel.DIRECT) == FeesDue(None, 15_000, "15.000 đồng")

    def test_zero_is_free_and_none_is_unknown(self) -> None:
        assert fees_due([FeeTerm(None, FeeKind.FEE, 0, "Miễn phí")], 1).fee_vnd == 0
        assert fees_due([FeeTerm(None, FeeKind.FEE, None, "theo quy định")], 1).fee_vnd is None
        assert fees_due([], 1) == FeesDue(None, None, "")

    def test_several_lines_of_a_kind_are_alternatives_so_the_amount_is_unknown(self) -> None:
        terms = [FeeTerm(None, FeeKind.FEE, 50_000, "thường"), FeeTerm(None, FeeKind.FEE, 100_000, "nhanh")]
        assert fees_due(terms, 1) == FeesDue(None, None, "thường; nhanh")


def plan(*actions: str, minutes: int = 60, **columns: Any) -> ProcessPlan:
    steps = tuple(
        PlannedStep(number, number, action, f"Bước {number}", "officer", ResponsibleUnit.HANDLING, minutes)
        for number, action in enumerate(actions, start=1)
    )
    return ProcessPlan(
        **{"process_id": 1, "code": "QT", "kind": ProcessKind.MULTI_DAY, "specific": False, "steps": steps, **columns}
    )


WHOLE = (StepAction.RECEIVE, StepAction.TRANSFER, StepAction.EXAMINE, StepAction.SIGN, StepAction.RETURN_RESULT)


class TestRoutes:
    def test_the_procedures_own_process_is_followed(self) -> None:
        own, default = plan(*WHOLE, specific=True, process_id=2), plan(*WHOLE)
        assert choose_process([default, own], same_day=False, handling_kind=UnitKind.WARD) is own

    @pytest.mark.parametrize(
        ("same_day", "handling_kind", "kind"),
        [
            (True, UnitKind.WARD, ProcessKind.SAME_DAY),
            (False, UnitKind.WARD, ProcessKind.MULTI_DAY),
            (False, UnitKind.BRANCH, ProcessKind.LAND_BRANCH),
            (True, UnitKind.BRANCH, ProcessKind.LAND_BRANCH),
        ],
    )
    def test_a_default_fits_the_kind_of_work(self, same_day: bool, handling_kind: str, kind: str) -> None:
        plans = [plan(*WHOLE, kind=each) for each in ProcessKind]
        assert choose_process(plans, same_day=same_day, handling_kind=handling_kind).kind == kind

    def test_a_process_that_does_not_end_at_the_desk_is_passed_over(self) -> None:
        with pytest.raises(DomainError) as refusal:
            choose_process([plan(*WHOLE[:-1], specific=True)], same_day=False, handling_kind=UnitKind.WARD)
        assert refusal.value.code == "dossier.no_process"

    def test_receiving_and_the_first_transfers_are_done_with_the_intake(self) -> None:
        assert steps_done_at_intake(plan(*WHOLE).steps) == 2
        assert steps_done_at_intake(plan(StepAction.RECEIVE, *WHOLE[2:]).steps) == 1

    def test_the_next_step_follows_in_its_own_line(self) -> None:
        found = plan(*WHOLE)
        assert found.following(3) is found.steps[3]
        assert found.following(5) is None

    def test_a_branch_is_beside_the_line(self) -> None:
        """Step 4 runs beside nothing but itself: it starts after 3 and step 5 waits for it."""
        lead = plan(*WHOLE).steps
        beside = replace(lead[3], branch=1, starts_after=3, joins_before=5, planned_minutes=200, unit_id=9)
        found = plan(*WHOLE, steps=(*lead[:3], beside, lead[4]))
        assert (found.lead, found.has_branches) == ((*lead[:3], lead[4]), True)
        assert (found.following(3), found.following(4)) == (lead[4], None)
        assert (found.branches_after(3), found.joins_at(5)) == ((beside,), (1,))
        assert [found.branches_from(sequence) for sequence in (2, 3, 5)] == [(1,), (1,), ()]
        assert found.total_minutes == 60 * 3 + 200 + 60
        assert Places(1, 2, 3).of(beside) == 9

    def test_places_become_units(self) -> None:
        places = Places(1, 2, 3)
        assert [places.resolve(place) for place in ("desk", "handling", "signing")] == [1, 2, 3]

    def test_a_default_process_is_stretched_and_an_own_one_is_not(self) -> None:
        assert fit_minutes(840, 1440, 2880, specific=False) == 1680
        assert fit_minutes(840, 1440, 2880, specific=True) == 840
        assert fit_minutes(1, 1440, 60, specific=False) == 1

    def test_a_step_ends_no_later_than_the_promise_while_that_is_ahead(self) -> None:
        due_at = TUESDAY + timedelta(hours=2)
        late = TUESDAY + timedelta(hours=9)
        assert step_end(starts_at=TUESDAY, planned_end_at=late, due_at=due_at) == due_at
        assert step_end(starts_at=due_at, planned_end_at=late, due_at=due_at) == late


class TestPromise:
    def made(self, limit: TimeLimit | None, **columns: Any) -> Commitment:
        return commit(
            limit=limit,
            plans=[plan(*WHOLE, **columns)],
            handling_kind=UnitKind.WARD,
            accepted_at=TUESDAY,
            calendar=shipped_calendar(),
            policy=DEFAULT_POLICY,
        )

    def test_a_known_limit_gives_its_due_date(self) -> None:
        made = self.made(TimeLimit(3, LimitUnit.WORKING_DAY))
        assert made.due_at == datetime(2024, 3, 8, 17, 0, tzinfo=VIETNAM)
        assert made.limit_text == "03 ngày làm việc"
        assert made.explanation[-1].startswith("Hẹn trả: thứ Sáu, 08/03/2024")

    def test_a_limit_under_review_promises_the_sum_of_the_steps_and_says_so(self) -> None:
        made = self.made(None, minutes=50)
        assert made.limit == TimeLimit("4.25", LimitUnit.WORKING_HOUR)  # 250 minutes, up to the quarter
        assert "đang chờ rà soát" in made.explanation[0]
        assert made.due_at == datetime(2024, 3, 5, 14, 15, tzinfo=VIETNAM)

    def test_without_any_time_there_is_no_promise(self) -> None:
        with pytest.raises(DomainError) as refusal:
            self.made(None, minutes=0)
        assert refusal.value.code == "dossier.no_limit"

    def test_the_steps_of_a_default_process_share_the_limit(self) -> None:
        made = self.made(TimeLimit(5, LimitUnit.WORKING_DAY))
        # Tuesday 09:00 to the next Tuesday 17:00: five days and the seven hours left of the first.
        assert made.limit_minutes == 5 * 480 + 7 * 60
        assert made.step_minutes(60) == made.limit_minutes // 5
