"""The read model of a procedure page: everything about cases, papers, time and money in one small value (pure).

Built with each version and stored beside it, so that a page, a search result and the REST API show the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from haddong_portal.common.limits import TimeLimit
from procedures.rules.fees import fee_line
from procedures.rules.parsed import ParsedCase, ParsedFee, ParsedLimit, ParsedRequirement

NO_LIMIT = "Chưa có thông tin"
SEE_TEXT = "Theo từng trường hợp, xem chi tiết"
SHORT_TEXT_MAX = 90
_PLACES = {
    "xa": "UBND phường",
    "huyen": "UBND quận",
    "tinh": "Sở, ngành thành phố",
    "bo": "Bộ, ngành trung ương",
    "khac": "Cơ quan khác",
}


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case with its own limits and fees."""

    case: ParsedCase
    limits: Sequence[ParsedLimit]
    fees: Sequence[ParsedFee]


def build_page(levels: Iterable[str], cases: Sequence[CaseFacts]) -> dict[str, object]:
    """`limit`, `fee`, `where` (the strip), then `limits`, `fees` and `cases` with their papers.

    A case repeats limits or fees only where they differ from the first case's.
    """
    limits = list(cases[0].limits) if cases else []
    fees = list(cases[0].fees) if cases else []
    every_limit = [limit for facts in cases for limit in facts.limits]
    every_fee = [fee for facts in cases for fee in facts.fees]
    return {
        "limit": limit_strip(every_limit),
        "fee": _fee_strip(every_fee),
        "where": where_line(levels),
        "limits": [_limit(limit) for limit in limits],
        "fees": [_fee(fee) for fee in fees],
        "cases": [_case(position, facts, limits, fees) for position, facts in enumerate(cases, start=1)],
    }


def limit_strip(limits: Sequence[ParsedLimit]) -> dict[str, object]:
    """One line for "thời hạn": structured words, else the source's own when short."""
    texts = list(dict.fromkeys(limit_words(limit.limit, limit.text) for limit in limits))
    needs_review = any(limit.limit is None for limit in limits)
    return {"text": _one_line(texts) if texts else NO_LIMIT, "needs_review": needs_review or not limits}


def limit_words(limit: TimeLimit | None, text: str) -> str:
    """ "03 ngày làm việc", or the text as the source has it."""
    words = limit.to_text() if limit is not None else text
    return words[:1].upper() + words[1:]


def where_line(levels: Iterable[str]) -> str:
    """Who receives: the lowest level first."""
    wanted = set(levels)
    return " hoặc ".join(place for level, place in _PLACES.items() if level in wanted) or NO_LIMIT


def _one_line(texts: Sequence[str]) -> str:
    if len(texts) == 1 and len(texts[0]) <= SHORT_TEXT_MAX:
        return " ".join(texts[0].split())
    joined = " hoặc ".join(" ".join(text.split()) for text in texts)
    return joined if len(texts) <= 3 and len(joined) <= SHORT_TEXT_MAX else SEE_TEXT


def _fee_strip(fees: Sequence[ParsedFee]) -> dict[str, object]:
    line = fee_line(fees)
    return {"text": line.text, "is_free": line.is_free, "is_certain": line.is_certain}


def _limit(limit: ParsedLimit) -> dict[str, object]:
    return {
        "channel": limit.channel,
        "words": limit_words(limit.limit, limit.text),
        "text": limit.text,
        "needs_review": limit.limit is None,
        "reason": limit.reason,
    }


def _fee(fee: ParsedFee) -> dict[str, object]:
    return {"channel": fee.channel, "kind": fee.kind, "amount_vnd": fee.amount_vnd, "text": fee.text}


def _case(
    position: int, facts: CaseFacts, limits: Sequence[ParsedLimit], fees: Sequence[ParsedFee]
) -> dict[str, object]:
    shown: dict[str, object] = {
        "position": position,
        "name": facts.case.name,
        "papers": [_paper(paper) for paper in facts.case.requirements if not paper.is_note],
        "notes": [paper.name for paper in facts.case.requirements if paper.is_note],
    }
    if list(facts.limits) != list(limits):
        shown["limits"] = [_limit(limit) for limit in facts.limits]
    if list(facts.fees) != list(fees):
        shown["fees"] = [_fee(fee) for fee in facts.fees]
    return shown


def _paper(paper: ParsedRequirement) -> dict[str, object]:
    return {
        "name": paper.name,
        "kind": paper.kind,
        "originals": paper.originals,
        "copies": paper.copies,
        "required": paper.required,
        "forms": list(paper.forms),
        "electronic_note": paper.electronic_note,
    }
