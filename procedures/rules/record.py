"""From a raw catalogue record to a ParsedRecord (pure). The format is described in docs/catalogue-format.md.

Refused is only what cannot be read or has no usable code; everything else is taken in, and what is missing or
doubtful is named.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from haddong_portal.common.codes import ProcedureCode, parse_procedure_code
from haddong_portal.common.errors import DomainError
from procedures.rules.cases import parse_cases
from procedures.rules.cleaning import as_list, as_mapping, clean_block, clean_line
from procedures.rules.completeness import VersionParts, blockers, missing_parts
from procedures.rules.fees import parse_fee_summary, parse_fees
from procedures.rules.legal import parse_legal
from procedures.rules.parsed import (
    DIRECT,
    ONLINE,
    POSTAL,
    ParsedCase,
    ParsedFee,
    ParsedLimit,
    ParsedRecord,
    RecordRefused,
    ReviewNote,
)
from procedures.rules.time_limits import limit_of_method, limit_of_summary, merge_limits

NAME_MAX = 2_000
NOTES_MAX = 50
LEVELS = ("bo", "tinh", "huyen", "xa", "khac")
CHANNELS = {"direct": DIRECT, "online": ONLINE, "post": POSTAL, "postal": POSTAL}
_DAY = re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})(?:-(?P<d>\d{2}))?")
_VIETNAMESE_DAY = re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})")
_HOST = re.compile(r"https?://([^/\s:]+)", re.I)


@dataclass(frozen=True, slots=True)
class _Terms:
    """What the ways of filing say about time and money."""

    methods: tuple[dict[str, object], ...]
    limits: tuple[ParsedLimit, ...]
    fees: tuple[ParsedFee, ...]
    structured: int
    to_review: int
    notes: tuple[ReviewNote, ...]


def parse_record(raw: object, *, source: str = "") -> ParsedRecord:
    """The version that `raw` describes. Raises RecordRefused; `source` overrides the record's own."""
    if not isinstance(raw, Mapping):
        raise RecordRefused("record.not_an_object", "Bản ghi không phải là một đối tượng có tên cột.")
    record = as_mapping(raw)
    code = _code(record)
    cases, paper_notes = parse_cases(record.get("components"))
    legal, legal_notes = parse_legal(record.get("legal"))
    terms = _terms(record)
    hashes = _part_hashes(record, cases, legal, terms)
    found = VersionParts(
        name=clean_line(record.get("name"), NAME_MAX),
        steps=_steps(record),
        methods=terms.methods,
        subjects=_lines(record.get("subjects")),
        agencies=_agencies(record.get("agencies")),
        papers=sum(len(case.requirements) for case in cases),
        limit_texts=[limit.text for limit in terms.limits],
    )
    return ParsedRecord(
        national_code=code.national,
        local_code=str(code) if code.suffix or code.case else "",
        source=clean_line(source, 60) or _source(record),
        as_of_on=_as_of(record),
        name=found.name,
        audience_line=_audience_line(record),
        sector=clean_line(record.get("field"), 200),
        sector_code=clean_line(record.get("field_code"), 30),
        levels=tuple(
            level for level in LEVELS if level in {clean_line(one, 6) for one in as_list(record.get("levels"))}
        ),
        service_level=_service_level(record, terms.methods),
        decision_no=clean_line(record.get("decision_no"), 200),
        promulgator=clean_line(record.get("promulgator"), 200),
        subjects=tuple(found.subjects),
        agencies={key: str(value) for key, value in found.agencies.items()},
        steps=tuple(_steps(record)),
        methods=terms.methods,
        results=_results(record.get("results")),
        conditions=clean_block(record.get("conditions")),
        legal_basis=legal,
        forms=_lines(record.get("forms")),
        keywords=_lines(record.get("keywords")),
        limit_text=clean_block(record.get("processing_time"), 4_000),
        fee_text=clean_block(record.get("fees"), 4_000),
        cases=cases,
        limits=terms.limits,
        fees=terms.fees,
        limits_structured=terms.structured,
        limits_to_review=terms.to_review,
        missing_parts=tuple(missing_parts(found)),
        blockers=tuple(blockers(paper.paper_type for case in cases for paper in case.requirements)),
        review_notes=tuple(dict.fromkeys([*terms.notes, *paper_notes, *legal_notes]))[:NOTES_MAX],
        part_hashes=hashes,
        content_hash=_digest(hashes, 64),
    )


