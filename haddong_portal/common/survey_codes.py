"""The code behind the survey QR of a printed slip (TT 01/2018 art. 12): what an answer is filed under, never whose.

The signed value is `unit-form-expiry-slip-procedure`. The slip stands in it only as a keyed hash, so neither the paper
nor the stored answer leads back to a dossier, while a reprint of the same slip carries the same code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse

from haddong_portal.common.crypto.blind_index import blind_index
from haddong_portal.common.errors import DomainError
from haddong_portal.common.signed_codes import read, sign

PURPOSE = "survey"
SLIP_HASH_LENGTH = 10
_DAY = "%y%m%d"
_FORM = re.compile(r"[0-9A-Za-z]{1,4}")


@dataclass(frozen=True)
class SurveyCode:
    """What a code says. `digest` is the keyed hash that makes one code one answer."""

    unit_id: int
    form: str
    procedure_code: str
    expires_on: date
    digest: str


def survey_code(*, unit_id: int, form: str, procedure_code: str, slip: str, issued_on: date) -> str:
    """The signed code of one slip.

    `form` is the form's number ("01", "02", "03"); `slip` names the slip for ever ("receipt/8812"); `issued_on` is its
    day, from which SURVEY_DAYS count. ValueError for a form or procedure code that does not fit.
    """
    if not _FORM.fullmatch(form):
        raise ValueError("a form number has one to four letters or digits")
    slip_hash = blind_index(f"{form}:{slip}", "survey_slip")[:SLIP_HASH_LENGTH]
    expires_on = issued_on + timedelta(days=settings.SURVEY_DAYS)
    return sign(PURPOSE, f"{unit_id}-{form}-{expires_on:{_DAY}}-{slip_hash}-{procedure_code}")


def survey_url(*, unit_id: int, form: str, procedure_code: str, slip: str, issued_on: date) -> str:
    """The full address behind the survey QR; arguments as for `survey_code`."""
    code = survey_code(unit_id=unit_id, form=form, procedure_code=procedure_code, slip=slip, issued_on=issued_on)
    return f"{settings.PUBLIC_URL}{reverse('survey:rate', args=[code])}"


def read_survey_code(code: str, *, today: date) -> SurveyCode:
    """What the code says; DomainError codes.signature (404) when it is not ours, survey.expired (410) when too old."""
    value = read(PURPOSE, code)
    unit_id, form, day, _, procedure_code = value.split("-", 4)
    expires_on = datetime.strptime(day, _DAY).date()  # noqa: DTZ007 - a day has no zone
    if today > expires_on:
        raise DomainError(
            "survey.expired",
            f"Mã đánh giá này đã hết hạn ngày {expires_on:%d/%m/%Y}. Ông/bà vẫn có thể góp ý tại bộ phận Một cửa.",
            "code",
            status=410,
        )
    return SurveyCode(int(unit_id), form, procedure_code, expires_on, blind_index(value, "survey_code"))
