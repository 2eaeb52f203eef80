"""Addresses that leave the portal on paper and in messages."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from haddong_portal.common.errors import DomainError
from haddong_portal.common.signed_codes import read, sign

TRACKING_PURPOSE = "tracking"


def tracking_url(code: str) -> str:
    """The full address behind the receipt's QR: a signed code, so that it opens one dossier and no other."""
    return f"{settings.PUBLIC_URL}{reverse('tracking:link', args=[sign(TRACKING_PURPOSE, code)])}"


def tracking_hint() -> str:
    """The short address that people type to look up a dossier by code and phone."""
    return f"{settings.PUBLIC_URL.split('://', 1)[-1]}{reverse('tracking:look-up')}"


def code_in_link(link: str) -> str:
    """The dossier code that a receipt's link carries; "" when it is no link of ours."""
    try:
        return read(TRACKING_PURPOSE, link.rstrip("/").rsplit("/", 1)[-1])
    except DomainError:
        return ""
