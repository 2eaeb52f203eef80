"""Bad files, made on the spot: nothing hostile is stored in the repository.

Each says which codes are a right answer; none may ever come out clean. What is active inside a PDF is taken out of the
copy (`sanitised`), the rest is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

ACTIVE = ("file.active_removed",)
REPAIRED = ("file.repaired",)
POLYGLOT = ("file.polyglot",)
BAD_TYPE = ("file.bad_type",)
DAMAGED = ("file.damaged",)
TOO_MUCH = ("file.bomb", "file.too_heavy", "file.damaged", "file.too_many_pixels")

# Two halves, so that no scanner takes this repository for a virus.
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}" + "$EICAR-STANDARD-ANTIVIRUS-" + "TEST-FILE!$H+H*").encode()


@dataclass(frozen=True)
class BadFile:
    """One bad file: what it is called, how it is made, and the codes that are right for it."""

    case: str
    name: str
    make: Callable[[], bytes]
    codes: tuple[str, ...]


def corpus() -> list[BadFile]:
    """All of them, by the room they are made in."""
    from tests.common.files import bad_bombs, bad_names, bad_pdfs, bad_polyglots, bad_types

    return [bad for room in (bad_types, bad_polyglots, bad_bombs, bad_pdfs, bad_names) for bad in room.FILES]
