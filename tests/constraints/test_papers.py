"""What the database refuses of the paper store."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from dossiers.papers.constants import (
    PaperSource,
    PaperState,
    Trust,
    UsePurpose,
)
from dossiers.papers.models import (
    Paper,
    PaperCorrection,
    PaperEvent,
    PaperType,
    PaperUse,
    PaperVersion,
    ShareCode,
    StoredFile,
    TakenAnyway,
    VerificationCode,
)
from haddong_portal.accounts.models import Unit
from haddong_portal.citizens.models import Organisation, Person
from haddong_portal.common.actors import Actor
from tests.constraints.registry import breaks, refused_by
from tests.factories import MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture
def kind() -> PaperType:
    return PaperType.objects.create(code="X", name="Giấy thử", in_force_from=date(2023, 1, 1), source="test")


@pytest.fixture
def owner() -> Person:
    return Person.objects.create(full_name="Trần Văn Tú", created_at=MORNING, updated_at=MORNING)


@pytest.fixture
def firm() -> Organisation:
    return Organisation.objects.create(name="Công ty", created_at=MORNING)


def make_paper(kind: PaperType, **values: Any) -> Paper:
    row: dict[str, Any] = {"type": kind, "source": PaperSource.DIGITISED, "trust": Trust.CHECKED}
    return Paper.objects.create(**{**row, "state": PaperState.VALID, "created_at": MORNING, **values})


def make_file(mark: str = "a" * 64, **values: Any) -> StoredFile:
    row: dict[str, Any] = {"size_bytes": 1, "key_id": "00000000", "checked_at": MORNING, "created_at": MORNING}
    return StoredFile.objects.create(mark=mark, **row | values)


def make_version(paper: Paper, file: StoredFile, **values: Any) -> PaperVersion:
    row: dict[str, Any] = {"serial": 1, "page_count": 1, "sha256": "b" * 64, "content_type": "application/pdf"}
    return PaperVersion.objects.create(
        paper=paper, original=file, shown=file, made_at=MORNING, text="chữ", **{**row, **values}
    )


@breaks("paper_type_refusal_has_ground", "paper_type_force_order", "paper_type_valid_months")
def test_the_database_keeps_types_sound() -> None:
    row: dict[str, Any] = {"name": "Giấy", "in_force_from": date(2023, 1, 1), "source": "test"}
    with refused_by("paper_type_refusal_has_ground"):
        PaperType.objects.create(code="A", never_demand=True, **row)
    with refused_by("paper_type_force_order"):
        PaperType.objects.create(code="A", in_force_to=date(2022, 1, 1), **row)
    with refused_by("paper_type_valid_months"):
        PaperType.objects.create(code="A", valid_months=0, **row)


@breaks("paper_one_owner", "paper_valid_is_checked", "paper_validity_order")
def test_the_database_keeps_a_paper_sound(kind: PaperType, owner: Person, firm: Organisation) -> None:
    for owners in ({}, {"owner_person": owner, "owner_organisation": firm}):
        with refused_by("paper_one_owner"):
            make_paper(kind, **owners)
    with refused_by("paper_valid_is_checked"):
        make_paper(kind, owner_person=owner, trust=Trust.DECLARED)
    with refused_by("paper_validity_order"):
        make_paper(kind, owner_person=owner, issued_on=date(2024, 2, 1), valid_to=date(2024, 1, 31))


@breaks("paper_replaced_by_another", "paper_not_its_own_heir", "paper_revoked_with_reason")
def test_the_database_keeps_the_end_of_a_paper_sound(kind: PaperType, owner: Person) -> None:
    paper, heir = make_paper(kind, owner_person=owner), make_paper(kind, owner_person=owner)
    rows = Paper.objects.filter(pk=paper.pk)
    with refused_by("paper_replaced_by_another"):
        rows.update(state=PaperState.REPLACED)
    with refused_by("paper_replaced_by_another"):
        rows.update(replaced_by=heir)
    with refused_by("paper_not_its_own_heir"):
        rows.update(state=PaperState.REPLACED, replaced_by=paper)
    for wrong in (
        {"state": PaperState.REVOKED},
        {"state": PaperState.REVOKED, "revoked_at": MORNING},
        {"revoked_at": MORNING},
    ):
        with refused_by("paper_revoked_with_reason"):
            rows.update(**wrong)


@breaks("paper_erased_when", "paper_erased_keeps_nothing")
def test_the_database_keeps_nothing_of_an_erased_paper(kind: PaperType, owner: Person) -> None:
    plain = make_paper(kind, owner_person=owner)
    with refused_by("paper_erased_when"):
        Paper.objects.filter(pk=plain.pk).update(state=PaperState.ERASED)
    with refused_by("paper_erased_when"):
        Paper.objects.filter(pk=plain.pk).update(erased_at=MORNING)
    for words in ({"number": "1"}, {"fields": "{}"}):
        paper = make_paper(kind, owner_person=owner, **words)
        with refused_by("paper_erased_keeps_nothing"):
            Paper.objects.filter(pk=paper.pk).update(state=PaperState.ERASED, erased_at=MORNING)


@breaks("paper_once_per_person", "paper_once_per_organisation")
def test_the_database_keeps_one_number_once(kind: PaperType, owner: Person, firm: Organisation) -> None:
    for name, whose in (
        ("paper_once_per_person", {"owner_person": owner}),
        ("paper_once_per_organisation", {"owner_organisation": firm}),
    ):
        for day in (None, date(2024, 1, 1)):
            make_paper(kind, number="12/2024", issued_on=day, **whose)
            with refused_by(name):
                make_paper(kind, number="12-2024", issued_on=day, **whose)
            make_paper(kind, issued_on=day, **whose)
            make_paper(kind, issued_on=day, **whose)


@breaks("stored_file_mark_form", "stored_file_not_empty")
def test_the_database_keeps_files_sound() -> None:
    with refused_by("stored_file_mark_form"):
        make_file("../../" + "a" * 58)
    with refused_by("stored_file_not_empty"):
        make_file(size_bytes=0)


@breaks("paper_version_in_order", "paper_version_has_pages", "paper_version_sha256_form", "paper_version_append_only")
def test_the_database_keeps_versions_as_written(kind: PaperType, owner: Person) -> None:
    paper, file = make_paper(kind, owner_person=owner), make_file()
    version = make_version(paper, file, signature={"by": "x"})
    with refused_by("paper_version_in_order"):
        make_version(paper, file)
    with refused_by("paper_version_has_pages"):
        make_version(paper, file, serial=2, page_count=0)
    with refused_by("paper_version_sha256_form"):
        make_version(paper, file, serial=2, sha256="x" * 64)
    rows = PaperVersion.objects.filter(pk=version.pk)
    for change in ({"page_count": 9}, {"text": "khác", "signature": {}}, {"text": "", "signature": {}, "serial": 3}):
        with refused_by("paper_version_append_only"):
            rows.update(**change)
    with refused_by("paper_version_append_only"):
        rows.delete()
    rows.update(text="", signature={})
    assert rows.get().text == ""


@breaks("paper_use_for_something", "paper_use_append_only", "paper_event_append_only")
def test_the_database_keeps_uses_and_events_as_written(kind: PaperType, owner: Person) -> None:
    version = make_version(make_paper(kind, owner_person=owner), make_file())
    row: dict[str, Any] = {"version": version, "purpose": UsePurpose.INTAKE, "used_at": MORNING}
    with refused_by("paper_use_for_something"):
        PaperUse.objects.create(**row)
    PaperUse.objects.create(**row, reference="dossier:1")
    PaperEvent.objects.create(paper=version.paper, kind="paper.stored", at=MORNING, actor_name="Lan")
    for name, model in (("paper_use_append_only", PaperUse), ("paper_event_append_only", PaperEvent)):
        with refused_by(name):
            model.objects.update(**({"reference": "x"}))
        with refused_by(name):
            model.objects.all()._raw_delete("default")


@breaks("taken_anyway_has_reason", "taken_anyway_from_one")
def test_the_database_keeps_a_reason_for_what_was_taken_anyway(
    kind: PaperType, owner: Person, firm: Organisation, ward: Unit
) -> None:
    row: dict[str, Any] = {"type": kind, "reference": "dossier:1", "unit": ward, "at": MORNING}
    with refused_by("taken_anyway_has_reason"):
        TakenAnyway.objects.create(person=owner, **row)
    for whose in ({}, {"person": owner, "organisation": firm}):
        with refused_by("taken_anyway_from_one"):
            TakenAnyway.objects.create(reason="Bản quét mờ", **row, **whose)


@breaks("share_code_expires_later", "share_code_uses_within", "verification_code_not_empty")
def test_the_database_keeps_codes_sound(kind: PaperType, owner: Person) -> None:
    paper = make_paper(kind, owner_person=owner)
    row: dict[str, Any] = {"paper": paper, "digest": "d" * 64, "made_at": MORNING}
    with refused_by("share_code_expires_later"):
        ShareCode.objects.create(**row, expires_at=MORNING)
    later = MORNING + timedelta(hours=1)
    for uses in ({"uses_max": 0}, {"uses_max": 1, "used_count": 2}):
        with refused_by("share_code_uses_within"):
            ShareCode.objects.create(**row, expires_at=later, **uses)
    with refused_by("verification_code_not_empty"):
        VerificationCode.objects.create(code="", version=make_version(paper, make_file()), made_at=MORNING)


@breaks("paper_correction_one_open", "paper_correction_answer_whole")
def test_the_database_keeps_corrections_sound(kind: PaperType, owner: Person, desk_clerk_lan: Actor) -> None:
    paper = make_paper(kind, owner_person=owner)
    PaperCorrection.objects.create(paper=paper, words="Sai ngày", asked_at=MORNING)
    with refused_by("paper_correction_one_open"):
        PaperCorrection.objects.create(paper=paper, words="Sai tên", asked_at=MORNING)
    answered = {"answered_at": MORNING, "answered_by_id": desk_clerk_lan.user_id, "unit_id": desk_clerk_lan.unit_id}
    with refused_by("paper_correction_answer_whole"):
        PaperCorrection.objects.create(paper=paper, words="Sai tên", asked_at=MORNING, outcome="KEPT", **answered)
    with refused_by("paper_correction_answer_whole"):
        PaperCorrection.objects.update(answer="Không sai")
