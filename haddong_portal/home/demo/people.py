"""Invented citizens: names, numbers and telephones that fit each other, the same for the same seed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

from haddong_portal.common.identifiers.sexes import Sex

FEMALE_SHARE = 0.52
BORN_FROM, BORN_TO = 1948, 2005
FIRST_CENTURY = 1900


@dataclass(frozen=True)
class Citizen:
    """One invented person; the ID's digits agree with sex and birth year."""

    full_name: str
    personal_id: str
    birth_date: date
    sex: Sex
    address: str
    phone: str


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The word lists of names.json."""
    loaded: dict[str, Any] = json.loads(Path(__file__).with_name("names.json").read_text(encoding="utf-8"))
    return loaded


def invent_citizen(dice: Random, place: str) -> Citizen:
    """A citizen who lives in `place` ("phường Quang Trung")."""
    lists = words()
    sex = Sex.FEMALE if dice.random() < FEMALE_SHARE else Sex.MALE
    born = date(dice.randint(BORN_FROM, BORN_TO), dice.randint(1, 12), dice.randint(1, 28))
    middle, given = dice.choice(lists["middle"][sex.name]), dice.choice(lists["given"][sex.name])
    street, house = dice.choice(lists["streets"]), dice.randint(1, 260)
    return Citizen(
        full_name=f"{dice.choice(lists['family'])} {middle} {given}",
        personal_id=_personal_id(dice, sex, born.year),
        birth_date=born,
        sex=sex,
        address=f"Số {house} {street}, {place}, quận Hà Đông, Hà Nội",
        phone=f"{dice.choice(lists['phone_prefixes'])}{dice.randint(0, 9_999_999):07d}",
    )


def _personal_id(dice: Random, sex: Sex, year: int) -> str:
    """PPP G YY NNNNNN, as the register gives them out: even = male, odd = female, two digits a century."""
    century_and_sex = 2 * ((year - FIRST_CENTURY) // 100) + (sex is Sex.FEMALE)
    return f"{dice.choice(words()['provinces'])}{century_and_sex}{year % 100:02d}{dice.randint(0, 999_999):06d}"
