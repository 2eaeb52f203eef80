"""Finding a procedure by what people type (pure): without accents, with slips, in everyday words.

An index lives in the memory of each worker. Sets of procedures are whole numbers used as bit sets, so that a query
costs a few hundred microseconds over the whole catalogue. Ranking: what answers the words best comes first by tier
(name, part of the name, text); inside a tier what the chosen unit performs, then the better match.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from haddong_portal.common.text import fold
from procedures.rules.short_forms import FILLERS, LEADING, TRAILING
from procedures.rules.spelling import Spelling, syllables

QUERY_MAX = 200
TOKENS_MAX = 12
CANDIDATES_MAX = 200
PARTIAL_MAX = 60
TEXT_MAX = 100
PHRASE_MAX = 5
ENOUGH = 40
ENOUGH_FULL = 10
LEAST_COVERAGE = 0.5
EDITOR_SCORE = 4.0  # above any score that words can reach
PRIOR_BONUS = 0.2
_SYNONYM_WEIGHT = 0.95
_CODE = re.compile(r"(?P<national>\d\.\d{0,6})(?:\.[\d.A-Z]*)?")


@dataclass(frozen=True, slots=True)
class Doc:
    """One published procedure as the index sees it.

    `sort_key` orders equal matches and unfiltered lists; `prior` (0 to 1) lifts what this portal's units perform.
    """

    procedure_id: int
    code: str
    name: str
    sector_id: int | None
    levels: frozenset[str]
    sort_key: str
    words: str
    text: str
    prior: float = 0.0


@dataclass(frozen=True, slots=True)
class Saying:
    """A synonym: the folded everyday words, what they mean, and the codes they lead to, most likely first."""

    term: str
    means: tuple[str, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A procedure found: position in the index, tier (0 best) and score."""

    position: int
    tier: int
    score: float


@dataclass(slots=True)
class _Variant:
    """One reading of the query: its syllables with their spellings, and how much it counts."""

    tokens: list[dict[str, float]]
    phrase: str
    weight: float
    worths: list[float]
    pairs: list[frozenset[str]]
    total: float


