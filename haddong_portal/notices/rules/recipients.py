"""A recipient as the screens show it: enough to recognise, not enough to use. Pure."""

from __future__ import annotations

from haddong_portal.common.identifiers.masking import DOT, mask_phone
from haddong_portal.notices.constants import NoticeChannel


def masked_recipient(channel: str, recipient: str) -> str:
    """`091••••678`, `t••••@example.vn`; empty for a message in the portal."""
    if channel == NoticeChannel.EMAIL:
        name, at, host = recipient.rpartition("@")
        return f"{name[:1]}{DOT * 4}{at}{host}" if at else DOT * 4
    return mask_phone(recipient) if recipient else ""
