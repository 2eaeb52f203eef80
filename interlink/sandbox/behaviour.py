"""What an agency of the sandbox can be told to do: the failures that real agencies make. Counters run down to 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from interlink.wire.errors import WireError

LEAST, MOST = 0, 1_000_000


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Times are seconds. The defaults are an agency that works well and quickly."""

    step_seconds: float = 1.0  # between two of its replies
    day_seconds: float = 86_400.0  # how long a day lasts here
    slow_seconds: float = 0.0  # before every answer over HTTP
    fail: int = 0  # so many requests and polls are answered 503 and not stored
    lose_acks: int = 0  # so many requests are stored, but their receipt is lost
    lose_polls: int = 0  # so many polls end without an answer
    supplement: int = 0  # so many new requests come back for a supplement first
    refuse: int = 0  # so many new requests are refused
    return_upstream: int = 0  # so many new requests are sent back to the step before
    answer_twice: bool = False  # every reply comes twice, and once more under another number
    out_of_order: bool = False  # replies come in the wrong order
    id_number_late: bool = False  # the personal number comes a day after the rest
    twins_as_duplicates: bool = False  # the second child of one mother and day counts as already registered
    callback: bool = True  # replies are also posted to the portal's door, where one is set

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def told(self, words: Mapping[str, Any]) -> Behaviour:
        """With what the operator says. Raises WireError control.unknown, control.bad_value."""
        kinds = {one.name: type(getattr(self, one.name)) for one in fields(self)}
        changed: dict[str, Any] = {}
        for name, value in words.items():
            if name not in kinds:
                raise WireError("control.unknown", name[:40])
            changed[name] = _checked(name, value, kinds[name])
        return replace(self, **changed)

    def spend(self, name: str) -> tuple[bool, Behaviour]:
        """Whether the counter `name` still stands above 0, and the behaviour after using it once."""
        left = getattr(self, name)
        return (True, replace(self, **{name: left - 1})) if left > 0 else (False, self)


def _checked(name: str, value: Any, kind: type) -> Any:
    if kind is bool and isinstance(value, bool):
        return value
    if kind is not bool and type(value) in (int, float) and LEAST <= value <= MOST:
        return kind(value)
    raise WireError("control.bad_value", name)
