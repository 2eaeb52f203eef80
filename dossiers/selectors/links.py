"""Addresses that leave the portal on paper and in messages."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from dossiers.constants import FormKind
from dossiers.models import Slip
from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError
from haddong_portal.common.signed_codes import read, sign
from haddong_portal.common.survey_codes import survey_url

TRACKING_PURPOSE = "tracking"
# Forms that carry the survey's code (TT 01/2018 art. 12), by what the survey calls them.
WITH_SURVEY = {FormKind.RECEIPT: "01", FormKind.SUPPLEMENT_REQUEST: "02", FormKind.REFUSAL: "03"}


def tracking_url(code: str) -> str:
    """The full address behind the receipt's QR: a signed code, so that it opens one dossier and no other."""
    return f"{settings.PUBLIC_URL}{reverse('tracking:link', args=[tracking_token(code)])}"


def tracking_token(code: str) -> str:
    """The last part of the tracking link."""
    return sign(TRACKING_PURPOSE, code)


def tracking_hint() -> str:
    """The short address that people type to look up a dossier by code and phone."""
    return f"{settings.PUBLIC_URL.split('://', 1)[-1]}{reverse('tracking:look-up')}"


def code_in_link(link: str) -> str:
    """The dossier code that a receipt's link carries; "" when it is no link of ours."""
    try:
        return read(TRACKING_PURPOSE, link.rstrip("/").rsplit("/", 1)[-1])
    except DomainError:
        return ""


def survey_of(slip: Slip, procedure_code: str) -> str:
    """The address behind the slip's survey QR; "" for forms that carry none."""
    form = WITH_SURVEY.get(FormKind(slip.form_kind), "")
    if not form:
        return ""
    name = f"{slip.form_kind}/{slip.pk}"
    issued_on = clock.local(slip.issued_at).date()
    return survey_url(unit_id=slip.unit_id, form=form, procedure_code=procedure_code, slip=name, issued_on=issued_on)
