"""What each line of the intake's checklist can be done with: a paper of the store, a look-up, or a paper to bring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dossiers.papers.constants import OwnerRef
from dossiers.papers.selectors.held import HeldPaper, papers_for
from dossiers.rules.papers import LOOKED_UP, NEVER_DEMANDED, NEVER_DEMANDED_WHY
from haddong_portal.common.actors import Actor
from haddong_portal.common.dates import short_date
from procedures.constants import PaperType
from procedures.models import PaperRequirement

MONTH_DAYS, YEAR_DAYS = 30, 365


@dataclass(frozen=True, slots=True)
class HeldLine:
    """One paper of the store in words: which, how old, how sure, from where; `why_not` when it cannot be used."""

    paper: UUID
    name: str
    age: str
    trust: str
    origin: str
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class LineOffer:
    """What a line says beside the four states. `never_demand`: why nobody may ask for this paper."""

    usable: tuple[HeldLine, ...] = ()
    unusable: tuple[HeldLine, ...] = ()
    never_demand: str = ""
    looked_up: bool = False
    residence: bool = False


_NOTHING = LineOffer()


def paper_offers(
    *, actor: Actor, person_id: int | None, requirements: Sequence[PaperRequirement], on: date
) -> dict[int, LineOffer]:
    """By requirement; at most one statement, none before the person is known or when no line names a paper."""
    codes = {one.paper_type for one in requirements if one.paper_type} - LOOKED_UP
    may_ask = person_id is not None and bool(codes) and actor.has_right("paper.see")
    held = papers_for(owner=OwnerRef(person_id=person_id), type_codes=codes, on=on) if may_ask else {}
    return {one.pk: _offer(one, held.get(one.paper_type, [])) for one in requirements}


def own_offers(
    person_id: int, requirements: Sequence[PaperRequirement], *, on: date
) -> dict[int, tuple[HeldLine, ...]]:
    """What the applicant's own store can answer, by requirement: usable papers alone; at most one statement."""
    codes = {one.paper_type for one in requirements if one.paper_type}
    held = papers_for(owner=OwnerRef(person_id=person_id), type_codes=codes, on=on) if codes else {}
    return {
        one.pk: tuple(held_line(paper) for paper in held.get(one.paper_type, ()) if paper.usable)
        for one in requirements
    }


def _offer(requirement: PaperRequirement, held: Sequence[HeldPaper]) -> LineOffer:
    kind = requirement.paper_type
    if not kind:
        return _NOTHING
    return LineOffer(
        usable=tuple(held_line(one) for one in held if one.usable),
        unusable=tuple(held_line(one) for one in held if not one.usable),
        never_demand=NEVER_DEMANDED_WHY if kind in NEVER_DEMANDED else "",
        looked_up=kind in LOOKED_UP,
        residence=kind == PaperType.RESIDENCE_PROOF,
    )


def held_line(held: HeldPaper) -> HeldLine:
    """A paper of the store in words."""
    number = f"{held.type_name} số {held.number}" if held.number else held.type_name
    return HeldLine(
        paper=held.public_id,
        name=number,
        age=_age(held),
        trust=str(held.trust.label),
        origin="; ".join(part for part in (held.issuer_name, str(held.source.label)) if part),
        why_not=held.why_not.sentence if held.why_not else "",
    )


def _age(held: HeldPaper) -> str:
    """ "cấp 12/03/2019 (5 năm trước)"; "" when the day of issue is not known."""
    if held.issued_on is None or held.age_days is None:
        return ""
    return f"cấp {short_date(held.issued_on)} ({_ago(held.age_days)})"


def _ago(days: int) -> str:
    if days < 1:
        return "hôm nay"
    if days < MONTH_DAYS:
        return f"{days} ngày trước"
    return f"{days // MONTH_DAYS} tháng trước" if days < YEAR_DAYS else f"{days // YEAR_DAYS} năm trước"
