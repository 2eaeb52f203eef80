"""From the source's groups of papers to cases: which heading names a case and which only a section (pure).

"Trường hợp cấp lại: …" is a case a citizen can be in. "Giấy tờ phải nộp", "Giấy tờ phải xuất trình", "Lưu ý" are
sections of every case. Papers of sections come with each case, so that a chosen case shows the whole list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from procedures.rules.cleaning import as_list, as_mapping, clean_block, without_bullet
from procedures.rules.papers import parse_item
from procedures.rules.parsed import ParsedCase, ParsedRequirement, ReviewNote

COMMON_CASE = "Trường hợp chung"
CASE_NAME_MAX = 300
CASES_MAX = 60

_NUMBERING = r"(?:[\W_]*(?:\(?[ivxlcdm\d]{1,5}(?:\.\d+)*[.)]+|\(?[a-zđ]\d?[.)]|bước \d+:?))?[\W_]*"
_NOTE_HEADING = re.compile(rf"^{_NUMBERING}(?:lưu ý|ghi chú|chú ý)\b", re.I)
_PRESENT_HEADING = re.compile(rf"^{_NUMBERING}(?:các )?(?:giấy tờ |hồ sơ )?(?:phải |cần )?xuất trình\b", re.I)
_SECTION_HEADING = re.compile(
    rf"^{_NUMBERING}(?:"
    r"(?:các )?(?:giấy tờ|tài liệu|hồ sơ)(?: (?:phải|cần))? nộp(?: (?:để |gồm|bao gồm).*)?"
    r"|thành phần(?:,? số lượng)? hồ sơ(?: (?:gồm|bao gồm).*)?"
    r"|hồ sơ(?: (?:gồm|bao gồm|năng lực).*)?"
    r"|hồ sơ của .+"
    r"|bao gồm|gồm(?: có)?|giấy tờ khác"
    r"|người yêu cầu .+ nộp .+"
    r")\W*$",
    re.I,
)
_CASE_HEADING = re.compile(
    r"trường hợp|đối với|^[\W_]*(?:cấp (?:mới|lại|đổi)|gia hạn|thay đổi|điều chỉnh|bổ sung|nếu |khi )|\bcấp lại\b", re.I
)
_REMARK_MIN = 400


@dataclass
class _Group:
    heading: str
    is_case: bool
    papers: list[ParsedRequirement] = field(default_factory=list)


def parse_cases(components: object) -> tuple[tuple[ParsedCase, ...], list[ReviewNote]]:
    """The cases of a record, in the source's order; none when the record lists no paper at all."""
    notes: list[ReviewNote] = []
    groups = [_read_group(as_mapping(raw), notes) for raw in _groups(components)]
    groups = [group for group in groups if group.papers]
    common = _distinct(paper for group in groups if not group.is_case for paper in group.papers)
    named = [group for group in groups if group.is_case]
    cases = [_case(group, common) for group in named[:CASES_MAX]]
    if (common and any(not paper.is_note for paper in common)) or not cases:
        cases = [ParsedCase(COMMON_CASE, tuple(common)), *cases] if common else cases
    if len(named) > CASES_MAX:
        notes.append(ReviewNote("cases.too_many", "papers", f"Có {len(named)} trường hợp, giữ {CASES_MAX}."))
    return tuple(cases), notes


def _groups(components: object) -> list[object]:
    """Groups as listed; bare papers without a group are one unnamed group."""
    listed = as_list(components)
    if listed and not any(isinstance(entry, Mapping) and "items" in entry for entry in listed):
        return [{"group": "", "items": listed}]
    return listed


def _read_group(raw: Mapping[str, object], notes: list[ReviewNote]) -> _Group:
    heading = clean_block(raw.get("group"), 6_000)
    is_remark = bool(_NOTE_HEADING.match(heading))
    kind = "present" if _PRESENT_HEADING.match(heading) else "submit"
    group = _Group(heading, _is_case(heading, raw.get("is_case")) and not is_remark and kind == "submit")
    for item in as_list(raw.get("items")):
        papers, found = parse_item(item, kind=kind, all_notes=is_remark)
        group.papers += papers
        notes += found
    if not group.papers and re.search(r"\w", heading):
        return _heading_as_paper(heading, notes)
    if len(heading) > CASE_NAME_MAX or (not group.is_case and len(heading) >= _REMARK_MIN):
        group.papers.insert(0, ParsedRequirement(heading, is_note=True, required=False))
    return group


def _heading_as_paper(heading: str, notes: list[ReviewNote]) -> _Group:
    """A heading without a list below it is itself the paper, or a remark."""
    papers, found = parse_item({"name": heading, "original": 0, "copy": 0}, kind="submit", all_notes=False)
    notes += found
    return _Group("", False, papers)


def _is_case(heading: str, stated: object) -> bool:
    """What the source states wins; else a heading is a case unless it is a known section or a mere remark."""
    if not heading or not re.search(r"\w", heading):
        return False
    if isinstance(stated, bool):
        return stated
    if _SECTION_HEADING.match(heading) or heading.lstrip().startswith("("):
        return bool(re.match(r"^\(\s*(?:\d|[ivx]+\))", heading, re.I)) and not _SECTION_HEADING.match(heading)
    return bool(_CASE_HEADING.search(heading)) or len(heading) <= CASE_NAME_MAX


def _case(group: _Group, common: list[ParsedRequirement]) -> ParsedCase:
    return ParsedCase(case_name(group.heading), tuple(_distinct([*common, *group.papers])))


def case_name(heading: str) -> str:
    """The heading as a choice a citizen reads: no numbering, no "hồ sơ gồm:", at most CASE_NAME_MAX characters."""
    name = re.sub(rf"^{_NUMBERING}", "", " ".join(heading.split()), flags=re.I)
    name = re.sub(
        r"[,;\s]*(?:thì )?(?:thành phần )?hồ sơ(?: [^,;:]{0,30})?(?: bao gồm| gồm)[^:]{0,40}[:.\s]*$",
        "",
        name,
        flags=re.I,
    )
    name = without_bullet(name).rstrip(" :;,.-–") or heading.strip()
    name = name[:1].upper() + name[1:]
    return name if len(name) <= CASE_NAME_MAX else name[:CASE_NAME_MAX].rsplit(" ", 1)[0] + "…"


def _distinct(papers: Iterable[ParsedRequirement]) -> list[ParsedRequirement]:
    """Each line once; remarks after the papers, so that a checklist starts with what to bring."""
    kept: dict[tuple[str, str], ParsedRequirement] = {}
    for paper in papers:
        kept.setdefault((paper.kind, paper.name), replace(paper, required=paper.required and not paper.is_note))
    return sorted(kept.values(), key=lambda paper: (paper.is_note, paper.kind == "present"))
