"""Take in what scanners left in their folders: each file a paper of the book that takes them. System, safe to repeat.

A file is removed once it is kept; killed in between, the next run knows it by its mark and only removes it. What is
refused goes to `tu-choi/` beside a note that says why. A file that is still written, and everything while a store, a
virus scanner or the book is not ready, stays where it is.
"""

from __future__ import annotations

import contextlib
import logging
import os
import stat
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.conf import settings

from dossiers.papers.models import ScanBatch
from dossiers.papers.services.open_book import add_book_file
from haddong_portal.common.actors import Actor, system_actor
from haddong_portal.common.blobs.marks import mark_of
from haddong_portal.common.errors import DomainError
from haddong_portal.common.files.names import safe_name

REFUSED = "tu-choi"
FILES_MAX = 200
# Not the file's fault: another minute it may be taken.
LATER = frozenset({409, 429, 503})
LATER_CODES = frozenset({"file.scan_unavailable"})
logger = logging.getLogger("haddong.scans")


def sweep_scanner_folders(*, now: datetime | None = None) -> int:
    """How many files were taken in or put aside."""
    done = 0
    for key, place in sorted(settings.SCANNER_FOLDERS.items()):
        rows = ScanBatch.objects.select_related("unit", "folder_user")
        batch = rows.filter(unit__key=key, folder_user__isnull=False, closed_at__isnull=True).first()
        if batch is not None:
            done += _sweep(Path(place), batch, now)
    return done


def _sweep(folder: Path, batch: ScanBatch, now: datetime | None) -> int:
    done = 0
    try:
        for path in _ready(folder):
            if not _take(path, batch, now):
                break
            done += 1
    except OSError as error:
        logger.warning("the scanner folder of %s: %s", batch.unit.key, error.strerror)
    return done


def _ready(folder: Path) -> Iterator[Path]:
    """Whole files in the order of their names: regular ones, untouched for a while; no links, nothing hidden."""
    settled = time.time() - settings.SCANNER_SETTLE_SECONDS
    for path in sorted(folder.iterdir())[:FILES_MAX]:
        found = path.lstat()
        if not path.name.startswith(".") and stat.S_ISREG(found.st_mode) and found.st_mtime <= settled:
            yield path


def _take(path: Path, batch: ScanBatch, now: datetime | None) -> bool:
    """Whether this file is done with; False ends the run of this folder."""
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
        content = file.read(settings.UPLOAD_MAX_BYTES + 1)
    mark, name = mark_of(content), path.name
    try:
        add_book_file(
            actor=_actor(batch), batch_id=batch.public_id, content=content, name=name, file_mark=mark, now=now
        )
    except DomainError as refusal:
        if refusal.code == "scan.file_known":
            path.unlink()
            return True
        if refusal.status in LATER or refusal.code in LATER_CODES:
            return False
        _put_aside(path, refusal)
        return True
    path.unlink()
    return True


def _put_aside(path: Path, refusal: DomainError) -> None:
    aside = path.parent / REFUSED
    aside.mkdir(mode=0o700, exist_ok=True)
    name = f"{time.time_ns()}-{safe_name(path.name, '')}"
    (aside / f"{name}.ly-do.txt").write_text(f"{refusal.message}\nMã: {refusal.code}\n", encoding="utf-8")
    with contextlib.suppress(FileNotFoundError):
        os.replace(path, aside / name)


def _actor(batch: ScanBatch) -> Actor:
    """Whoever let the book take the folder, in its unit."""
    user = batch.folder_user
    assert user is not None, "asked for above"
    units = frozenset({batch.unit_id})
    return replace(system_actor(user.full_name), user_id=user.pk, unit_id=batch.unit_id, unit_ids=units)
