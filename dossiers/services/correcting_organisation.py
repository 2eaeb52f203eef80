"""What a correction on a dossier does to the record of an organisation that applies: as for a person.

Helpers of `correct_mistake`, in its transaction. Each returns a sentence for the story.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from dossiers.models import Dossier
from dossiers.papers.constants import OwnerRef
from dossiers.papers.services.follow_owner import follow_owner
from dossiers.selectors.matters import reference_of
from dossiers.selectors.people import stands_alone
from haddong_portal.citizens.models import Organisation
from haddong_portal.citizens.services.correct_organisation import correct_organisation
from haddong_portal.citizens.services.find_or_create_organisation import (
    OrganisationData,
    checked_organisation,
    find_or_create_organisation,
)
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError

CORRECTED, TAKEN = "Đã sửa cả dữ liệu tổ chức.", "Hồ sơ nay gắn với tổ chức có mã số thuế đúng; không gộp dữ liệu."


def applicant_organisation(dossier: Dossier) -> Organisation:
    """The applicant's record; DomainError correction.no_organisation for a person's dossier."""
    if dossier.organisation is None:
        raise DomainError(
            "correction.no_organisation", "Người nộp là cá nhân nên không có dữ liệu tổ chức để sửa.", "target"
        )
    return dossier.organisation


def correct_organisation_name(dossier: Dossier, *, actor: Actor, reason: str, now: datetime) -> str:
    """The record takes the dossier's corrected name."""
    record = applicant_organisation(dossier)
    correct_organisation(organisation_id=record.pk, name=dossier.applicant_name, actor=actor, reason=reason, now=now)
    return CORRECTED


def correct_tax_code(dossier: Dossier, tax_code: str, *, actor: Actor, reason: str, now: datetime) -> str:
    """The dossier becomes that of the organisation of `tax_code`; the caller saves `dossier.organisation`.

    A record that only this dossier rests on is corrected. Otherwise the dossier goes to the organisation of the code,
    found under the same name or written down, and its scans in work go along. Raises
    Conflict organisation.name_differs, organisation.code_taken.
    """
    record = applicant_organisation(dossier)
    known = Organisation.objects.filter(tax_code=tax_code).exists()
    if not known and stands_alone(record, dossier):
        corrected = correct_organisation(
            organisation_id=record.pk, tax_code=tax_code, actor=actor, reason=reason, now=now
        )
        dossier.organisation = corrected
        return CORRECTED
    data = checked_organisation(OrganisationData(dossier.applicant_name, tax_code, dossier.applicant_address))
    try:
        with transaction.atomic():
            dossier.organisation, _ = find_or_create_organisation(data=data, now=now)
    except IntegrityError:
        raise Conflict(
            "organisation.code_taken", "Mã số thuế này vừa được ghi nhận ở nơi khác. Xin làm lại.", "new_value"
        ) from None
    follow_owner(reference=reference_of(dossier.code), owner=OwnerRef(organisation_id=dossier.organisation.pk))
    return TAKEN
