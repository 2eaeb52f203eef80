"""Keep a result: its row and its private file. Helpers of the acts that bring one, inside their transaction."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from dossiers.models import Dossier, ResultFile
from dossiers.services.kept_files import keep_file
from dossiers.services.result_content import ResultContent, UploadedResult
from haddong_portal.common.actors import Actor
from haddong_portal.common.text import clean_text


@dataclass(frozen=True, kw_only=True)
class ResultData:
    """A result as recorded at the desk; `file` None when it exists on paper only."""

    name: str
    number: str = ""
    issued_on: date | None = None
    signer_name: str = ""
    file: UploadedResult | None = None


def store_result(
    dossier: Dossier, data: ResultData, content: ResultContent | None, stored_name: str, actor: Actor, now: datetime
) -> ResultFile:
    """The written row, its checked file kept under `stored_name` ("" for a result on paper only)."""
    result = ResultFile(
        dossier=dossier,
        number=clean_text(data.number)[:60],
        name=clean_text(data.name)[:300],
        issued_on=data.issued_on,
        signer_name=clean_text(data.signer_name)[:120],
        content_type=content.content_type if content else "",
        size_bytes=content.size_bytes if content else 0,
        sha256=content.sha256 if content else "",
        recorded_by_id=actor.user_id or 0,
        recorded_at=now,
    )
    if content and data.file:
        result.file.name, result.original.name = keep_file(content, stored_name)
    result.save(force_insert=True)
    return result


def random_name(content: ResultContent, now: datetime) -> str:
    """Nothing of the case shows in the name, and none can be guessed."""
    return f"results/{now:%Y/%m}/{uuid.uuid4().hex}{content.suffix}"