@dataclass
class SearchIndex:
    """Build with `build_index`; immutable afterwards."""

    docs: Sequence[Doc]
    names: list[str] = field(default_factory=list)
    name_lengths: list[int] = field(default_factory=list)
    name_tokens: list[frozenset[str]] = field(default_factory=list)
    name_pairs: list[frozenset[str]] = field(default_factory=list)
    in_name: dict[str, int] = field(default_factory=dict)
    in_text: dict[str, int] = field(default_factory=dict)
    weight: dict[str, float] = field(default_factory=dict)
    by_code: dict[str, int] = field(default_factory=dict)
    sayings: dict[str, Saying] = field(default_factory=dict)
    longest_saying: int = 0
    spelling: Spelling = field(default_factory=lambda: Spelling(()))
    everything: int = 0

    def search(self, query: str, *, allowed: int | None = None, performed: int = 0) -> list[Match]:
        """Matches in order. `allowed` and `performed` are bit sets of positions; an empty query lists everything."""
        within = self.everything if allowed is None else allowed
        typed = query[:QUERY_MAX]
        if code := _CODE.fullmatch(typed.strip().upper()):
            return self._by_code_prefix(code["national"], within)
        tokens = meant_tokens(typed)
        if not tokens:
            return self._all(within, performed) if not fold(typed) else []
        best: dict[int, Match] = {}
        saying, rest = self._saying(syllables(typed)[: TOKENS_MAX * 2])
        for variant in self._variants(tokens, saying, rest):
            self._collect(variant, within, best)
        if saying is not None:
            self._collect_codes(saying, within, best, whole=FILLERS.issuperset(rest))
        return self._ranked(best, performed)

    def _by_code_prefix(self, code: str, within: int) -> list[Match]:
        found = [Match(at, 0, 1.0) for known, at in self.by_code.items() if known.startswith(code) and within >> at & 1]
        return sorted(found, key=lambda match: self.docs[match.position].code)

    def _all(self, within: int, performed: int) -> list[Match]:
        order = sorted(positions(within), key=lambda at: (not performed >> at & 1, self.docs[at].sort_key))
        return [Match(at, 0, 0.0) for at in order]

    def _saying(self, tokens: list[str]) -> tuple[Saying | None, list[str]]:
        """The longest synonym inside the query, and what is meant by the words around it."""
        for length in range(min(self.longest_saying, len(tokens)), 0, -1):
            for start in range(len(tokens) - length + 1):
                found = self.sayings.get(" ".join(tokens[start : start + length]))
                if found is not None:
                    return found, [*without_leading(tokens[:start]), *without_trailing(tokens[start + length :])]
        return None, []

    def _variants(self, tokens: list[str], saying: Saying | None, rest: list[str]) -> Iterator[_Variant]:
        own = self._variant(tokens, 1.0)
        yield own
        if not (saying and not rest) and not self._and(own.tokens):
            yield self._variant(tokens, 0.9, slips=True)
        for meaning in saying.means if saying is not None else ():
            yield self._variant([*syllables(meaning), *rest][:TOKENS_MAX], _SYNONYM_WEIGHT)

    def _variant(self, tokens: list[str], weight: float, *, slips: bool = False) -> _Variant:
        last = len(tokens) - 1
        spelled = [self.spelling.readings(one, is_last=at == last, slips=slips) for at, one in enumerate(tokens)]
        joined = self._joined(spelled) if not slips else spelled
        phrase = " ".join(_surest(options) for options in joined)
        worths = [self._worth(options) for options in joined]
        pairs = [
            frozenset(f"{a} {b}" for a in left for b in right) for left, right in zip(joined, joined[1:], strict=False)
        ]
        return _Variant(joined, "" if "?" in phrase else phrase, weight, worths, pairs, sum(worths) or 1.0)

    def _joined(self, spelled: list[dict[str, float]]) -> list[dict[str, float]]:
        """Words typed without a space come as two tokens."""
        flat: list[dict[str, float]] = []
        for options in spelled:
            pair = next((one.split(" ") for one in options if " " in one), None)
            flat += [{part: 0.9} for part in pair] if pair else [options]
        return flat[:TOKENS_MAX]

    def _and(self, tokens: list[dict[str, float]]) -> int:
        found = self.everything
        for options in tokens:
            found &= self._any_of(options, self.in_name)
        return found

    def _any_of(self, options: Mapping[str, float], index: Mapping[str, int]) -> int:
        found = 0
        for token in options:
            found |= index.get(token, 0)
        return found

    def _collect(self, variant: _Variant, within: int, best: dict[int, Match]) -> None:
        """Score candidates: those that hold most of the words in their name, then those that hold all in their text."""
        sets = [self._any_of(options, self.in_name) & within for options in variant.tokens]
        for position in self._candidates(sets):
            match = self._score(position, variant)
            if match is not None:
                _keep_better(best, match)
        if len(best) < ENOUGH:
            self._collect_text(variant, within, best)

    def _collect_text(self, variant: _Variant, within: int, best: dict[int, Match]) -> None:
        for options in variant.tokens:
            within &= self._any_of(options, self.in_text) | self._any_of(options, self.in_name)
        for position in positions(within, TEXT_MAX):
            if position not in best:
                doc = self.docs[position]
                phrase = 0.3 if variant.phrase in doc.text else 0.0
                _keep_better(best, Match(position, 2, variant.weight * (0.2 + phrase) + 0.1 * doc.prior))

    def _candidates(self, sets: list[int]) -> list[int]:
        """Positions holding at least most words: counted bit set by bit set, no procedure looked at singly."""
        held = [self.everything] + [0] * len(sets)
        for one in sets:
            for count in range(len(sets), 0, -1):
                held[count] |= held[count - 1] & one
        chosen: list[int] = []
        seen = 0
        for count in range(len(sets), max(0, math.ceil(len(sets) / 2) - 1), -1):
            fresh = held[count] & ~seen
            chosen += positions(fresh, CANDIDATES_MAX if count == len(sets) else PARTIAL_MAX)
            seen |= held[count]
            if len(chosen) >= PARTIAL_MAX:
                break
        return chosen

    def _worth(self, options: Mapping[str, float]) -> float:
        """How telling a word is; a word that occurs nowhere still counts, so that nonsense finds nothing."""
        return max((self.weight.get(token, 0.0) for token in options), default=0.0) or 6.0

    def _score(self, position: int, variant: _Variant) -> Match | None:
        held = self.name_tokens[position]
        got, matched = 0.0, 0
        for options, worth in zip(variant.tokens, variant.worths, strict=True):
            if len(options) == 1:
                hit = next(iter(options.values())) if held.issuperset(options) else 0.0
            else:
                common = options.keys() & held
                hit = max([options[token] for token in common]) if common else 0.0
            if hit:
                got += hit * worth
                matched += 1
        score = got / variant.total
        if score < LEAST_COVERAGE:
            return None
        if variant.pairs:
            pairs = self.name_pairs[position]
            adjacent = sum([not wanted.isdisjoint(pairs) for wanted in variant.pairs])
            score += 0.12 * adjacent / len(variant.pairs)
        score += self._phrase_bonus(self.names[position], variant.phrase)
        score += 0.35 * min(1.0, len(variant.tokens) / self.name_lengths[position])
        score += PRIOR_BONUS * self.docs[position].prior
        return Match(position, 0 if matched == len(variant.tokens) else 1, score * variant.weight)

    def _phrase_bonus(self, name: str, phrase: str) -> float:
        """The words as typed, in one piece: best as the whole name, then at its start."""
        if not phrase or phrase not in name:
            return 0.0
        if name == phrase:
            return 0.85
        return 0.45 if name.startswith(phrase) else 0.25

    def _collect_codes(self, saying: Saying, within: int, best: dict[int, Match], *, whole: bool) -> None:
        """An editor's codes come first, in the editor's order, when the saying is what was typed."""
        for rank, code in enumerate(saying.codes):
            position = self.by_code.get(code)
            if position is None or not within >> position & 1:
                continue
            found = best.get(position)
            known = found.score if found is not None else 0.0
            score = EDITOR_SCORE - 0.1 * rank + 0.01 * known if whole else max(known, 0.7 - 0.1 * rank)
            best[position] = Match(position, 0, score)

    def _ranked(self, best: Mapping[int, Match], performed: int) -> list[Match]:
        """Tier by tier; weak leftovers are dropped when something answers the whole query."""
        full = sum(match.tier == 0 for match in best.values())
        kept = [match for match in best.values() if match.tier == 0 or self._worth_showing(match, full)]
        kept.sort(key=lambda m: (m.tier, not performed >> m.position & 1, -m.score, self.docs[m.position].sort_key))
        return kept

    def _worth_showing(self, match: Match, full: int) -> bool:
        if match.tier == 1:
            return not full or match.score >= 0.75
        return full < ENOUGH_FULL


