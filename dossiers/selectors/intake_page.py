"""What the intake page needs beside the typed words: the case's papers, the promise, the fee, the duplicates."""

from __future__ import annotations

from dataclasses import dataclass, field

from dossiers.constants import ChecklistState
from dossiers.models import Dossier
from dossiers.rules.papers import NEVER_DEMANDED
from dossiers.selectors.guidance import EarlierGuidance, earlier_guidance
from dossiers.selectors.people import open_dossiers_of
from dossiers.selectors.promise import Promise, promise_for
from haddong_portal.citizens.selectors.people import person_id_of
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from procedures.models import PaperRequirement, ProcedureCase
from procedures.selectors.intake import FeeLine, IntakeChoice, channel_of, checklist_for_case, fees_for, intake_choice


@dataclass(frozen=True)
class IntakePage:
    """One screen of intake. Everything is empty until a procedure is chosen."""

    choice: IntakeChoice | None = None
    case: ProcedureCase | None = None
    requirements: list[PaperRequirement] = field(default_factory=list)
    promise: Promise | None = None
    fees: list[FeeLine] = field(default_factory=list)
    open_dossiers: list[Dossier] = field(default_factory=list)
    guidance: list[EarlierGuidance] = field(default_factory=list)
    person_id: int | None = None

    missing_count: int = 0

    @property
    def duplicates(self) -> list[Dossier]:
        """Open dossiers of the same person for the same procedure."""
        wanted = self.choice.procedure_id if self.choice else None
        return [dossier for dossier in self.open_dossiers if dossier.procedure_id == wanted]

    @property
    def guided(self) -> EarlierGuidance | None:
        """What the person was told about this case before; they come back with it now."""
        if self.choice is None or self.case is None:
            return None
        same = [each for each in self.guidance if each.procedure_id == self.choice.procedure_id]
        version_id, case_id = self.choice.version_id, self.case.pk
        return next((each for each in same if each.case_id == case_id or each.version_id != version_id), None)


def intake_page(*, actor: Actor, content: dict[str, str]) -> IntakePage:
    """The page for a draft's content; a code that is not performed here counts as not chosen."""
    person_id = person_id_of(content.get("personal_id", ""))
    known = open_dossiers_of(actor=actor, person_id=person_id) if person_id else []
    told = earlier_guidance(unit_id=actor.unit_id or 0, person_id=person_id, now=clock.now())
    choice = intake_choice(content.get("procedure_code", ""), actor.unit_id or 0)
    if choice is None or not choice.cases:
        return IntakePage(open_dossiers=known, guidance=told, person_id=person_id)
    case = _case(choice, content.get("case_id", ""))
    channel = channel_of(content.get("channel", ""))
    papers = checklist_for_case(case.pk)
    return IntakePage(
        choice=choice,
        case=case,
        requirements=papers,
        promise=promise_for(actor=actor, choice=choice, case_id=case.pk, channel=channel, now=clock.now()),
        fees=fees_for(case.pk, channel),
        open_dossiers=known,
        guidance=told,
        person_id=person_id,
        missing_count=_missing(content, papers),
    )


def _missing(content: dict[str, str], papers: list[PaperRequirement]) -> int:
    """How many boxes still keep the dossier from being received: name, number, required papers."""
    boxes = sum(not content.get(name, "").strip() for name in ("full_name", "personal_id"))
    lacking = ChecklistState.MISSING
    return boxes + sum(
        paper.required
        and paper.paper_type not in NEVER_DEMANDED
        and content.get(f"paper-{paper.pk}-state", lacking) == lacking
        for paper in papers
    )


def _case(choice: IntakeChoice, wanted: str) -> ProcedureCase:
    return next((case for case in choice.cases if str(case.pk) == wanted), choice.cases[0])
