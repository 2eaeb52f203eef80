"""What an intake must know of earlier ones: the same key, the same person with the same procedure."""

from __future__ import annotations

from dossiers.models import Dossier


def received_with_key(*, user_id: int | None, key: str) -> Dossier | None:
    """The dossier that this account received with the same idempotency key."""
    rows = Dossier.objects.filter(received_by_id=user_id, intake_key=key)
    return rows.only("code", "due_at", "due_explanation", "intake_digest").first()


def open_duplicate(*, person_id: int | None, organisation_id: int | None, procedure_id: int) -> Dossier | None:
    """An open dossier of the same applicant for the same procedure, the latest."""
    rows = Dossier.objects.filter(procedure_id=procedure_id, closed_at__isnull=True)
    mine = rows.filter(person_id=person_id) if person_id else rows.filter(organisation_id=organisation_id or 0)
    return mine.only("code", "status").order_by("-id").first()
