"""What the stores of the people in a declaration hold for its papers: nothing that is held is asked for again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dossiers.papers.constants import OwnerRef
from dossiers.papers.selectors.held import HeldPaper, papers_for
from dossiers.selectors.paper_offers import HeldLine, held_line
from haddong_portal.citizens.selectors.people import person_id_of
from haddong_portal.common.actors import Actor
from interlink.rules.template import Template

Offers = dict[str, tuple[tuple[HeldLine, ...], tuple[HeldLine, ...]]]


def people_declared(template: Template, facts: Mapping[str, str]) -> list[int]:
    """The people of the declaration whom the administration knows by their number, each once."""
    people = [section.key for section in template.sections if section.person]
    found = (person_id_of(facts.get(f"{key}.personal_id", "")) for key in people)
    return list(dict.fromkeys(one for one in found if one is not None))


def declared_paper_offers(*, actor: Actor, template: Template, facts: Mapping[str, str], on: date) -> Offers:
    """By paper of the template: usable, unusable. One statement a person, none where no line names a type."""
    codes = {code for paper in template.papers for code in (paper.paper_type, *paper.substitutes) if code}
    if not codes or not actor.has_right("paper.see"):
        return {}
    held: dict[str, list[HeldPaper]] = {}
    for person_id in people_declared(template, facts):
        for code, papers in papers_for(owner=OwnerRef(person_id=person_id), type_codes=codes, on=on).items():
            held.setdefault(code, []).extend(papers)
    return {paper.key: _offer(held, (paper.paper_type, *paper.substitutes)) for paper in template.papers}


def _offer(
    held: Mapping[str, list[HeldPaper]], codes: tuple[str, ...]
) -> tuple[tuple[HeldLine, ...], tuple[HeldLine, ...]]:
    papers = [one for code in codes for one in held.get(code, ())]
    usable = tuple(held_line(one) for one in papers if one.usable)
    return usable, tuple(held_line(one) for one in papers if not one.usable)
