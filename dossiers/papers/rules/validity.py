"""How long a paper counts."""

from __future__ import annotations

import calendar
from datetime import date


def last_valid_day(issued_on: date | None, valid_months: int | None) -> date | None:
    """The same day so many months later, or that month's last day; None when the paper does not expire, or not while
    years have four digits.

    BLDS2015 art. 148: a period in months ends with the day of the same number.
    """
    if issued_on is None or valid_months is None:
        return None
    months = issued_on.month - 1 + valid_months
    year, month = issued_on.year + months // 12, months % 12 + 1
    if year > date.max.year:
        return None
    return date(year, month, min(issued_on.day, calendar.monthrange(year, month)[1]))
