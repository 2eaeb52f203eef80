"""A time limit as a value: amount and unit (domain.md §4.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from haddong_portal.common.errors import DomainError


class LimitUnit(StrEnum):
    """What the amount counts."""

    WORKING_DAY = "working_day"
    WORKING_HOUR = "working_hour"
    CALENDAR_DAY = "calendar_day"
    CALENDAR_MONTH = "calendar_month"
    SAME_DAY = "same_day"


_MAX_AMOUNT = {
    LimitUnit.WORKING_DAY: 2_000,
    LimitUnit.WORKING_HOUR: 16_000,
    LimitUnit.CALENDAR_DAY: 3_650,
    LimitUnit.CALENDAR_MONTH: 120,
    LimitUnit.SAME_DAY: 1,
}
# Office minutes in a unit; calendar units are not measured in minutes.
_MINUTES = {LimitUnit.WORKING_DAY: 480, LimitUnit.WORKING_HOUR: 60}
_WORDS = {
    LimitUnit.WORKING_DAY: "ngày làm việc",
    LimitUnit.WORKING_HOUR: "giờ làm việc",
    LimitUnit.CALENDAR_DAY: "ngày",
    LimitUnit.CALENDAR_MONTH: "tháng",
}


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """How long an authority may take.

    Working days may be fractions of whole minutes (½ day = 4 hours); calendar units are whole. SAME_DAY
    has amount 1 and `rolls_after_15`: received after the rule-set's hour, it is due on the next working day.
    Raises DomainError `limit.not_positive`, `limit.too_large` or `limit.too_fine`.
    """

    amount: Decimal
    unit: LimitUnit
    rolls_after_15: bool = False

    def __init__(self, amount: Decimal | int | str, unit: LimitUnit, rolls_after_15: bool = False) -> None:
        value = _plain(_decimal(amount))
        _check(value, unit)
        object.__setattr__(self, "amount", value)
        object.__setattr__(self, "unit", LimitUnit(unit))
        object.__setattr__(self, "rolls_after_15", rolls_after_15 and unit == LimitUnit.SAME_DAY)

    @classmethod
    def same_day(cls, *, rolls_after_15: bool = True) -> TimeLimit:
        """Within the working day; by default with the 15:00 rule."""
        return cls(1, LimitUnit.SAME_DAY, rolls_after_15)

    @property
    def is_whole(self) -> bool:
        return self.amount == self.amount.to_integral_value()

    @property
    def working_minutes(self) -> int | None:
        """The limit in office minutes, one day being eight hours; None for calendar units and SAME_DAY."""
        per_unit = _MINUTES.get(self.unit)
        return None if per_unit is None else round(self.amount * per_unit)

    def to_text(self) -> str:
        """As Vietnamese papers write it: "03 ngày làm việc", "trong ngày làm việc", "½ ngày làm việc"."""
        if self.unit == LimitUnit.SAME_DAY:
            return "trong ngày làm việc" if self.rolls_after_15 else "trong ngày làm việc, kể cả tiếp nhận sau 15 giờ"
        return f"{_amount_text(self.amount)} {_WORDS[self.unit]}"

    def to_json(self) -> dict[str, object]:
        """For storage: `{"amount": "3", "unit": "working_day"}`, and `rolls_after_15` for SAME_DAY."""
        stored: dict[str, object] = {"amount": str(self.amount), "unit": self.unit.value}
        return stored | {"rolls_after_15": self.rolls_after_15} if self.unit == LimitUnit.SAME_DAY else stored

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> TimeLimit:
        """Back from `to_json`; DomainError `limit.unreadable` for anything else."""
        try:
            unit = LimitUnit(str(stored["unit"]))
            return cls(str(stored["amount"]), unit, stored.get("rolls_after_15") is True)
        except (KeyError, ValueError) as error:
            raise DomainError("limit.unreadable", "Thời hạn đã lưu không đúng dạng.", "limit") from error


def _decimal(amount: Decimal | int | str) -> Decimal:
    try:
        value = Decimal(amount)
    except InvalidOperation as error:
        raise DomainError("limit.unreadable", "Thời hạn phải là một số.", "limit") from error
    if not value.is_finite() or value <= 0:
        raise DomainError("limit.not_positive", "Thời hạn phải lớn hơn 0.", "limit")
    return value


def _plain(value: Decimal) -> Decimal:
    """Equal amounts get one spelling: 3, 3.0 and 3E0 are all 3."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() and value < 10**9 else value.normalize()


def _check(value: Decimal, unit: LimitUnit) -> None:
    if value > _MAX_AMOUNT[unit]:
        raise DomainError("limit.too_large", f"Thời hạn quá lớn (tối đa {_MAX_AMOUNT[unit]}).", "limit")
    if (value * _MINUTES.get(unit, 1)) % 1:
        raise DomainError("limit.too_fine", "Thời hạn lẻ quá nhỏ: ngày làm việc, giờ làm việc tính đến phút.", "limit")


def _amount_text(amount: Decimal) -> str:
    if amount == Decimal("0.5"):
        return "½"
    if amount != amount.to_integral_value():
        return str(amount).replace(".", ",")
    return f"{int(amount):02d}"
