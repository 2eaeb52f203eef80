"""Store what a citizen uploads: checked by content, named at random, kept private (domain.md §7.2).

Helpers of the online acts. A file is read before anything is locked; one whose row is rolled back or erased goes from
the disk as well. While the virus scanner is silent a file is kept and shown to nobody (`recheck_held`).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from dossiers.constants import UploadState
from dossiers.models import Dossier, FiledPaper, FilingDraft
from dossiers.services.kept_files import drop_file, keep_file
from dossiers.services.result_content import ResultContent, checked_upload
from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import clean_text

NAME_MAX = 120


def read_paper(file: UploadedFile[Any], requirement_id: int | None) -> ResultContent:
    """The checked file, outside any transaction: it may take seconds. Raises DomainError filing.empty, .too_large,
    .bad_type and the checker's other codes under `filing`."""
    who = f"Tệp “{_shown_name(file.name or '', '')}”"
    return checked_upload(file, prefix="filing", field=f"paper-{requirement_id}", who=who)


def store_paper(
    *,
    content: ResultContent,
    name: str,
    requirement_id: int | None,
    present: Iterable[FiledPaper],
    now: datetime,
    draft: FilingDraft | None = None,
    dossier: Dossier | None = None,
) -> FiledPaper:
    """The stored paper; inside a transaction, with the draft or dossier locked. `present` are the files there already.

    Raises DomainError filing.too_many, .total_too_large.
    """
    _refuse_too_much(list(present), content.size_bytes, f"paper-{requirement_id}")
    paper = FiledPaper(
        draft=draft,
        dossier=dossier,
        requirement_id=requirement_id,
        name=_shown_name(name, content.suffix),
        state=UploadState.HELD if content.shown is None else UploadState.SHOWN,
        check_code=content.check_code,
        content_type=content.content_type,
        size_bytes=content.size_bytes,
        sha256=content.sha256,
        uploaded_at=now,
    )
    kept = keep_file(content, f"filed/{now:%Y/%m}/{uuid.uuid4().hex}{content.suffix}")
    paper.file.name, paper.original.name = kept
    try:
        paper.save(force_insert=True)
    except BaseException:
        drop_file(kept[0])
        raise
    return paper


@contextmanager
def kept_if_done() -> Iterator[list[FiledPaper]]:
    """A list for the papers stored inside; when the act is refused after all, their files go from the disk."""
    stored: list[FiledPaper] = []
    try:
        yield stored
    except BaseException:
        for paper in stored:
            drop_file(paper.file.name or "")
        raise


def forget_file(sender: type[FiledPaper], instance: FiledPaper, **kwargs: Any) -> None:
    """After a paper's row is deleted (retention, a changed mind): its files go once that is certain."""
    for name in (instance.file.name, instance.original.name):
        if name:
            transaction.on_commit(lambda name=name: default_storage.delete(name))  # type: ignore[misc]


def _refuse_too_much(present: list[FiledPaper], more_bytes: int, field: str) -> None:
    if len(present) >= settings.FILING_FILES_MAX:
        raise DomainError("filing.too_many", f"Mỗi hồ sơ nhiều nhất {settings.FILING_FILES_MAX} tệp.", field)
    if sum(paper.size_bytes for paper in present) + more_bytes > settings.FILING_TOTAL_MAX_BYTES:
        limit = settings.FILING_TOTAL_MAX_BYTES // (1024 * 1024)
        raise DomainError(
            "filing.total_too_large", f"Tất cả các tệp của hồ sơ nhiều nhất {limit} MB.", field, status=413
        )


def _shown_name(name: str, suffix: str) -> str:
    """The citizen's own file name, only to be shown: no folders, no control characters."""
    plain = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = clean_text("".join(char for char in plain if char.isprintable()))
    return plain.strip(". ")[-NAME_MAX:] or f"tep{suffix}"
