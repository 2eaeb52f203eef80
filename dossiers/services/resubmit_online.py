"""File again what was given back: T4, WAIT_SUPPLEMENT → SUBMITTED; the check's working hours start anew.

Whoever holds the tracking link. Every paper that was asked for must come. Writes files, lines, the dossier, one event
and one message.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from dossiers.constants import ChecklistState, EventKind, Status
from dossiers.models import ChecklistLine, Dossier, FiledPaper, SlipLine
from dossiers.rules.lifecycle import Command, check_move
from dossiers.rules.waits import submission_check_due_at
from dossiers.selectors.rulesets import rules_on
from dossiers.services.filed_papers import store_paper
from dossiers.services.filing_data import PaperUpload
from dossiers.services.saving import save_columns
from dossiers.services.submit_online import tell_submitted
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError, NotFound


@transaction.atomic
def resubmit_online(*, code: str, uploads: Sequence[PaperUpload], now: datetime | None = None) -> Dossier:
    """The dossier, SUBMITTED again. Raises filing.lines_missing, dossier.illegal_move (also for a dossier that was
    accepted: its papers go to the desk) and what `store_paper` raises."""
    moment = clock.local(now or clock.now())
    dossier = Dossier.objects.select_for_update(no_key=True, of=("self",)).filter(code=code).first()
    if dossier is None:
        raise NotFound("Không tìm thấy hồ sơ khớp với thông tin đã nhập.", code="tracking.no_match")
    check_move(Command.RESUBMIT, dossier.status)
    if dossier.accepted_at is not None:
        raise DomainError("filing.at_desk", "Hồ sơ đã được tiếp nhận; xin bổ sung tại bộ phận Một cửa.", status=409)
    _take_papers(dossier, uploads, moment)
    rules, calendar = rules_on(moment.date()), work_calendar_for(dossier.receiving_unit_id)
    dossier.status, dossier.supplement_until = Status.SUBMITTED, None
    dossier.check_due_at = submission_check_due_at(moment, calendar, rules.policy)
    save_columns(dossier, ["status", "supplement_until", "check_due_at"], now=moment)
    tell_submitted(dossier, EventKind.RESUBMITTED, rules, from_status=Status.WAIT_SUPPLEMENT, now=moment)
    return dossier


def _take_papers(dossier: Dossier, uploads: Sequence[PaperUpload], now: datetime) -> None:
    asked = {line.requirement_id: line for line in SlipLine.objects.filter(dossier=dossier, received_at__isnull=True)}
    given = {upload.requirement_id for upload in uploads}
    if missing := [line.name for pk, line in asked.items() if pk not in given]:
        raise DomainError("filing.lines_missing", f"Còn thiếu: {'; '.join(missing)[:300]}.", "papers")
    present: list[FiledPaper] = list(dossier.filed_papers.all())
    for upload in uploads:
        if upload.requirement_id in asked:
            present.append(
                store_paper(
                    file=upload.file,
                    requirement_id=upload.requirement_id,
                    present=present,
                    now=now,
                    dossier=dossier,
                )
            )
    SlipLine.objects.filter(pk__in=[line.pk for line in asked.values()]).update(received_at=now)
    ChecklistLine.objects.filter(dossier=dossier, requirement_id__in=asked).update(state=ChecklistState.ELECTRONIC)
