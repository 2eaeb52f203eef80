"""What comes in from home and what is answered, as typed values."""

from __future__ import annotations

import uuid
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
class SubmittedDossier:
    """The answer to a filing; `already` when the same draft had been sent before."""

    dossier_id: int
    code: str
    check_due_at: datetime
    draft_key: uuid.UUID
    already: bool = False
