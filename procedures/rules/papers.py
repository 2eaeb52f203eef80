"""Reading one listed paper: how many originals and copies, shown or handed in, or only a remark (pure).

Sources list remarks among the papers (0 originals and 0 copies), put quantities into the words, or several papers
into one cell. Papers that NĐ 104/2022 forbids to ask for are recognised by kind; the words alone only flag a line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from procedures.rules.cleaning import as_count, as_list, as_mapping, clean_block, clean_line, has_bullet, without_bullet
from procedures.rules.parsed import ParsedRequirement, ReviewNote

PAPER_NAME_MAX = 6_000
SHORT_NAME_MAX = 200

_QUANTITY = re.compile(
    r"(?<!\d)(?P<number>\d{1,2})\s*(?:\(\s*\w+\s*\)\s*)?(?P<kind>bản chính|bản gốc|bản sao|bản chụp|bản photo|bản)\b",
    re.I,
)
_GLUED_YEAR = re.compile(r"((?:19|20)\d{2})(?=\d{1,2} bản )", re.I)
_LABELLED = re.compile(r"(?P<kind>bản chính|bản sao)\s*:\s*(?P<number>\d{1,2})(?:\s*bản)?", re.I)
_LABELLED_TAIL = re.compile(
    r"[\s–\-:;,.o]*(?:số lượng\s*:?\s*)?(?:bản chính|bản sao)\s*:\s*\d{1,2}(?:\s*bản)?[\s;,.]*", re.I
)
_COPY_FIRST = re.compile(r"^(?:\d{1,2}\s*)?(?:bản sao|bản chụp|bản photo|photo)\b", re.I)
_NOTE_OPENING = re.compile(
    r"^(?:lưu ý|ghi chú|chú ý|trường hợp|đối với|người |cơ quan |cá nhân |khi |việc |nếu |ngoài ra|các giấy tờ |"
    r"số lượng hồ sơ)",
    re.I,
)
_PAPER_OPENING = re.compile(
    r"^(?:\w{1,3}[.)]\s*)?(?:một trong |bản |đơn|tờ |giấy|văn bản|hợp đồng|ho[áa]? ?đơn|hóa đơn|"
    r"chứng (?:từ|thư|chỉ|minh)|biên bản|báo cáo|quyết định|danh sách|hồ sơ|sổ |thẻ |phiếu|bảng|ảnh|công văn|mẫu|"
    r"thông báo|tài liệu|hộ chiếu|lý lịch|sơ |phương án|đề án|dự án|thuyết minh|kế hoạch|điều lệ|nghị quyết|lệnh|"
    r"vận đơn|catalog)",
    re.I,
)
_OPTIONAL = re.compile(r"\(\s*nếu có\s*\)|^trường hợp\b|trong trường hợp (?:ủy|ủy) quyền|\bnếu (?:có|người)\b", re.I)
_PRESENT = re.compile(r"^(?:\w{1,3}[.)]\s*)?xuất trình\b", re.I)

_BOOK = re.compile(r"\bsổ\s+(?P<book>hộ\s+khẩu|tạm\s+trú)\b", re.I)
# What stands before the book and makes it no demand: one of several choices, a denial, the title of a decree.
_CHOICES_BEFORE = re.compile(r"một trong|\bnhư\s*:", re.I)
_DENIED_BEFORE = re.compile(
    r"\bkhông\b|\bbỏ\b|liên quan đến|\bhoặc\b|\bthay (?:cho|thế)\b|\btrong\s*$|\btheo\s*$", re.I
)
_BRACKETED = re.compile(r"\([^()]*\)")
_RESIDENCE_WORDS = re.compile(r"hộ\s+khẩu|tạm\s+trú", re.I)
# What is brought of a paper, before its name.
_COPY_OF = (
    r"^(?:\W|\(?\w{1,3}[.)]|\d{1,2}|bản (?:sao|chính|gốc|chụp|photo|phô ?tô|điện tử)|ảnh chụp|hoặc|có chứng thực|chứng "
    r"thực|công chứng|xuất trình|nộp|một trong (?:các|những)(?: loại)? giấy tờ|giấy tờ (?:phải xuất trình|sau)|sau)*"
)
_RESIDENCE_PROOF = re.compile(
    _COPY_OF + r"(?:giấy(?: tờ)? (?:có giá trị )?(?:chứng minh|cho biết)(?! [^.;]{0,40}được phép)[^.;]{0,60}cư trú|"
    r"giấy xác nhận (?:thông tin về |nơi )?cư trú)",
    re.I,
)
_IDENTITY = re.compile(
    _COPY_OF + r"(?:(?:giấy|thẻ) )?(?:căn cước|hộ chiếu|chứng minh nhân dân|CMND|CCCD|giấy tờ (?:chứng minh )?"
    r"(?:nhân thân|t[uù][yỳ] thân))",
    re.I,
)


def parse_item(raw: object, *, kind: str, all_notes: bool) -> tuple[list[ParsedRequirement], list[ReviewNote]]:
    """The papers of one source item. `kind` comes from the heading above it; `all_notes` when that says "Lưu ý"."""
    item = as_mapping(raw) if isinstance(raw, Mapping) else {"name": raw}
    block = _GLUED_YEAR.sub(r"\1 ", clean_block(item.get("name"), PAPER_NAME_MAX))
    forms = tuple(form for form in (clean_line(value, 500) for value in as_list(item.get("forms"))) if form)
    stated = as_count(item.get("original")), as_count(item.get("copy"))
    lines = _split_lines(block) if stated == (None, None) else [block]
    papers = [_paper(line, stated, kind, all_notes) for line in lines if without_bullet(line)]
    papers = [_with_extras(paper, item, forms) for paper in papers]
    return papers, [note for paper in papers for note in _notes(paper, stated)]


def _split_lines(block: str) -> list[str]:
    """A cell in which every line is listed with a bullet holds several papers; any other is one paper."""
    lines = [line for line in block.split("\n") if line]
    return (
        lines
        if len(lines) > 1 and all(has_bullet(line) and not _LABELLED_TAIL.fullmatch(line) for line in lines)
        else [block]
    )


def _paper(line: str, stated: tuple[int | None, int | None], kind: str, all_notes: bool) -> ParsedRequirement:
    name = without_bullet(line)
    originals, copies = _amounts(name, stated)
    is_note = all_notes and not (originals or copies)
    if not originals and not copies and not is_note:
        is_note = stated != (None, None) and not _reads_as_paper(name)
        originals, copies = (0, 0) if is_note else _assumed(name)
    return ParsedRequirement(
        name=_LABELLED_TAIL.sub(" ", name).strip() or name if stated == (None, None) else name,
        kind="present" if _PRESENT.match(name) else kind,
        originals=originals,
        copies=copies,
        required=not is_note and not _OPTIONAL.search(name),
        is_note=is_note,
        paper_type=_paper_type(name, is_note),
    )


def _amounts(name: str, stated: tuple[int | None, int | None]) -> tuple[int, int]:
    """Stated numbers, else those written in the words ("Bản chính: 1", "02 bản chụp")."""
    originals, copies = stated
    if originals or copies:
        return originals or 0, copies or 0
    found = list(_LABELLED.finditer(name)) or list(_QUANTITY.finditer(name[:SHORT_NAME_MAX]))[:1]
    totals = [0, 0]
    for match in found:
        totals[match["kind"].lower() in {"bản sao", "bản chụp", "bản photo"}] += int(match["number"])
    return totals[0], totals[1]


def _assumed(name: str) -> tuple[int, int]:
    return (0, 1) if _COPY_FIRST.match(name) else (1, 0)


def _reads_as_paper(name: str) -> bool:
    short = len(name) <= SHORT_NAME_MAX and not name.endswith(":")
    return short and bool(_PAPER_OPENING.match(name)) and not _NOTE_OPENING.match(name)


def _paper_type(name: str, is_note: bool) -> str:
    if is_note:
        return ""
    if book := _demanded_book(name):
        return book
    if _RESIDENCE_PROOF.match(name):
        return "RESIDENCE_PROOF"
    return "IDENTITY" if _IDENTITY.match(name[:120]) else ""


def _demanded_book(name: str) -> str:
    """Which residence book the line asks for: any mention that is not denied and not one of several choices."""
    for found in _BOOK.finditer(name):
        before = _BRACKETED.sub("", name[: found.start()])
        sentence = re.split(r"[.;:]", before)[-1]
        if not _CHOICES_BEFORE.search(before) and not _DENIED_BEFORE.search(sentence[-80:]):
            return "HOUSEHOLD_BOOK" if "khẩu" in found["book"].lower() else "TEMPORARY_RESIDENCE_BOOK"
    return ""


def _with_extras(paper: ParsedRequirement, item: Mapping[str, object], forms: tuple[str, ...]) -> ParsedRequirement:
    """Facts that only richer sources state: kind, required, digitise, electronic substitute."""
    required, digitise = item.get("required"), clean_line(item.get("digitise"), 10)
    kind = clean_line(item.get("kind"), 10)
    return ParsedRequirement(
        name=paper.name,
        kind=kind if kind in {"submit", "present"} else paper.kind,
        originals=paper.originals,
        copies=paper.copies,
        required=required if isinstance(required, bool) else paper.required,
        is_note=paper.is_note,
        forms=forms,
        paper_type=paper.paper_type or clean_line(item.get("paper_type"), 40),
        electronic_note=clean_line(item.get("electronic_substitute") or item.get("electronic_note"), 300),
        digitise=digitise if digitise in {"must", "no", "optional"} else paper.digitise,
    )


def _notes(paper: ParsedRequirement, stated: tuple[int | None, int | None]) -> list[ReviewNote]:
    notes = []
    if paper.paper_type in {"HOUSEHOLD_BOOK", "TEMPORARY_RESIDENCE_BOOK"}:
        notes.append(ReviewNote("papers.residence_book", "papers", f"Đòi sổ giấy đã hết giá trị: {paper.name[:200]}"))
    elif _RESIDENCE_WORDS.search(paper.name):
        notes.append(ReviewNote("papers.residence_words", "papers", f"Có nhắc hộ khẩu, tạm trú: {paper.name[:200]}"))
    if not paper.is_note and not any(stated) and not _LABELLED.search(paper.name):
        notes.append(ReviewNote("papers.quantity", "papers", f"Số lượng chưa ghi rõ: {paper.name[:200]}"))
    return notes
