"""The papers that a leg sends along: declared ones by reference, issued ones as signed papers of the store."""

from __future__ import annotations

from typing import Any

from dossiers.models import ResultFile
from dossiers.papers.constants import OwnerRef, UsePurpose
from dossiers.papers.models import PaperVersion
from dossiers.papers.services.use_paper import use_paper
from interlink.models import Leg
from interlink.rules.template import LegPlan
from interlink.services.acting import case_actor
from interlink.services.locking import LockedCase

REFERENCE = "linked"


def reference_of(code: str) -> str:
    """Under what uses of papers of a case are filed."""
    return f"{REFERENCE}:{code}"


def papers_for(locked: LockedCase, plan: LegPlan) -> list[dict[str, Any]]:
    """One entry per filled slot: `paper_id` and `version_id` where the store holds it, else what was declared.

    Each use of a stored paper goes on record. Raises the refusals of `use_paper` (revoked, damaged, unsigned …).
    """
    found = []
    for slot, source in plan.papers.items():
        entry = (
            _issued(locked, plan, slot, source.result_paper)
            if source.result_paper
            else _declared(locked, slot, source.paper)
        )
        if entry:
            found.append(entry)
    return found


def _declared(locked: LockedCase, slot: str, key: str) -> dict[str, Any] | None:
    given = locked.declared.papers.get(key)
    if not given or given.get("state") == "missing":
        return None
    return {"slot": slot, "name": _label(locked, key), **given}


def _issued(locked: LockedCase, plan: LegPlan, slot: str, leg_key: str) -> dict[str, Any] | None:
    """The current signed paper of a leg before it; number and date alone when it exists on paper only."""
    leg = locked.leg(leg_key)
    version = issued_version(leg)
    told: dict[str, Any] = {"slot": slot, "name": leg.name, "number": leg.outcome_number}
    told["date"] = leg.outcome_date.isoformat() if leg.outcome_date else ""
    if version is None:
        return told
    paper = version.paper
    use_paper(
        actor=case_actor(locked.case),
        paper_id=paper.pk,
        owner=OwnerRef(person_id=paper.owner_person_id, organisation_id=paper.owner_organisation_id),
        type_codes=[paper.type.code],
        purpose=UsePurpose.LINKED,
        reference=reference_of(locked.case.code),
        requirement_name=f"{plan.name}: {slot}",  # one use for each leg that takes it along
        now=locked.now,
    )
    return {**told, "paper_id": paper.pk, "version_id": version.pk, "sha256": version.sha256, "type": paper.type.code}


def issued_version(leg: Leg) -> PaperVersion | None:
    """The signed result of an own dossier as the store holds it; None without one."""
    if leg.dossier_id is None:
        return None
    rows = ResultFile.objects.filter(dossier_id=leg.dossier_id, is_refusal=False, superseded_at__isnull=True)
    result = rows.select_related("paper_version__paper__type").order_by("-id").first()
    return result.paper_version if result else None


def _label(locked: LockedCase, key: str) -> str:
    return next((paper.label for paper in locked.template.papers if paper.key == key), key)