def meant_tokens(query: str) -> list[str]:
    """The syllables of what is asked for, without the words around it; all of them when there are no others."""
    tokens = syllables(query)[: TOKENS_MAX * 2]
    return (without_trailing(without_leading(tokens)) or tokens)[:TOKENS_MAX]


def without_leading(tokens: list[str]) -> list[str]:
    """ "tôi muốn làm thủ tục …": the longest known opening goes, again and again."""
    lengths = range(min(PHRASE_MAX, len(tokens)), 0, -1)
    known = next((length for length in lengths if " ".join(tokens[:length]) in LEADING), 0)
    return without_leading(tokens[known:]) if known else tokens


def without_trailing(tokens: list[str]) -> list[str]:
    """ "… ở đâu, bao nhiêu tiền"."""
    lengths = range(min(PHRASE_MAX, len(tokens)), 0, -1)
    known = next((length for length in lengths if " ".join(tokens[-length:]) in TRAILING), 0)
    return without_trailing(tokens[:-known]) if known else tokens


def build_index(docs: Sequence[Doc], sayings: Iterable[Saying]) -> SearchIndex:
    """The index of all published procedures; about a third of a second for two thousand.

    Where a query has more candidates than are worth scoring, the lowest positions are looked at, so what the
    portal's units perform stands first.
    """
    ordered = sorted(docs, key=lambda doc: (-doc.prior, doc.code))
    index = SearchIndex(docs=ordered)
    for position, doc in enumerate(ordered):
        name = " ".join(syllables(doc.name))
        name = name.removeprefix("thu tuc ")
        tokens = frozenset([*name.split(), *syllables(doc.words)])
        index.names.append(name)
        index.name_lengths.append(max(1, name.count(" ") + 1))
        index.name_pairs.append(_pairs(name))
        index.name_tokens.append(tokens)
        index.by_code[doc.code] = position
        _add(index.in_name, tokens, position)
        _add(index.in_text, frozenset(doc.text.split()), position)
    index.everything = (1 << len(docs)) - 1
    for token, found in index.in_name.items():
        index.weight[token] = 0.3 + math.log((len(docs) + 1) / (1 + found.bit_count()))
    index.spelling = Spelling(index.in_name, index.weight)
    index.sayings = {saying.term: saying for saying in sayings if saying.term}
    index.longest_saying = max((term.count(" ") + 1 for term in index.sayings), default=0)
    return index


def _surest(options: Mapping[str, float]) -> str:
    """The one reading of a syllable that is likelier than the others, "?" when there is none."""
    highest = max(options.values())
    likely = [token for token, share in options.items() if share == highest]
    return likely[0] if len(likely) == 1 else "?"


def _pairs(name: str) -> frozenset[str]:
    tokens = name.split()
    return frozenset(f"{left} {right}" for left, right in zip(tokens, tokens[1:], strict=False))


def _add(index: dict[str, int], tokens: Iterable[str], position: int) -> None:
    bit = 1 << position
    for token in tokens:
        index[token] = index.get(token, 0) | bit


def _keep_better(best: dict[int, Match], match: Match) -> None:
    known = best.get(match.position)
    if known is None or (match.tier, -match.score) < (known.tier, -known.score):
        best[match.position] = match


def bits(numbers: Iterable[int]) -> int:
    """A bit set of positions."""
    found = 0
    for number in numbers:
        found |= 1 << number
    return found


def positions(found: int, limit: int | None = None) -> list[int]:
    """The positions in a bit set, lowest first, at most `limit`."""
    listed: list[int] = []
    while found and (limit is None or len(listed) < limit):
        lowest = found & -found
        listed.append(lowest.bit_length() - 1)
        found ^= lowest
    return listed
