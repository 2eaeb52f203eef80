"""Books and codes under a rule-set: which register a day's dossiers go into, how long serials count on.

Every text here names one counter or one book; a counter of another period is another counter, so that a rule-set
which changes the period never meets numbers that were given before.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from dossiers.rules.act_policy import ActPolicy, BookPeriod, SerialPeriod, UnitOrder

_QUARTERS = ("I", "II", "III", "IV")
_PROVINCE_LENGTH = 3


@dataclass(frozen=True, slots=True)
class Book:
    """A register: the period of its counter, and its number as slips print it."""

    period: str
    number: str


def book_on(policy: ActPolicy, on: date) -> Book:
    """The register in which a dossier received on `on` gets its line: "01/2024", by quarter "II/2024"."""
    if policy.book_period == BookPeriod.QUARTER:
        quarter = (on.month - 1) // 3
        return Book(f"{on:%Y}-Q{quarter + 1}", book_number(on.year, _QUARTERS[quarter]))
    return Book(f"{on:%Y}", book_number(on.year))


def book_number(year: int, quarter: str = "") -> str:
    """The number of a year's one book, or of a quarter's ("I" … "IV"); ValueError for any other quarter."""
    if quarter and quarter not in _QUARTERS:
        raise ValueError(quarter)
    return f"{quarter or '01'}/{year}"


def books_of(year: int) -> list[str]:
    """Every number a book of that year may have, in order."""
    return [book_number(year), *(book_number(year, quarter) for quarter in _QUARTERS)]


def quarter_of(number: str) -> str:
    """The quarter that a book is of, "" for a year's."""
    name = number.partition("/")[0]
    return name if name in _QUARTERS else ""


def book_words(year: int, quarter: str) -> str:
    """ "năm 2024", "quý II năm 2024"."""
    return f"quý {quarter} năm {year}" if quarter else f"năm {year}"


def is_over(year: int, quarter: str, *, today: date) -> bool:
    """Whether nothing can come into this book any more; whatever year somebody may ask for."""
    return year < today.year or (year == today.year and _last_day(year, quarter) < today)


def serial_period(policy: ActPolicy, on: date) -> str:
    """The period in which the serial of dossier codes counts on."""
    return f"{on:%Y}" if policy.serial_period == SerialPeriod.YEAR else on.isoformat()


def ordered_unit_code(policy: ActPolicy, unit_code: str) -> str:
    """A unit's code with the province (H26) at the end that the rule-set wants; the other parts turn with it."""
    parts = unit_code.split(".")
    is_first = len(parts[0]) == _PROVINCE_LENGTH and parts[0][0].isalpha()
    wants_first = policy.unit_order == UnitOrder.PROVINCE_FIRST
    return unit_code if is_first == wants_first else ".".join(reversed(parts))


def _last_day(year: int, quarter: str) -> date:
    """The last day on which a dossier may come into this book."""
    month = 3 * (_QUARTERS.index(quarter) + 1) if quarter else 12
    return date(year, month, monthrange(year, month)[1])
