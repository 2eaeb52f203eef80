"""Use several stored papers in one act of an upper app (domain.md §7.5): the same rules as `use_paper`, few statements.

Two halves, because the upper app knows its reference late: `lock_for_use` locks the papers and proves each one,
`record_uses` writes one PaperUse and one event each. Staff who may re-use; in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from dossiers.papers.constants import OwnerRef, PaperEventKind, UsePurpose
from dossiers.papers.models import Paper, PaperEvent, PaperUse, PaperVersion
from dossiers.papers.permissions import USE
from dossiers.papers.selectors.held import consent_of
from dossiers.papers.services.recording import paper_event
from dossiers.papers.services.reusing import check_usable, prove_content
from dossiers.papers.services.versions import owner_of
from dossiers.papers.subscriptions import SOURCE
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.insert import insert_rows
from haddong_portal.plumbing.services.plan_deliveries import plan_deliveries


@dataclass(frozen=True, slots=True)
class WantedUse:
    """One paper to be used, for a requirement that accepts papers of these types."""

    paper: UUID
    type_codes: frozenset[str]
    requirement_name: str = ""


@dataclass(frozen=True, slots=True)
class ProvenPaper:
    """A paper that may be used: locked, its rules checked, its content read in full."""

    wanted: WantedUse
    paper: Paper
    version: PaperVersion


def lock_for_use(*, actor: Actor, owner: OwnerRef, wanted: Sequence[WantedUse], now: datetime) -> list[ProvenPaper]:
    """The papers in the order of `wanted`; one statement.

    Raises the refusals of `use_paper`, with the paper at fault as `data["paper"]`.
    """
    assert transaction.get_connection().in_atomic_block, "papers stay locked until the act is done"
    if actor.person_id is None or owner.person_id != actor.person_id:
        actor.require(USE)  # a signed-in citizen needs none for the own papers
    rows = Paper.objects.visible_to(actor).filter(public_id__in=[one.paper for one in wanted])
    rows = rows.annotate(consented=consent_of()).select_related(
        "type", "current_version__original", "current_version__shown"
    )
    rows = rows.defer("current_version__text", "fields").select_for_update(no_key=True, of=("self",)).order_by("pk")
    found = {paper.public_id: paper for paper in rows}
    return [_proven(found.get(one.paper), one, owner, now) for one in wanted]


def record_uses(
    *, actor: Actor, proven: Sequence[ProvenPaper], purpose: str, reference: str, now: datetime
) -> list[PaperUse]:
    """The uses, in the same order; two statements, and one for each listener."""
    uses = [_use(actor, one, purpose, reference, now) for one in proven]
    insert_rows(uses)
    events = [_event(actor, one, use) for one, use in zip(proven, uses, strict=True)]
    insert_rows(events)
    for event in events:
        plan_deliveries(source=SOURCE, kind=event.kind, event_id=event.pk, now=now)
    return uses


def _proven(paper: Paper | None, wanted: WantedUse, owner: OwnerRef, now: datetime) -> ProvenPaper:
    try:
        if paper is None:
            raise NotFound("Không tìm thấy giấy tờ này trong kho.", code="paper.not_found")
        return ProvenPaper(wanted, paper, _prove(paper, wanted, owner, now))
    except DomainError as error:
        error.data["paper"] = str(wanted.paper)
        raise


def _prove(paper: Paper, wanted: WantedUse, owner: OwnerRef, now: datetime) -> PaperVersion:
    version = paper.current_version
    assert version is not None, "a stored paper has a version"
    if owner_of(paper) != owner:
        raise DomainError("paper.wrong_owner", "Giấy tờ này không phải của người nộp hoặc người được đại diện.")
    if paper.type.code not in wanted.type_codes:
        raise DomainError("paper.wrong_type", f"“{paper.type.name}” không đúng loại giấy tờ được yêu cầu.")
    check_usable(paper, version, consented=bool(getattr(paper, "consented", False)), now=now)
    prove_content(version, now=now)
    return version


def _use(actor: Actor, one: ProvenPaper, purpose: str, reference: str, now: datetime) -> PaperUse:
    return PaperUse(
        version=one.version,
        purpose=UsePurpose(purpose),
        reference=reference,
        requirement_name=one.wanted.requirement_name[:500],
        clerk_id=actor.user_id,
        unit_id=actor.unit_id,
        used_at=now,
        pages_saved=one.version.page_count,
        minutes_saved=one.paper.type.minutes_saved,
    )


def _event(actor: Actor, one: ProvenPaper, use: PaperUse) -> PaperEvent:
    return paper_event(
        paper_id=one.paper.pk,
        kind=PaperEventKind.USED,
        actor=actor,
        at=use.used_at,
        reference=use.reference,
        note=use.requirement_name,
        data={"use_id": use.pk, "purpose": use.purpose, "pages": use.pages_saved, "minutes": use.minutes_saved},
    )
