"""Re-use by every rule of domain.md §7.5, in the list of a checklist and in the act alike."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from dossiers.papers.constants import (
    CONSENT_PURPOSE,
    Basis,
    FileState,
    OwnerRef,
    PaperEventKind,
    PaperState,
    SignatureState,
    Trust,
    UsePurpose,
)
from dossiers.papers.models import Paper, PaperEvent, PaperUse, StoredFile
from dossiers.papers.selectors.held import papers_for
from dossiers.papers.services.use_paper import use_paper
from haddong_portal.citizens.models import Consent, Organisation
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError, NotAllowed, NotFound
from tests.factories import MORNING
from tests.papers.conftest import Store, content, person

pytestmark = pytest.mark.django_db
TODAY = MORNING.date()
REFERENCE = "dossier:000.99.01.H26-240305-0001"


def use(actor: Actor, paper: Paper, owner: OwnerRef, **changes: Any) -> PaperUse:
    words: dict[str, Any] = {
        "type_codes": ["MARITAL_STATUS", "IDENTITY"],
        "purpose": UsePurpose.INTAKE,
        "reference": REFERENCE,
        "requirement_name": "Giấy xác nhận tình trạng hôn nhân",
        "now": MORNING,
    }
    return use_paper(actor=actor, paper_id=paper.pk, owner=owner, **words | changes)


def consent(owner: OwnerRef) -> Consent:
    return Consent.objects.create(
        person_id=owner.person_id, purpose=CONSENT_PURPOSE, wording_version="1", channel="desk", given_at=MORNING
    )


def test_a_use_is_on_record_with_what_it_spared(stored: Store, desk_clerk_lan: Actor, tu: OwnerRef) -> None:
    paper = stored()
    done = use(desk_clerk_lan, paper, tu)
    assert (done.version_id, done.clerk_id, done.unit_id) == (
        paper.current_version_id,
        desk_clerk_lan.user_id,
        desk_clerk_lan.unit_id,
    )
    assert (done.pages_saved, done.minutes_saved, done.used_at) == (2, paper.type.minutes_saved, MORNING)
    event = PaperEvent.objects.get(paper=paper, kind=PaperEventKind.USED)
    assert (event.reference, event.data["use_id"]) == (REFERENCE, done.pk)


def test_the_same_use_told_twice_is_one(stored: Store, desk_clerk_lan: Actor, tu: OwnerRef) -> None:
    paper = stored()
    assert use(desk_clerk_lan, paper, tu).pk == use(desk_clerk_lan, paper, tu).pk
    use(desk_clerk_lan, paper, tu, reference=REFERENCE + "9")
    assert PaperUse.objects.count() == 2


def spoil(paper: Paper, how: str) -> None:
    """Brings a valid paper into a state in which it may not be used."""
    version = paper.current_version
    assert version is not None
    if how == "expired":
        Paper.objects.filter(pk=paper.pk).update(valid_to=TODAY - timedelta(days=1))
    elif how == "pending":
        Paper.objects.filter(pk=paper.pk).update(state=PaperState.PENDING)
    elif how == "revoked":
        Paper.objects.filter(pk=paper.pk).update(state=PaperState.REVOKED, revoked_at=MORNING, revoked_reason="Sai")
    elif how == "unsigned":
        Paper.objects.filter(pk=paper.pk).update(trust=Trust.CHECKED)
    elif how == "no_consent":
        Paper.objects.filter(pk=paper.pk).update(basis=Basis.CONSENT)
    else:
        StoredFile.objects.filter(pk=version.original_id).update(state=FileState.DAMAGED)


@pytest.mark.parametrize("how", ["expired", "pending", "revoked", "unsigned", "no_consent", "damaged"])
def test_the_list_and_the_act_refuse_for_the_same_ground(
    stored: Store, desk_clerk_lan: Actor, tu: OwnerRef, how: str
) -> None:
    paper = stored()
    spoil(paper, how)
    (held,) = papers_for(owner=tu, type_codes=["MARITAL_STATUS"], on=TODAY)["MARITAL_STATUS"]
    assert held.why_not and not held.usable and held.why_not.code == f"paper.{how}"
    with pytest.raises(DomainError) as refused:
        use(desk_clerk_lan, paper, tu)
    assert (refused.value.code, refused.value.message) == (held.why_not.code, held.why_not.sentence)
    assert not PaperUse.objects.exists()


def test_its_last_day_still_counts(stored: Store, desk_clerk_lan: Actor, tu: OwnerRef) -> None:
    paper = stored(valid_to=TODAY)
    use(desk_clerk_lan, paper, tu)
    with pytest.raises(DomainError, match=r"paper\.expired"):
        use(desk_clerk_lan, paper, tu, now=MORNING + timedelta(days=1))


def test_a_broken_signature_is_no_paper(stored: Store, desk_clerk_lan: Actor, tu: OwnerRef) -> None:
    paper = stored(trust=Trust.CHECKED, file=content(signature_state=SignatureState.INVALID))
    with pytest.raises(DomainError, match=r"paper\.bad_signature"):
        use(desk_clerk_lan, paper, tu)


def test_where_the_district_lets_compared_copies_count(stored: Store, desk_clerk_lan: Actor, tu: OwnerRef) -> None:
    paper = stored(trust=Trust.CHECKED, file=content(signature_state=SignatureState.NONE))
    with pytest.raises(DomainError, match=r"paper\.unsigned"):
        use(desk_clerk_lan, paper, tu)
    with override_settings(PAPERS_TRUST_MIN="CHECKED"):
        use(desk_clerk_lan, paper, tu)


def test_a_consent_opens_and_its_withdrawal_closes(stored: Store, desk_clerk_lan: Actor, tu: OwnerRef) -> None:
    paper = stored(basis=Basis.CONSENT)
    given = consent(tu)
    use(desk_clerk_lan, paper, tu)
    (held,) = papers_for(owner=tu, type_codes=["MARITAL_STATUS"], on=TODAY)["MARITAL_STATUS"]
    assert held.usable
    given.withdrawn_at = MORNING
    given.save()
    with pytest.raises(DomainError, match=r"paper\.no_consent"):
        use(desk_clerk_lan, paper, tu, reference="dossier:2")


def test_another_persons_paper_and_another_type_are_refused(stored: Store, desk_clerk_lan: Actor, tu: OwnerRef) -> None:
    paper, other = stored(), OwnerRef(person_id=person("Lê Thị Bình", 2).pk)
    with pytest.raises(DomainError, match=r"paper\.wrong_owner"):
        use(desk_clerk_lan, paper, other)
    with pytest.raises(DomainError, match=r"paper\.wrong_type"):
        use(desk_clerk_lan, paper, tu, type_codes=["BIRTH_CERTIFICATE"])
    with pytest.raises(NotFound):
        use_paper(
            actor=desk_clerk_lan,
            paper_id=0,
            owner=tu,
            type_codes=["IDENTITY"],
            purpose=UsePurpose.INTAKE,
            reference=REFERENCE,
            now=MORNING,
        )
    with pytest.raises(NotAllowed):
        use(Actor(name="Ai đó"), paper, tu)


def test_a_checklist_costs_one_statement(stored: Store, tu: OwnerRef) -> None:
    for number in range(3):
        stored(number=f"{number}", issued_on=date(2024, 1, 1 + number))
    stored(type_code="BIRTH_CERTIFICATE", fields={}, trust=Trust.SIGNED_ISSUER)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        held = papers_for(owner=tu, type_codes=["MARITAL_STATUS", "BIRTH_CERTIFICATE", "IDENTITY"], on=TODAY)
    assert len(seen) == 1
    assert set(held) == {"MARITAL_STATUS", "BIRTH_CERTIFICATE"}
    assert [one.issued_on for one in held["MARITAL_STATUS"]] == [date(2024, 1, day) for day in (3, 2, 1)]
    first = held["MARITAL_STATUS"][0]
    assert (first.age_days, first.number, first.trust, first.page_count) == (62, "2", Trust.SIGNED_DIGITISED, 2)


def test_usable_ones_come_first_then_the_surest(stored: Store, tu: OwnerRef) -> None:
    old = stored(trust=Trust.SIGNED_ISSUER, issued_on=date(2020, 1, 1), valid_to=date(2020, 7, 1))
    clerks, issuers = stored(issued_on=date(2024, 2, 2)), stored(trust=Trust.SIGNED_ISSUER, issued_on=date(2024, 1, 2))
    held = papers_for(owner=tu, type_codes=["MARITAL_STATUS"], on=TODAY)["MARITAL_STATUS"]
    assert [one.paper_id for one in held] == [issuers.pk, clerks.pk, old.pk]


def test_an_organisation_has_a_store_of_its_own(stored: Store, desk_clerk_lan: Actor, tu: OwnerRef) -> None:
    firm = Organisation.objects.create(name="Công ty Lụa", name_folded="cong ty lua", created_at=MORNING)
    owner = OwnerRef(organisation_id=firm.pk)
    paper = stored(owner=owner, type_code="ENTERPRISE_LICENCE", fields={"name": "Công ty Lụa"}, issued_on=None)
    assert papers_for(owner=tu, type_codes=["ENTERPRISE_LICENCE"], on=TODAY) == {}
    (held,) = papers_for(owner=owner, type_codes=["ENTERPRISE_LICENCE"], on=TODAY)["ENTERPRISE_LICENCE"]
    assert held.usable and held.paper_id == paper.pk
    use(desk_clerk_lan, paper, owner, type_codes=["ENTERPRISE_LICENCE"])


def test_a_paper_has_exactly_one_owner() -> None:
    for wrong in ({}, {"person_id": 1, "organisation_id": 1}):
        with pytest.raises(ValueError, match="one owner"):
            OwnerRef(**wrong)
