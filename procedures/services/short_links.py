"""Short links behind printed QR codes: made once per target, counted by day, never tied to a version or a person."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction

from haddong_portal.accounts.models import Unit
from haddong_portal.common import clock
from procedures.constants import LinkKind
from procedures.models import Procedure, ShortLink

# No letters or digits that people mix up when they read a code aloud or from paper (0/O, 1/I/L, 2/Z, 5/S, 8/B).
ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY"
TOKEN_LENGTH = 8
_ATTEMPTS = 5


def ensure_link(
    kind: LinkKind | str,
    *,
    procedure: Procedure | None = None,
    unit: Unit | None = None,
    label: str = "",
    now: datetime | None = None,
) -> ShortLink:
    """The one link of this target, made when there is none: the printed code stays valid for ever."""
    target = {"kind": LinkKind(kind), "procedure": procedure, "unit": unit, "label": label.strip()[:60]}
    for _ in range(_ATTEMPTS):
        found = ShortLink.objects.filter(**target).first()
        if found is not None:
            return found
        try:
            with transaction.atomic():
                return ShortLink.objects.create(**target, token=new_token(), created_at=now or clock.now())
        except IntegrityError as error:
            if "short_link_has_target" in str(error):
                raise
    return ShortLink.objects.get(**target)


def new_token() -> str:
    """A random token of TOKEN_LENGTH characters (about 37 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(TOKEN_LENGTH))


def count_scan(link_id: int, on: date | None = None) -> None:
    """One more scan of the link on that day: a number, nothing about who (one statement)."""
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO procedures_scancount (link_id, "on", count) VALUES (%s, %s, 1) '
            "ON CONFLICT ON CONSTRAINT scan_count_one_row_a_day DO UPDATE SET count = procedures_scancount.count + 1",
            [link_id, on or clock.today()],
        )
