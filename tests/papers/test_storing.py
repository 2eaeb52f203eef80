"""A paper comes into the store, waits or is valid, and is not there twice."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from dossiers.papers.constants import OwnerRef, PaperEventKind, PaperSource, PaperState, SignatureState, Trust
from dossiers.papers.models import Paper, PaperEvent, StoredFile
from dossiers.papers.rules.validity import last_valid_day
from dossiers.papers.services.confirm_paper import confirm_paper
from dossiers.papers.services.store_paper import store_paper
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError, NotAllowed
from tests.factories import MORNING
from tests.papers.conftest import Store, content, data_of, person

pytestmark = pytest.mark.django_db


def kinds(paper: Paper) -> list[str]:
    return list(PaperEvent.objects.filter(paper=paper).values_list("kind", flat=True))


def test_a_signed_paper_is_valid_at_once_with_its_version_and_story(stored: Store, desk_clerk_lan: Actor) -> None:
    paper = Paper.objects.get(pk=stored(number="12/2024").pk)
    assert (paper.state, paper.trust, paper.number) == (PaperState.VALID, Trust.SIGNED_DIGITISED, "12/2024")
    assert json.loads(paper.fields)["status"] == "Chưa kết hôn"
    assert paper.valid_to == date(2024, 8, 1)  # six months, by its type
    assert (paper.unit_id, paper.created_by_id) == (desk_clerk_lan.unit_id, desk_clerk_lan.user_id)
    assert paper.current_version and (paper.current_version.serial, paper.current_version.page_count) == (1, 2)
    assert kinds(paper) == [PaperEventKind.STORED]


def test_what_is_only_declared_waits_until_a_clerk_confirms_it(stored: Store, desk_clerk_lan: Actor) -> None:
    file = content(signature_state=SignatureState.NONE)
    paper = stored(trust=Trust.DECLARED, source=PaperSource.UPLOADED, file=file, number="")
    assert paper.state == PaperState.PENDING
    owner = OwnerRef(person_id=paper.owner_person_id)
    read = data_of(owner, trust=Trust.CHECKED, number="77/2024", type_code="BIRTH_CERTIFICATE", fields={})
    done = confirm_paper(actor=desk_clerk_lan, paper_id=paper.pk, data=read, row_version=1, now=MORNING)
    kept = Paper.objects.get(pk=paper.pk)
    assert (kept.state, kept.number, kept.type.code, kept.valid_to) == ("VALID", "77/2024", "BIRTH_CERTIFICATE", None)
    assert kept.row_version == done.row_version == 2
    assert kinds(paper) == [PaperEventKind.STORED, PaperEventKind.CONFIRMED]
    with pytest.raises(Conflict, match=r"paper\.wrong_state"):
        confirm_paper(actor=desk_clerk_lan, paper_id=paper.pk, data=read, now=MORNING)


def test_a_stale_form_and_a_bare_declaration_confirm_nothing(
    stored: Store, desk_clerk_lan: Actor, tu: OwnerRef
) -> None:
    paper = stored(trust=Trust.DECLARED)
    for code, version, trust in (
        ("paper.changed", 7, Trust.CHECKED),
        ("paper.only_declared", 1, Trust.DECLARED),
    ):
        with pytest.raises(DomainError, match=code):
            confirm_paper(
                actor=desk_clerk_lan, paper_id=paper.pk, data=data_of(tu, trust=trust), row_version=version, now=MORNING
            )


def test_nothing_counts_as_signed_without_a_valid_signature(stored: Store) -> None:
    for state in (SignatureState.NONE, SignatureState.INVALID, SignatureState.UNTRUSTED, SignatureState.PARTIAL):
        with pytest.raises(DomainError, match=r"paper\.not_signed"):
            stored(file=content(signature_state=state))


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("paper.unknown_type", {"type_code": "NO_SUCH"}),
        ("paper.number_long", {"number": "1" * 101}),
        ("paper.issuer_long", {"issuer_name": "x" * 251}),
        ("paper.dates", {"valid_to": date(2023, 1, 1)}),
        ("paper.unknown_field", {"fields": {"salary": "1"}}),
        ("paper.field_long", {"fields": {"holder": "x" * 501}}),
        ("paper.empty", {"file": content(shown=b"")}),
        ("paper.no_pages", {"file": content(page_count=0)}),
    ],
)
def test_each_wrong_word_is_refused_with_its_code(stored: Store, code: str, changes: dict[str, object]) -> None:
    with pytest.raises(DomainError) as refused:
        stored(**changes)
    assert refused.value.code == code
    assert not Paper.objects.exists() and not StoredFile.objects.exists()


def test_the_same_number_is_not_stored_twice(stored: Store) -> None:
    first = stored(number="12/2024 UBND")
    for changes in ({"number": "12/2024-ubnd"}, {"number": "12 2024 UBND", "issued_on": None}):
        with pytest.raises(Conflict) as refused:
            stored(**changes)
        assert (refused.value.code, refused.value.data) == ("paper.duplicate", {"paper_id": first.pk})
    stored(number="12/2024 UBND", issued_on=date(2023, 2, 1))  # last year's, of the same number
    stored(number="12/2024 UBND", type_code="BIRTH_NOTICE", fields={})


def test_the_same_file_is_one_paper_of_one_person_and_one_content_of_all(stored: Store) -> None:
    file = content()
    first = stored(file=file)
    with pytest.raises(Conflict) as refused:
        stored(file=file)
    assert refused.value.data == {"paper_id": first.pk}
    other = stored(file=file, owner=OwnerRef(person_id=person("Lê Thị Bình", 2).pk))
    assert other.current_version and first.current_version
    assert other.current_version.original_id == first.current_version.original_id
    assert StoredFile.objects.count() == 1


def test_a_citizen_declares_their_own_papers_and_nobody_elses(stored: Store, tu: OwnerRef) -> None:
    citizen = Actor(name="Trần Văn Tú", channel="public", person_id=tu.person_id)
    own = {"source": PaperSource.UPLOADED, "trust": Trust.DECLARED}
    assert stored(actor=citizen, **own).state == PaperState.PENDING
    other = OwnerRef(person_id=person("Lê Thị Bình", 2).pk)
    for changes in (own | {"owner": other}, own | {"trust": Trust.CHECKED}, own | {"source": PaperSource.ISSUED}):
        with pytest.raises(NotAllowed):
            stored(actor=citizen, **changes)


def test_only_those_with_the_right_store(stored: Store, desk_clerk_lan: Actor, tu: OwnerRef) -> None:
    with pytest.raises(NotAllowed):
        store_paper(actor=replace(desk_clerk_lan, rights=frozenset()), data=data_of(tu), content=content(), now=MORNING)


@pytest.mark.parametrize(
    ("issued", "months", "until"),
    [
        (date(2024, 2, 1), 6, date(2024, 8, 1)),
        (date(2024, 8, 31), 6, date(2025, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2024, 12, 31), 12, date(2025, 12, 31)),
        (date(2024, 1, 15), None, None),
        (None, 6, None),
    ],
)
def test_a_period_in_months_ends_on_the_same_day(issued: date | None, months: int | None, until: date | None) -> None:
    assert last_valid_day(issued, months) == until


def test_nothing_of_a_paper_can_be_read_at_rest(stored: Store, papers_root: Path) -> None:
    words = "Trần Văn Tú chưa kết hôn với ai"
    paper = stored(number="001090123411", fields={"holder": words}, file=content(words.encode(), text=words))
    files = [path for path in papers_root.rglob("*") if path.is_file()]
    assert len(files) == 1
    for secret in (words, "001090123411", "Tú chưa"):
        assert not any(secret.encode() in path.read_bytes() for path in files)
        with connection.cursor() as cursor:
            for table, key in (("papers_paper", paper.pk), ("papers_paperversion", paper.current_version_id)):
                cursor.execute(f"SELECT t::text FROM {table} t WHERE id = %s", [key])
                (row,) = cursor.fetchone()
                assert secret not in row and secret.encode().hex() not in row
