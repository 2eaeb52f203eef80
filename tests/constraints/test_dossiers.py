"""The constraints of dossiers: what the database refuses by name, and the nearest thing that it allows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from dossiers.models import ChecklistLine, Dossier, DossierEvent, RuleSet, StepRun
from dossiers.papers.models import PaperUse
from haddong_portal.citizens.models import Organisation
from haddong_portal.common.actors import Actor
from tests.constraints.registry import breaks, refused_by
from tests.factories import MORNING, PublishedProcedure, citizen, receive
from tests.papers.conftest import Store, paper_types, papers_root, stored, tu  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=1)


@pytest.fixture
def dossier(desk_clerk_lan: Actor, procedure: PublishedProcedure) -> Dossier:
    return Dossier.objects.get(pk=receive(desk_clerk_lan, procedure).dossier_id)


@pytest.fixture
def other(dossier: Dossier, desk_clerk_lan: Actor, procedure: PublishedProcedure) -> Dossier:
    return Dossier.objects.get(pk=receive(desk_clerk_lan, procedure, person=citizen("Lê Thị Bé", 2)).dossier_id)


def write(row: Dossier | StepRun | ChecklistLine, **values: Any) -> None:
    """Past the services, as only a mistake could."""
    type(row)._default_manager.filter(pk=row.pk).update(**values)


@breaks("dossier_one_applicant")
def test_a_person_or_an_organisation_never_both_never_none(dossier: Dossier) -> None:
    firm = Organisation.objects.create(name="Công ty Sen", name_folded="cong ty sen", created_at=MORNING)
    with refused_by("dossier_one_applicant"):
        write(dossier, organisation=firm)
    with refused_by("dossier_one_applicant"):
        write(dossier, person=None)
    write(dossier, person=None, organisation=firm)


@breaks("dossier_closed_when_final")
def test_a_final_state_is_closed_and_an_open_one_is_not(dossier: Dossier) -> None:
    with refused_by("dossier_closed_when_final"):
        write(dossier, status="STOPPED")
    with refused_by("dossier_closed_when_final"):
        write(dossier, closed_at=LATER)
    write(dossier, status="STOPPED", closed_at=LATER)


@breaks("dossier_done_has_time")
def test_done_says_when(dossier: Dossier) -> None:
    with refused_by("dossier_done_has_time"):
        write(dossier, status="DONE")
    write(dossier, status="DONE", finished_at=LATER)


@breaks("dossier_returned_has_time")
def test_returned_says_when(dossier: Dossier) -> None:
    ended = {"status": "RETURNED", "finished_at": LATER, "closed_at": LATER}
    with refused_by("dossier_returned_has_time"):
        write(dossier, **ended)
    write(dossier, **ended, returned_at=LATER)


@breaks("dossier_register_line_unique")
def test_a_line_of_the_register_is_written_once(dossier: Dossier, other: Dossier) -> None:
    with refused_by("dossier_register_line_unique"):
        write(other, line_no=dossier.line_no)
    write(other, line_no=dossier.line_no, book_no="01/2025")


@breaks("dossier_intake_key_unique")
def test_an_intake_key_makes_one_dossier_per_clerk(dossier: Dossier, other: Dossier, officer_minh: Actor) -> None:
    with refused_by("dossier_intake_key_unique"):
        write(other, intake_key=dossier.intake_key)
    write(other, intake_key=dossier.intake_key, received_by=officer_minh.user_id)


@breaks("checklist_line_reuse_is_electronic")
def test_a_reused_paper_was_not_brought(dossier: Dossier, stored: Store) -> None:  # noqa: F811 - the fixture
    version = stored().current_version
    assert version is not None
    use = PaperUse.objects.create(version=version, purpose="INTAKE", reference="dossier:1", used_at=MORNING)
    line: dict[str, Any] = {"dossier": dossier, "position": 91, "name": "Giấy khai sinh", "paper_use": use}
    with refused_by("checklist_line_reuse_is_electronic"):
        ChecklistLine.objects.create(state="paper", **line)
    ChecklistLine.objects.create(state="electronic", **line)


@breaks("checklist_line_position_unique")
def test_two_papers_have_two_places(dossier: Dossier, other: Dossier) -> None:
    with refused_by("checklist_line_position_unique"):
        ChecklistLine.objects.create(dossier=dossier, position=1, name="Thẻ căn cước", state="paper")
    assert ChecklistLine.objects.filter(position=1).count() == 2
    ChecklistLine.objects.create(dossier=dossier, position=90, name="Thẻ căn cước", state="paper")


def another_run(dossier: Dossier, **values: Any) -> StepRun:
    """The open step of the dossier once more, with other values."""
    run = StepRun.objects.get(dossier=dossier, state="waiting")
    for name, value in {"pk": None, "run_no": 90, **values}.items():
        setattr(run, name, value)
    run._state.adding = True
    run.save(force_insert=True)
    return run


@breaks("step_run_number_unique")
def test_runs_are_numbered_once(dossier: Dossier) -> None:
    with refused_by("step_run_number_unique"):
        another_run(dossier, run_no=1, state="done", finished_at=LATER)
    another_run(dossier, state="done", finished_at=LATER)


@breaks("step_run_one_open_per_branch")
def test_a_dossier_stands_at_one_step_of_each_branch(dossier: Dossier) -> None:
    for state in ("waiting", "working"):
        with refused_by("step_run_one_open_per_branch"):
            another_run(dossier, state=state)
    another_run(dossier, state="sent_back", finished_at=LATER)
    another_run(dossier, run_no=91, branch=1)


@breaks("step_run_ends_after_start")
def test_a_step_ends_after_it_was_handed_over(dossier: Dossier) -> None:
    run = StepRun.objects.get(dossier=dossier, state="waiting")
    with refused_by("step_run_ends_after_start"):
        write(run, state="done", finished_at=run.handed_at - timedelta(seconds=1))
    write(run, state="done", finished_at=run.handed_at)


@breaks("step_run_finished_has_time")
def test_a_finished_step_says_when_and_an_open_one_cannot(dossier: Dossier) -> None:
    run = StepRun.objects.get(dossier=dossier, state="waiting")
    with refused_by("step_run_finished_has_time"):
        write(run, state="done")
    with refused_by("step_run_finished_has_time"):
        write(run, finished_at=LATER)
    write(run, state="sent_back", finished_at=LATER)


@breaks("rule_set_validity_order")
def test_rules_end_no_earlier_than_they_begin() -> None:
    facts = {"name": "Nghị định thử", "effective_from": date(2024, 1, 2), "policy": {}}
    with refused_by("rule_set_validity_order"):
        RuleSet.objects.create(code="T1", series="T1", effective_to=date(2024, 1, 1), **facts)
    RuleSet.objects.create(code="T2", series="T2", effective_to=date(2024, 1, 2), **facts)


@breaks("dossier_event_append_only")
def test_an_event_is_neither_changed_nor_deleted(dossier: Dossier) -> None:
    events = DossierEvent.objects.filter(dossier=dossier)
    with refused_by("dossier_event_append_only"):
        events.update(note="sửa lại")
    with refused_by("dossier_event_append_only"):
        events.delete()
    with refused_by("dossier_event_append_only"):
        Dossier.objects.raw("DELETE FROM dossiers_dossierevent RETURNING id")[0]
    assert events.count() == 1


@breaks("rule_set_version_once", "rule_set_next_version_has_day")
def test_a_rule_sets_versions_are_counted_and_the_later_ones_say_from_when(db: None) -> None:
    facts = {"name": "Bộ quy tắc thử", "series": "T1", "effective_from": date(2024, 1, 2), "policy": {}}
    RuleSet.objects.create(code="T1", **facts)
    with refused_by("rule_set_version_once"):
        RuleSet.objects.create(code="T1.1", **facts)
    with refused_by("rule_set_next_version_has_day"):
        RuleSet.objects.create(code="T1.2", version=2, **facts)
    RuleSet.objects.create(code="T1.2", version=2, applies_from=date(2024, 2, 1), **facts)