def _code(record: Mapping[str, object]) -> ProcedureCode:
    """The code in either column; a record without a readable one cannot be filed anywhere."""
    written = [clean_line(record.get(column), 60) for column in ("code_full", "code")]
    parsed = []
    for text in written:
        try:
            parsed.append(parse_procedure_code(text))
        except DomainError:
            continue
    if parsed:
        return parsed[0]
    if not any(written):
        raise RecordRefused("record.no_code", "Bản ghi không có mã thủ tục.")
    wrong = next(text for text in written if text)
    raise RecordRefused("record.bad_code", f"Mã thủ tục không đúng dạng: {wrong}.")


def _terms(record: Mapping[str, object]) -> _Terms:
    summary = clean_block(record.get("processing_time"), 4_000)
    raw_methods = [as_mapping(entry) or {"note": entry} for entry in as_list(record.get("methods"))]
    read = [limit_of_method(method, _channel(method), summary) for method in raw_methods]
    limits = [limit for limit in read if limit is not None]
    if not limits:
        limits = [limit for limit in [limit_of_summary(summary)] if limit is not None]
    fees, notes = _fees(record, raw_methods)
    structured = sum(limit.limit is not None for limit in limits)
    merged = merge_limits(limits)
    notes += [ReviewNote(f"limits.{limit.reason}", "time_limit", limit.text[:300]) for limit in merged if limit.reason]
    methods = tuple(_method(method) for method in raw_methods)
    return _Terms(methods, tuple(merged), tuple(fees), structured, len(limits) - structured, tuple(notes))


def _fees(
    record: Mapping[str, object], methods: Sequence[Mapping[str, object]]
) -> tuple[list[ParsedFee], list[ReviewNote]]:
    """Fees by channel, or those the record states only in words; equal rows of all channels fall together."""
    fees: list[ParsedFee] = []
    notes: list[ReviewNote] = []
    for method in methods:
        found, doubts = parse_fees(method.get("fees"), _channel(method), clean_block(method.get("note"), 2_000))
        fees += found
        notes += doubts
    if not fees:
        return parse_fee_summary(clean_block(record.get("fees"), 4_000))
    by_channel: dict[int | None, list[tuple[str, int | None, str]]] = {}
    for fee in dict.fromkeys(fees):
        by_channel.setdefault(fee.channel, []).append((fee.kind, fee.amount_vnd, fee.text))
    rows = list(by_channel.values())
    if len(rows) == len({_channel(method) for method in methods}) and all(row == rows[0] for row in rows):
        return [ParsedFee(None, *row) for row in rows[0]], notes
    return list(dict.fromkeys(fees)), notes


def _channel(method: Mapping[str, object]) -> int | None:
    return CHANNELS.get(clean_line(method.get("method"), 20).lower())


def _method(method: Mapping[str, object]) -> dict[str, object]:
    fees = [as_mapping(fee) for fee in as_list(method.get("fees"))]
    return {
        "channel": _channel(method),
        "time_text": clean_block(method.get("time_text"), 2_000),
        "note": clean_block(method.get("note"), 20_000),
        "fee_texts": [text for text in (clean_line(fee.get("text"), 1_500) for fee in fees) if text],
    }


def _steps(record: Mapping[str, object]) -> list[dict[str, str]]:
    rows = [as_mapping(entry) or {"text": entry} for entry in as_list(record.get("steps"))]
    steps = [{"name": clean_line(row.get("name"), 500), "text": clean_block(row.get("text"))} for row in rows]
    return [step for step in steps if step["name"] or step["text"]]


def _results(raw: object) -> tuple[dict[str, str], ...]:
    rows = [as_mapping(entry) or {"name": entry} for entry in as_list(raw)]
    results = [{"name": clean_line(row.get("name"), 1_000), "code": clean_line(row.get("code"), 60)} for row in rows]
    return tuple(result for result in results if result["name"] or result["code"])


def _agencies(raw: object) -> dict[str, str]:
    agencies = as_mapping(raw) or {"executing": raw}
    names = ("executing", "authority", "authorised", "coordinating", "receiving_address")
    found = {name: clean_block(agencies.get(name), 2_000) for name in names}
    departments = "; ".join(_lines(agencies.get("catalog_departments")))[:2_000]
    return {key: value for key, value in (found | {"departments": departments}).items() if value}


