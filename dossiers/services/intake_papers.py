"""The store's side of an intake: papers used instead of new ones, looked up, or taken although the store holds them.

Part of `receive_dossier`, in its transaction. Checked before any counter row is locked, written once the code is
known. An intake that brings nothing of the kind costs nothing here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from dossiers.models import ChecklistLine
from dossiers.papers.constants import OwnerRef, UsePurpose
from dossiers.papers.models import ShareCode
from dossiers.papers.selectors.held import papers_for
from dossiers.papers.services.record_taken_anyway import record_taken_anyway
from dossiers.papers.services.use_papers import ProvenPaper, WantedUse, lock_for_use, record_uses
from dossiers.papers.services.use_shared_paper import record_shared_use, take_shared_paper
from dossiers.rules.clock_policy import ClockPolicy
from dossiers.rules.intake_papers import looks_in_store_first
from dossiers.rules.papers import LOOKED_UP, REASON_MAX, TAKEN, PaperLine
from dossiers.selectors.matters import reference_of
from dossiers.services.applicants import Applicant
from haddong_portal.citizens.services.look_up_residence import WantedLookUp, record_look_ups
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError
from haddong_portal.common.text import clean_text
from procedures.constants import RequirementKind

PURPOSE = "tiếp nhận hồ sơ"


@dataclass
class StorePart:
    """What is to be written beside the checklist; places are those of its lines, `taken` is (type code, reason)."""

    owner: OwnerRef
    looked_up_person: int | None
    used: list[tuple[int, ProvenPaper]] = field(default_factory=list)
    shared: list[tuple[int, ShareCode]] = field(default_factory=list)
    look_ups: list[tuple[int, WantedLookUp]] = field(default_factory=list)
    taken: list[tuple[str, str]] = field(default_factory=list)


def store_part(
    *, actor: Actor, lines: Sequence[PaperLine], applicant: Applicant, policy: ClockPolicy, now: datetime
) -> StorePart | None:
    """The part, its papers locked and proven; None when the intake has none. A paper taken although it is held is
    asked about where the rule-set looks through the store first.

    Raises the refusals of `lock_for_use` at their line, Conflict dossier.paper_held and DomainError
    dossier.look_up_no_person.
    """
    answers = [line.answer for line in lines]
    asks_store = looks_in_store_first(policy) and not applicant.is_new and any(map(_may_be_held, lines))
    if not asks_store and not any(answer.paper or answer.look_up or answer.share_code for answer in answers):
        return None
    part = StorePart(
        OwnerRef(person_id=applicant.person_id, organisation_id=applicant.organisation_id),
        applicant.person_id or applicant.representative_id,
    )
    part.used = _proven(actor, part.owner, lines, now)
    part.shared = _shared(actor, lines, now)
    part.look_ups = _look_ups(lines, part.looked_up_person)
    part.taken = _taken(part.owner, lines, now) if asks_store else []
    return part


def write_store_part(
    part: StorePart, *, actor: Actor, code: str, checklist: Sequence[ChecklistLine], now: datetime
) -> None:
    """Uses, look-ups and takings under the dossier's reference; the lines of the checklist learn theirs."""
    reference = reference_of(code)
    proven = [one for _, one in part.used]
    if proven:
        uses = record_uses(actor=actor, proven=proven, purpose=UsePurpose.INTAKE, reference=reference, now=now)
        for (place, _), use in zip(part.used, uses, strict=True):
            checklist[place].paper_use_id = use.pk
    for place, share in part.shared:
        name = checklist[place].name
        use = record_shared_use(share, actor=actor, reference=reference, requirement_name=name, now=now)
        checklist[place].paper_use_id = use.pk
    if part.look_ups and part.looked_up_person:
        wanted = [one for _, one in part.look_ups]
        rows = record_look_ups(
            actor=actor,
            person_id=part.looked_up_person,
            wanted=wanted,
            purpose=PURPOSE,
            reference=reference,
            now=now,
        )
        for (place, _), row in zip(part.look_ups, rows, strict=True):
            checklist[place].look_up_id = row.pk
    for type_code, reason in part.taken:
        record_taken_anyway(
            actor=actor, owner=part.owner, type_code=type_code, reference=reference, reason=reason, now=now
        )


