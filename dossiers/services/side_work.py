"""What goes on beside the open step, verifications and opinions: which state it puts a dossier in, and its end.

Helpers of the acts, called inside their transaction with the dossier locked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef

from dossiers.constants import Status
from dossiers.models import Dossier, OpinionRequest, StepRun, Verification
from dossiers.services.telling_units import tell_no_longer_asked
from haddong_portal.accounts.selectors.calendar import work_calendar_for


def open_opinions(dossier_id: int) -> Exists:
    """Whether somebody is still asked; `dossier_id` may be an OuterRef."""
    return Exists(OpinionRequest.objects.filter(dossier=dossier_id, answered_at__isnull=True, closed_at__isnull=True))


def state_beside(dossier: Dossier) -> Status:
    """The state to go on in after a stop: what was going on beside the step still is."""
    still_open = Verification.objects.filter(dossier=OuterRef("pk"), finished_at__isnull=True)
    rows = Dossier.objects.filter(pk=dossier.pk).values_list(Exists(still_open), open_opinions(dossier.pk))
    verifying, consulting = rows[0]
    if verifying:
        return Status.VERIFYING
    return Status.CONSULTING if consulting else Status.PROCESSING


def let_go_of_readers(dossier: Dossier, unit_ids: Sequence[int]) -> bool:
    """Take the right to read from units that gave no opinion; whether any lost it. The act saves the column.

    A unit that had a step, or that gave an opinion before, keeps it (domain.md §11.6).
    """
    asked = set(unit_ids) & set(dossier.reader_unit_ids)
    if not asked:
        return False
    steps = StepRun.objects.filter(dossier=dossier, unit_id__in=asked).values_list("unit_id", flat=True)
    given = OpinionRequest.objects.filter(dossier=dossier, unit_id__in=asked, agrees__isnull=False)
    kept = {*steps.union(given.values_list("unit_id", flat=True))}
    dossier.reader_unit_ids = [one for one in dossier.reader_unit_ids if one not in asked - kept]
    return bool(asked - kept)


def end_verification(
    verification: Verification, *, minutes: str, confirmed: bool | None, unit_id: int, now: datetime
) -> None:
    """Close it with its minutes and its working minutes in the office hours of `unit_id`."""
    calendar = work_calendar_for(unit_id)
    worked = calendar.working_minutes_between(verification.started_at, now)
    verification.minutes, verification.confirmed = minutes, confirmed
    verification.finished_at, verification.actual_minutes = now, max(0, worked)
    verification.save(update_fields=["minutes", "confirmed", "finished_at", "actual_minutes", "participants"])


def end_side_work(dossier: Dossier, *, note: str, unit_name: str, now: datetime) -> None:
    """Nothing beside the step outlives a stopped dossier: no opinion is waited for, no verification goes on.

    Units that were asked are told, in the name of `unit_name`.
    """
    waiting = OpinionRequest.objects.filter(dossier=dossier, answered_at__isnull=True, closed_at__isnull=True)
    for opinion in waiting:
        opinion.closed_at = now
        opinion.save(update_fields=["closed_at"])
        tell_no_longer_asked(dossier, opinion, unit_name=unit_name, reason=note, now=now)
    for verification in Verification.objects.filter(dossier=dossier, finished_at__isnull=True):
        end_verification(verification, minutes=note, confirmed=None, unit_id=dossier.owner_unit_id, now=now)
