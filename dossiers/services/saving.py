"""The third step of an act: write the named columns of the dossier, with its version."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from dossiers.models import Dossier
from dossiers.services.reminding import MOVES_REMINDERS, set_next_reminder
from haddong_portal.common import clock
from haddong_portal.common.update import is_plain, update_row


def save_columns(dossier: Dossier, columns: Iterable[str], *, now: datetime | None = None) -> None:
    """Save `columns` and one more `row_version`: the ETag and the check against a stale form.

    What moves reminders moves `next_reminder_at` with it; `now` is the act's one reading of the clock.
    """
    written = {*columns, "row_version"}
    dossier.row_version += 1
    if written & MOVES_REMINDERS:
        set_next_reminder(dossier, now=now or clock.now())
        written.add("next_reminder_at")
    if is_plain(Dossier, tuple(sorted(written))):
        update_row(dossier, written)
    else:
        dossier.save(update_fields=sorted(written))
