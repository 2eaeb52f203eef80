"""The message as it travels: the row's content with the bytes of its papers, the same in every try."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from dossiers.papers.models import PaperVersion
from dossiers.papers.services.reading import read_file
from interlink.models import AgencyMessage
from interlink.wire.messages import Request
from interlink.wire.papers import CONTENT_TYPES, WirePaper
from interlink.wire.reading import TEXT_MAX


def request_of(message: AgencyMessage, now: datetime) -> Request:
    """Raises DomainError of the store when a paper cannot be read."""
    told: dict[str, Any] = json.loads(message.payload)
    return Request(
        message_id=str(message.pk),
        kind=message.kind,
        number=message.number,
        case=str(told["case"]),
        leg=str(told["leg"]),
        generation=message.generation,
        service=message.agency.service_code or message.agency.code,
        issued_at=message.created_at,
        procedure=str(told.get("service") or ""),
        group=str(told.get("group") or ""),
        due_at=str(told.get("due_at") or ""),
        fields={key: str(value)[:TEXT_MAX] for key, value in (told.get("fields") or {}).items()},
        papers=tuple(_paper(entry, now) for entry in told.get("papers") or ()),
    )


def _paper(entry: Mapping[str, Any], now: datetime) -> WirePaper:
    """The version that the act chose, as people see it; number and date alone where the store has no file."""
    content, content_type = b"", "application/pdf"
    if entry.get("version_id"):
        version = PaperVersion.objects.select_related("shown").get(pk=entry["version_id"])
        if version.content_type in CONTENT_TYPES:
            content, content_type = read_file(version.shown, now=now), version.content_type
    on = str(entry.get("date") or "")
    return WirePaper(
        slot=str(entry["slot"]),
        name=str(entry["name"])[:300],
        content=content,
        content_type=content_type,
        paper_type=str(entry.get("type") or ""),
        number=str(entry.get("number") or "")[:120],
        date=date.fromisoformat(on) if on else None,
    )
