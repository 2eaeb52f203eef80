"""Look at what the store holds of one person: that and which, no content. Staff who may see the store; on record.

The person is named by their whole number, so that nobody leafs through people.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from dossiers.papers.constants import OwnerRef
from dossiers.papers.permissions import SEE
from dossiers.papers.selectors.store_page import StoredRow, owner_papers
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.citizens.selectors.people import person_by_personal_id
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.common.identifiers.masking import mask_id
from haddong_portal.common.text import clean_text

PURPOSE_MAX = 200


@dataclass(frozen=True, slots=True)
class Looked:
    """Who was looked at (None: nobody has this number here) and what the store holds of them."""

    name: str | None
    masked_id: str
    rows: list[StoredRow] = field(default_factory=list)


def look_into_store(*, actor: Actor, personal_id: str, purpose: str, now: datetime | None = None) -> Looked:
    """Raises NotAllowed, DomainError paper.purpose_missing, and personal_id.* for a number that cannot be one."""
    actor.require(SEE)
    told = clean_text(purpose)[:PURPOSE_MAX]
    if not told:
        raise DomainError("paper.purpose_missing", "Phải ghi lý do xem.", "purpose")
    moment = clock.local(now or clock.now())
    person = person_by_personal_id(actor=actor, number=personal_id, purpose=told, now=moment)
    if person is None:
        return Looked(None, mask_id(personal_id.strip()))
    record_access(
        actor=actor,
        action=SEE,
        object_type="person",
        object_id=person.pk,
        person_id=person.pk,
        purpose=told,
        now=moment,
    )
    rows = owner_papers(actor=actor, owner=OwnerRef(person_id=person.pk), on=moment.date())
    return Looked(person.full_name, mask_id(person.personal_id), rows)
