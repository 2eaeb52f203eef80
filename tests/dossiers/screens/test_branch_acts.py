"""Steps beside the lead line on screen: their unit finds the dossier, takes the step and finishes it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from dossiers.models import StepRun
from haddong_portal.accounts.constants import Role
from haddong_portal.common.actors import Actor
from tests.dossiers.conftest import Story
from tests.dossiers.screens.conftest import OpenSession
from tests.dossiers.services.test_branches import beside, branched, department, officer_nam  # noqa: F401 - fixtures
from tests.factories import MORNING, make_actor

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=1)


def test_their_unit_finds_takes_and_finishes_the_step(
    beside: Story,  # noqa: F811 - the fixture
    officer_nam: Actor,  # noqa: F811
    open_session: OpenSession,
) -> None:
    dossier, run = branched(beside)
    at = {"code": dossier.code}
    with time_machine.travel(LATER, tick=False):
        officer = open_session(officer_nam)
        listed = officer.get(reverse("dossiers:work-list"), {"pham-vi": "song-song"}).content.decode()
        assert dossier.code in listed
        page = officer.get(reverse("dossiers:dossier", kwargs=at)).content.decode()
        assert "Nhận bước song song" in page and "Kiểm tra hiện trạng (Phòng Quản lý đô thị)" in page
        assert 'name="finish_branch_step-note"' not in page
        taken = officer.post(
            reverse("dossiers:take-branch-step", kwargs=at), {"take_branch_step-step_run_id": str(run.pk)}
        )
        assert taken.status_code == 302
        page = officer.get(reverse("dossiers:dossier", kwargs=at)).content.decode()
        assert 'name="finish_branch_step-note"' in page and "Lý do chậm bước" not in page
        done = officer.post(
            reverse("dossiers:finish-branch-step", kwargs=at),
            {"finish_branch_step-step_run_id": str(run.pk), "finish_branch_step-note": "Hiện trạng đúng hồ sơ"},
        )
        assert done.status_code == 302
        assert dossier.code not in officer.get(reverse("dossiers:work-list"), {"pham-vi": "song-song"}).content.decode()
    run.refresh_from_db()
    assert (run.state, run.note) == ("done", "Hiện trạng đúng hồ sơ")


def test_a_late_branch_asks_why_and_refuses_without(
    beside: Story,  # noqa: F811
    officer_nam: Actor,  # noqa: F811
    open_session: OpenSession,
) -> None:
    dossier, run = branched(beside)
    at = {"code": dossier.code}
    with time_machine.travel(MORNING + timedelta(days=20), tick=False):
        officer = open_session(officer_nam)
        officer.post(reverse("dossiers:take-branch-step", kwargs=at), {"take_branch_step-step_run_id": str(run.pk)})
        assert "Lý do chậm bước" in officer.get(reverse("dossiers:dossier", kwargs=at)).content.decode()
        form = {"finish_branch_step-step_run_id": str(run.pk)}
        refused = officer.post(reverse("dossiers:finish-branch-step", kwargs=at), form)
        assert "step.late_reason_missing" in refused.content.decode()
        officer.post(
            reverse("dossiers:finish-branch-step", kwargs=at), {**form, "finish_branch_step-late_reason": "workload"}
        )
        page = officer.get(reverse("dossiers:dossier", kwargs=at)).content.decode()
    assert StepRun.objects.get(pk=run.pk).late_reason == "workload"
    assert "song song · chậm:" in page


def test_another_unit_or_role_gets_no_form(
    beside: Story,  # noqa: F811
    department: object,  # noqa: F811
    open_session: OpenSession,
) -> None:
    dossier, _ = branched(beside)
    with time_machine.travel(LATER, tick=False):
        for actor in (beside.officer, make_actor(department, Role.CLERK, "Người Khác")):  # type: ignore[arg-type]
            page = open_session(actor).get(reverse("dossiers:dossier", kwargs={"code": dossier.code})).content.decode()
            assert "Nhận bước song song" not in page
