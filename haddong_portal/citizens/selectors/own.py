"""What a person sees of their own sign-in and consents, and a clerk of somebody's verified phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from haddong_portal.citizens.consent_wordings import ConsentWording, purposes, wording_of
from haddong_portal.citizens.models import Consent, VerifiedPhone


@dataclass(frozen=True)
class ConsentLine:
    """One purpose: the wording in force, the open consent if there is one, and those that ended."""

    wording: ConsentWording
    open: Consent | None
    ended: list[Consent]


def open_phone(person_id: int) -> VerifiedPhone | None:
    """The phone that opens this person's papers now, with who verified it where."""
    rows = VerifiedPhone.objects.filter(person=person_id, ended_at__isnull=True)
    return rows.select_related("verified_by", "unit").first()


def has_open_consent(person_id: int, purpose: str) -> bool:
    """Whether the person's consent to `purpose` is open now."""
    return Consent.objects.filter(person=person_id, purpose=purpose, withdrawn_at__isnull=True).exists()


def consent_lines(person_id: int, *, on: date) -> list[ConsentLine]:
    """Every purpose that is asked for, whether the person has answered or not."""
    given = list(Consent.objects.filter(person=person_id).order_by("-given_at"))
    return [
        ConsentLine(
            wording_of(purpose, on=on),
            next((one for one in given if one.purpose == purpose and one.withdrawn_at is None), None),
            [one for one in given if one.purpose == purpose and one.withdrawn_at is not None],
        )
        for purpose in purposes()
    ]
