"""Formats of dossier codes and procedure codes; pure text, no look-ups.

Dossier code: TT 01/2018/TT-VPCP, art. 19, `unit-YYMMDD-serial`; the unit code may be of either order (QĐ 20/2020 put
the province first). Procedure code: the national `d.dddddd`, a case `.dd`, and the province's suffix of the time
before the national portal's second version.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from haddong_portal.common.errors import DomainError

SERIAL_DIGITS_MIN = 4
SERIAL_MAX = 99_999_999

_UNIT_CODE = re.compile(r"[A-Z0-9]{2,3}(?:\.[A-Z0-9]{2,3}){1,4}", re.ASCII)
_PROVINCE_PART = re.compile(r"[A-Z]\d{2}", re.ASCII)
_DOSSIER_CODE = re.compile(rf"(?P<unit>{_UNIT_CODE.pattern})-(?P<day>\d{{6}})-(?P<serial>\d{{4,8}})", re.ASCII)
# The same as an address carries it, in one group, for a URL converter.
DOSSIER_CODE_IN_ADDRESS = rf"{_UNIT_CODE.pattern}-\d{{6}}-\d{{4,8}}"
_PROCEDURE_CODE = re.compile(
    r"(?P<national>\d\.\d{6})(?:\.(?P<case>\d{2}))?(?:\.(?P<suffix>\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}))?", re.ASCII
)
_DASHES = str.maketrans({"‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-"})


@dataclass(frozen=True)
class DossierCode:
    """The parts of a dossier code: unit code, day of receipt, serial of that unit and day."""

    unit_code: str
    on: date
    serial: int

    def __str__(self) -> str:
        return format_dossier_code(self.unit_code, self.on, self.serial)


@dataclass(frozen=True)
class ProcedureCode:
    """The parts of a procedure code; `case` and `suffix` are "" when absent."""

    national: str
    case: str = ""
    suffix: str = ""

    def __str__(self) -> str:
        return ".".join(part for part in (self.national, self.case, self.suffix) if part)


def format_dossier_code(unit_code: str, on: date, serial: int) -> str:
    """`000.99.01.H26-240207-0001`; the serial has four digits and grows when a day brings more than 9,999."""
    if not is_unit_code(unit_code):
        raise DomainError("codes.unit", f"Mã định danh đơn vị không đúng dạng: {unit_code}.", "unit_code")
    if not 1 <= serial <= SERIAL_MAX:
        raise DomainError("codes.serial", "Số thứ tự hồ sơ phải là số nguyên dương có nhiều nhất 8 chữ số.", "serial")
    return f"{unit_code}-{on:%y%m%d}-{serial:0{SERIAL_DIGITS_MIN}d}"


def parse_dossier_code(text: str) -> DossierCode:
    """Read a code as people type it (small letters, spaces, long dashes); DomainError `codes.dossier`."""
    match = _DOSSIER_CODE.fullmatch(_tidy(text))
    on = _day(match["day"]) if match else None
    if match and on and is_unit_code(match["unit"]) and int(match["serial"]):
        return DossierCode(match["unit"], on, int(match["serial"]))
    raise DomainError(
        "codes.dossier", "Mã hồ sơ không đúng dạng. Mã in trên giấy tiếp nhận, ví dụ 000.99.01.H26-240207-0001.", "code"
    )


def is_unit_code(text: str) -> bool:
    """Whether `text` is a unit code of either era: two to five parts, one of them a province such as H26."""
    return bool(_UNIT_CODE.fullmatch(text)) and any(_PROVINCE_PART.fullmatch(part) for part in text.split("."))


def parse_procedure_code(text: str) -> ProcedureCode:
    """Read `1.001193`, `1.001193.01`, `1.001193.000.00.00.H26`; DomainError `codes.procedure`."""
    match = _PROCEDURE_CODE.fullmatch(_tidy(text))
    if match is None:
        raise DomainError("codes.procedure", "Mã thủ tục không đúng dạng, ví dụ đúng: 1.001193.", "code")
    return ProcedureCode(match["national"], match["case"] or "", match["suffix"] or "")


def national_procedure_code(text: str) -> str:
    """The short national code in any accepted spelling: the key of a procedure."""
    return parse_procedure_code(text).national


def _day(digits: str) -> date | None:
    """The day of `YYMMDD`, in this century; None when the calendar has no such day."""
    try:
        return date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        return None


def _tidy(text: str) -> str:
    return "".join(text.split()).translate(_DASHES).upper()