def _lines(raw: object) -> tuple[str, ...]:
    """Distinct lines of a list of texts; listed texts inside one cell are taken apart."""
    lines = (line for entry in as_list(raw) for line in clean_block(entry, 20_000).split("\n"))
    tidy = (re.sub(r"^(?:[-–•▪●*+]|o(?=\s))\s*", "", line).strip() for line in lines)
    return tuple(dict.fromkeys(line[:1_000] for line in tidy if line))


def _audience_line(record: Mapping[str, object]) -> str:
    """What it is for, in one line: the record's own, else what one gets."""
    own = clean_line(record.get("audience_line"), 300)
    results = _results(record.get("results"))
    name = results[0]["name"] if results else ""
    return own or (f"Kết quả: {name}"[:299] if name else "")


def _service_level(record: Mapping[str, object], methods: Sequence[Mapping[str, object]]) -> str:
    """The stated level; a procedure that can be filed online without one stated is at least partly online."""
    stated = clean_line(record.get("service_level") or record.get("online_level"), 200)
    folded = stated.casefold()
    if folded == "toan_trinh" or "toàn trình" in folded:
        return "TOAN_TRINH"
    if folded == "mot_phan" or "một phần" in folded:
        return "MOT_PHAN"
    is_online = any(method["channel"] == ONLINE for method in methods)
    return "MOT_PHAN" if is_online and not stated else "CUNG_CAP_THONG_TIN"


def _source(record: Mapping[str, object]) -> str:
    """Where the record comes from, as a short stable name: the portal's host and the publishing scope."""
    stated = record.get("source")
    if not isinstance(stated, Mapping):
        return clean_line(stated, 60) or "không rõ nguồn"
    place = clean_line(stated.get("origin_url") or stated.get("repo"), 300)
    host = _HOST.match(place)
    scope = clean_line(record.get("scope"), 20)
    return f"{host.group(1).lower() if host else place} {scope}".strip()[:60] or "không rõ nguồn"


def _as_of(record: Mapping[str, object]) -> date | None:
    """The day the record speaks for: its last update, else when it was read from the source."""
    source = record.get("source")
    crawled = source.get("crawled") if isinstance(source, Mapping) else None
    for value in (record.get("updated_at"), crawled):
        found = _day(clean_line(value, 40))
        if found is not None:
            return found
    return None


def _day(text: str) -> date | None:
    match = _DAY.search(text) or _VIETNAMESE_DAY.search(text)
    if match is None:
        return None
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"] or 1))
    except ValueError:
        return None


def _part_hashes(
    record: Mapping[str, object], cases: Sequence[ParsedCase], legal: object, terms: _Terms
) -> dict[str, str]:
    """A short digest of each part, so that a difference can be named."""
    parts: dict[str, object] = {
        "name": clean_line(record.get("name"), NAME_MAX),
        "sector": clean_line(record.get("field"), 200),
        "levels": sorted(clean_line(level, 6) for level in as_list(record.get("levels"))),
        "steps": _steps(record),
        "methods": terms.methods,
        "papers": [(case.name, [_paper_key(paper) for paper in case.requirements]) for case in cases],
        "time_limit": [(one.channel, one.text, one.limit.to_json() if one.limit else None) for one in terms.limits],
        "fees": [(fee.channel, fee.kind, fee.amount_vnd, fee.text) for fee in terms.fees],
        "subjects": _lines(record.get("subjects")),
        "agencies": _agencies(record.get("agencies")),
        "results": _results(record.get("results")),
        "conditions": clean_block(record.get("conditions")),
        "legal": legal,
        "forms": _lines(record.get("forms")),
        "decision": clean_line(record.get("decision_no"), 200),
        "words": [_audience_line(record), _lines(record.get("keywords")), _service_level(record, terms.methods)],
    }
    return {part: _digest(value, 12) for part, value in parts.items()}


def _paper_key(paper: object) -> list[object]:
    return [getattr(paper, name) for name in ("name", "kind", "originals", "copies", "required", "forms", "is_note")]


def _digest(value: object, length: int) -> str:
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:length]
