"""Limits of catalogue records: a number, a unit and a text that should agree, and do not always.

Record shape: `time_value`, `time_unit` (working_day, day, hour, month, other, none), `time_text`,
`note`. The unit `other` with 0 or 1 is the source's way of saying "no number".
"""

from __future__ import annotations

from decimal import Decimal

from haddong_portal.common.errors import DomainError
from haddong_portal.common.limits import phrases
from haddong_portal.common.limits.model import LimitUnit, TimeLimit
from haddong_portal.common.limits.parsed import LimitCase, ParsedLimit, ReviewReason
from haddong_portal.common.limits.reading import parse_limit_text

_UNITS = {
    "working_day": LimitUnit.WORKING_DAY,
    "day": LimitUnit.CALENDAR_DAY,
    "hour": LimitUnit.WORKING_HOUR,
    "month": LimitUnit.CALENDAR_MONTH,
}


def structured_from_method(
    time_value: Decimal | float | str | None, time_unit: str | None, time_text: str | None, note: str | None = None
) -> ParsedLimit:
    """The limit of one way of filing; never raises.

    A number with a unit stands when the text says the same; a disagreement, or a 15:00 clause beside a
    longer number, goes to review with both readings. Without a number the text is read, then the note.
    """
    text, remark = (time_text or "").strip(), (note or "").strip()
    unit = _UNITS.get(time_unit or "")
    if unit is None:
        return _from_words(time_value, time_unit, text, remark)
    try:
        limit = _limit(time_value, unit)
    except DomainError:
        return ParsedLimit(text, None, ReviewReason.AMOUNT_REFUSED)
    return _checked(limit, text, remark)


def _limit(time_value: Decimal | float | str | None, unit: LimitUnit) -> TimeLimit:
    amount = str(time_value).strip().replace(",", ".")
    fraction = unit == LimitUnit.CALENDAR_DAY and "." in amount and not amount.endswith(".0")
    return TimeLimit(amount, LimitUnit.WORKING_DAY if fraction else unit)


def _from_words(time_value: Decimal | float | str | None, time_unit: str | None, text: str, remark: str) -> ParsedLimit:
    parsed = parse_limit_text(text or remark)
    if parsed.limit is None and text and remark:
        parsed = parse_limit_text(remark)
    if parsed.limit is None and time_unit == "other" and str(time_value).strip() not in {"0", "1", "", "None"}:
        return ParsedLimit(text or remark, None, ReviewReason.UNIT_MISSING, parsed.alternatives, parsed.extensions)
    return parsed


def _checked(limit: TimeLimit, text: str, remark: str) -> ParsedLimit:
    spoken = parse_limit_text(text) if text else ParsedLimit(text, limit)
    if spoken.limit is None:
        alternatives = (LimitCase("", limit), *spoken.alternatives)
        reason = _why_not(limit, spoken)
        return ParsedLimit(text, None if reason else limit, reason, alternatives if reason else (), spoken.extensions)
    if spoken.limit.unit == LimitUnit.SAME_DAY and limit.amount == 1:
        return spoken
    if spoken.limit != limit:
        both = (LimitCase("", limit), LimitCase("", spoken.limit))
        return ParsedLimit(text, None, ReviewReason.CONTRADICTION, both, spoken.extensions)
    return _against_remark(limit, text, remark)


def _why_not(limit: TimeLimit, spoken: ParsedLimit) -> ReviewReason | None:
    """A text that says nothing leaves the number alone; any other unread text does not."""
    return None if spoken.reason == ReviewReason.NOTHING_STATED else spoken.reason


def _against_remark(limit: TimeLimit, text: str, remark: str) -> ParsedLimit:
    """A note with the 15:00 rule makes one day a same-day limit and contradicts anything longer."""
    if phrases.CUTOFF not in phrases.clean(remark):
        return ParsedLimit(text, limit)
    if limit.amount == 1 and limit.unit in {LimitUnit.WORKING_DAY, LimitUnit.CALENDAR_DAY}:
        return ParsedLimit(text, TimeLimit.same_day())
    both = (LimitCase("", limit), LimitCase("", TimeLimit.same_day()))
    return ParsedLimit(text, None, ReviewReason.CUTOFF_WITH_DAYS, both)
