"""The 12-digit personal ID (số định danh cá nhân): `PPP G YY NNNNNN`, no check digit.

PPP province or country of birth registration, G century and sex, YY birth year. Only the shape can be wrong for
certain; everything else is a warning, since corrected and re-issued numbers exist.
"""

from __future__ import annotations

from dataclasses import dataclass

from haddong_portal.common.errors import DomainError
from haddong_portal.common.identifiers.provinces import PROVINCES
from haddong_portal.common.identifiers.remarks import Remark
from haddong_portal.common.identifiers.sexes import Sex

DIGITS = 12
FIRST_CENTURY = 1900
SEPARATORS = " .-\u00a0"


@dataclass(frozen=True)
class PersonalId:
    """A personal ID and what its digits say; `province_name` is None for an unknown prefix."""

    number: str
    province_name: str | None
    sex: Sex
    birth_year: int
    warnings: tuple[Remark, ...] = ()


def check_personal_id(text: str, *, sex: Sex | None = None, birth_year: int | None = None) -> PersonalId:
    """Read a personal ID as typed (spaces, dots, hyphens allowed) and compare it with declared sex and birth year.

    Raises DomainError identifiers.id_not_digits, .id_length, .id_all_equal; the rest comes back as warnings.
    """
    number = "".join(char for char in text if char not in SEPARATORS)
    _refuse_impossible(number)
    century_and_sex = int(number[3])
    own_sex = Sex.FEMALE if century_and_sex % 2 else Sex.MALE
    own_year = FIRST_CENTURY + 100 * (century_and_sex // 2) + int(number[4:6])
    province_name = PROVINCES.get(number[:3])
    return PersonalId(
        number, province_name, own_sex, own_year, _warnings(number, province_name, own_sex, own_year, sex, birth_year)
    )


def _refuse_impossible(number: str) -> None:
    if number and not (number.isascii() and number.isdigit()):
        raise DomainError("identifiers.id_not_digits", "Số định danh cá nhân chỉ gồm chữ số.", "personal_id")
    if len(number) != DIGITS:
        raise DomainError(
            "identifiers.id_length", f"Số định danh cá nhân phải có 12 chữ số (đang có {len(number)}).", "personal_id"
        )
    if len(set(number)) == 1:
        raise DomainError(
            "identifiers.id_all_equal", "Số định danh cá nhân không thể gồm 12 chữ số giống nhau.", "personal_id"
        )


def _warnings(
    number: str, province_name: str | None, own_sex: Sex, own_year: int, sex: Sex | None, birth_year: int | None
) -> tuple[Remark, ...]:
    found = []
    if province_name is None:
        message = f"Mã nơi đăng ký khai sinh {number[:3]} không có trong danh mục tỉnh, thành phố."
        found.append(Remark("identifiers.unknown_province", message))
    if sex is not None and sex != own_sex:
        message = f"Giới tính khai là {sex}, số định danh cho thấy {own_sex}."
        found.append(Remark("identifiers.sex_differs", message))
    if birth_year is not None and birth_year != own_year:
        message = f"Năm sinh khai là {birth_year}, số định danh cho thấy {own_year}."
        found.append(Remark("identifiers.birth_year_differs", message))
    return tuple(found)
