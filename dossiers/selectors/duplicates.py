"""What an intake must know of earlier ones: the same key, the same person with the same procedure."""

from __future__ import annotations

from django.db.models import QuerySet

from dossiers.models import Dossier
from haddong_portal.common.prepared import PreparedModels


def received_with_key(*, user_id: int | None, key: str) -> Dossier | None:
    """The dossier that this account received with the same idempotency key."""
    return next(iter(_with_key(user_id=user_id or 0, key=key)), None)


_with_key = PreparedModels(
    lambda user_id, key: Dossier.objects.filter(received_by_id=user_id, intake_key=key).only(
        "code", "due_at", "due_explanation", "intake_digest"
    ),
    user_id=-7_000_001,
    key="?intake_key",
)


def open_duplicate(*, person_id: int | None, organisation_id: int | None, procedure_id: int) -> Dossier | None:
    """An open dossier of the same applicant for the same procedure, the latest."""
    if person_id:
        return next(iter(_of_person(person_id=person_id, procedure_id=procedure_id)), None)
    return next(iter(_of_organisation(organisation_id=organisation_id or 0, procedure_id=procedure_id)), None)


def _open(procedure_id: int, **applicant: int) -> QuerySet[Dossier]:
    rows = Dossier.objects.filter(procedure_id=procedure_id, closed_at__isnull=True, **applicant)
    return rows.only("code", "status").order_by("-id")[:1]


_of_person = PreparedModels(_open, procedure_id=-7_000_001, person_id=-7_000_002)
_of_organisation = PreparedModels(_open, procedure_id=-7_000_001, organisation_id=-7_000_002)
