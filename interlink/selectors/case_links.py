"""Addresses of a linked case that leave the portal on paper and in messages."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from interlink.models import LinkedCase


def case_tracking_url(case: LinkedCase) -> str:
    """The full address behind the receipt's QR: a random token, so that it opens one case and no other."""
    return f"{settings.PUBLIC_URL}{reverse('linked-tracking:link', args=[case.tracking_token])}"


def case_tracking_hint() -> str:
    """The short address that people type to look a case up by code and phone."""
    return f"{settings.PUBLIC_URL.split('://', 1)[-1]}{reverse('linked-tracking:look-up')}"
