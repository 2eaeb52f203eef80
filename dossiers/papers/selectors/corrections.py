"""Requests of owners to put a paper right: what waits for a clerk's unit, and one of them with the owner's words."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from dossiers.papers.models import PaperCorrection
from dossiers.papers.permissions import STORE
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound

LISTED_MAX = 100


def mine(actor: Actor, rows: QuerySet[PaperCorrection]) -> QuerySet[PaperCorrection]:
    """Of papers that the actor's unit issued or stored, and of those that no unit brought."""
    if actor.sees_all_units:
        return rows
    units = actor.unit_ids
    nobodys = Q(paper__unit__isnull=True, paper__issuer_unit__isnull=True)
    return rows.filter(Q(paper__unit__in=units) | Q(paper__issuer_unit__in=units) | nobodys)


def open_corrections(actor: Actor) -> list[PaperCorrection]:
    """Oldest first, at most 100; whose papers they are and what is said stays on each one's own page."""
    actor.require(STORE)
    rows = mine(actor, PaperCorrection.objects.filter(answered_at__isnull=True)).select_related(
        "paper__type", "paper__unit"
    )
    return list(rows.defer("words", "paper__fields").order_by("id")[:LISTED_MAX])


def correction_page(*, actor: Actor, correction_id: int, now: datetime) -> PaperCorrection:
    """One request with its words; the reading is on record. NotFound correction.not_found."""
    actor.require(STORE)
    joined = ("paper__type", "paper__unit", "paper__owner_person", "paper__owner_organisation", "answered_by")
    row = mine(actor, PaperCorrection.objects.select_related(*joined)).filter(pk=correction_id).first()
    if row is None:
        raise NotFound("Không tìm thấy đề nghị này.", code="correction.not_found")
    record_access(
        actor=actor,
        action="paper.correction_read",
        object_type="paper",
        object_id=row.paper_id,
        person_id=row.paper.owner_person_id,
        purpose="xử lý đề nghị sửa giấy tờ",
        data={"correction": row.pk},
        now=now,
    )
    return row
