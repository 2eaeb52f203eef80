"""The constraints of the catalogue: what the database refuses by name, and the nearest thing that it allows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from haddong_portal.accounts.models import Unit
from procedures.models import (
    CaseLimit,
    CatalogueState,
    IsoProcess,
    IsoStep,
    PaperRequirement,
    PosterBatch,
    Procedure,
    ProcedureCase,
    ProcedureVersion,
    ScanCount,
    ShortLink,
    UnitProcedure,
)
from tests.constraints.registry import breaks, refused_by
from tests.factories import MORNING, PublishedProcedure, UnitFactory

pytestmark = pytest.mark.django_db
DAY, NEXT_DAY = date(2024, 3, 5), date(2024, 3, 6)


@pytest.fixture
def bare() -> Procedure:
    """A procedure without a version."""
    return Procedure.objects.create(national_code="1.900001", created_at=MORNING)


def version(of: Procedure, number: int = 1, **values: Any) -> ProcedureVersion:
    facts = {"source": "thử", "content_hash": str(number), "name": "Thử", "created_at": MORNING}
    return ProcedureVersion.objects.create(procedure=of, number=number, **{**facts, **values})


@breaks("procedure_version_number_unique")
def test_versions_are_numbered_once(bare: Procedure) -> None:
    version(bare, 1)
    with refused_by("procedure_version_number_unique"):
        version(bare, 1, content_hash="khác")
    version(bare, 2)


@breaks("procedure_version_one_published")
def test_one_version_is_in_force(bare: Procedure) -> None:
    version(bare, 1, state="published")
    with refused_by("procedure_version_one_published"):
        version(bare, 2, state="published")
    version(bare, 2, state="draft")


@breaks("procedure_version_published_is_complete")
def test_nothing_incomplete_is_published(bare: Procedure) -> None:
    with refused_by("procedure_version_published_is_complete"):
        version(bare, state="published", missing_parts=["name"])
    version(bare, state="draft", missing_parts=["name"])


@breaks("procedure_version_published_is_lawful")
def test_nothing_forbidden_is_published(bare: Procedure) -> None:
    with refused_by("procedure_version_published_is_lawful"):
        version(bare, state="published", blockers=["residence_book"])
    version(bare, state="draft", blockers=["residence_book"])


@breaks("procedure_version_content_once_per_source")
def test_the_same_content_of_a_source_comes_once(bare: Procedure) -> None:
    version(bare, 1, content_hash="a")
    with refused_by("procedure_version_content_once_per_source"):
        version(bare, 2, content_hash="a")
    version(bare, 2, content_hash="a", source="nguồn khác")


@breaks("procedure_version_validity_order")
def test_a_version_ends_after_it_begins(bare: Procedure) -> None:
    with refused_by("procedure_version_validity_order"):
        version(bare, valid_from=DAY, valid_to=DAY)
    version(bare, valid_from=DAY, valid_to=NEXT_DAY)


@breaks("procedure_case_position_unique", "paper_requirement_position_unique")
def test_cases_and_papers_have_their_places(procedure: PublishedProcedure) -> None:
    with refused_by("procedure_case_position_unique"):
        ProcedureCase.objects.create(version=procedure.version, position=1, name="Trường hợp khác")
    second = ProcedureCase.objects.create(version=procedure.version, position=2, name="Trường hợp khác")
    with refused_by("paper_requirement_position_unique"):
        PaperRequirement.objects.create(case=procedure.case, position=1, name="Đơn")
    PaperRequirement.objects.create(case=second, position=1, name="Đơn")


@breaks("case_limit_known_or_flagged", "case_limit_one_per_channel")
def test_a_limit_is_known_or_marked_for_review_once_per_channel(procedure: PublishedProcedure) -> None:
    with refused_by("case_limit_known_or_flagged"):
        CaseLimit.objects.create(case=procedure.case, channel=2, text="theo quy định")
    with refused_by("case_limit_one_per_channel"):
        CaseLimit.objects.create(case=procedure.case, text="theo quy định", needs_review=True)
    CaseLimit.objects.create(case=procedure.case, channel=2, text="theo quy định", needs_review=True)


def link(token: str, **values: Any) -> ShortLink:
    return ShortLink.objects.create(token=token, created_at=MORNING, **values)


@breaks("short_link_has_target", "short_link_target_unique")
def test_a_short_link_opens_one_thing_that_is_there(bare: Procedure, ward: Unit) -> None:
    with refused_by("short_link_has_target"):
        link("A", kind="procedure", unit=ward)
    with refused_by("short_link_has_target"):
        link("A", kind="counter", procedure=bare)
    link("A", kind="procedure", procedure=bare)
    with refused_by("short_link_target_unique"):
        link("B", kind="procedure", procedure=bare)
    link("B", kind="counter", unit=ward, label="Quầy 1")
    link("C", kind="counter", unit=ward, label="Quầy 2")


@breaks("scan_count_one_row_a_day")
def test_scans_of_a_day_are_one_row(bare: Procedure) -> None:
    scanned = link("A", kind="procedure", procedure=bare)
    ScanCount.objects.create(link=scanned, on=DAY)
    with refused_by("scan_count_one_row_a_day"):
        ScanCount.objects.create(link=scanned, on=DAY)
    ScanCount.objects.create(link=scanned, on=NEXT_DAY)


@breaks("unit_procedure_unique", "unit_procedure_refusal_has_reason")
def test_a_unit_answers_once_for_a_procedure_and_says_why_not(bare: Procedure, ward: Unit) -> None:
    with refused_by("unit_procedure_refusal_has_reason"):
        UnitProcedure.objects.create(unit=ward, procedure=bare, performed=False)
    UnitProcedure.objects.create(unit=ward, procedure=bare, performed=False, reason="Nộp tại chi nhánh.")
    with refused_by("unit_procedure_unique"):
        UnitProcedure.objects.create(unit=ward, procedure=bare)
    UnitProcedure.objects.create(unit=UnitFactory(), procedure=bare)


def batch(ward: Unit, **values: Any) -> PosterBatch:
    return PosterBatch.objects.create(unit=ward, created_at=MORNING, touched_at=MORNING, **values)


@breaks("poster_batch_done_within_total", "poster_batch_done_has_file")
def test_a_batch_counts_within_its_total_and_ends_with_a_file(ward: Unit) -> None:
    with refused_by("poster_batch_done_within_total"):
        batch(ward, total=2, done=3)
    with refused_by("poster_batch_done_has_file"):
        batch(ward, state="done", finished_at=MORNING)
    with refused_by("poster_batch_done_has_file"):
        batch(ward, state="done", file="posters/a.pdf")
    batch(ward, total=2, done=2, state="done", file="posters/a.pdf", finished_at=MORNING)


def process(**values: Any) -> IsoProcess:
    return IsoProcess.objects.create(
        **{"code": "QT-THU", "name": "Quy trình thử", "level": "xa", "valid_from": DAY, **values}
    )


@breaks("iso_process_version_unique", "iso_process_validity_order")
def test_a_process_is_issued_once_per_version_and_ends_after_it_begins() -> None:
    with refused_by("iso_process_validity_order"):
        process(valid_to=DAY)
    process(valid_to=NEXT_DAY)
    with refused_by("iso_process_version_unique"):
        process()
    process(version=2)


@breaks("iso_step_sequence_unique")
def test_steps_of_a_process_follow_each_other(procedure: PublishedProcedure) -> None:
    facts = {"code": "B", "name": "Thử", "action": "receive", "responsible_role": "clerk", "responsible_unit": "desk"}
    with refused_by("iso_step_sequence_unique"):
        IsoStep.objects.create(process=procedure.process, sequence=1, limit_minutes=1, **facts)
    IsoStep.objects.create(process=procedure.process, sequence=9, limit_minutes=1, **facts)


@breaks("catalogue_state_one_row")
def test_the_catalogue_has_one_state() -> None:
    with refused_by("catalogue_state_one_row"):
        CatalogueState.objects.create(pk=2, revision="x", changed_at=MORNING)
    CatalogueState.objects.update_or_create(pk=1, defaults={"revision": "x", "changed_at": MORNING})
