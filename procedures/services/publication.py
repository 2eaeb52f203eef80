"""What publishing means for rows: what forbids it, what takes over, what goes out of force.

Shared by the act of an editor and by the import. Called inside their transactions, with the procedure locked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from haddong_portal.common.errors import DomainError
from procedures.constants import Blocker, Part, PublicationState
from procedures.models import Procedure, ProcedureVersion
from procedures.rules.completeness import PART_LETTERS, VersionParts, blockers, missing_parts
from procedures.rules.page import CaseFacts, build_page

OWN_PROVINCE = "H26"
_PROVINCE_SCOPE = re.compile(r" (H\d{2})$")
PUBLISHABLE = (PublicationState.DRAFT, PublicationState.PENDING)


def why_not_publishable(version: ProcedureVersion, facts: Sequence[CaseFacts]) -> DomainError | None:
    """The refusal for a version that lacks a statutory part or asks for a paper that may not be asked for."""
    papers = [paper for one in facts for paper in one.case.requirements]
    missing = missing_parts(
        VersionParts(
            name=version.name,
            steps=version.steps,
            methods=version.methods,
            subjects=version.subjects,
            agencies=version.agencies,
            papers=len(papers),
            limit_texts=[limit.text for one in facts for limit in one.limits],
        )
    )
    if missing:
        named = "; ".join(f"{PART_LETTERS[part]}) {Part(part).label}" for part in missing)
        message = f"Chưa công bố được vì còn thiếu: {named}."
        return DomainError("procedure.incomplete", message, "missing_parts", data={"parts": missing})
    if forbidden := blockers(paper.paper_type for paper in papers):
        named = "; ".join(Blocker(one).label for one in forbidden)
        return DomainError(
            "procedure.unlawful", f"Không được công bố: {named}.", "requirements", data={"why": forbidden}
        )
    return None


def take_over(version: ProcedureVersion, facts: Sequence[CaseFacts], *, now: datetime) -> None:
    """Put the version in force in place of the one before it, with its page built anew."""
    for current in ProcedureVersion.objects.published().filter(procedure_id=version.procedure_id):
        supersede(current, now=now)
    version.state = PublicationState.PUBLISHED
    version.published_at, version.valid_from, version.valid_to = now, now.date(), None
    version.missing_parts, version.blockers = [], []
    version.page = build_page(version.levels, facts)
    fields = ["state", "published_at", "valid_from", "valid_to", "missing_parts", "blockers", "page"]
    ProcedureVersion.objects.bulk_update([version], fields)
    ProcedureVersion.history.bulk_history_create([version], update=True, default_date=now)
    set_current(version.procedure, version, now=now)


def supersede(current: ProcedureVersion, *, now: datetime) -> None:
    """Take a published version out of force; its dossiers keep it."""
    first_day_without = now.date()
    if current.valid_from is not None and first_day_without <= current.valid_from:
        first_day_without = current.valid_from + timedelta(days=1)
    ProcedureVersion.objects.filter(pk=current.pk).update(state=PublicationState.AMENDED, valid_to=first_day_without)
    current.state, current.valid_to = PublicationState.AMENDED, first_day_without
    ProcedureVersion.history.bulk_history_create([current], update=True, default_date=now)


def set_current(procedure: Procedure, version: ProcedureVersion, *, now: datetime) -> None:
    """Point the procedure at the version in force."""
    Procedure.objects.filter(pk=procedure.pk).update(current_version=version)
    procedure.current_version = version
    Procedure.history.bulk_history_create([procedure], update=True, default_date=now)


def keeps_force(current: ProcedureVersion, source: str, as_of_on: date | None) -> bool:
    """Whether the version in force stays when a version of `source` and day arrives.

    A version that speaks for a later day stays; so does a national or own one when another province's arrives.
    """
    if as_of_on is not None and current.as_of_on is not None and as_of_on < current.as_of_on:
        return True
    return is_of_another_province(source) and not is_of_another_province(current.source)


def is_of_another_province(source: str) -> bool:
    """Sources end with the scope that published them; Hà Nội's is H26."""
    scope = _PROVINCE_SCOPE.search(source)
    return scope is not None and scope.group(1) != OWN_PROVINCE
