"""Opening a paper: for something at hand, on record, and never what is not intact."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dossiers.papers.constants import FileState, OwnerRef, PaperEventKind, UsePurpose
from dossiers.papers.models import Paper, PaperEvent, StoredFile
from dossiers.papers.ports import ReferenceView, register_reference_reader, unregister_reference_reader
from dossiers.papers.services.check_file import check_file
from dossiers.papers.services.open_paper import open_paper
from dossiers.papers.services.use_paper import use_paper
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common.actors import Actor
from haddong_portal.common.blobs.marks import path_of
from haddong_portal.common.errors import DomainError, NotAllowed, NotFound
from tests.factories import MORNING
from tests.papers.conftest import Store, content, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_hand(desk_clerk_lan: Actor, tu: OwnerRef) -> Iterator[str]:
    """Something of Tú's that clerk Lan alone has at hand."""
    view = ReferenceView(owners=frozenset({tu}))
    register_reference_reader("case", lambda actor, rest: view if (actor, rest) == (desk_clerk_lan, "1") else None)
    yield "case:1"
    unregister_reference_reader("case")


def file_of(paper: Paper, root: Path) -> Path:
    assert paper.current_version
    return root / path_of(paper.current_version.shown.mark)


def test_the_shown_copy_and_the_original_are_opened_and_recorded(
    stored: Store, desk_clerk_lan: Actor, at_hand: str
) -> None:
    paper = stored(file=content(b"%PDF-goc", shown=b"%PDF-cho-xem"))
    opened = open_paper(actor=desk_clerk_lan, paper_id=paper.pk, purpose="INTAKE", reference=at_hand, now=MORNING)
    assert (opened.content, opened.content_type) == (b"%PDF-cho-xem", "application/pdf")
    assert opened.name == f"MARITAL_STATUS_{paper.public_id.hex[:8]}_V1_20240305.pdf"
    original = open_paper(
        actor=desk_clerk_lan, paper_id=paper.pk, purpose="INTAKE", reference=at_hand, original=True, now=MORNING
    )
    assert original.content == b"%PDF-goc"
    rows = AuditEntry.objects.filter(action="paper.open", object_id=str(paper.pk)).order_by("id")
    assert [(row.person_id, row.purpose, row.data["reference"], row.data["original"]) for row in rows] == [
        (paper.owner_person_id, "INTAKE", at_hand, False),
        (paper.owner_person_id, "INTAKE", at_hand, True),
    ]


def test_without_something_at_hand_nothing_is_opened(
    stored: Store, desk_clerk_lan: Actor, stranger_nga: Actor, at_hand: str
) -> None:
    paper = stored()
    others = stored(owner=OwnerRef(person_id=person("Lê Thị Bình", 2).pk))
    for actor, one, reference in (
        (desk_clerk_lan, paper, ""),
        (desk_clerk_lan, paper, "case:2"),
        (desk_clerk_lan, paper, "nobody:1"),
        (desk_clerk_lan, others, at_hand),
        (stranger_nga, paper, at_hand),
    ):
        with pytest.raises(NotAllowed, match=r"paper\.no_reference"):
            open_paper(actor=actor, paper_id=one.pk, purpose="INTAKE", reference=reference, now=MORNING)
    assert not AuditEntry.objects.filter(action="paper.open").exists()


def test_what_was_used_for_a_thing_may_be_opened_for_it(stored: Store, desk_clerk_lan: Actor, at_hand: str) -> None:
    other = OwnerRef(person_id=person("Lê Thị Bình", 2).pk)
    paper = stored(owner=other)
    use_paper(
        actor=desk_clerk_lan,
        paper_id=paper.pk,
        owner=other,
        type_codes=["MARITAL_STATUS"],
        purpose=UsePurpose.INTAKE,
        reference=at_hand,
        now=MORNING,
    )
    open_paper(actor=desk_clerk_lan, paper_id=paper.pk, purpose="INTAKE", reference=at_hand, now=MORNING)


def test_an_owner_opens_their_own_and_nobody_elses(stored: Store, tu: OwnerRef) -> None:
    paper, citizen = stored(), Actor(name="Trần Văn Tú", channel="public", person_id=tu.person_id)
    open_paper(actor=citizen, paper_id=paper.pk, purpose="own", now=MORNING)
    other = stored(owner=OwnerRef(person_id=person("Lê Thị Bình", 2).pk))
    with pytest.raises(NotFound):
        open_paper(actor=citizen, paper_id=other.pk, purpose="own", now=MORNING)


def test_one_changed_byte_is_caught_on_reading(
    stored: Store, desk_clerk_lan: Actor, at_hand: str, papers_root: Path, tu: OwnerRef
) -> None:
    paper = stored()
    path = file_of(paper, papers_root)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(DomainError) as refused:
        open_paper(actor=desk_clerk_lan, paper_id=paper.pk, purpose="INTAKE", reference=at_hand, now=MORNING)
    assert (refused.value.code, refused.value.status) == ("paper.damaged", 409)
    assert StoredFile.objects.get().state == FileState.DAMAGED
    assert PaperEvent.objects.filter(paper=paper, kind=PaperEventKind.DAMAGED).count() == 1
    with pytest.raises(DomainError, match=r"paper\.damaged"):
        use_paper(
            actor=desk_clerk_lan,
            paper_id=paper.pk,
            owner=tu,
            type_codes=["MARITAL_STATUS"],
            purpose=UsePurpose.INTAKE,
            reference=at_hand,
            now=MORNING,
        )
    path.write_bytes(whole)
    assert check_file(file_id=StoredFile.objects.get().pk, now=MORNING) == FileState.PRESENT
    assert PaperEvent.objects.filter(paper=paper, kind=PaperEventKind.RESTORED).count() == 1
    open_paper(actor=desk_clerk_lan, paper_id=paper.pk, purpose="INTAKE", reference=at_hand, now=MORNING)


def test_a_lost_file_is_told_apart(stored: Store, desk_clerk_lan: Actor, at_hand: str, papers_root: Path) -> None:
    paper = stored()
    file_of(paper, papers_root).unlink()
    with pytest.raises(DomainError, match=r"paper\.missing"):
        open_paper(actor=desk_clerk_lan, paper_id=paper.pk, purpose="INTAKE", reference=at_hand, now=MORNING)
    assert StoredFile.objects.get().state == FileState.MISSING
