"""What a citizen files online, as typed values; `submit_online` says what is right."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from dossiers.constants import Delivery
from haddong_portal.citizens.services.find_or_create_person import PersonData


@dataclass(frozen=True, kw_only=True)
class FilingData:
    """One online filing. `papers` are uploads by component (requirement id)."""

    procedure_code: str
    unit_id: int
    case_id: int
    person: PersonData
    email: str = ""
    representative: PersonData | None = None
    representative_relation: str = ""
    delivery: str = Delivery.DESK
    delivery_address: str = ""
    request_note: str = ""


@dataclass(frozen=True)
class PaperUpload:
    """One uploaded file for one component of the case."""

    requirement_id: int
    file: UploadedFile[Any]


@dataclass(frozen=True)
class SubmittedDossier:
    """The answer to a filing; `already` when the same draft had been sent before."""

    dossier_id: int
    code: str
    check_due_at: datetime
    draft_key: uuid.UUID
    already: bool = False
