"""What has to be brought, and what may be asked for: published components only (NĐ 61/2018 art. 5, 17)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from dossiers.constants import ChecklistState
from haddong_portal.citizens.constants import LookUpData, LookUpMethod
from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import fold
from procedures.constants import PaperType, RequirementKind

LEGAL_KEY = "ND61-2018-D17"
# Nobody may ask for these books at all; residence and identity are looked up (ND104-2022-D14).
NEVER_DEMANDED = frozenset({PaperType.HOUSEHOLD_BOOK, PaperType.TEMPORARY_RESIDENCE_BOOK})
LOOKED_UP = NEVER_DEMANDED | {PaperType.RESIDENCE_PROOF, PaperType.IDENTITY}
NEVER_DEMANDED_WHY = (
    "Sổ hộ khẩu, sổ tạm trú giấy đã hết giá trị từ 01/01/2023; không được yêu cầu nộp hoặc xuất trình "
    "(Nghị định 104/2022/NĐ-CP, Điều 14; Công điện 90/CĐ-TTg). Xin tra cứu thông tin cư trú."
)
TAKEN = (ChecklistState.PAPER, ChecklistState.COPY)
REASON_MAX = 300
NAMES_SHOWN_MAX = 3


@dataclass(frozen=True, slots=True)
class PaperTerm:
    """One published component of a case; `paper_type` is the one paper it names, "" when that is not clear."""

    requirement_id: int
    name: str
    required: bool
    paper_type: str = ""
    kind: str = RequirementKind.SUBMIT


@dataclass(frozen=True, slots=True)
class ChecklistAnswer:
    """What the citizen brought for one component. Without an id, the name must be a component's own.

    `paper` is one of the store's, used instead, `share_code` opens one that its owner hands over; `look_up` how it was
    looked up; `taken_reason` why a paper was taken although the store holds it.
    """

    requirement_id: int | None
    name: str = ""
    state: str = ChecklistState.PAPER
    originals: int = 0
    copies: int = 0
    note: str = ""
    paper: UUID | None = None
    look_up: LookUpData | None = None
    taken_reason: str = ""
    share_code: str = ""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A component with its answer, in the published order; an optional paper not brought is `missing`."""

    term: PaperTerm
    answer: ChecklistAnswer

    @property
    def is_brought(self) -> bool:
        """Whether there are copies to count: the form proposes the catalogue's numbers for every line."""
        return (
            not self.answer.paper
            and not self.answer.share_code
            and self.answer.state not in (ChecklistState.MISSING, ChecklistState.WAIVED)
        )


HELD = "held"


def held_in(content: Mapping[str, str]) -> dict[int, UUID]:
    """Which paper of the applicant's store answers which component of a form from home, by requirement."""
    kept = json.loads(content[HELD]) if content.get(HELD) else {}
    return {int(requirement_id): UUID(paper) for requirement_id, paper in kept.items()}


def settle_papers(terms: Sequence[PaperTerm], answers: Sequence[ChecklistAnswer]) -> list[PaperLine]:
    """Every component with its answer.

    Raises the refusals of `check_line`, `dossier.paper_unpublished` for a paper that is not a component,
    `dossier.paper_state` for an unknown state and `dossier.paper_missing` naming required papers that are neither
    there, electronic nor waived.
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
    for line in lines:
        check_line(line)
    _refuse_missing(lines)
    return lines


def check_line(line: PaperLine) -> None:
    """What one answer may say of its component.

    Raises dossier.paper_never_demanded (a residence book taken), dossier.look_up_missing (waived without a look-up),
    dossier.residence_reason_missing (a residence paper taken without saying why no look-up worked),
    dossier.paper_not_electronic and dossier.look_up_misplaced.
    """
    kind, answer = line.term.paper_type, line.answer
    if kind in NEVER_DEMANDED and answer.state in TAKEN:
        raise refusal(line, "dossier.paper_never_demanded", NEVER_DEMANDED_WHY)
    if (answer.paper or answer.share_code) and answer.state != ChecklistState.ELECTRONIC:
        raise refusal(line, "dossier.paper_not_electronic", "Giấy tờ trong kho chỉ dùng cho dòng “đã có bản điện tử”.")
    if kind in LOOKED_UP:
        _check_look_up(line, kind)
    elif answer.look_up is not None and answer.state != ChecklistState.WAIVED:
        raise _misplaced(line)


def _check_look_up(line: PaperLine, kind: str) -> None:
    answer, found = line.answer, line.answer.look_up
    if answer.state == ChecklistState.WAIVED and found is None:
        raise refusal(line, "dossier.look_up_missing", "Miễn giấy tờ này thì phải ghi đã tra cứu bằng cách nào.")
    if kind == PaperType.RESIDENCE_PROOF and answer.state in TAKEN:
        if found is None or found.method != LookUpMethod.FALLBACK:
            raise refusal(
                line,
                "dossier.residence_reason_missing",
                "Chỉ nhận giấy tờ về cư trú khi không tra cứu được; xin ghi lý do không tra cứu được.",
            )
    elif found is not None and answer.state != ChecklistState.WAIVED:
        raise _misplaced(line)


def _misplaced(line: PaperLine) -> DomainError:
    return refusal(line, "dossier.look_up_misplaced", "Chỉ ghi tra cứu cho giấy tờ được miễn.")


def refusal(line: PaperLine, code: str, message: str) -> DomainError:
    """A refusal that stands at its line."""
    return DomainError(
        code, f"{line.term.name[:120]}: {message}", "checklist", data={"requirement_ids": [line.term.requirement_id]}
    )


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
    lacking = [line.term for line in lines if line.answer.state == ChecklistState.MISSING]
    missing = [term for term in lacking if term.required and term.paper_type not in NEVER_DEMANDED]
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
