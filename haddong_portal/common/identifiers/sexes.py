"""The two values of sex on Vietnamese identity papers, and how scanners spell them."""

from __future__ import annotations

from enum import StrEnum

from haddong_portal.common.text import fold


class Sex(StrEnum):
    """As printed on the card; the value is also what is stored."""

    MALE = "Nam"
    FEMALE = "Nữ"


def read_sex(text: str) -> Sex | None:
    """`Nam`, `Nữ`, also `Nu` of a scanner without diacritics; None for anything else."""
    return {"nam": Sex.MALE, "nu": Sex.FEMALE}.get(fold(text))
