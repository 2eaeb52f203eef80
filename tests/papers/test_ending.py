"""A paper gets another version, is replaced, revoked or erased; nothing is edited in place."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dossiers.papers.constants import (
    Basis,
    FileState,
    OwnerRef,
    PaperEventKind,
    PaperSource,
    PaperState,
    SignatureState,
    Trust,
    UsePurpose,
)
from dossiers.papers.models import Paper, PaperEvent, PaperVersion, ShareCode, StoredFile, TakenAnyway
from dossiers.papers.services.add_version import add_version
from dossiers.papers.services.erase_paper import erase_paper
from dossiers.papers.services.record_taken_anyway import record_taken_anyway
from dossiers.papers.services.replace_paper import replace_paper
from dossiers.papers.services.revoke_paper import revoke_paper
from dossiers.papers.services.use_paper import use_paper
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from haddong_portal.common.blobs.marks import mark_of, path_of
from haddong_portal.common.errors import Conflict, DomainError, NotAllowed, NotFound
from tests.factories import MORNING, UnitFactory, make_actor
from tests.papers.conftest import Store, content, data_of, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(ward: Unit) -> Actor:
    return make_actor(ward, Role.ONE_STOP_HEAD, "Đỗ Thị Hạnh")


def event(paper: Paper, kind: PaperEventKind) -> PaperEvent:
    return PaperEvent.objects.get(paper=paper, kind=kind)


def test_a_signed_version_raises_the_trust_and_the_earlier_one_stays(stored: Store, desk_clerk_lan: Actor) -> None:
    plain = content(signature_state=SignatureState.NONE)
    paper = stored(trust=Trust.CHECKED, file=plain)
    version = add_version(
        actor=desk_clerk_lan, paper_id=paper.pk, content=content(), trust=Trust.SIGNED_DIGITISED, now=MORNING
    )
    kept = Paper.objects.get(pk=paper.pk)
    assert (kept.current_version_id, kept.trust, kept.row_version) == (version.pk, Trust.SIGNED_DIGITISED, 2)
    assert list(PaperVersion.objects.filter(paper=paper).values_list("serial", flat=True)) == [1, 2]
    assert event(paper, PaperEventKind.VERSION_ADDED).data["version"] == 2
    with pytest.raises(DomainError, match=r"paper\.not_signed"):
        add_version(actor=desk_clerk_lan, paper_id=paper.pk, content=plain, now=MORNING)
    with pytest.raises(Conflict, match=r"paper\.changed"):
        add_version(actor=desk_clerk_lan, paper_id=paper.pk, content=content(), row_version=1, now=MORNING)


def test_the_same_file_is_no_new_version(stored: Store, desk_clerk_lan: Actor) -> None:
    file = content()
    paper = stored(file=file)
    with pytest.raises(Conflict, match=r"paper\.same_file"):
        add_version(actor=desk_clerk_lan, paper_id=paper.pk, content=file, now=MORNING)


def replace_it(actor: Actor, paper: Paper, **changes: Any) -> Paper:
    owner = changes.pop("owner", OwnerRef(person_id=paper.owner_person_id))
    words = {"reason": "Cấp lại do sai họ tên", "now": MORNING} | changes.pop("words", {})
    return replace_paper(actor=actor, paper_id=paper.pk, data=data_of(owner, **changes), content=content(), **words)


def test_a_replaced_paper_points_to_its_heir(stored: Store, desk_clerk_lan: Actor) -> None:
    old = stored(number="12/2024")
    new = replace_it(desk_clerk_lan, old, number="12/2024", issued_on=date(2024, 3, 1))
    kept = Paper.objects.get(pk=old.pk)
    assert (kept.state, kept.replaced_by_id) == (PaperState.REPLACED, new.pk)
    told = event(old, PaperEventKind.REPLACED)
    assert (told.note, told.data) == ("Cấp lại do sai họ tên", {"by_paper_id": new.pk})
    with pytest.raises(Conflict, match=r"paper\.wrong_state"):
        replace_it(desk_clerk_lan, old)


def test_a_replacement_is_the_same_kind_of_the_same_person(stored: Store, desk_clerk_lan: Actor) -> None:
    old = stored(number="12/2024")
    other = OwnerRef(person_id=person("Lê Thị Bình", 2).pk)
    for code, changes in (
        ("paper.other_kind", {"type_code": "BIRTH_CERTIFICATE", "fields": {}}),
        ("paper.other_kind", {"owner": other}),
        ("paper.duplicate", {"number": "12/2024"}),
        ("paper.reason_missing", {"words": {"reason": "  "}}),
    ):
        with pytest.raises(DomainError, match=code):
            replace_it(desk_clerk_lan, old, **changes)
    assert Paper.objects.count() == 1


def test_a_paper_is_revoked_by_whoever_put_it_in(stored: Store, head: Actor, desk_clerk_lan: Actor) -> None:
    paper = stored()
    with pytest.raises(NotAllowed):
        revoke_paper(actor=desk_clerk_lan, paper_id=paper.pk, reason="Sai", now=MORNING)
    stranger = make_actor(UnitFactory(ward=True), Role.LEADER, "Vũ Văn Xa")
    with pytest.raises(NotAllowed, match=r"paper\.other_unit"):
        revoke_paper(actor=stranger, paper_id=paper.pk, reason="Sai", now=MORNING)
    with pytest.raises(DomainError, match=r"paper\.reason_missing"):
        revoke_paper(actor=head, paper_id=paper.pk, reason="", now=MORNING)
    revoke_paper(actor=head, paper_id=paper.pk, reason="Cấp sai thẩm quyền", now=MORNING)
    kept = Paper.objects.get(pk=paper.pk)
    assert (kept.state, kept.revoked_reason, kept.revoked_by_id) == ("REVOKED", "Cấp sai thẩm quyền", head.user_id)
    assert event(paper, PaperEventKind.REVOKED).note == "Cấp sai thẩm quyền"


@pytest.fixture
def removed(django_capture_on_commit_callbacks: Any, head: Actor) -> Any:
    """Erases and lets the commit happen."""

    def erase(paper: Paper, actor: Actor | None = None) -> Paper:
        with django_capture_on_commit_callbacks(execute=True):
            return erase_paper(actor=actor or head, paper_id=paper.pk, reason="Theo yêu cầu của chủ thể", now=MORNING)

    return erase


def test_erasing_leaves_neither_content_nor_words(stored: Store, removed: Any, papers_root: Path, tu: OwnerRef) -> None:
    file = content(text="chữ trên giấy", signature={"signer": "Nguyễn Văn A"}, shown=b"%PDF-cho-xem")
    paper = stored(basis=Basis.CONSENT, file=file)
    ShareCode.objects.create(
        paper=paper, digest="d" * 64, made_at=MORNING, expires_at=MORNING.replace(year=2025), uses_max=1
    )
    removed(paper)
    kept = Paper.objects.get(pk=paper.pk)
    assert (kept.state, kept.number, kept.fields, kept.number_index) == (PaperState.ERASED, "", "", None)
    assert list(PaperVersion.objects.values_list("text", "signature")) == [("", {})]
    assert set(StoredFile.objects.values_list("state", flat=True)) == {FileState.REMOVED}
    assert [path for path in papers_root.rglob("*") if path.is_file()] == []
    assert ShareCode.objects.get().revoked_at == MORNING
    assert event(paper, PaperEventKind.ERASED)
    assert not Paper.objects.visible_to(Actor(name="Tú", person_id=tu.person_id)).exists()
    with pytest.raises(Conflict, match=r"paper\.wrong_state"):
        removed(paper)
    # The same paper may be brought again.
    again = stored(basis=Basis.CONSENT, file=file)
    assert again.pk != paper.pk
    assert set(StoredFile.objects.values_list("state", flat=True)) == {FileState.PRESENT}


def test_a_content_that_another_paper_holds_stays(stored: Store, removed: Any, papers_root: Path) -> None:
    file = content()
    paper = stored(basis=Basis.CONSENT, file=file)
    stored(owner=OwnerRef(person_id=person("Lê Thị Bình", 2).pk), file=file)
    removed(paper)
    assert StoredFile.objects.get().state == FileState.PRESENT
    assert (papers_root / path_of(mark_of(file.original))).exists()


def test_erasing_locks_its_contents_in_the_order_of_whoever_stores(stored: Store, removed: Any) -> None:
    words = [f"%PDF-{number}".encode() for number in range(64)]
    high, low = (next(one for one in words if (mark_of(one) > "8") is wanted) for wanted in (True, False))
    with CaptureQueriesContext(connection) as storing:
        paper = stored(basis=Basis.CONSENT, file=content(low, shown=high))
    with CaptureQueriesContext(connection) as erasing:
        removed(paper)
    locked = [[one["sql"] for one in seen if "pg_advisory_xact_lock" in one["sql"]] for seen in (storing, erasing)]
    assert locked[0] == locked[1] and len(locked[0]) == 2


def test_what_the_law_bids_to_keep_is_not_erased(
    stored: Store, removed: Any, desk_clerk_lan: Actor, tu: OwnerRef
) -> None:
    by_law = stored()
    with pytest.raises(Conflict, match=r"paper\.kept_by_law"):
        removed(by_law)
    in_use = stored(source=PaperSource.UPLOADED)
    use_paper(
        actor=desk_clerk_lan,
        paper_id=in_use.pk,
        owner=tu,
        type_codes=["MARITAL_STATUS"],
        purpose=UsePurpose.INTAKE,
        reference="dossier:1",
        now=MORNING,
    )
    with pytest.raises(Conflict, match=r"paper\.in_dossier"):
        removed(in_use)


def test_an_owner_erases_what_they_uploaded_and_nobody_elses(stored: Store, removed: Any, tu: OwnerRef) -> None:
    citizen = Actor(name="Trần Văn Tú", channel="public", person_id=tu.person_id)
    mine = stored(source=PaperSource.UPLOADED, trust=Trust.DECLARED)
    other = stored(owner=OwnerRef(person_id=person("Lê Thị Bình", 2).pk), source=PaperSource.UPLOADED)
    removed(mine, citizen)
    with pytest.raises(NotFound):
        removed(other, citizen)


def test_a_clerk_erases_nothing(stored: Store, removed: Any, desk_clerk_lan: Actor) -> None:
    with pytest.raises(NotAllowed):
        removed(stored(basis=Basis.CONSENT), desk_clerk_lan)


def test_taking_paper_anyway_needs_a_reason_and_a_held_paper(
    stored: Store, desk_clerk_lan: Actor, tu: OwnerRef
) -> None:
    words: dict[str, Any] = {"actor": desk_clerk_lan, "owner": tu, "reference": "dossier:1", "now": MORNING}
    with pytest.raises(DomainError, match=r"paper\.not_held"):
        record_taken_anyway(type_code="MARITAL_STATUS", reason="Bản quét mờ", **words)
    stored()
    with pytest.raises(DomainError, match=r"paper\.reason_missing"):
        record_taken_anyway(type_code="MARITAL_STATUS", reason=" ", **words)
    record_taken_anyway(type_code="MARITAL_STATUS", reason="Bản quét mờ", **words)
    row = TakenAnyway.objects.get()
    assert (row.person_id, row.type.code, row.clerk_id, row.unit_id) == (
        tu.person_id,
        "MARITAL_STATUS",
        desk_clerk_lan.user_id,
        desk_clerk_lan.unit_id,
    )
