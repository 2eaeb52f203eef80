"""An organisation files from home: by its tax code, through whoever signs for it; the same check and slips follow."""

from __future__ import annotations

from typing import Any

import pytest

from dossiers.models import Dossier, Slip
from dossiers.selectors.receipt_data import receipt_data
from dossiers.selectors.slip_pdf import slip_pdf
from dossiers.services.accept_submission import accept_submission
from dossiers.services.return_submission import return_submission
from dossiers.services.submit_online import submit_online
from haddong_portal.accounts.models import Unit
from haddong_portal.citizens.models import Organisation, Person
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from tests.dossiers.filed import COMPANY, IP, LATER, PHONE, asked, draft_of
from tests.factories import MORNING, PublishedProcedure

pytestmark = pytest.mark.django_db


def filed(online: PublishedProcedure, ward: Unit, **changes: str) -> Dossier:
    key = draft_of(online, ward, content={**COMPANY, **changes})
    return Dossier.objects.get(pk=submit_online(key=key, client_ip=IP, now=MORNING).dossier_id)


def test_it_is_the_organisations_and_its_signer_stands_beside(online: PublishedProcedure, ward: Unit) -> None:
    dossier = filed(online, ward)
    assert dossier.organisation is not None and dossier.representative is not None
    assert (dossier.status, dossier.person_id, dossier.phone) == ("SUBMITTED", None, PHONE)
    assert (dossier.organisation.tax_code, dossier.applicant_name) == ("0101234567", "Công ty TNHH Lụa Vạn Phúc")
    assert (dossier.representative.personal_id, dossier.representative_relation) == ("001185000009", "Giám đốc")
    assert dossier.applicant_address == "Số 1 phố Lụa, phường Vạn Phúc"


def test_a_second_filing_is_the_same_organisations_and_learns_nothing_on_file(
    online: PublishedProcedure, ward: Unit
) -> None:
    first = filed(online, ward)
    Organisation.objects.update(email="noi-bo@lua.example", phone="0987654321")
    second = filed(online, ward, organisation_address="")
    assert second.organisation_id == first.organisation_id
    assert (second.applicant_address, second.email, second.phone) == ("", "", PHONE)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"tax_code": " "}, "filing.tax_code_missing", "tax_code"),
        ({"tax_code": "12"}, "organisation.tax_code", "tax_code"),
        ({"organisation_name": ""}, "organisation.name_missing", "organisation_name"),
        ({"signer_name": ""}, "filing.signer_missing", "representative_name"),
        ({"signer_personal_id": ""}, "filing.signer_id_missing", "representative_personal_id"),
        ({"signer_personal_id": "123"}, "identifiers.id_length", "representative_personal_id"),
    ],
)
def test_what_is_missing_is_named(
    online: PublishedProcedure, ward: Unit, changes: dict[str, str], code: str, field: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        filed(online, ward, **changes)
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert not Dossier.objects.exists() and not Organisation.objects.exists()


def test_a_tax_code_on_file_under_another_name_is_not_told(online: PublishedProcedure, ward: Unit) -> None:
    filed(online, ward)
    with pytest.raises(DomainError) as refusal:
        filed(online, ward, organisation_name="Công ty Khác Hẳn")
    assert (refusal.value.code, refusal.value.status) == ("filing.organisation_mismatch", 409)
    assert "ghi nhận" not in refusal.value.message


def test_a_persons_words_left_in_the_form_are_not_read(online: PublishedProcedure, ward: Unit) -> None:
    dossier = filed(online, ward, full_name="Ai Đó", personal_id="001090000001", by_representative="on")
    assert dossier.person is None
    assert set(Person.objects.values_list("full_name", flat=True)) == {"Đỗ Thị Giám Đốc"}


def test_accepted_its_receipt_names_tax_code_and_signer(
    online: PublishedProcedure, ward: Unit, desk_clerk_lan: Actor
) -> None:
    dossier = filed(online, ward)
    accept_submission(actor=desk_clerk_lan, dossier_id=dossier.pk, now=LATER)
    dossier = Dossier.objects.select_related("organisation", "representative").get(pk=dossier.pk)
    for form in dossier.ruleset.forms:  # a form that prints the number
        form["prints_id"] = True
    printed = receipt_data(dossier)
    assert (printed.applicant_id, printed.applicant_name) == ("0101234567", "Công ty TNHH Lụa Vạn Phúc")
    assert printed.representative is not None
    assert (printed.representative.full_name, printed.representative.authority) == ("Đỗ Thị Giám Đốc", "Giám đốc")


def test_given_back_its_slip_is_drawn(
    online: PublishedProcedure, ward: Unit, desk_clerk_lan: Actor, settings: Any
) -> None:
    dossier = filed(online, ward)
    return_submission(actor=desk_clerk_lan, dossier_id=dossier.pk, lines=asked(online), reason="Chưa ký", now=LATER)
    slip = Slip.objects.get(dossier=dossier)
    assert slip_pdf(actor=desk_clerk_lan, code=dossier.code, slip_id=slip.pk, now=LATER).startswith(b"%PDF")
