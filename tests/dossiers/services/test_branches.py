"""Steps beside the lead line: opened, taken, finished, waited for; and a step that ends late says why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dossiers.constants import EventKind, LateReason
from dossiers.models import Dossier, DossierEvent, StepRun
from dossiers.services.finish_branch_step import finish_branch_step, take_branch_step
from dossiers.services.finish_step import finish_step
from dossiers.services.hand_over_result import hand_over_result
from dossiers.services.lateness import Lateness
from dossiers.services.record_result import ResultData, record_result
from dossiers.services.return_to_step import return_to_step
from dossiers.services.sign_result import sign_result
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from procedures.constants import ResponsibleUnit, StepAction
from procedures.models import IsoStep
from tests.dossiers.conftest import Story
from tests.factories import MORNING, WARD_STEPS, UnitFactory, make_actor, publish_procedure

pytestmark = pytest.mark.django_db
SIGN_SEQUENCE, BESIDE_SEQUENCE = 6, 5
STEPS = (
    *WARD_STEPS[:3],
    (StepAction.EXAMINE, Role.OFFICER, ResponsibleUnit.HANDLING, 120, "Tổng hợp"),
    (StepAction.VERIFY, Role.OFFICER, ResponsibleUnit.HANDLING, 240, "Kiểm tra hiện trạng"),
    *WARD_STEPS[3:],
)


@pytest.fixture
def department(ward: Unit) -> Unit:
    return UnitFactory(short_name="Phòng Quản lý đô thị")


@pytest.fixture
def officer_nam(department: Unit) -> Actor:
    return make_actor(department, Role.OFFICER, "Đặng Văn Nam")


@pytest.fixture
def beside(story: Story, ward: Unit, department: Unit, officer_nam: Actor) -> Story:
    """Step 5 runs at another department beside step 4, after step 3; signing (6) waits for it."""
    story.procedure = publish_procedure(at=ward, steps=STEPS)
    IsoStep.objects.filter(process=story.procedure.process, sequence=BESIDE_SEQUENCE).update(
        branch=1, starts_after=3, joins_before=SIGN_SEQUENCE, unit=department
    )
    return story


def branched(story: Story) -> tuple[Dossier, StepRun]:
    """The examination is done: the lead line is at step 4, the branch waits at the department."""
    dossier = story.taken()
    finish_step(actor=story.officer, dossier_id=dossier.pk, now=story.now())
    return story.fresh(dossier.pk), StepRun.objects.get(dossier=dossier, branch=1)


def test_a_branch_opens_in_its_unit_when_its_lead_step_ends(beside: Story, department: Unit) -> None:
    dossier, run = branched(beside)
    assert (run.unit_id, run.state, run.name, run.planned_minutes) == (
        department.pk,
        "waiting",
        "Kiểm tra hiện trạng",
        240,
    )
    assert (dossier.current_step_name, dossier.reader_unit_ids) == ("Tổng hợp", [department.pk])
    numbers = StepRun.objects.filter(dossier=dossier).order_by("run_no").values_list("run_no", "branch")
    assert list(numbers) == [(1, 0), (2, 0), (3, 0), (4, 0), (5, 1)]


def test_the_join_waits_and_names_unit_and_deadline(beside: Story) -> None:
    dossier, _ = branched(beside)
    with pytest.raises(DomainError) as refusal:
        finish_step(actor=beside.officer, dossier_id=dossier.pk, now=beside.now())
    assert (refusal.value.code, refusal.value.status) == ("dossier.branch_open", 409)
    assert "Phòng Quản lý đô thị" in refusal.value.message
    assert beside.fresh(dossier.pk).current_step_name == "Tổng hợp"


def test_a_process_with_two_departments_runs_right_through(beside: Story, officer_nam: Actor) -> None:
    dossier, run = branched(beside)
    take_branch_step(actor=officer_nam, dossier_id=dossier.pk, step_run_id=run.pk, now=beside.now())
    event = finish_branch_step(
        actor=officer_nam, dossier_id=dossier.pk, step_run_id=run.pk, note="Phù hợp", now=beside.now()
    )
    assert (event.kind, event.from_status, event.to_status) == (
        EventKind.BRANCH_STEP_FINISHED,
        "PROCESSING",
        "PROCESSING",
    )
    finish_step(actor=beside.officer, dossier_id=dossier.pk, now=beside.now())
    sign_result(actor=beside.leader, dossier_id=dossier.pk, now=beside.now())
    record_result(actor=beside.clerk, dossier_id=dossier.pk, result=ResultData(name="Giấy phép"), now=beside.now())
    beside.pay(dossier)
    hand_over_result(actor=beside.clerk, dossier_id=dossier.pk, collector_name="Trần Văn Tú", now=beside.now())
    dossier = beside.fresh(dossier.pk)
    assert dossier.status == "RETURNED"
    assert DossierEvent.objects.filter(dossier=dossier).count() == dossier.row_version
    assert set(StepRun.objects.filter(dossier=dossier).values_list("state", flat=True)) == {"done"}


def test_going_back_before_the_branch_ends_it_and_it_starts_anew(beside: Story, officer_nam: Actor) -> None:
    dossier, run = branched(beside)
    earlier = StepRun.objects.get(dossier=dossier, run_no=3)
    return_to_step(
        actor=beside.officer, dossier_id=dossier.pk, step_run_id=earlier.pk, reason="Thiếu số đo", now=beside.now()
    )
    run.refresh_from_db()
    assert (run.state, run.note) == ("sent_back", "Thiếu số đo")
    finish_step(actor=beside.officer, dossier_id=dossier.pk, now=beside.now())
    again = StepRun.objects.get(dossier=dossier, branch=1, state="waiting")
    assert again.run_no > run.run_no


@pytest.mark.parametrize(
    ("who", "code"), [("officer", "dossier.other_unit"), ("clerk", "auth.not_allowed"), ("nobody", "dossier.not_found")]
)
def test_only_its_unit_finishes_a_branch_step(who: str, code: str, beside: Story) -> None:
    dossier, run = branched(beside)
    outside = make_actor(UnitFactory(), Role.OFFICER, "Người ngoài")
    actor = outside if who == "nobody" else getattr(beside, who)
    with pytest.raises(DomainError) as refusal:
        finish_branch_step(actor=actor, dossier_id=dossier.pk, step_run_id=run.pk, now=beside.now())
    assert refusal.value.code == code


def test_a_branch_step_is_somebodys_and_ends_once(beside: Story, department: Unit, officer_nam: Actor) -> None:
    dossier, run = branched(beside)
    other = make_actor(department, Role.OFFICER, "Bùi Thị Sen")
    same = {"dossier_id": dossier.pk, "step_run_id": run.pk, "now": beside.now()}
    take_branch_step(actor=officer_nam, **same)  # type: ignore[arg-type]
    with pytest.raises(DomainError, match=r"dossier\.taken"):
        finish_branch_step(actor=other, **same)  # type: ignore[arg-type]
    finish_branch_step(actor=officer_nam, **same)  # type: ignore[arg-type]
    with pytest.raises(DomainError, match=r"dossier\.branch_done"):
        finish_branch_step(actor=officer_nam, **same)  # type: ignore[arg-type]


def test_a_step_that_ends_late_says_why(story: Story) -> None:
    dossier = story.taken()
    late = MORNING + timedelta(days=20)
    with pytest.raises(DomainError) as refusal:
        finish_step(actor=story.officer, dossier_id=dossier.pk, now=late)
    assert (refusal.value.code, refusal.value.status, refusal.value.field) == (
        "step.late_reason_missing",
        422,
        "late_reason",
    )
    said = Lateness(LateReason.COMPLEX, "Ranh giới chồng lấn")
    finish_step(actor=story.officer, dossier_id=dossier.pk, late=said, now=late)
    run = StepRun.objects.get(dossier=dossier, action="examine")
    assert (run.late_reason, run.late_note) == ("complex", "Ranh giới chồng lấn")


def test_a_step_in_time_keeps_no_reason(story: Story) -> None:
    dossier = story.taken()
    finish_step(actor=story.officer, dossier_id=dossier.pk, late=Lateness(LateReason.STAFF), now=story.now())
    assert StepRun.objects.get(dossier=dossier, action="examine").late_reason == ""
