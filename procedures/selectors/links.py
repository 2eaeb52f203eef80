"""Short links: what a token opens, and how often each was scanned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, Sum

from haddong_portal.common import clock
from procedures.models import ShortLink

RECENT_DAYS = 30
ROWS_MAX = 200


def link_by_token(token: str) -> ShortLink | None:
    """The link with this token, its target joined; letters may be typed small."""
    if not (token.isascii() and token.isalnum()) or len(token) > 12:
        return None
    wanted = ShortLink.objects.filter(token__in={token, token.upper()})
    return wanted.select_related("procedure", "unit").first()


@dataclass(frozen=True)
class ScanRow:
    """A link with its scans."""

    link: ShortLink
    title: str
    recent: int
    total: int


def scan_rows(today: date | None = None) -> Sequence[ScanRow]:
    """Links by scans of the last 30 days, most first; those never scanned at the end."""
    since = (today or clock.today()) - timedelta(days=RECENT_DAYS)
    rows = (
        ShortLink.objects.select_related("procedure__current_version", "unit")
        .annotate(total=Sum("scans__count"), recent=Sum("scans__count", filter=Q(scans__on__gt=since)))
        .order_by("id")
    )
    told = [ScanRow(link, _title(link), link.recent or 0, link.total or 0) for link in rows]
    return sorted(told, key=lambda row: (-row.recent, -row.total, row.title))[:ROWS_MAX]


def _title(link: ShortLink) -> str:
    if link.procedure:
        version = link.procedure.current_version
        return version.name if version else link.procedure.national_code
    return " – ".join(part for part in (link.label, link.unit.name if link.unit else "") if part)
