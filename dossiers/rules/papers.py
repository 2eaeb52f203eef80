"""What has to be brought, and what may be asked for: published components only (NĐ 61/2018 art. 5, 17)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dossiers.constants import ChecklistState
from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import fold

LEGAL_KEY = "ND61-2018-D17"
NAMES_SHOWN_MAX = 3


@dataclass(frozen=True, slots=True)
class PaperTerm:
    """One published component of a case."""

    requirement_id: int
    name: str
    required: bool


@dataclass(frozen=True, slots=True)
class ChecklistAnswer:
    """What the citizen brought for one component. Without an id, the name must be a component's own."""

    requirement_id: int | None
    name: str = ""
    state: str = ChecklistState.PAPER
    originals: int = 0
    copies: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A component with its answer, in the published order; an optional paper not brought is `missing`."""

    term: PaperTerm
    answer: ChecklistAnswer


def settle_papers(terms: Sequence[PaperTerm], answers: Sequence[ChecklistAnswer]) -> list[PaperLine]:
    """Every component with its answer.

    Raises `dossier.paper_unpublished` for a paper that is not a component, `dossier.paper_state` for an unknown
    state and `dossier.paper_missing` naming required papers that are neither there, electronic nor waived.
    """
    by_id = {term.requirement_id: term for term in terms}
    by_name = {fold(term.name): term for term in terms}
    given: dict[int, ChecklistAnswer] = {}
    for answer in answers:
        term = by_id.get(answer.requirement_id) if answer.requirement_id else by_name.get(fold(answer.name))
        if term is None:
            raise _unpublished(answer)
        if answer.state not in ChecklistState.values:
            raise DomainError("dossier.paper_state", f"Tình trạng giấy tờ không đúng: {answer.state}.", "checklist")
        given[term.requirement_id] = answer
    lines = [PaperLine(term, given.get(term.requirement_id) or _not_brought(term)) for term in terms]
    _refuse_missing(lines)
    return lines


def _not_brought(term: PaperTerm) -> ChecklistAnswer:
    return ChecklistAnswer(term.requirement_id, term.name, ChecklistState.MISSING)


def _unpublished(answer: ChecklistAnswer) -> DomainError:
    return DomainError(
        "dossier.paper_unpublished",
        f"“{answer.name[:120] or answer.requirement_id}” không có trong thành phần hồ sơ đã công bố của trường hợp "
        "này nên không được yêu cầu hoặc ghi nhận.",
        "checklist",
    )


def _refuse_missing(lines: Sequence[PaperLine]) -> None:
    missing = [line.term for line in lines if line.term.required and line.answer.state == ChecklistState.MISSING]
    if not missing:
        return
    names = "; ".join(term.name[:120] for term in missing[:NAMES_SHOWN_MAX])
    more = f" và {len(missing) - NAMES_SHOWN_MAX} giấy tờ khác" if len(missing) > NAMES_SHOWN_MAX else ""
    raise DomainError(
        "dossier.paper_missing",
        f"Còn thiếu giấy tờ bắt buộc: {names}{more}.",
        "checklist",
        data={"requirement_ids": [term.requirement_id for term in missing]},
    )
