"""Correct the name or tax code in the record of an organisation, with its history; two are never made one.

Staff who correct a dossier of theirs, as part of that act, in its transaction. Writes the organisation, one history
row, one audit row.
"""

from __future__ import annotations

from datetime import datetime

from haddong_portal.audit.services.record_access import record_access
from haddong_portal.citizens.models import Organisation
from haddong_portal.citizens.services.correct_person import REASON_MAX
from haddong_portal.citizens.services.find_or_create_organisation import OrganisationData, checked_organisation
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict
from haddong_portal.common.text import fold


def correct_organisation(
    *, organisation_id: int, name: str = "", tax_code: str = "", actor: Actor, reason: str, now: datetime
) -> Organisation:
    """The corrected organisation; an empty word stays as it is.

    Raises Conflict organisation.code_taken, and what `checked_organisation` does.
    """
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)
    data = checked_organisation(OrganisationData(name or organisation.name, tax_code or organisation.tax_code))
    _refuse_taken(organisation, data.tax_code)
    organisation.name, organisation.tax_code = data.name, data.tax_code
    organisation.name_folded = fold(data.name)
    organisation._change_reason = f"đính chính: {reason}"[:REASON_MAX]  # type: ignore[attr-defined]  # read by the history
    organisation.save(update_fields=["name", "name_folded", "tax_code"])
    record_access(
        actor=actor,
        action="organisation.correct",
        object_type="organisation",
        object_id=organisation.pk,
        purpose=reason[:200],
        now=now,
    )
    return organisation


def _refuse_taken(organisation: Organisation, tax_code: str) -> None:
    others = Organisation.objects.filter(tax_code=tax_code).exclude(pk=organisation.pk)
    if tax_code and others.exists():
        raise Conflict("organisation.code_taken", "Mã số thuế này đã ghi nhận cho tổ chức khác.", "new_value")
