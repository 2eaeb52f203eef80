"""A person consents to one purpose, in the wording of the day (NĐ 13/2023 art. 11: free, informed, per purpose).

The signed-in person for themselves, or a clerk with the person present (right citizens.record_consent). Writes one
Consent and an audit row; silence is never consent, so nothing else in the portal writes one.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haddong_portal.audit.services.record_access import record_access
from haddong_portal.citizens.consent_wordings import wording_of
from haddong_portal.citizens.models import Consent, Person
from haddong_portal.citizens.permissions import RECORD_CONSENT
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound


@transaction.atomic
def give_consent(*, actor: Actor, person_id: int, purpose: str, now: datetime | None = None) -> Consent:
    """The open consent, the earlier one when it is open already. Raises NotAllowed, NotFound consent.no_wording."""
    check_consent_right(actor, person_id)
    moment = now or clock.now()
    wording = wording_of(purpose, on=clock.local(moment).date())
    lock_person(person_id)
    found = Consent.objects.filter(person=person_id, purpose=purpose, withdrawn_at__isnull=True).first()
    if found is not None:
        return found
    consent = Consent(
        person_id=person_id,
        purpose=purpose,
        wording_version=wording.version,
        channel=actor.channel,
        given_at=moment,
    )
    consent.save(force_insert=True)
    record_access(
        actor=actor,
        action="consent.given",
        object_type="consent",
        object_id=consent.pk,
        person_id=person_id,
        data={"purpose": purpose, "wording": wording.version},
        now=moment,
    )
    return consent


def check_consent_right(actor: Actor, person_id: int) -> None:
    """The person alone decides; a clerk writes down what the person said at the desk."""
    if actor.person_id != person_id:
        actor.require(RECORD_CONSENT)


def lock_person(person_id: int) -> None:
    """One decision of a person at a time; NotFound person.not_found."""
    if Person.objects.select_for_update(no_key=True).filter(pk=person_id).first() is None:
        raise NotFound("Không tìm thấy người này.", code="person.not_found")