def _may_be_held(line: PaperLine) -> bool:
    """A paper was taken of which the store might have one; what is only shown is given back at once."""
    term = line.term
    of_store = bool(term.paper_type) and term.paper_type not in LOOKED_UP and term.kind == RequirementKind.SUBMIT
    return of_store and line.answer.state in TAKEN


def _proven(actor: Actor, owner: OwnerRef, lines: Sequence[PaperLine], now: datetime) -> list[tuple[int, ProvenPaper]]:
    wanted = [
        (place, WantedUse(line.answer.paper, frozenset({line.term.paper_type}), line.term.name))
        for place, line in enumerate(lines)
        if line.answer.paper is not None
    ]
    if not wanted:
        return []
    try:
        proven = lock_for_use(actor=actor, owner=owner, wanted=[one for _, one in wanted], now=now)
    except DomainError as error:
        raise _at_its_line(error, lines) from error
    return [(place, one) for (place, _), one in zip(wanted, proven, strict=True)]


def _shared(actor: Actor, lines: Sequence[PaperLine], now: datetime) -> list[tuple[int, ShareCode]]:
    """What owners hand over by a code: each line's code is taken, and given back when the intake is refused."""
    found = []
    for place, line in enumerate(lines):
        if not line.answer.share_code:
            continue
        kinds = {line.term.paper_type} - {""}
        try:
            share = take_shared_paper(actor=actor, code=line.answer.share_code, type_codes=kinds, now=now)
        except DomainError as error:
            data = {"requirement_ids": [line.term.requirement_id]}
            words = f"{line.term.name[:120]}: {error.message}"
            raise DomainError(error.code, words, "checklist", status=error.status, data=data) from error
        found.append((place, share))
    return found


def _at_its_line(error: DomainError, lines: Sequence[PaperLine]) -> DomainError:
    """The same refusal, naming the line it belongs to; nothing else of the intake is lost."""
    line = next((one for one in lines if str(one.answer.paper) == error.data.get("paper")), None)
    if line is None:
        return error
    return DomainError(
        error.code,
        f"{line.term.name[:120]}: {error.message} Xin nhận bản giấy hoặc chọn giấy tờ khác.",
        "checklist",
        status=error.status,
        data={"requirement_ids": [line.term.requirement_id]},
    )


def _look_ups(lines: Sequence[PaperLine], person_id: int | None) -> list[tuple[int, WantedLookUp]]:
    found = [
        (place, WantedLookUp(line.answer.look_up, line.term.name))
        for place, line in enumerate(lines)
        if line.answer.look_up is not None
    ]
    if found and person_id is None:
        raise DomainError(
            "dossier.look_up_no_person", "Chỉ tra cứu được về một người: xin ghi người nộp thay tổ chức.", "checklist"
        )
    return found


def _taken(owner: OwnerRef, lines: Sequence[PaperLine], now: datetime) -> list[tuple[str, str]]:
    """Papers taken although a usable one is held, each with its reason."""
    asked = [line for line in lines if _may_be_held(line)]
    held = papers_for(owner=owner, type_codes=[line.term.paper_type for line in asked], on=now.date())
    again = [line for line in asked if any(one.usable for one in held.get(line.term.paper_type, ()))]
    silent = [line for line in again if not clean_text(line.answer.taken_reason)]
    if silent:
        names = "; ".join(line.term.name[:120] for line in silent[:3])
        raise Conflict(
            "dossier.paper_held",
            f"Kho đã có bản điện tử dùng được: {names}. Xin dùng lại, hoặc ghi lý do nhận bản giấy.",
            "checklist",
            data={"requirement_ids": [line.term.requirement_id for line in silent]},
        )
    return [(line.term.paper_type, clean_text(line.answer.taken_reason)[:REASON_MAX]) for line in again]
