"""The chain's arithmetic: one canonical line a row, one SHA-256 a seal over its head, the previous hash, its rows.

Pure: rows come in as mappings. Changing this text breaks every stored seal; a new form needs a version of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

VERSION = "1"
COLUMNS = (
    "id",
    "at",
    "actor_user_id",
    "actor_name",
    "post_id",
    "unit_id",
    "action",
    "object_type",
    "object_id",
    "person_id",
    "purpose",
    "channel",
    "ip",
    "request_id",
    "data",
)
"""What a seal vouches for, in no order that matters: keys are sorted."""


def canonical_line(row: Mapping[str, object]) -> bytes:
    """A row as bytes: JSON with sorted keys, no spaces, UTF-8, moments in UTC to the microsecond."""
    wanted = {name: _plain(row[name]) for name in COLUMNS}
    return json.dumps(wanted, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def seal_hash(
    *, previous_hash: str, partition: str, number: int, sealed_at: datetime, rows: Iterable[Mapping[str, object]]
) -> tuple[str, int]:
    """(hexadecimal hash, count of rows) of a seal over its rows in their order."""
    digest = hashlib.sha256(f"{VERSION}|{previous_hash}|{partition}|{number}|{_plain(sealed_at)}".encode())
    count = 0
    for row in rows:
        digest.update(b"\n" + canonical_line(row))
        count += 1
    digest.update(f"\n{count}".encode())
    return digest.hexdigest(), count


def _plain(value: object) -> object:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value
