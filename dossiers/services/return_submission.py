"""Give an online filing back for completion: T4, SUBMITTED → WAIT_SUPPLEMENT, once and completely (form 02).

The desk it was filed at. Writes the slip with its lines, the dossier, one event and one message.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind, FormKind, Status
from dossiers.models import ChecklistLine, Dossier, SlipLine
from dossiers.rules.lifecycle import Command
from dossiers.rules.waits import supplement_until
from dossiers.selectors.rulesets import policy_by_id
from dossiers.services.filing_lock import lock_filing
from dossiers.services.issue_slip import LineData, SlipData, fault_key, issue_slip
from dossiers.services.notifying import notify_applicant
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError
from haddong_portal.notices.constants import NoticeEvent

PAPERS_TOLD_MAX = 200


@transaction.atomic
def return_submission(
    *,
    actor: Actor,
    dossier_id: int,
    lines: Sequence[LineData],
    reason: str,
    row_version: int | None = None,
    now: datetime | None = None,
) -> Dossier:
    """The dossier. Raises supplement.no_lines, supplement.reason_missing, dossier.paper_unpublished, and Conflict
    supplement.same_reason for what was asked for before."""
    moment = clock.local(now or clock.now())
    dossier = lock_filing(
        actor=actor, command=Command.RETURN_SUBMISSION, dossier_id=dossier_id, row_version=row_version
    )
    _check(dossier, lines, reason)
    calendar, policy = work_calendar_for(dossier.receiving_unit_id), policy_by_id(dossier.ruleset_id)
    dossier.status, dossier.check_due_at = Status.WAIT_SUPPLEMENT, None
    dossier.supplement_until = supplement_until(moment, calendar, policy)
    save_columns(dossier, ["status", "check_due_at", "supplement_until"], now=moment)
    record_event(
        dossier=dossier,
        kind=EventKind.SUBMISSION_RETURNED,
        actor=actor,
        at=moment,
        from_status=Status.SUBMITTED,
        note=reason,
        data={"lines": len(lines)},
    )
    notify_applicant(
        dossier=dossier,
        event=NoticeEvent.SUBMISSION_GUIDED,
        now=moment,
        more={"papers": "; ".join(line.name for line in lines)[:PAPERS_TOLD_MAX]},
    )
    issue_slip(
        kind=FormKind.SUPPLEMENT_REQUEST,
        unit_id=dossier.receiving_unit_id,
        ruleset_id=dossier.ruleset_id,
        actor=actor,
        now=moment,
        dossier=dossier,
        data=SlipData(reason=reason, due_at=dossier.supplement_until, lines=lines),
        once_per_reason=True,
    )
    return dossier


def _check(dossier: Dossier, lines: Sequence[LineData], reason: str) -> None:
    if not lines:
        raise DomainError("supplement.no_lines", "Chưa chọn giấy tờ cần bổ sung.", "papers")
    if not reason.strip():
        raise DomainError("supplement.reason_missing", "Phải ghi lý do yêu cầu bổ sung.", "reason")
    known = set(ChecklistLine.objects.filter(dossier=dossier).values_list("requirement_id", flat=True))
    for line in lines:
        if line.requirement_id is None or line.requirement_id not in known:
            raise DomainError(
                "dossier.paper_unpublished",
                f"“{line.name[:120]}” không có trong thành phần hồ sơ đã công bố nên không được yêu cầu.",
                "papers",
            )
    asked = SlipLine.objects.filter(dossier=dossier, fault_key__in=[fault_key(line) for line in lines]).first()
    if asked is not None:
        raise Conflict(
            "supplement.same_reason",
            f"“{asked.name[:120]}” đã được yêu cầu bổ sung vì cùng lý do; không được yêu cầu lần nữa.",
            "papers",
        )
