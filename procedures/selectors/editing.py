"""What editors see: versions by state with what they lack, the synonyms, a unit's answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, FilteredRelation, Q

from haddong_portal.accounts.models import Unit
from haddong_portal.common.errors import NotFound
from haddong_portal.common.text import fold
from procedures.constants import Blocker, Level, Part, PublicationState
from procedures.models import Procedure, ProcedureVersion, Synonym, UnitProcedure
from procedures.querysets import ProcedureVersionQuerySet

PAGE_ROWS = 50
COUNT_CAP = 500
STATES = (PublicationState.DRAFT, PublicationState.PENDING, PublicationState.PUBLISHED)
NEEDS_REVIEW = "review"


@dataclass(frozen=True)
class VersionLine:
    """A version in the editor's list; `missing` and `forbidden` are words for people."""

    version: ProcedureVersion
    code: str
    missing: Sequence[str]
    forbidden: Sequence[str]
    review_count: int
    can_publish: bool


@dataclass(frozen=True)
class VersionList:
    """A keyset page of versions, with the count of each state; `next_id` 0 = the last page."""

    lines: Sequence[VersionLine]
    counts: dict[str, int]
    next_id: int


def version_list(*, state: str, q: str = "", after: int = 0) -> VersionList:
    """Versions in a state (or `review`: published ones with something to check), oldest first."""
    found = _in_state(_matching(q), state)
    page = list(
        found.filter(id__gt=after)
        .select_related("procedure", "sector")
        .defer("page", "search_text")
        .order_by("id")[: PAGE_ROWS + 1]
    )
    lines = [_line(version) for version in page[:PAGE_ROWS]]
    return VersionList(lines, _counts(q), page[PAGE_ROWS - 1].pk if len(page) > PAGE_ROWS else 0)


def _matching(q: str) -> ProcedureVersionQuerySet:
    found = ProcedureVersion.objects.all()
    if not q:
        return found
    return found.filter(Q(name_folded__contains=fold(q)) | Q(procedure__national_code__startswith=q.strip()[:12]))


def _in_state(found: ProcedureVersionQuerySet, state: str) -> ProcedureVersionQuerySet:
    if state == NEEDS_REVIEW:
        return found.published().exclude(review_notes=[])
    return found.filter(state=state)


def _counts(q: str) -> dict[str, int]:
    found = _matching(q).order_by()
    counts = dict(found.values_list("state").annotate(Count("id")))
    return {**counts, NEEDS_REVIEW: _in_state(found, NEEDS_REVIEW)[: COUNT_CAP + 1].count()}


def _line(version: ProcedureVersion) -> VersionLine:
    missing = [Part(part).label for part in version.missing_parts]
    forbidden = [Blocker(one).label for one in version.blockers]
    waits = version.state in (PublicationState.DRAFT, PublicationState.PENDING)
    return VersionLine(
        version=version,
        code=version.procedure.national_code,
        missing=missing,
        forbidden=forbidden,
        review_count=len(version.review_notes),
        can_publish=waits and not missing and not forbidden,
    )


def synonym_list(q: str = "") -> list[Synonym]:
    """Every word, or those that hold what was typed."""
    rows = Synonym.objects.order_by("term_folded")
    return list(rows.filter(Q(term_folded__contains=fold(q)) | Q(means__icontains=q)) if q else rows)


def synonym_by_id(synonym_id: int) -> Synonym:
    """NotFound `synonym.not_found`."""
    found = Synonym.objects.filter(pk=synonym_id).first()
    if found is None:
        raise NotFound("Không có từ này trong bảng.", code="synonym.not_found")
    return found


@dataclass(frozen=True)
class PerformedLine:
    """A procedure and the unit's answer: performed True, False with a reason, or None = undecided."""

    procedure_id: int
    code: str
    name: str
    performed: bool | None
    reason: str


def performed_list(unit: Unit, *, q: str = "", undecided: bool = False) -> list[PerformedLine]:
    """Published procedures of the unit's level with its answers, those performed first; at most 100."""
    found = _matching(q).published().filter(levels__contains=[_level_of(unit)])
    own = FilteredRelation("procedure__performances", condition=Q(procedure__performances__unit=unit))
    rows = found.annotate(own=own, performed=F("own__performed"), reason=F("own__reason"))
    rows = rows.filter(performed__isnull=True) if undecided else rows
    values = rows.order_by(F("own__performed").desc(nulls_last=True), "name_folded").values_list(
        "procedure_id", "procedure__national_code", "name", "performed", "reason"
    )
    return [
        PerformedLine(pk, code, name, performed, reason or "") for pk, code, name, performed, reason in values[:100]
    ]


def units_of_performance(unit: Unit, procedure_id: int) -> tuple[int | None, int | None]:
    """Who handles and who signs it today (ids), so that another answer does not lose them."""
    own = UnitProcedure.objects.filter(unit=unit, procedure_id=procedure_id)
    return own.values_list("handling_unit_id", "signing_unit_id").first() or (None, None)


def procedure_id_of(text: str) -> int:
    """The id of a procedure that exists; NotFound `procedure.not_found`."""
    wanted = int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0
    if not Procedure.objects.filter(pk=wanted).exists():
        raise NotFound("Không tìm thấy thủ tục này.", code="procedure.not_found")
    return wanted


def _level_of(unit: Unit) -> str:
    return Level.WARD.value if unit.level == Level.WARD else Level.DISTRICT.value
