"""Which type of the catalogue a text is headed by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from haddong_portal.common.text import fold

TITLE_LINES_MAX = 25
FUZZY_RATIO_LEAST = 0.84
EXACT, WITHIN, FUZZY, EXPECTED_BONUS = 0.95, 0.8, 0.75, 0.1


@dataclass(frozen=True, slots=True)
class TypeWords:
    """A type of paper and the words that name it; `fields` are (key, label, kind) of its own."""

    code: str
    names: tuple[str, ...]
    fields: tuple[tuple[str, str, str], ...] = field(default=())


def propose_type(text: str, types: Iterable[TypeWords], *, expected: Sequence[str] = ()) -> tuple[str, float]:
    """The type's code and how sure; ("", 0.0) when no title is recognised.

    Titles stand among the first lines. A whole line beats words within one, a longer name beats a shorter one, and
    what the checklist asks for beats its equal.
    """
    lines = _title_lines(text)
    best: tuple[float, int, str] = (0.0, 0, "")
    for kind in types:
        for name in kind.names:
            words = fold(name)
            sure = _fit(words, lines)
            if sure:
                best = max(best, (sure + (EXPECTED_BONUS if kind.code in expected else 0.0), len(words), kind.code))
    sure, _, code = best
    return code, round(min(sure, 1.0), 2)


def _title_lines(text: str) -> list[str]:
    """The first lines without diacritics, and each pair of neighbours: titles are broken where the paper is narrow."""
    lines = [folded for line in text.splitlines() if (folded := fold(line))][:TITLE_LINES_MAX]
    return [*lines, *(f"{one} {two}" for one, two in zip(lines, lines[1:], strict=False))]


def _fit(words: str, lines: list[str]) -> float:
    if len(words) < 4:  # short words stand in too many other lines
        return 0.0
    if words in lines:
        return EXACT
    if any(f" {words} " in f" {line} " for line in lines):
        return WITHIN
    ratio = max((SequenceMatcher(None, words, line, autojunk=False).ratio() for line in lines), default=0.0)
    return round(FUZZY * ratio, 3) if ratio >= FUZZY_RATIO_LEAST else 0.0
