"""Fees as they may honestly be shown (pure): a 0 with a note is a placeholder, never "free"; the note rules.

Sources write 0 where the provincial council sets the rate, 1 or 120 where a cell was filled with anything, and a
base amount beside a note with the reduced one. An amount stands only when nothing beside it says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from procedures.rules.cleaning import as_list, as_mapping, as_money_vnd, clean_line
from procedures.rules.parsed import ParsedFee, ReviewNote

FEE_TEXT_MAX = 1_500
LEAST_PLAUSIBLE_VND = 1_000
FREE = "Miễn phí"
UNKNOWN = "Chưa có thông tin"
BY_RULE = "Theo quy định, xem chi tiết"

_NO_NUMBER = re.compile(
    r"^(?:không có thông tin(?: cụ thể)?\s*(?:\(\d+\))?|(?:phí|lệ phí)?\s*:?\s*đồng|i{1,3}|-+|\.+)$", re.I
)
_AMOUNT = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d{3})+|\d{4,10})(?=\s*(?:đồng|đ\b|vnđ|vnd))", re.I)
_ABOUT_FEES = re.compile(r"\b(?:lệ )?phí\b|đồng\s*/|USD", re.I)


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One line for a list: `is_free` only when every channel is free by law; `is_certain` when amounts are known."""

    text: str
    is_free: bool
    is_certain: bool


def parse_fees(raw: object, channel: int | None, note: str) -> tuple[list[ParsedFee], list[ReviewNote]]:
    """The fees of one way of filing; `note` is the remark of that way, which rules over a bare 0."""
    rows = [as_mapping(entry) for entry in as_list(raw)]
    fees = [_fee(row, channel, note) for row in rows]
    notes = [
        ReviewNote("fees.unclear", "fees", fee.text[:300] or "Có dòng phí, lệ phí nhưng không có số tiền.")
        for fee in fees
        if fee.amount_vnd is None
    ]
    return fees, notes


def parse_fee_summary(text: str) -> tuple[list[ParsedFee], list[ReviewNote]]:
    """Fees of a record that states them only in words: kept as text, with no amount."""
    shown = clean_line(text, FEE_TEXT_MAX)
    return ([ParsedFee(None, fee_kind(shown), None, shown)] if shown else []), []


def _fee(row: Mapping[str, object], channel: int | None, note: str) -> ParsedFee:
    text = clean_line(row.get("text"), FEE_TEXT_MAX)
    amount = as_money_vnd(row.get("amount_vnd"))
    kind = fee_kind(clean_line(row.get("type"), 40) or text)
    if _NO_NUMBER.match(text):
        return ParsedFee(channel, kind, amount or None, "")
    remark = text or (note if amount == 0 and _ABOUT_FEES.search(note) else "")
    stands, shown = _judge(amount, remark[:FEE_TEXT_MAX])
    return ParsedFee(channel, kind, stands, shown)


def _judge(amount: int | None, remark: str) -> tuple[int | None, str]:
    """The amount that may be shown as such, and the words beside it."""
    if amount is None or not remark:
        too_small = amount is not None and 0 < amount < LEAST_PLAUSIBLE_VND
        return (None if too_small else amount), remark
    if amount < LEAST_PLAUSIBLE_VND:
        return None, remark
    spoken = {int(re.sub(r"[.,]", "", found)) for found in _AMOUNT.findall(remark)}
    if spoken and amount not in spoken:
        return None, f"{vnd(amount)}; {remark}"
    return amount, remark


def fee_kind(words: str) -> str:
    """`fee` for phí, `duty` for lệ phí (the usual one at wards)."""
    folded = words.lower()
    return "fee" if "phí" in folded and "lệ phí" not in folded else "duty"


def vnd(amount: int) -> str:
    """`20.000 đồng`."""
    return f"{amount:,}".replace(",", ".") + " đồng"


def fee_line(fees: Sequence[ParsedFee]) -> FeeLine:
    """What a search result or the strip of a page says about money."""
    if not fees:
        return FeeLine(UNKNOWN, is_free=False, is_certain=False)
    known = [fee.amount_vnd for fee in fees if fee.amount_vnd is not None]
    if len(known) == len(fees):
        return FeeLine(_range(known, _units(fees)), is_free=not any(known), is_certain=True)
    texts = list(dict.fromkeys(fee.text for fee in fees if fee.amount_vnd is None and fee.text))
    if any(known):
        return FeeLine(f"Từ {vnd(min(amount for amount in known if amount))}, tùy trường hợp", False, False)
    short = len(texts) == 1 and len(texts[0]) <= 90
    return FeeLine(texts[0] if short else (BY_RULE if texts else UNKNOWN), is_free=False, is_certain=False)


def _range(amounts: Iterable[int], unit: str) -> str:
    lowest, highest = min(amounts), max(amounts)
    if highest == 0:
        return FREE
    if lowest == highest:
        return vnd(highest) + unit
    return (
        f"{vnd(lowest)} đến {vnd(highest)}, tùy cách nộp" if lowest else f"Miễn phí hoặc {vnd(highest)}, tùy cách nộp"
    )


def _units(fees: Sequence[ParsedFee]) -> str:
    """ "/trang" when every row says so."""
    units = {fee.text for fee in fees}
    only = units.pop() if len(units) == 1 else ""
    return only if only.startswith("/") and len(only) <= 30 else ""
