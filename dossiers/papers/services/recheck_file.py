"""Prove a broken file again at the wish of whoever mended the storage. Staff who look after the store."""

from __future__ import annotations

from datetime import datetime

from dossiers.papers.constants import FileState
from dossiers.papers.permissions import FILES
from dossiers.papers.services.check_file import check_file
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common.actors import Actor


def recheck_file(*, actor: Actor, file_id: int, now: datetime | None = None) -> FileState:
    """What the file is now. Raises NotAllowed and the refusals of `check_file`."""
    actor.require(FILES)
    state = check_file(file_id=file_id, now=now)
    record_access(
        actor=actor,
        action="paper.file_rechecked",
        object_type="stored_file",
        object_id=file_id,
        data={"state": state.value},
        now=now,
    )
    return state
