"""Syllables as people type them (pure): i for y, a letter too few or too many, two swapped, a space forgotten."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping

from haddong_portal.common.text import fold
from procedures.rules.short_forms import SHORT_FORMS

PREFIX_MIN = 2
PREFIXES_MAX = 12
PREFIX_SHARE = 0.85
SLIP_SHARE = 0.7
FAR_SLIP_SHARE = 0.45
SLIPS_MAX = 16


def syllables(text: str) -> list[str]:
    """Folded syllables in one spelling: y as i (kỹ and kĩ, ký and kí), short forms written out."""
    found: list[str] = []
    for token in fold(text).split():
        found += SHORT_FORMS.get(token, token).replace("y", "i").split()
    return found


class Spelling:
    """The syllables that names use, and which of them a typed one may stand for."""

    def __init__(self, vocabulary: Iterable[str], weight: Mapping[str, float] | None = None) -> None:
        self._known = frozenset(vocabulary)
        self._sorted = sorted(self._known)
        self._weight = weight or {}
        self._by_deletion: dict[str, list[str]] = {}
        for token in self._known:
            for shorter in {token, *_deletions(token)}:
                self._by_deletion.setdefault(shorter, []).append(token)

    def readings(self, token: str, *, is_last: bool, slips: bool) -> dict[str, float]:
        """Known syllables for a typed one with their share (1 = as typed); the typed one itself when none fits."""
        found: dict[str, float] = {}
        if token in self._known:
            found[token] = 1.0
        if is_last and (token not in self._known or len(token) <= PREFIX_MIN):
            found |= {one: PREFIX_SHARE for one in self._starting(token) if one not in found}
        if slips or not found:
            found |= {one: share for one, share in self._slips(token).items() if one not in found}
        if not found:
            pair = self._split(token)
            found = {pair: 0.9} if pair else {}
        return found or {token: 1.0}

    def _starting(self, token: str) -> list[str]:
        start = bisect_left(self._sorted, token)
        found: list[str] = []
        for one in self._sorted[start : start + 200]:
            if not one.startswith(token) or len(found) >= PREFIXES_MAX:
                break
            if one != token:
                found.append(one)
        return found

    def _slips(self, token: str) -> dict[str, float]:
        """Syllables one slip away, the most usual ones first; two slips only for long words."""
        near: dict[str, float] = {}
        if not token.isalpha() or len(token) < 2:
            return near
        for shorter in {token, *_deletions(token)}:
            for one in self._by_deletion.get(shorter, ()):
                if one != token and one.isalpha() and _is_one_slip(token, one):
                    near[one] = SLIP_SHARE if one[0] == token[0] else FAR_SLIP_SHARE
        usual = sorted(near, key=lambda one: (-near[one], self._weight.get(one, 0.0)))
        return {one: near[one] for one in usual[:SLIPS_MAX]}

    def _split(self, token: str) -> str:
        """ "khaisinh" is two syllables."""
        for at in range(2, len(token) - 1):
            left, right = token[:at], token[at:]
            if left in self._known and right in self._known and left.isalpha() and right.isalpha():
                return f"{left} {right}"
        return ""


def _deletions(token: str) -> set[str]:
    return {token[:at] + token[at + 1 :] for at in range(len(token))}


def _is_one_slip(left: str, right: str) -> bool:
    """Whether one letter inserted, left out, replaced, or two neighbours swapped turns one into the other."""
    if abs(len(left) - len(right)) > 1:
        return False
    if len(left) == len(right):
        differing = [at for at, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
        if len(differing) == 1:
            return True
        return (
            len(differing) == 2
            and differing[1] == differing[0] + 1
            and (left[differing[0]], left[differing[1]]) == (right[differing[1]], right[differing[0]])
        )
    shorter, longer = sorted((left, right), key=len)
    return shorter in _deletions(longer)
