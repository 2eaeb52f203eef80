"""What both slips of the counter do alike: the same key answers with the same slip, races are tried again, the read
of the person is audited. Helpers of `guide_applicant` and `refuse_intake`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError

from dossiers.models import Slip
from dossiers.services.counter_data import KEY_LENGTH_MAX
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError

# The same form sent twice, or the same new person written by another request a moment before.
_RACES = ("slip_intake_key_unique", "person_personal_id_unique")


def once_per_key(*, actor: Actor, key: str, issue: Callable[[], Slip]) -> Slip:
    """The slip of `issue`, an own transaction that is tried once more after a race; a key used before has its slip."""
    if not 0 < len(key) <= KEY_LENGTH_MAX:
        raise DomainError("idempotency.bad_key", f"Khóa chống gửi trùng phải có từ 1 đến {KEY_LENGTH_MAX} ký tự.")
    try:
        return _known(actor, key) or issue()
    except IntegrityError as error:
        if not any(name in str(error) for name in _RACES):
            raise
    return _known(actor, key) or issue()


def record_slip(slip: Slip, *, actor: Actor, action: str, now: datetime) -> None:
    """The audit row of an act that leaves no dossier and so no event."""
    record_access(
        actor=actor,
        action=action,
        object_type="slip",
        object_id=slip.pk,
        person_id=slip.person_id,
        purpose=str(slip),
        now=now,
    )


def _known(actor: Actor, key: str) -> Slip | None:
    return Slip.objects.filter(issued_by_id=actor.user_id, intake_key=key).first()
