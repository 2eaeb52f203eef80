"""An amount of đồng in Vietnamese words, as a slip for money says it beside its figures."""

from __future__ import annotations

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SCALES = ("", "nghìn", "triệu", "tỷ")
GROUP, HUNDRED, TEN = 1000, 100, 10


def amount_in_words(amount_vnd: int) -> str:
    """1016000 → "Một triệu không trăm mười sáu nghìn đồng". ValueError below 0 and from a thousand tỷ on."""
    if not 0 <= amount_vnd < GROUP ** len(SCALES):
        raise ValueError(f"not an amount of a slip: {amount_vnd}")
    groups = [amount_vnd // GROUP**power % GROUP for power in range(len(SCALES))]
    first = max((power for power, group in enumerate(groups) if group), default=0)
    told = [
        f"{_group(group, whole=power < first)} {scale}".rstrip()
        for power, (group, scale) in reversed(list(enumerate(zip(groups, SCALES, strict=True))))
        if group
    ]
    words = " ".join(told) or DIGITS[0]
    return f"{words[0].upper()}{words[1:]} đồng"


def _group(number: int, *, whole: bool) -> str:
    """Up to three digits; `whole` says the hundreds and tens even when they are 0, as after a higher group."""
    hundreds, rest = divmod(number, HUNDRED)
    parts = [f"{DIGITS[hundreds]} trăm"] if hundreds or whole else []
    if rest:
        parts.append(_below_hundred(rest, after_hundreds=bool(parts)))
    return " ".join(parts)


def _below_hundred(number: int, *, after_hundreds: bool) -> str:
    tens, ones = divmod(number, TEN)
    if tens == 0:
        return f"linh {DIGITS[ones]}" if after_hundreds else DIGITS[ones]
    told = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    if ones == 0:
        return told
    return f"{told} {_last(tens, ones)}"


def _last(tens: int, ones: int) -> str:
    """After tens, five is "lăm" and one, from twenty on, "mốt"."""
    if ones == 1 and tens > 1:
        return "mốt"
    return "lăm" if ones == DIGITS.index("năm") else DIGITS[ones]
