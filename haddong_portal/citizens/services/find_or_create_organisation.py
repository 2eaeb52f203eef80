"""Find the organisation of a tax code, or write it down; without a code it is always a new row.

Clerks and connected systems, as part of an act of theirs, in its transaction.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from haddong_portal.citizens.models import Organisation
from haddong_portal.common.errors import Conflict, DomainError
from haddong_portal.common.identifiers.phones import normalise_phone
from haddong_portal.common.text import clean_text, fold

NAME_LENGTH_MAX = 250
# Ten digits, a dependent unit with "-001"; since 2025 a household's code is its owner's 12-digit number.
_TAX_CODE = re.compile(r"\d{10}(-\d{3})?|\d{12}")


@dataclass(frozen=True, slots=True)
class OrganisationData:
    """An organisation as typed by a clerk or sent by another system."""

    name: str
    tax_code: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


def checked_organisation(data: OrganisationData) -> OrganisationData:
    """The same data cleaned. Raises DomainError naming the field."""
    name, tax_code = clean_text(data.name), checked_tax_code(data.tax_code)
    if not name or len(name) > NAME_LENGTH_MAX:
        raise DomainError(
            "organisation.name_missing", "Chưa có tên tổ chức (nhiều nhất 250 ký tự).", "organisation_name"
        )
    phone = normalise_phone(data.phone) if data.phone.strip() else ""
    return OrganisationData(name, tax_code, clean_text(data.address), phone, data.email.strip())


def checked_tax_code(text: str) -> str:
    """Without spaces; "" stays "". DomainError organisation.tax_code."""
    tax_code = "".join(text.split())
    if tax_code and not _TAX_CODE.fullmatch(tax_code):
        raise DomainError("organisation.tax_code", "Mã số thuế gồm 10 số, 10 số-3 số, hoặc 12 số.", "tax_code")
    return tax_code


def find_or_create_organisation(*, data: OrganisationData, now: datetime) -> tuple[Organisation, bool]:
    """The organisation of `data` (already checked), and whether it is new; Conflict `organisation.name_differs`."""
    found = Organisation.objects.filter(tax_code=data.tax_code).first() if data.tax_code else None
    if found is None:
        organisation = Organisation(
            name=data.name,
            name_folded=fold(data.name),
            tax_code=data.tax_code,
            address=data.address,
            phone=data.phone,
            email=data.email,
            created_at=now,
        )
        organisation.save(force_insert=True)
        return organisation, True
    if fold(found.name) != fold(data.name):
        raise Conflict(
            "organisation.name_differs",
            "Mã số thuế này đã ghi nhận với tên khác. Xin kiểm tra lại mã số thuế.",
            "organisation_name",
        )
    return found, False
