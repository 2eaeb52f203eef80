"""The story of a dossier as rows, for the API and for subscribers."""

from __future__ import annotations

from datetime import datetime

from dossiers.models import Dossier, DossierEvent
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound


def event_by_id(event_id: int) -> DossierEvent:
    """The event of a delivery, its dossier joined."""
    return DossierEvent.objects.select_related("dossier").get(pk=event_id)


def dossier_events(*, actor: Actor, code: str, now: datetime) -> list[DossierEvent]:
    """Every event of a visible dossier, oldest first; NotFound otherwise. The read leaves an audit row."""
    dossier = Dossier.objects.visible_to(actor).filter(code=code).only("id", "person_id").first()
    if dossier is None:
        raise NotFound("Không tìm thấy hồ sơ này.", code="dossier.not_found")
    record_access(
        actor=actor,
        action="dossier.read",
        object_type="dossier",
        object_id=dossier.pk,
        person_id=dossier.person_id,
        purpose="đọc diễn biến qua API",
        now=now,
    )
    return list(DossierEvent.objects.filter(dossier_id=dossier.pk).order_by("id"))
