"""The three facts on top of a procedure page and its table of time and money by channel (pure).

Nothing uncertain is shown as certain: an unread limit says "đang được rà soát", an unknown fee is never "free".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from procedures.rules.fees import BY_RULE, UNKNOWN, fee_line, vnd
from procedures.rules.parsed import ParsedFee

IN_REVIEW = "Đang được rà soát"
ASK_DESK = "Xin hỏi bộ phận Một cửa"
BY_CASE = "Tùy cách nộp"
SEE_METHODS = "Xem mục Cách nộp, thời hạn, lệ phí bên dưới"
CHANNELS: Mapping[int | None, str] = {None: "Mọi cách nộp", 1: "Trực tiếp", 2: "Trực tuyến", 3: "Bưu chính"}
_SHORT = 60
_NAME_HEAD = 90


@dataclass(frozen=True)
class Fact:
    """One of the three: `certain` False (nobody has read the source yet) is drawn with a mark."""

    label: str
    icon: str
    value: str
    note: str = ""
    certain: bool = True


@dataclass(frozen=True)
class ChannelTerms:
    """What holds for a way of filing."""

    channel: str
    limit: str
    fee: str


def limit_fact(limits: Sequence[Mapping[str, Any]]) -> Fact:
    """The limit of a case; by channel when they differ."""
    words = list(dict.fromkeys(limit["words"] for limit in limits if not limit["needs_review"]))
    if not words:
        return Fact("Thời hạn", "clock", IN_REVIEW, ASK_DESK, certain=False)
    note = "có cách nộp đang được rà soát" if any(limit["needs_review"] for limit in limits) else ""
    if len(words) == 1:
        value = words[0]
        return Fact("Thời hạn", "clock", value, note) if len(value) <= _SHORT else _long_limit(value, note)
    told = "; ".join(f"{CHANNELS[limit['channel']].lower()} {_lower(limit['words'])}" for limit in limits[:3])
    return Fact("Thời hạn", "clock", BY_CASE, told)


def _long_limit(words: str, note: str) -> Fact:
    """A long sentence: its beginning in large type, the rest small."""
    head, mark, rest = words.partition(";")
    if not mark or len(head) > _SHORT:
        return Fact("Thời hạn", "clock", "Xem chi tiết", words)
    return Fact("Thời hạn", "clock", head, " ".join(part for part in (rest.strip(), note) if part))


def fee_fact(fees: Sequence[Mapping[str, Any]]) -> Fact:
    """What it costs; unknown amounts say so."""
    parsed = [ParsedFee(fee["channel"], fee["kind"], fee["amount_vnd"], fee["text"]) for fee in fees]
    line = fee_line(parsed)
    label = "Lệ phí" if all(fee.kind == "duty" for fee in parsed) else "Phí, lệ phí"
    if line.text == UNKNOWN:
        return Fact(label, "cash", IN_REVIEW, ASK_DESK, certain=False)
    if line.is_certain:
        return Fact(label, "cash", line.text, _shared_note(parsed))
    if line.text == BY_RULE:
        return Fact(label, "cash", "Theo quy định", SEE_METHODS)
    return Fact(label, "cash", line.text, ASK_DESK) if len(line.text) <= _SHORT else _long_fee(label, line.text)


def _long_fee(label: str, text: str) -> Fact:
    return Fact(label, "cash", "Theo quy định", text)


def _shared_note(fees: Sequence[ParsedFee]) -> str:
    texts = {fee.text for fee in fees}
    only = texts.pop() if len(texts) == 1 else ""
    return only if not only.startswith("/") and len(only) <= 160 else ""


def where_fact(where: str, place: str = "", note: str = "") -> Fact:
    """Who receives; the chosen unit when it performs the procedure."""
    return Fact("Nơi nộp", "map-pin", place or where, note)


def terms_by_channel(limits: Sequence[Mapping[str, Any]], fees: Sequence[Mapping[str, Any]]) -> list[ChannelTerms]:
    """A row for each way of filing that says something."""
    channels = list(dict.fromkeys([row["channel"] for row in [*limits, *fees]]))
    if len(channels) > 1:
        channels = [channel for channel in channels if channel is not None]
    return [
        ChannelTerms(CHANNELS[channel], _limit_words(limits, channel), _fee_words(fees, channel))
        for channel in sorted(channels, key=lambda value: value or 0)
    ]


def _limit_words(limits: Sequence[Mapping[str, Any]], channel: int | None) -> str:
    own = [row for row in limits if row["channel"] in (channel, None)]
    return " · ".join(row["words"] for row in own) or "—"


def _fee_words(fees: Sequence[Mapping[str, Any]], channel: int | None) -> str:
    own = [row for row in fees if row["channel"] in (channel, None)]
    return " · ".join(filter(None, (_amount_words(row) for row in own))) or "—"


def _amount_words(fee: Mapping[str, Any]) -> str:
    amount, text = fee["amount_vnd"], fee["text"]
    if amount is None:
        return text or IN_REVIEW
    told = "Không thu" if amount == 0 else vnd(amount)
    return f"{told}{text}" if text.startswith("/") else f"{told} ({text})" if text else told


def common_papers(cases: Sequence[Sequence[Mapping[str, Any]]]) -> list[Mapping[str, Any]]:
    """Papers that every case asks for, in the first one's order."""
    if not cases:
        return []
    others = [{paper["name"] for paper in papers} for papers in cases[1:]]
    return [paper for paper in cases[0] if all(paper["name"] in names for names in others)]


def head_and_rest(name: str) -> tuple[str, str]:
    """A long paper's name in two: what it is, and the explanations that the source wrote behind it."""
    if len(name) <= _NAME_HEAD:
        return name, ""
    cuts = [at for mark in (". ", "; ", " (", ": ") if (at := name.find(mark, 12)) > 0]
    at = min(cuts, default=0)
    if not 0 < at <= 2 * _NAME_HEAD:
        return name, ""
    end = at if name[at] == " " else at + 1
    return name[:end].rstrip(";:. "), name[end:].strip()


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
