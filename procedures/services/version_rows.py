"""Writing a ParsedRecord as rows, and reading rows back as the same plain values; inside an act's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Prefetch

from haddong_portal.common.limits import TimeLimit
from haddong_portal.common.text import fold
from procedures.constants import PublicationState
from procedures.models import (
    CaseLimit,
    FeeRule,
    PaperRequirement,
    Procedure,
    ProcedureCase,
    ProcedureVersion,
    Sector,
)
from procedures.rules.page import CaseFacts, build_page
from procedures.rules.parsed import ParsedCase, ParsedFee, ParsedLimit, ParsedRecord, ParsedRequirement

SEARCH_TEXT_MAX = 3_000
PAPER_WORDS_MAX = 120


def insert_version(
    procedure: Procedure, record: ParsedRecord, *, number: int, state: str, sector: Sector | None, now: datetime
) -> ProcedureVersion:
    """A new version with its cases, papers, limits and fees, and one history row."""
    is_public = state == PublicationState.PUBLISHED
    version = ProcedureVersion(
        procedure=procedure,
        number=number,
        state=state,
        source=record.source,
        as_of_on=record.as_of_on,
        content_hash=record.content_hash,
        part_hashes=record.part_hashes,
        valid_from=now.date() if is_public else None,
        name=record.name,
        name_folded=fold(record.name),
        audience_line=record.audience_line,
        sector=sector,
        levels=list(record.levels),
        service_level=record.service_level,
        decision_no=record.decision_no,
        promulgator=record.promulgator,
        subjects=list(record.subjects),
        agencies=record.agencies,
        steps=list(record.steps),
        methods=list(record.methods),
        results=list(record.results),
        conditions=record.conditions,
        legal_basis=list(record.legal_basis),
        forms=list(record.forms),
        limit_text=record.limit_text,
        fee_text=record.fee_text,
        keywords=list(record.keywords),
        missing_parts=list(record.missing_parts),
        blockers=list(record.blockers),
        review_notes=[note.as_json() for note in record.review_notes],
        search_text=search_text(record),
        page=build_page(record.levels, [CaseFacts(case, record.limits, record.fees) for case in record.cases]),
        published_at=now if is_public else None,
        created_at=now,
    )
    ProcedureVersion.objects.bulk_create([version])  # one statement, and history is written once, below
    ProcedureVersion.history.bulk_history_create([version], default_date=now)
    _insert_cases(version, record)
    return version


def _insert_cases(version: ProcedureVersion, record: ParsedRecord) -> None:
    cases = ProcedureCase.objects.bulk_create(
        ProcedureCase(version=version, position=position, code=case.code, name=case.name)
        for position, case in enumerate(record.cases, start=1)
    )
    PaperRequirement.objects.bulk_create(
        _requirement(case, position, paper)
        for case, parsed in zip(cases, record.cases, strict=True)
        for position, paper in enumerate(parsed.requirements, start=1)
    )
    CaseLimit.objects.bulk_create(_limit(case, limit) for case in cases for limit in record.limits)
    FeeRule.objects.bulk_create(_fee(case, fee) for case in cases for fee in record.fees)


def _requirement(case: ProcedureCase, position: int, paper: ParsedRequirement) -> PaperRequirement:
    return PaperRequirement(
        case=case,
        position=position,
        name=paper.name,
        kind=paper.kind,
        originals=paper.originals,
        copies=paper.copies,
        required=paper.required,
        is_note=paper.is_note,
        forms=list(paper.forms),
        paper_type=paper.paper_type,
        electronic_note=paper.electronic_note,
        digitise=paper.digitise,
    )


def _limit(case: ProcedureCase, limit: ParsedLimit) -> CaseLimit:
    return CaseLimit(
        case=case,
        channel=limit.channel,
        limit=limit.limit.to_json() if limit.limit is not None else None,
        text=limit.text,
        needs_review=limit.limit is None,
        reason=limit.reason,
    )


def _fee(case: ProcedureCase, fee: ParsedFee) -> FeeRule:
    return FeeRule(case=case, channel=fee.channel, kind=fee.kind, amount_vnd=fee.amount_vnd, text=fee.text)


def case_facts(version_id: int) -> list[CaseFacts]:
    """The stored cases of a version as plain values, in order (four statements)."""
    cases = ProcedureCase.objects.filter(version_id=version_id).prefetch_related(
        Prefetch("requirements", queryset=PaperRequirement.objects.order_by("position")),
        Prefetch("limits", queryset=CaseLimit.objects.order_by("id")),
        Prefetch("fees", queryset=FeeRule.objects.order_by("id")),
    )
    return [_facts(case) for case in cases.order_by("position")]


def _facts(case: ProcedureCase) -> CaseFacts:
    papers = tuple(_parsed_requirement(row) for row in case.requirements.all())
    limits = [
        ParsedLimit(row.channel, TimeLimit.from_json(row.limit) if row.limit else None, row.text, row.reason)
        for row in case.limits.all()
    ]
    fees = [ParsedFee(row.channel, row.kind, row.amount_vnd, row.text) for row in case.fees.all()]
    return CaseFacts(ParsedCase(case.name, papers, case.code), limits, fees)


def _parsed_requirement(row: PaperRequirement) -> ParsedRequirement:
    return ParsedRequirement(
        name=row.name,
        kind=row.kind,
        originals=row.originals,
        copies=row.copies,
        required=row.required,
        is_note=row.is_note,
        forms=tuple(row.forms),
        paper_type=row.paper_type,
        electronic_note=row.electronic_note,
        digitise=row.digitise,
    )


def search_text(record: ParsedRecord) -> str:
    """Folded words by which a procedure may be found beyond its name; short, since every word costs index space."""
    papers = (paper.name[:PAPER_WORDS_MAX] for case in record.cases for paper in case.requirements if not paper.is_note)
    return joined_words(
        [record.name, record.national_code, record.sector, *record.keywords, record.audience_line],
        [*(result["name"] for result in record.results), *papers],
    )


def joined_words(first: Sequence[str], rest: Sequence[str]) -> str:
    """Folded text, distinct pieces, at most SEARCH_TEXT_MAX characters."""
    pieces = dict.fromkeys(fold(piece) for piece in [*first, *rest] if piece)
    return " ".join(piece for piece in pieces if piece)[:SEARCH_TEXT_MAX]
