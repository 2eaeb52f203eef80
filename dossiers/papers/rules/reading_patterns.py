"""The shipped wordings that a paper's fields are found by (data/reading.json), compiled once."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "data" / "reading.json"


@dataclass(frozen=True, slots=True)
class Wording:
    """One way a value is announced, and how sure a hit is (0 to 1)."""

    pattern: re.Pattern[str]
    sure: float


@dataclass(frozen=True, slots=True)
class FieldWordings:
    """All ways of one field; a line with one of `skip` is about something else."""

    name: str
    skip: tuple[str, ...]
    wordings: tuple[Wording, ...]


@cache
def field_wordings() -> tuple[FieldWordings, ...]:
    """Every field that is looked for, in the order of the form."""
    fields = json.loads(FILE.read_text(encoding="utf-8"))["fields"]
    return tuple(FieldWordings(name, tuple(said["skip"]), _compiled(said["patterns"])) for name, said in fields.items())


def _compiled(patterns: list[dict[str, object]]) -> tuple[Wording, ...]:
    return tuple(Wording(re.compile(str(one["pattern"]), re.MULTILINE), float(str(one["sure"]))) for one in patterns)
