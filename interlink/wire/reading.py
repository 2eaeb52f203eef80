"""Reading hostile JSON: every key known, every size bounded, every type as written down. WireError otherwise."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from interlink.wire.errors import WireError

BODY_BYTES_MAX = 32 * 1024 * 1024
TEXT_MAX = 4000
NAME_MAX = 200
FIELDS_MAX = 200
ITEMS_MAX = 20
T = TypeVar("T")


def read_object(raw: bytes, *, bytes_max: int = BODY_BYTES_MAX) -> dict[str, Any]:
    """One JSON object. Raises WireError wire.too_large, wire.bad_json (also for a key given twice)."""
    if len(raw) > bytes_max:
        raise WireError("wire.too_large", f"{len(raw)} bytes")
    try:
        found = json.loads(raw, object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise WireError("wire.bad_json") from error
    if not isinstance(found, dict):
        raise WireError("wire.bad_json", "no object")
    return found


def only(found: Mapping[str, Any], required: Collection[str], optional: Collection[str] = ()) -> None:
    """Raises WireError wire.missing, wire.unknown_key."""
    if missing := sorted(set(required) - set(found)):
        raise WireError("wire.missing", missing[0])
    if unknown := sorted(set(found) - set(required) - set(optional)):
        raise WireError("wire.unknown_key", unknown[0][:NAME_MAX])


def text(found: Mapping[str, Any], key: str, *, most: int = NAME_MAX, empty: bool = False) -> str:
    """Raises WireError wire.bad_value."""
    value = found.get(key, "")
    if not isinstance(value, str) or len(value) > most or (not value and not empty) or "\x00" in value:
        raise WireError("wire.bad_value", key)
    return value


def number(found: Mapping[str, Any], key: str, *, least: int = 1, most: int = 32_000) -> int:
    value = found.get(key)
    if type(value) is not int or not least <= value <= most:
        raise WireError("wire.bad_value", key)
    return value


def flag(found: Mapping[str, Any], key: str) -> bool:
    value = found.get(key)
    if not isinstance(value, bool):
        raise WireError("wire.bad_value", key)
    return value


def moment(found: Mapping[str, Any], key: str) -> datetime:
    """With its offset; a local time without one says nothing."""
    try:
        value = datetime.fromisoformat(text(found, key, most=40))
    except ValueError as error:
        raise WireError("wire.bad_value", key) from error
    if value.tzinfo is None:
        raise WireError("wire.bad_value", key)
    return value


def day(found: Mapping[str, Any], key: str) -> date | None:
    value = text(found, key, most=10, empty=True)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise WireError("wire.bad_value", key) from error


def texts(found: Mapping[str, Any], key: str) -> dict[str, str]:
    """A flat object of texts (fields of a form, facts of a result)."""
    value = found.get(key, {})
    if not isinstance(value, dict) or len(value) > FIELDS_MAX:
        raise WireError("wire.bad_value", key)
    return {_name(name): text(value, name, most=TEXT_MAX, empty=True) for name in value}


def items(found: Mapping[str, Any], key: str, read: Callable[[Mapping[str, Any]], T]) -> tuple[T, ...]:
    value = found.get(key, [])
    if not isinstance(value, list) or len(value) > ITEMS_MAX or not all(isinstance(one, dict) for one in value):
        raise WireError("wire.bad_value", key)
    return tuple(read(one) for one in value)


def _name(name: str) -> str:
    if not name or len(name) > NAME_MAX:
        raise WireError("wire.bad_value", "name")
    return name


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key given twice")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)
