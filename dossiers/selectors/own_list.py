"""The dossiers of a signed-in citizen, newest first, each with the way to its progress."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dossiers.constants import Status
from dossiers.models import Dossier
from dossiers.selectors.links import tracking_token
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotAllowed

SHOWN_MAX = 50


@dataclass(frozen=True)
class OwnDossierLine:
    """One dossier as its tracking page names it: never an officer's name or note."""

    code: str
    token: str
    procedure_name: str
    state_label: str
    desk_name: str
    began_at: datetime | None
    due_at: datetime | None
    is_open: bool


def own_dossiers(*, actor: Actor) -> list[OwnDossierLine]:
    """At most 50, of the person alone; the read leaves an audit row. NotAllowed for anybody but a citizen."""
    if actor.person_id is None:
        raise NotAllowed()
    record_access(
        actor=actor,
        action="dossier.own_list",
        object_type="person",
        object_id=actor.person_id,
        person_id=actor.person_id,
        purpose="công dân xem hồ sơ của mình",
    )
    rows = Dossier.objects.filter(person=actor.person_id).select_related("receiving_unit").order_by("-id")
    return [_line(dossier) for dossier in rows[:SHOWN_MAX]]


def _line(dossier: Dossier) -> OwnDossierLine:
    return OwnDossierLine(
        code=dossier.code,
        token=tracking_token(dossier.code),
        procedure_name=dossier.procedure_name,
        state_label=Status(dossier.status).label,
        desk_name=dossier.receiving_unit.short_name,
        began_at=dossier.accepted_at or dossier.submitted_at,
        due_at=dossier.due_at,
        is_open=dossier.closed_at is None,
    )
