"""Whether a matter named by a lower app ("dossier:<code>") is one the actor may act on."""

from __future__ import annotations

from dossiers.constants import OPEN
from dossiers.models import Dossier
from dossiers.papers.constants import OwnerRef
from dossiers.papers.ports import ReferenceView
from haddong_portal.common.actors import Actor

PREFIX = "dossier"


def reference_of(code: str) -> str:
    """How look-ups and uses of papers name a dossier."""
    return f"{PREFIX}:{code}"


def may_act_on_dossier(*, actor: Actor, name: str) -> bool:
    """Whether the dossier of this code is visible to the actor and still at work."""
    return Dossier.objects.visible_to(actor).filter(code=name, status__in=OPEN).exists()


def paper_reference(actor: Actor, name: str) -> ReferenceView | None:
    """What papers may know of a dossier: visible to the actor, and whose papers it is about; None for any other.

    Once it is over it concerns nobody's other papers any more: those that were used in it are known by their use.
    """
    columns = ("person_id", "organisation_id", "status")
    found = Dossier.objects.visible_to(actor).filter(code=name).values_list(*columns).first()
    if found is None:
        return None
    person_id, organisation_id, status = found
    if status not in OPEN:
        return ReferenceView()
    return ReferenceView(frozenset({OwnerRef(person_id=person_id, organisation_id=organisation_id)}))
