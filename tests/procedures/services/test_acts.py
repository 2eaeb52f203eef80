"""Publishing, saying who performs what, everyday words, short links: who may, what is refused, what repeats."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from haddong_portal.accounts.models import Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common.actors import PUBLIC_ACTOR, system_actor
from haddong_portal.common.errors import Conflict, DomainError, NotAllowed, NotFound
from procedures.constants import LinkKind, PublicationState
from procedures.models import (
    CaseLimit,
    PaperRequirement,
    Procedure,
    ProcedureVersion,
    ScanCount,
    ShortLink,
    Synonym,
    UnitProcedure,
)
from procedures.selectors.catalogue_index import current_revision
from procedures.selectors.sheets import procedure_sheet
from procedures.services.import_catalogue import import_catalogue
from procedures.services.publish_version import publish_version
from procedures.services.save_synonym import delete_synonym, save_synonym
from procedures.services.set_performed import set_performed
from procedures.services.short_links import ALPHABET, TOKEN_LENGTH, count_scan, ensure_link
from tests.factories import UnitFactory
from tests.procedures.records import record
from tests.procedures.services.test_import_catalogue import write

pytestmark = pytest.mark.django_db
Loader = Callable[..., ProcedureVersion]


@pytest.fixture
def draft(tmp_path: Path) -> Loader:
    """A draft of 1.000001 with some columns changed."""

    def make(**changes: object) -> ProcedureVersion:
        import_catalogue(actor=system_actor(), path=write(tmp_path, record("1.000001", **changes)))
        return ProcedureVersion.objects.latest("id")

    return make


@pytest.fixture
def ward() -> Unit:
    return UnitFactory(ward=True, desk=True)


def test_publishing_puts_a_version_in_force(draft: Loader) -> None:
    version = publish_version(actor=system_actor(), version_id=draft().pk)
    assert version.state == PublicationState.PUBLISHED
    assert Procedure.objects.get().current_version_id == version.pk
    assert AuditEntry.objects.filter(action="procedure.publish").count() == 1
    assert version.history.count() == 2


def test_publishing_supersedes_and_old_links_open_the_new_version(draft: Loader) -> None:
    first = publish_version(actor=system_actor(), version_id=draft().pk)
    link = ensure_link(LinkKind.PROCEDURE, procedure=first.procedure)
    second = publish_version(actor=system_actor(), version_id=draft(name="Tên mới").pk)
    first.refresh_from_db()
    assert first.state == PublicationState.AMENDED
    assert ensure_link(LinkKind.PROCEDURE, procedure=second.procedure).token == link.token
    assert procedure_sheet("1.000001").version.name == "Tên mới"


def test_an_incomplete_version_is_refused_with_the_missing_parts(draft: Loader) -> None:
    version = draft(subjects=[], agencies={})
    with pytest.raises(DomainError) as refusal:
        publish_version(actor=system_actor(), version_id=version.pk)
    assert refusal.value.code == "procedure.incomplete"
    assert refusal.value.data == {"parts": ["subjects", "agencies"]}
    assert "e) đối tượng thực hiện" in refusal.value.message


def test_what_an_editor_filled_in_counts(draft: Loader) -> None:
    version = draft(subjects=[])
    ProcedureVersion.objects.filter(pk=version.pk).update(subjects=["Cá nhân"])
    assert publish_version(actor=system_actor(), version_id=version.pk).missing_parts == []


def test_what_an_editor_took_away_counts_too(draft: Loader) -> None:
    version = draft()
    CaseLimit.objects.filter(case__version=version).delete()
    with pytest.raises(DomainError, match="procedure.incomplete"):
        publish_version(actor=system_actor(), version_id=version.pk)


def test_a_residence_book_added_later_still_blocks(draft: Loader) -> None:
    version = draft()
    PaperRequirement.objects.filter(case__version=version).update(paper_type="HOUSEHOLD_BOOK")
    with pytest.raises(DomainError, match="procedure.unlawful"):
        publish_version(actor=system_actor(), version_id=version.pk)


def test_publishing_again_is_free_and_a_superseded_version_stays_so(draft: Loader) -> None:
    first = publish_version(actor=system_actor(), version_id=draft().pk)
    publish_version(actor=system_actor(), version_id=first.pk)
    publish_version(actor=system_actor(), version_id=draft(name="Mới").pk)
    with pytest.raises(Conflict, match="procedure.superseded"):
        publish_version(actor=system_actor(), version_id=first.pk)


def test_only_who_may_publish_does(draft: Loader) -> None:
    with pytest.raises(NotAllowed):
        publish_version(actor=PUBLIC_ACTOR, version_id=draft().pk)
    with pytest.raises(NotFound):
        publish_version(actor=system_actor(), version_id=0)


def test_a_unit_says_what_it_performs(draft: Loader, ward: Unit) -> None:
    procedure = draft().procedure
    before = current_revision()
    ids = {"unit_id": ward.pk, "procedure_id": procedure.pk}
    row = set_performed(actor=system_actor(), performed=True, handling_unit_id=ward.pk, **ids)
    assert row.performed
    assert current_revision() != before
    after = current_revision()
    set_performed(actor=system_actor(), performed=True, handling_unit_id=ward.pk, **ids)
    assert current_revision() == after
    assert row.history.count() == 1
    with pytest.raises(DomainError, match="performance.reason_missing"):
        set_performed(actor=system_actor(), performed=False, reason="  ", **ids)
    assert set_performed(actor=system_actor(), performed=False, reason="Không có biển", **ids).reason == "Không có biển"
    assert UnitProcedure.objects.count() == 1


def test_everyday_words_are_kept_once_whatever_their_accents() -> None:
    first = save_synonym(actor=system_actor(), term="Giấy độc thân", means=["tình trạng hôn nhân"])
    again = save_synonym(actor=system_actor(), term="giay doc than", codes=["1.004873.000.00.00.H26"])
    assert first.pk == again.pk
    assert Synonym.objects.get().codes == ["1.004873"]
    delete_synonym(actor=system_actor(), synonym_id=first.pk)
    assert not Synonym.objects.exists()


@pytest.mark.parametrize(
    ("term", "means", "codes", "code"),
    [
        (" ", ["x"], [], "synonym.empty"),
        ("a" * 121, ["x"], [], "synonym.too_long"),
        ("sổ đỏ", [], [], "synonym.no_meaning"),
        ("sổ đỏ", [], ["mã"], "codes.procedure"),
    ],
)
def test_words_without_sense_are_refused(term: str, means: list[str], codes: list[str], code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        save_synonym(actor=system_actor(), term=term, means=means, codes=codes)
    assert refusal.value.code == code


def test_only_editors_keep_the_words() -> None:
    with pytest.raises(NotAllowed):
        save_synonym(actor=PUBLIC_ACTOR, term="sổ đỏ", means=["đất"])


def test_one_link_per_target(draft: Loader, ward: Unit) -> None:
    procedure = draft().procedure
    link = ensure_link(LinkKind.PROCEDURE, procedure=procedure)
    assert len(link.token) == TOKEN_LENGTH
    assert set(link.token) <= set(ALPHABET)
    assert ensure_link("procedure", procedure=procedure).pk == link.pk
    assert ensure_link(LinkKind.UNIT, unit=ward).pk != link.pk
    one, two = (ensure_link(LinkKind.COUNTER, unit=ward, label=f"Quầy {number}") for number in (1, 2))
    assert one.token != two.token
    assert ShortLink.objects.count() == 4


def test_scans_are_counted_by_day_in_one_statement(
    draft: Loader, django_assert_num_queries: Callable[[int], object]
) -> None:
    link = ensure_link(LinkKind.PROCEDURE, procedure=draft().procedure)
    with django_assert_num_queries(2):
        count_scan(link.pk, date(2024, 1, 1))
        count_scan(link.pk, date(2024, 1, 1))
    count_scan(link.pk, date(2024, 1, 2))
    assert dict(ScanCount.objects.values_list("on", "count")) == {date(2024, 1, 1): 2, date(2024, 1, 2): 1}


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_links_and_scans_from_many_at_once(tmp_path: Path) -> None:
    import_catalogue(actor=system_actor(), path=write(tmp_path, record("1.000001")))
    procedure = Procedure.objects.get()

    def scan(_: int) -> str:
        try:
            link = ensure_link(LinkKind.PROCEDURE, procedure=procedure)
            count_scan(link.pk, date(2024, 1, 1))
            return link.token
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        tokens = set(pool.map(scan, range(24)))
    assert len(tokens) == 1
    assert ScanCount.objects.get().count == 24
