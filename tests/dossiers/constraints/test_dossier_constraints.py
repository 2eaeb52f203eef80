"""What the database itself refuses: one forbidden row per named constraint, and the allowed one beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError

from dossiers.models import ChecklistLine, Dossier, DossierEvent, HandOver, RuleSet, StepRun
from haddong_portal.citizens.models import Organisation
from tests.dossiers.conftest import Story
from tests.factories import LONG_AGO, MORNING

pytestmark = pytest.mark.django_db


@contextmanager
def refused_by(constraint: str) -> Iterator[None]:
    with pytest.raises((IntegrityError, InternalError)) as refusal, transaction.atomic():
        yield
    assert constraint in str(refusal.value)


def change(dossier: Dossier, **columns: Any) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(**columns)


def organisation() -> Organisation:
    return Organisation.objects.create(name="Công ty", name_folded="cong ty", created_at=MORNING)


def test_a_dossier_has_exactly_one_applicant(story: Story) -> None:
    dossier = story.received()
    with refused_by("dossier_one_applicant"):
        change(dossier, person=None)
    with refused_by("dossier_one_applicant"):
        change(dossier, organisation=organisation())
    change(dossier, person=None, organisation=organisation())


def test_a_dossier_is_closed_exactly_in_an_end_state(story: Story) -> None:
    dossier = story.received()
    with refused_by("dossier_closed_when_final"):
        change(dossier, status="STOPPED")
    with refused_by("dossier_closed_when_final"):
        change(dossier, closed_at=MORNING)
    change(dossier, status="STOPPED", closed_at=MORNING)


def test_a_done_dossier_knows_when(story: Story) -> None:
    dossier = story.received()
    with refused_by("dossier_done_has_time"):
        change(dossier, status="DONE")
    change(dossier, status="DONE", finished_at=MORNING)


def test_a_returned_dossier_knows_when(story: Story) -> None:
    dossier = story.received()
    with refused_by("dossier_returned_has_time"):
        change(dossier, status="RETURNED", closed_at=MORNING, finished_at=MORNING)
    change(dossier, status="RETURNED", closed_at=MORNING, finished_at=MORNING, returned_at=MORNING)


def test_a_line_of_the_book_is_used_once(story: Story) -> None:
    first, second = story.received(), story.received()
    with refused_by("dossier_register_line_unique"):
        change(second, line_no=first.line_no)
    change(second, line_no=first.line_no, book_no="01/2099")


def test_a_code_is_used_once(story: Story) -> None:
    first, second = story.received(), story.received()
    with refused_by("dossiers_dossier_code_key"):
        change(second, code=first.code)


def test_an_intake_key_is_used_once_by_an_account(story: Story) -> None:
    first, second = story.received(), story.received()
    with refused_by("dossier_intake_key_unique"):
        change(second, intake_key=first.intake_key)
    change(second, intake_key=first.intake_key, received_by_id=story.officer.user_id)


def test_a_paper_has_its_own_place_in_the_checklist(story: Story) -> None:
    dossier = story.received()
    line = ChecklistLine(dossier=dossier, position=1, name="x", state="paper")
    with refused_by("checklist_line_position_unique"):
        line.save()
    line.position = 99
    line.save()


def another_run(dossier: Dossier, **columns: Any) -> StepRun:
    run = StepRun.objects.get(dossier=dossier, action="examine")
    run.pk, run.run_no, run._state.adding = None, 9, True
    for name, value in columns.items():
        setattr(run, name, value)
    return run


def test_a_run_number_is_used_once(story: Story) -> None:
    dossier = story.received()
    with refused_by("step_run_number_unique"):
        another_run(dossier, run_no=1, state="done", finished_at=MORNING + timedelta(hours=1)).save()
    another_run(dossier, state="done", finished_at=MORNING + timedelta(hours=1)).save()


@pytest.mark.parametrize("state", ["waiting", "working"])
def test_one_step_is_open_at_a_time(state: str, story: Story) -> None:
    dossier = story.received()
    with refused_by("step_run_one_open_per_branch"):
        another_run(dossier, state=state).save()


def test_a_run_does_not_end_before_it_began(story: Story) -> None:
    dossier = story.received()
    with refused_by("step_run_ends_after_start"):
        another_run(dossier, state="done", finished_at=MORNING - timedelta(days=1)).save()


def test_a_run_is_finished_exactly_when_it_has_an_end(story: Story) -> None:
    dossier = story.received()
    with refused_by("step_run_finished_has_time"):
        another_run(dossier, state="done").save()
    with refused_by("step_run_finished_has_time"):
        StepRun.objects.filter(dossier=dossier, action="examine").update(finished_at=MORNING + timedelta(hours=1))


def test_a_result_is_handed_over_once(story: Story) -> None:
    dossier = story.returned()
    with refused_by("dossiers_handover_dossier_id_key"):
        HandOver(
            dossier=dossier,
            collector_name="x",
            method="signature",
            handed_by_id=story.clerk.user_id or 0,
            handed_at=MORNING,
        ).save()


@pytest.mark.parametrize(
    "statement", ["UPDATE dossiers_dossierevent SET note = 'x'", "DELETE FROM dossiers_dossierevent"]
)
def test_the_story_is_not_rewritten(statement: str, story: Story) -> None:
    story.received()
    with refused_by("dossier_event_append_only"), connection.cursor() as cursor:
        cursor.execute(statement)
    assert DossierEvent.objects.count() == 1


def test_a_rule_set_ends_after_it_begins(db: None) -> None:
    columns = {"name": "x", "policy": {}, "effective_from": LONG_AGO}
    with refused_by("rule_set_validity_order"):
        RuleSet.objects.create(code="R8", series="R8", effective_to=LONG_AGO - timedelta(days=1), **columns)
    RuleSet.objects.create(code="R9", series="R9", effective_to=LONG_AGO, **columns)
