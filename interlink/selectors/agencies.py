"""Agencies as the exchange knows them."""

from __future__ import annotations

from interlink.constants import Transport
from interlink.models import Agency


def connected_member(member_code: str) -> Agency | None:
    """The connected agency of this member code."""
    rows = Agency.objects.filter(member_code=member_code, transport=Transport.REST, is_active=True)
    return rows.first() if member_code else None
