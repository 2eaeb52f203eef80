"""Which known paper a line of a checklist asks for, by the names that papers go by (pure).

Names are compared without diacritics. Careful: the line must begin with the name, as one would write it down, and may
go on only with words that leave the paper what it is ("của cha mẹ", "do … cấp", "còn hạn"). A line that wants several
papers at once, a form to fill in, or a remark stays without a type: a clerk can always ask, but a paper that is taken
for another would be reused wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from haddong_portal.common.text import fold
from procedures.rules.parsed import ParsedRecord, ParsedRequirement

LINE_READ_MAX = 600
# Papers of one kind for the law: either proves who somebody is.
SAME_FOR_A_LINE = {"PASSPORT": "IDENTITY"}

_WORD = re.compile(r"\w+")
_NUMBERING = re.compile(
    r"^\s*(?:\(?(?:[ivx]{1,4}|\d{1,2}|[a-zđ])[.)]|thành phần(?: hồ sơ)?(?: \d+)?(?: \(nếu có\))?\s*:)\s*", re.I
)
# What is brought of a paper, and with how many others: said before its name; the longest first.
_BEFORE = tuple(
    tuple(piece.split())
    for piece in (
        "ban chinh hoac ban sao co chung thuc",
        "ban chinh hoac ban sao chung thuc",
        "ban chinh hoac ban sao",
        "ban sao hoac ban chinh",
        "ban sao co chung thuc tu ban chinh",
        "ban sao co chung thuc",
        "ban sao chung thuc",
        "ban sao cong chung",
        "ban sao dien tu",
        "ban sao hop le",
        "ban sao",
        "ban chinh",
        "ban goc",
        "ban chup",
        "ban photo",
        "ban scan",
        "ban dien tu",
        "anh chup",
        "xuat trinh",
        "nop",
    )
)
# What may follow a name and leaves the paper what it is.
_AFTER = frozenset(
    {"cua", "do", "con", "da", "duoc", "hop", "co", "truoc", "theo", "doi", "trong", "neu", "khi", "de", "hien", "ban"}
    | {"so", "mau", "phu", "thay", "bi", "nay", "loai", "cap", "cho", "o", "tai", "kem", "hoac", "thi"}
)
# What follows a name and makes it another paper or a thing about the paper.
_ANOTHER = frozenset({"thay the", "co lien quan", "so lieu", "theo mau", "de nghi", "cho thue", "tai san"})
_ALSO = frozenset(["va", "cung", "kem", "dong"])
# A further paper is wanted: "và giấy …", "kèm theo bản vẽ …" (never "kèm bản gốc để đối chiếu").
_FURTHER = frozenset(
    {"giay", "ban ve", "ban do", "hop dong", "quyet dinh", "van ban", "bien ban", "chung tu", "tai lieu"}
)
# Shorter names are everyday words without their diacritics (sổ đỏ, sơ đồ), and in the middle of a line anyway.
_SYLLABLES_MIN = 3
# How the name of a paper begins; anything else in the middle of a line is an act (chấm dứt giám hộ).
_NOUNS = frozenset(["giay", "the", "trich", "quyet", "so", "phieu", "ban", "van", "hop", "thong", "bang"])


@dataclass(frozen=True, slots=True)
class _Word:
    """A syllable without diacritics, what stands between it and the one before, and the syllable as it is written."""

    text: str
    gap: str
    written: str


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of a paper without and with its diacritics."""

    folded: tuple[str, ...]
    written: str
    code: str

    def is_here(self, words: Sequence[_Word]) -> bool:
        if tuple(word.text for word in words) != self.folded or any(_ends(word.gap) for word in words[1:]):
            return False
        return len(self.folded) >= _SYLLABLES_MIN or " ".join(word.written for word in words) == self.written


