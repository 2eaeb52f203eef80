"""What comes in from home and what is answered, as typed values."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile


@dataclass(frozen=True)
class PaperUpload:
    """One uploaded file for one component of the case."""

    requirement_id: int
    file: UploadedFile[Any]


@dataclass(frozen=True)
class SystemFiling:
    """What a connected system files for somebody: `content` in the words of the form from home (`case_id` too)."""

    procedure_code: str
    unit_id: int
    phone: str
    phone_confirmed_at: datetime | None
    content: Mapping[str, str]


@dataclass(frozen=True)
class SubmittedDossier:
    """The answer to a filing; `already` when the same draft had been sent before, and the desk may have answered
    since (no `check_due_at`)."""

    dossier_id: int
    code: str
    check_due_at: datetime | None
    draft_key: uuid.UUID
    already: bool = False
