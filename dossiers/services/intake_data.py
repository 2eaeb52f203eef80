"""What comes in at the counter or from a connected system, as typed values; `receive_dossier` says what is right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dossiers.constants import Delivery
from dossiers.rules.papers import ChecklistAnswer
from haddong_portal.citizens.services.find_or_create_organisation import OrganisationData
from haddong_portal.citizens.services.find_or_create_person import PersonData
from procedures.constants import Channel

__all__ = ["ChecklistAnswer", "IntakeData", "OrganisationData", "PersonData", "ReceivedDossier"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeData:
    """One intake. Exactly one of `person` and `organisation` is the applicant.

    `phone` and `email` are where the applicant wants to be told; `copies` are sets of papers (bộ hồ sơ);
    `without_receipt`: the result comes at once and nobody asked for form 01.
    """

    procedure_id: int
    case_id: int
    person: PersonData | None = None
    organisation: OrganisationData | None = None
    phone: str = ""
    email: str = ""
    representative: PersonData | None = None
    representative_relation: str = ""
    checklist: tuple[ChecklistAnswer, ...] = ()
    channel: int = Channel.DIRECT
    delivery: str = Delivery.DESK
    delivery_address: str = ""
    copies: int = 1
    request_note: str = ""
    without_receipt: bool = False
    confirmed_duplicate: bool = False


@dataclass(frozen=True, slots=True)
class ReceivedDossier:
    """The answer to an intake; `already` when the same key had been answered before."""

    dossier_id: int
    code: str
    due_at: datetime | None
    explanation: tuple[str, ...]
    already: bool = False
