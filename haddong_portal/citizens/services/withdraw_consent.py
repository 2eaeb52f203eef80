"""A person takes a consent back (NĐ 13/2023 art. 12). What was done under it before stays lawful.

The signed-in person for themselves, or a clerk with the person present (right citizens.record_consent). Writes
`withdrawn_at` and an audit row.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haddong_portal.audit.services.record_access import record_access
from haddong_portal.citizens.models import Consent
from haddong_portal.citizens.services.give_consent import check_consent_right, lock_person
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict


@transaction.atomic
def withdraw_consent(*, actor: Actor, person_id: int, purpose: str, now: datetime | None = None) -> Consent:
    """The withdrawn row. Raises NotAllowed and Conflict consent.not_open."""
    check_consent_right(actor, person_id)
    moment = now or clock.now()
    lock_person(person_id)
    consent = Consent.objects.filter(person=person_id, purpose=purpose, withdrawn_at__isnull=True).first()
    if consent is None:
        raise Conflict("consent.not_open", "Sự đồng ý này chưa được ghi hoặc đã rút.")
    consent.withdrawn_at = moment
    consent.save(update_fields=["withdrawn_at"])
    record_access(
        actor=actor,
        action="consent.withdrawn",
        object_type="consent",
        object_id=consent.pk,
        person_id=person_id,
        data={"purpose": purpose},
        now=moment,
    )
    return consent
