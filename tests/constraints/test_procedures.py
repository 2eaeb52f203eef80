"""The constraints of the catalogue: what the database refuses by name, and the nearest thing that it allows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from haddong_portal.accounts.models import Unit
from procedures.models import (
    CaseLimit,
    CatalogueState,
    Delegation,
    IsoAmendment,
    IsoForm,
    IsoProcess,
    IsoRecord,
    IsoSection,
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


@breaks("unit_procedure_delegated_to_another")
def test_who_signs_is_not_who_delegates(bare: Procedure, ward: Unit) -> None:
    district = UnitFactory()
    with refused_by("unit_procedure_delegated_to_another"):
        UnitProcedure.objects.create(unit=ward, procedure=bare, signing_unit=district, delegated_by=district)
    UnitProcedure.objects.create(unit=ward, procedure=bare, signing_unit=ward, delegated_by=district)


def process(**values: Any) -> IsoProcess:
    facts = {"code": "QT-THU", "name": "Quy trình thử", "level": "xa", "state": "published", "valid_from": DAY}
    return IsoProcess.objects.create(**{**facts, **values})


def draft(**values: Any) -> IsoProcess:
    return process(**{"state": "draft", "valid_from": None, **values})


@breaks("iso_process_version_unique", "iso_process_validity_order")
def test_a_process_is_issued_once_per_version_and_ends_after_it_begins() -> None:
    with refused_by("iso_process_validity_order"):
        process(valid_to=DAY)
    process(valid_to=NEXT_DAY)
    with refused_by("iso_process_version_unique"):
        process()
    process(version=2)


@breaks("iso_process_in_force_once_published", "iso_process_retired_has_end")
def test_a_draft_is_not_in_force_and_what_was_issued_was() -> None:
    with refused_by("iso_process_in_force_once_published"):
        process(valid_from=None)
    with refused_by("iso_process_in_force_once_published"):
        draft(valid_from=DAY)
    with refused_by("iso_process_retired_has_end"):
        process(state="retired")
    process(state="retired", valid_to=NEXT_DAY)
    draft(version=2)


@breaks("iso_process_one_open_issue", "iso_process_one_draft")
def test_a_code_has_one_open_issue_and_one_draft() -> None:
    process()
    with refused_by("iso_process_one_open_issue"):
        process(version=2)
    draft(version=2)
    with refused_by("iso_process_one_draft"):
        draft(version=3)
    process(code="QT-KHAC")
    draft(code="QT-KHAC", version=2)


STEP = {
    "code": "B",
    "name": "Thử",
    "action": "verify",
    "responsible_role": "officer",
    "responsible_unit": "handling",
    "limit_minutes": 1,
}


@breaks("iso_step_sequence_unique")
def test_steps_of_a_process_follow_each_other(procedure: PublishedProcedure) -> None:
    with refused_by("iso_step_sequence_unique"):
        IsoStep.objects.create(process=procedure.process, sequence=1, **STEP)
    IsoStep.objects.create(process=procedure.process, sequence=9, **STEP)


@breaks("iso_step_lead_has_no_join", "iso_step_join_after_start")
def test_only_branches_leave_the_lead_line_and_come_back_later() -> None:
    marks = {"process": draft(), **STEP, "starts_after": 1}
    with refused_by("iso_step_lead_has_no_join"):
        IsoStep.objects.create(sequence=2, joins_before=3, **marks)
    with refused_by("iso_step_join_after_start"):
        IsoStep.objects.create(sequence=2, branch=1, joins_before=1, **marks)
    IsoStep.objects.create(sequence=2, branch=1, joins_before=3, **marks)


@breaks("iso_section_position_unique", "iso_section_number_unique")
def test_sections_have_their_places_and_numbers() -> None:
    of = draft()
    IsoSection.objects.create(process=of, position=1, number="5.1", title="Cơ sở pháp lý")
    with refused_by("iso_section_position_unique"):
        IsoSection.objects.create(process=of, position=1, number="5.2", title="Thành phần hồ sơ")
    with refused_by("iso_section_number_unique"):
        IsoSection.objects.create(process=of, position=2, number="5.1", title="Điều kiện")
    IsoSection.objects.create(process=of, position=2, number="5.2", title="Thành phần hồ sơ")


@breaks("iso_amendment_position_unique", "iso_record_position_unique")
def test_amendments_and_records_have_their_places() -> None:
    of = draft()
    for model, facts, name in (
        (IsoAmendment, {"content": "Ban hành lần đầu", "issue": 1}, "iso_amendment_position_unique"),
        (IsoRecord, {"name": "Hồ sơ lưu"}, "iso_record_position_unique"),
    ):
        model.objects.create(process=of, position=1, **facts)
        with refused_by(name):
            model.objects.create(process=of, position=1, **facts)
        model.objects.create(process=of, position=2, **facts)


@breaks("iso_form_position_unique", "iso_form_code_unique")
def test_forms_have_their_places_and_codes() -> None:
    of = draft()
    IsoForm.objects.create(process=of, position=1, code="BM-01", name="Tờ khai")
    with refused_by("iso_form_position_unique"):
        IsoForm.objects.create(process=of, position=1, name="Đơn")
    with refused_by("iso_form_code_unique"):
        IsoForm.objects.create(process=of, position=2, code="BM-01", name="Đơn")
    IsoForm.objects.create(process=of, position=2, name="Đơn")
    IsoForm.objects.create(process=of, position=3, name="Giấy cam kết")


def delegation(ward: Unit, **values: Any) -> Delegation:
    district = Unit.objects.get_or_create(
        key="quan", defaults={"name": "Quận", "short_name": "Quận", "kind": "district", "valid_from": DAY}
    )[0]
    facts = {
        "from_unit": district,
        "to_unit": ward,
        "decision_no": "12/QĐ-UBND",
        "decided_on": DAY,
        "valid_from": DAY,
        "acts": ["sign"],
    }
    return Delegation.objects.create(**{**facts, **values})


@breaks("delegation_to_another_unit", "delegation_decision_once_per_units")
def test_a_unit_delegates_to_another_once_per_decision(ward: Unit) -> None:
    with refused_by("delegation_to_another_unit"):
        delegation(ward, from_unit=ward)
    delegation(ward)
    with refused_by("delegation_decision_once_per_units"):
        delegation(ward)
    delegation(ward, decision_no="13/QĐ-UBND")
    delegation(ward, to_unit=UnitFactory())


@breaks("delegation_decided_first", "delegation_validity_order", "delegation_covers_an_act")
def test_a_delegation_is_decided_begins_ends_and_covers_something(ward: Unit) -> None:
    with refused_by("delegation_decided_first"):
        delegation(ward, decided_on=NEXT_DAY)
    with refused_by("delegation_validity_order"):
        delegation(ward, valid_to=DAY)
    with refused_by("delegation_covers_an_act"):
        delegation(ward, acts=[])
    delegation(ward, valid_to=NEXT_DAY)


@breaks("delegation_revoked_with_reason")
def test_a_delegation_is_revoked_with_a_reason(ward: Unit) -> None:
    with refused_by("delegation_revoked_with_reason"):
        delegation(ward, revoked_on=DAY)
    with refused_by("delegation_revoked_with_reason"):
        delegation(ward, revoke_reason="Sắp xếp lại")
    delegation(ward, revoked_on=DAY, revoke_reason="Sắp xếp lại")


@breaks("catalogue_state_one_row")
def test_the_catalogue_has_one_state() -> None:
    with refused_by("catalogue_state_one_row"):
        CatalogueState.objects.create(pk=2, revision="x", changed_at=MORNING)
    CatalogueState.objects.update_or_create(pk=1, defaults={"revision": "x", "changed_at": MORNING})
