"""Finishing a step, signing, forwarding and sending back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from dossiers.constants import EventKind, LateReason
from dossiers.models import DossierEvent, StepRun
from dossiers.services.finish_step import finish_step
from dossiers.services.forward_dossier import forward_dossier
from dossiers.services.lateness import Lateness
from dossiers.services.return_to_step import return_to_step
from dossiers.services.sign_result import sign_result
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Post, Unit
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.errors import DomainError
from procedures.constants import ResponsibleUnit, StepAction
from tests.dossiers.conftest import Story
from tests.factories import MORNING, WARD_STEPS, UnitFactory, make_actor, publish_procedure, receive

pytestmark = pytest.mark.django_db


def refusal_of(act: Callable[..., Any], **data: Any) -> DomainError:
    with pytest.raises(DomainError) as refusal:
        act(**data)
    return refusal.value


def colleague_of(ward: Unit, role: Role = Role.OFFICER) -> Actor:
    return make_actor(ward, role, "Đặng Văn Nam")


class TestFinishStep:
    def test_the_next_step_opens_at_its_unit(self, story: Story) -> None:
        dossier = story.taken()
        finish_step(actor=story.officer, dossier_id=dossier.pk, note="Đủ điều kiện", now=story.now())
        dossier.refresh_from_db()
        assert (dossier.status, dossier.officer_id, dossier.current_action) == ("SIGNING", None, "sign")
        done = StepRun.objects.get(dossier=dossier, action="examine")
        assert (done.state, done.note, done.officer_id) == ("done", "Đủ điều kiện", story.officer.user_id)
        assert dossier.step_due_at == story.open_run(dossier).step_due_at

    def test_actual_minutes_count_office_hours_only(self, story: Story) -> None:
        dossier = story.received()
        tomorrow = datetime(2024, 3, 6, 9, 0, tzinfo=VIETNAM)
        finish_step(actor=story.officer, dossier_id=dossier.pk, now=tomorrow)
        run = StepRun.objects.get(dossier=dossier, action="examine")
        assert run.actual_minutes == 480 - int((run.starts_at - MORNING) / timedelta(minutes=1))

    def test_finishing_a_free_step_takes_it(self, story: Story) -> None:
        dossier = story.received()
        at = story.now()
        finish_step(actor=story.officer, dossier_id=dossier.pk, now=at)
        run = StepRun.objects.get(dossier=dossier, action="examine")
        assert (run.officer_id, run.taken_at) == (story.officer.user_id, at)

    def test_the_next_officer_may_be_named(self, story: Story) -> None:
        dossier = story.taken()
        finish_step(actor=story.officer, dossier_id=dossier.pk, next_officer_id=story.leader.user_id, now=story.now())
        dossier.refresh_from_db()
        assert dossier.officer_id == story.leader.user_id
        assert sign_result(actor=story.leader, dossier_id=dossier.pk, now=story.now())

    def test_a_named_officer_must_hold_the_post(self, story: Story, stranger_nga: Actor) -> None:
        dossier = story.taken()
        refusal = refusal_of(
            finish_step,
            actor=story.officer,
            dossier_id=dossier.pk,
            next_officer_id=stranger_nga.user_id,
            now=story.now(),
        )
        assert refusal.code == "dossier.not_colleague"
        assert story.open_run(dossier).action == "examine"

    def test_somebody_elses_step_is_not_finished(self, story: Story, ward: Unit) -> None:
        refusal = refusal_of(finish_step, actor=colleague_of(ward), dossier_id=story.taken().pk)
        assert (refusal.code, refusal.status) == ("dossier.taken", 409)

    def test_a_stale_form_is_refused(self, story: Story) -> None:
        refusal = refusal_of(finish_step, actor=story.officer, dossier_id=story.taken().pk, row_version=1)
        assert refusal.code == "dossier.changed"

    def test_returning_the_result_is_not_finished_like_a_step(self, story: Story) -> None:
        refusal = refusal_of(finish_step, actor=story.clerk, dossier_id=story.at_desk().pk)
        assert refusal.code == "dossier.wrong_step"
        assert "Ghi nhận kết quả" in refusal.message

    def test_a_transfer_after_three_starts_the_next_step_tomorrow(self, story: Story, ward: Unit) -> None:
        steps = (
            WARD_STEPS[0],
            WARD_STEPS[2],
            (StepAction.TRANSFER, Role.CLERK, ResponsibleUnit.DESK, 60, "Chuyển hồ sơ lên quận"),
            *WARD_STEPS[3:],
        )
        dossier_id = receive(story.clerk, publish_procedure(at=ward, steps=steps)).dossier_id
        finish_step(actor=story.officer, dossier_id=dossier_id, now=MORNING)
        late = datetime(2024, 3, 5, 15, 30, tzinfo=VIETNAM)
        finish_step(actor=story.clerk, dossier_id=dossier_id, late=Lateness(LateReason.WORKLOAD), now=late)
        run = StepRun.objects.get(dossier_id=dossier_id, state="waiting")
        assert (run.handed_at, run.starts_at) == (late, datetime(2024, 3, 6, 8, 0, tzinfo=VIETNAM))


class TestSign:
    def test_the_leader_signs_and_the_desk_has_it(self, story: Story) -> None:
        dossier = story.at_signing()
        event = sign_result(actor=story.leader, dossier_id=dossier.pk, note="Đồng ý", now=story.now())
        dossier.refresh_from_db()
        assert (dossier.status, dossier.current_action) == ("PROCESSING", "return_result")
        assert (event.kind, event.from_status, event.note) == (EventKind.SIGNED, "SIGNING", "Đồng ý")

    @pytest.mark.parametrize("who", ["officer", "clerk"])
    def test_nobody_else_signs(self, who: str, story: Story) -> None:
        refusal = refusal_of(sign_result, actor=getattr(story, who), dossier_id=story.at_signing().pk)
        assert refusal.code == "auth.not_allowed"

    def test_only_what_is_at_signing_is_signed(self, story: Story) -> None:
        refusal = refusal_of(sign_result, actor=story.leader, dossier_id=story.taken().pk)
        assert refusal.code == "dossier.illegal_move"

    def test_a_leader_of_another_unit_does_not_sign(self, story: Story) -> None:
        other = make_actor(UnitFactory(ward=True), Role.LEADER, "Lãnh đạo khác")
        assert refusal_of(sign_result, actor=other, dossier_id=story.at_signing().pk).code == "dossier.not_found"


class TestForward:
    def test_a_colleague_gets_the_step_and_its_clock_runs_on(self, story: Story, ward: Unit) -> None:
        dossier, colleague = story.taken(), colleague_of(ward)
        before = story.open_run(dossier)
        event = forward_dossier(
            actor=story.officer, dossier_id=dossier.pk, officer_id=colleague.user_id or 0, note="nghỉ phép"
        )
        dossier.refresh_from_db()
        after = story.open_run(dossier)
        assert (dossier.officer_id, after.officer_id, after.state) == (colleague.user_id, colleague.user_id, "waiting")
        assert (after.starts_at, after.step_due_at) == (before.starts_at, before.step_due_at)
        assert event.data["officer_name"] == "Đặng Văn Nam"
        assert event.from_status == event.to_status == "PROCESSING"

    def test_the_leader_hands_out_work_nobody_has(self, story: Story) -> None:
        dossier = story.received()
        assert forward_dossier(
            actor=story.leader, dossier_id=dossier.pk, officer_id=story.officer.user_id or 0, now=story.now()
        )

    def test_an_officer_does_not_hand_out_what_he_does_not_hold(self, story: Story, ward: Unit) -> None:
        colleague = colleague_of(ward)
        free = refusal_of(
            forward_dossier, actor=colleague, dossier_id=story.received().pk, officer_id=story.officer.user_id
        )
        held = refusal_of(forward_dossier, actor=colleague, dossier_id=story.taken().pk, officer_id=colleague.user_id)
        assert (free.code, held.code) == ("dossier.not_holder", "dossier.taken")

    @pytest.mark.parametrize("whom", ["clerk", "stranger", "former"])
    def test_only_a_colleague_in_the_post_gets_it(
        self, whom: str, story: Story, ward: Unit, stranger_nga: Actor
    ) -> None:
        former = colleague_of(ward)
        Post.objects.filter(user_id=former.user_id).update(valid_to=MORNING.date())
        target = {"clerk": story.clerk, "stranger": stranger_nga, "former": former}[whom]
        refusal = refusal_of(
            forward_dossier,
            actor=story.officer,
            dossier_id=story.taken().pk,
            officer_id=target.user_id,
            now=story.now(),
        )
        assert (refusal.code, refusal.field) == ("dossier.not_colleague", "officer_id")

    def test_forwarding_to_oneself_is_refused(self, story: Story) -> None:
        refusal = refusal_of(
            forward_dossier,
            actor=story.officer,
            dossier_id=story.taken().pk,
            officer_id=story.officer.user_id,
        )
        assert refusal.code == "dossier.same_officer"


class TestReturnToStep:
    def test_the_step_runs_again_for_whoever_did_it(self, story: Story) -> None:
        dossier = story.at_signing()
        earlier = StepRun.objects.get(dossier=dossier, action="examine")
        event = return_to_step(
            actor=story.leader, dossier_id=dossier.pk, step_run_id=earlier.pk, reason="Thiếu căn cứ", now=story.now()
        )
        dossier.refresh_from_db()
        again = story.open_run(dossier)
        assert (dossier.status, dossier.officer_id) == ("PROCESSING", story.officer.user_id)
        assert (again.action, again.run_no, again.officer_id) == ("examine", 5, story.officer.user_id)
        sent_back = StepRun.objects.get(dossier=dossier, action="sign")
        assert (sent_back.state, sent_back.note) == ("sent_back", "Thiếu căn cứ")
        assert (event.kind, event.note) == (EventKind.RETURNED_TO_STEP, "Thiếu căn cứ")

    def test_the_second_run_goes_the_same_way_on(self, story: Story) -> None:
        dossier = story.at_signing()
        earlier = StepRun.objects.get(dossier=dossier, action="examine")
        return_to_step(actor=story.leader, dossier_id=dossier.pk, step_run_id=earlier.pk, reason="x", now=story.now())
        finish_step(actor=story.officer, dossier_id=dossier.pk, now=story.now())
        sign_result(actor=story.leader, dossier_id=dossier.pk, now=story.now())
        runs = StepRun.objects.filter(dossier=dossier).order_by("run_no").values_list("action", "state")
        assert list(runs)[2:] == [
            ("examine", "done"),
            ("sign", "sent_back"),
            ("examine", "done"),
            ("sign", "done"),
            ("return_result", "waiting"),
        ]

    def test_whoever_left_the_post_does_not_get_it_back(self, story: Story) -> None:
        dossier = story.at_signing()
        earlier = StepRun.objects.get(dossier=dossier, action="examine")
        Post.objects.filter(user_id=story.officer.user_id).update(valid_to=MORNING.date())
        return_to_step(actor=story.leader, dossier_id=dossier.pk, step_run_id=earlier.pk, reason="x", now=story.now())
        assert story.fresh(dossier.pk).officer_id is None

    def test_a_reason_is_needed(self, story: Story) -> None:
        dossier = story.at_signing()
        earlier = StepRun.objects.get(dossier=dossier, action="examine")
        refusal = refusal_of(
            return_to_step,
            actor=story.leader,
            dossier_id=dossier.pk,
            step_run_id=earlier.pk,
            reason="  ",
            now=story.now(),
        )
        assert (refusal.code, refusal.field) == ("dossier.reason_missing", "reason")

    @pytest.mark.parametrize("which", ["receive", "sign", "another dossier's"])
    def test_only_an_earlier_step_of_this_dossier_runs_again(self, which: str, story: Story) -> None:
        other, dossier = story.at_signing(), story.at_signing()
        runs = StepRun.objects.filter(dossier=other if which == "another dossier's" else dossier)
        run = runs.get(action="examine" if which == "another dossier's" else which)
        refusal = refusal_of(
            return_to_step, actor=story.leader, dossier_id=dossier.pk, step_run_id=run.pk, reason="x", now=story.now()
        )
        assert refusal.code == "dossier.not_earlier_step"

    def test_after_the_result_nothing_goes_back(self, story: Story) -> None:
        dossier = story.done()
        earlier = StepRun.objects.get(dossier=dossier, action="examine")
        refusal = refusal_of(
            return_to_step, actor=story.clerk, dossier_id=dossier.pk, step_run_id=earlier.pk, reason="x"
        )
        assert refusal.code == "dossier.illegal_move"


def test_every_act_leaves_one_event_and_one_more_version(story: Story) -> None:
    dossier = story.returned()
    assert DossierEvent.objects.filter(dossier=dossier).count() == dossier.row_version == 7
