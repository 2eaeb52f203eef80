"""Let an open book take the files of the unit's scanner folder, or stop that. Clerks and head of a unit.

One book of a unit at a time: a scanner drops its files into one place. Writes the batches.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import transaction

from dossiers.papers.models import ScanBatch
from dossiers.papers.permissions import DIGITISE
from dossiers.papers.services.book_locking import lock_book
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError


@transaction.atomic
def take_folder(*, actor: Actor, batch_id: UUID) -> ScanBatch:
    """The batch that takes the files from now on. Raises the refusals of `lock_book`, DomainError scan.no_folder."""
    batch = lock_book(actor=actor, right=DIGITISE, batch_id=batch_id)
    if batch.unit.key not in settings.SCANNER_FOLDERS:
        raise DomainError("scan.no_folder", "Đơn vị chưa có thư mục máy quét trên máy chủ.")
    ScanBatch.objects.filter(unit=batch.unit_id, folder_user__isnull=False).update(folder_user=None)
    batch.folder_user_id = actor.user_id
    batch.save(update_fields=["folder_user"])
    return batch


@transaction.atomic
def leave_folder(*, actor: Actor, batch_id: UUID) -> ScanBatch:
    """The batch that takes no files by itself any more."""
    batch = lock_book(actor=actor, right=DIGITISE, batch_id=batch_id)
    batch.folder_user = None
    batch.save(update_fields=["folder_user"])
    return batch