class PaperNames:
    """The names of papers by type code, ready to be met in lines."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self._by_first: dict[str, list[_Name]] = {}
        for code, words in names.items():
            for word in sorted(set(words)):
                name = _Name(tuple(fold(word).split()), " ".join(word.casefold().split()), code)
                if name.folded:
                    self._by_first.setdefault(name.folded[0], []).append(name)
        for found in self._by_first.values():
            found.sort(key=lambda one: (-len(one.folded), one.code))

    def type_of(self, line: str) -> str:
        """The type code of the one paper that the line asks for, "" when that is not clear."""
        words = _words(line)
        at = _skip_before(words)
        hit = self._name_at(words, at)
        if hit is None:
            return ""
        length, code = hit
        if not _may_follow(words, at + length):
            return ""
        kind = SAME_FOR_A_LINE.get(code, code)
        return kind if self._stands_alone(words, at + length, kind) else ""

    def _name_at(self, words: Sequence[_Word], at: int) -> tuple[int, str] | None:
        """The longest name that begins there, not torn apart by a full stop."""
        if at >= len(words):
            return None
        for name in self._by_first.get(words[at].text, ()):
            if name.is_here(words[at : at + len(name.folded)]):
                return len(name.folded), name.code
        return None

    def _stands_alone(self, words: Sequence[_Word], start: int, kind: str) -> bool:
        """No other paper is wanted beside this one; a choice ("hoặc") is none beside it."""
        if _wants_more(words, start):
            return False
        at = start
        while at < len(words):
            hit = self._name_at(words, at)
            if hit is None or hit[0] < _SYLLABLES_MIN or words[at].text not in _NOUNS:
                at += 1
                continue
            length, code = hit
            if SAME_FOR_A_LINE.get(code, code) != kind and not _is_choice(words, at):
                return False
            at += length
        return True


def with_paper_types(record: ParsedRecord, names: PaperNames) -> ParsedRecord:
    """The same record with a type for each line that names one paper; types that are there already stay."""
    cases = tuple(
        replace(case, requirements=tuple(_typed(paper, names) for paper in case.requirements)) for case in record.cases
    )
    return replace(record, cases=cases)


def _typed(paper: ParsedRequirement, names: PaperNames) -> ParsedRequirement:
    if paper.is_note or paper.paper_type:
        return paper
    return replace(paper, paper_type=names.type_of(paper.name))


def _words(line: str) -> list[_Word]:
    text = _NUMBERING.sub("", line[:LINE_READ_MAX])
    found, end = [], 0
    for match in _WORD.finditer(text):
        found.append(_Word(fold(match.group()), text[end : match.start()], match.group().casefold()))
        end = match.end()
    return [word for word in found if word.text]


def _skip_before(words: Sequence[_Word]) -> int:
    """Past "01 bản sao có chứng thực", "Xuất trình bản chính": a few such pieces may follow each other."""
    at = 0
    for _ in range(4):
        step = _piece_before(words, at)
        if not step:
            break
        at += step
    return at


def _piece_before(words: Sequence[_Word], at: int) -> int:
    if at < len(words) and words[at].text.isdecimal():
        return 1
    for piece in _BEFORE:
        if tuple(word.text for word in words[at : at + len(piece)]) == piece:
            return len(piece)
    return 0


def _may_follow(words: Sequence[_Word], at: int) -> bool:
    """Nothing more, a new clause, or words that leave the paper what it is."""
    if at >= len(words) or _ends(words[at].gap) or any(mark in words[at].gap for mark in ",(/–:"):
        return True
    pair = " ".join(word.text for word in words[at : at + 2])
    return words[at].text in _AFTER and pair not in _ANOTHER


def _wants_more(words: Sequence[_Word], start: int) -> bool:
    """Whether the first sentence goes on with a further paper, known or not."""
    for at in range(start, len(words) - 1):
        if _ends(words[at].gap):
            return False
        step = 2 if words[at].text == "kem" and words[at + 1].text == "theo" else 1
        after = words[at + step : at + step + 2]
        pair = {after[0].text, " ".join(word.text for word in after)} if after else set()
        if words[at].text in _ALSO and pair & _FURTHER:
            return True
    return False


def _is_choice(words: Sequence[_Word], at: int) -> bool:
    """Whether the paper there is one of several to choose from: "hoặc", "/", "thay cho" shortly before it."""
    before = words[max(0, at - 4) : at]
    if "/" in words[at].gap:
        return True
    last = next((index for index in range(len(before) - 1, -1, -1) if before[index].text in {"hoac", *_ALSO}), None)
    return last is not None and before[last].text == "hoac"


def _ends(gap: str) -> bool:
    return any(mark in gap for mark in ".;\n")
