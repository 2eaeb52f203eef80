"""Read the QR code of a Vietnamese identity card (CCCD, thẻ căn cước) into typed fields.

`id|old card number or empty|name|birth ddmmyyyy|Nam or Nữ|permanent address|issued ddmmyyyy`; cards of the 2024 model
append further parts, which are ignored. The code can be copied: it saves typing and proves nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from haddong_portal.common.errors import DomainError
from haddong_portal.common.identifiers import card_damage
from haddong_portal.common.identifiers.personal_id import check_personal_id
from haddong_portal.common.identifiers.remarks import Remark
from haddong_portal.common.identifiers.sexes import Sex, read_sex
from haddong_portal.common.text import clean_text

PARTS_MIN = 6
PARTS_READ = 7
PAYLOAD_LENGTH_MAX = 1000
YEARS = range(1850, 2200)
_SCANNER_NOISE = " \t\r\n\ufeff\u200b\x00\x02\x03\x1d"


@dataclass(frozen=True)
class CardReading:
    """What a card says: `dob` is None when only `birth_year` is known, `issued_on` when absent; `old_id` may be ""."""

    id: str
    old_id: str
    name: str
    dob: date | None
    birth_year: int
    sex: Sex
    address: str
    issued_on: date | None
    warnings: tuple[Remark, ...] = ()

    @property
    def dob_text(self) -> str:
        """`YYYY-MM-DD`, or `YYYY` when the day is unknown."""
        return self.dob.isoformat() if self.dob else f"{self.birth_year:04d}"


def read_card(payload: str) -> CardReading:
    """Read one scan; raises DomainError card.* with advice, and nothing else, whatever the text."""
    parts = _parts(_one_line(payload))
    number = _read_id(parts[0])
    name, address = clean_text(parts[2]), clean_text(parts[5])
    if not name:
        raise _refusal("no_name", "Mã QR không có họ tên.", "name")
    dob, birth_year = _read_birth(parts[3])
    sex = read_sex(parts[4])
    if sex is None:
        raise _refusal("unknown_sex", "Giới tính trong mã QR không phải Nam hoặc Nữ.", "sex")
    if not address:
        raise _refusal("no_address", "Mã QR không có nơi thường trú.", "address")
    card_damage.refuse_damaged_text(name, address)
    old_id, old_id_doubts = _read_old_id(parts[1])
    issued_on, issue_doubts = _read_issue_day(parts[6] if len(parts) > PARTS_MIN else "", birth_year)
    warnings = [
        *check_personal_id(number, sex=sex, birth_year=birth_year).warnings,
        *_birth_doubts(dob),
        *old_id_doubts,
        *issue_doubts,
        *card_damage.doubts(name, address),
    ]
    return CardReading(number, old_id, name, dob, birth_year, sex, address, issued_on, tuple(warnings))


def _one_line(payload: str) -> str:
    if len(payload) > PAYLOAD_LENGTH_MAX:
        raise _refusal("other_code", "Đây không phải mã QR trên thẻ căn cước: nội dung quá dài.")
    lines = {line for text in re.split(r"[\r\n]+", payload) if (line := text.strip(_SCANNER_NOISE))}
    if not lines:
        raise _refusal("empty", "Chưa đọc được gì từ mã QR. Hãy quét lại.")
    if len(lines) > 1:
        raise _refusal("two_codes", "Đọc được nhiều mã cùng lúc. Hãy xóa đi và quét từng thẻ.")
    return lines.pop()


def _parts(line: str) -> list[str]:
    if "|" not in line:
        raise _refusal("other_code", "Đây không phải mã QR trên thẻ căn cước.")
    parts = [part.strip(_SCANNER_NOISE) for part in line.split("|")]
    if len(parts) < PARTS_MIN:
        raise _refusal(
            "too_few_fields", f"Mã QR chỉ có {len(parts)} mục, thẻ căn cước có ít nhất {PARTS_MIN}. Hãy quét lại."
        )
    card_damage.refuse_mojibake(line)
    return parts[:PARTS_READ]


def _read_id(number: str) -> str:
    card_damage.refuse_typed_id(number)
    try:
        return check_personal_id(number).number
    except DomainError as error:
        raise _refusal(error.code.rpartition(".")[2], error.message, "id") from None


def _read_birth(text: str) -> tuple[date | None, int]:
    """The day, or only the year (`1990`, also written `00001990`)."""
    year_text = text[4:] if len(text) == 8 and text.startswith("0000") else text
    if len(year_text) == 4 and _is_digits(year_text) and int(year_text) in YEARS:
        return None, int(year_text)
    day = _read_day(text)
    if day is None:
        raise _refusal("bad_date", "Ngày sinh trong mã QR không có trong lịch.", "dob")
    return day, day.year


def _read_day(text: str) -> date | None:
    """`ddmmyyyy` as a day of the calendar; None for anything else."""
    if len(text) != 8 or not _is_digits(text) or int(text[4:]) not in YEARS:
        return None
    try:
        return date(int(text[4:]), int(text[2:4]), int(text[:2]))
    except ValueError:
        return None


def _birth_doubts(dob: date | None) -> list[Remark]:
    return [] if dob else [Remark("card.year_only", "Thẻ chỉ ghi năm sinh.")]


def _read_old_id(text: str) -> tuple[str, list[Remark]]:
    if not text or (len(text) in (9, 12) and _is_digits(text)):
        return text, []
    return "", [Remark("card.old_id_ignored", "Số CMND cũ trong mã QR không đúng dạng nên bỏ qua.")]


def _read_issue_day(text: str, birth_year: int) -> tuple[date | None, list[Remark]]:
    if not text:
        return None, [Remark("card.no_issue_date", "Mã QR không có ngày cấp.")]
    day = _read_day(text)
    if day is None:
        raise _refusal("bad_date", "Ngày cấp trong mã QR không có trong lịch.", "issued_on")
    if day.year < birth_year:
        return day, [Remark("card.issued_before_birth", "Ngày cấp thẻ trước ngày sinh. Hãy đối chiếu với thẻ.")]
    return day, []


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _refusal(reason: str, message: str, field: str = "payload") -> DomainError:
    return DomainError(f"card.{reason}", message, field)
