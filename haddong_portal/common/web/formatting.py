"""Money, working time and names as the screens write them (dates: common.dates; masking: common.identifiers)."""

from __future__ import annotations

WORKING_DAY_MINUTES = 8 * 60
NOTHING = "—"


def vnd_text(amount_vnd: int | None) -> str:
    """20000 → "20.000 đồng"; None, an amount nobody has stated, → "—"."""
    if amount_vnd is None:
        return NOTHING
    return f"{number_text(amount_vnd)} đồng"


def number_text(value: int | float | None) -> str:
    """1234567 → "1.234.567"; 92.7 → "92,7": Vietnamese separators."""
    if value is None:
        return NOTHING
    return f"{value:,}".translate(str.maketrans(",.", ".,"))


def working_time_text(minutes: int) -> str:
    """Working minutes in words of 8-hour days: 660 → "1 ngày 3 giờ làm việc"; under an hour "40 phút làm việc".

    Minutes are told only when less than a day is left; a negative value is told as its amount.
    """
    days, rest = divmod(abs(minutes), WORKING_DAY_MINUTES)
    hours, left = divmod(rest, 60)
    parts = [(days, "ngày"), (hours, "giờ"), (left if days == 0 else 0, "phút")]
    told = " ".join(f"{amount} {unit}" for amount, unit in parts if amount)
    return f"{told or '0 phút'} làm việc"


def initials(name: str) -> str:
    """Two letters for an avatar: "Nguyễn Thị Lan" → "NL"; one word gives one letter."""
    words = name.split()
    return "".join(word[0] for word in ([words[0], words[-1]] if len(words) > 1 else words)).upper()


def capped_text(count: int, cap: int = 500) -> str:
    """A count that stopped at its cap: 501 → "500+"."""
    return f"{number_text(cap)}+" if count > cap else number_text(count)
