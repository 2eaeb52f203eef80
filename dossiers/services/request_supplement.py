"""Ask for missing or faulty papers: T8, the clock stops (NĐ 61/2018 art. 19.4; TT 01/2018 form 02).

Whoever holds the open step. Within the rule-set's working days from acceptance, only for published components, and
never twice for the same paper and fault. Writes the slip, the stop, the dossier, one event and a message.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind, FormKind, IntervalKind, Status
from dossiers.models import Dossier, DossierEvent, SlipLine
from dossiers.rules.due_changes import latest_supplement_request_on
from dossiers.rules.lifecycle import Command
from dossiers.rules.waits import supplement_until
from dossiers.selectors.rulesets import policy_by_id
from dossiers.services.issue_slip import LineData, SlipData, fault_key, issue_slip
from dossiers.services.locking import hold, lock_dossier
from dossiers.services.notifying import notify_applicant
from dossiers.services.pausing import PAUSE_COLUMNS, stop_clock
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.dates import long_date
from haddong_portal.common.errors import Conflict, DomainError
from haddong_portal.common.text import fold
from haddong_portal.notices.constants import NoticeEvent
from procedures.models import PaperRequirement

PAPERS_TOLD_MAX = 200


@transaction.atomic
def request_supplement(
    *,
    actor: Actor,
    dossier_id: int,
    lines: Sequence[LineData],
    reason: str,
    row_version: int | None = None,
    now: datetime | None = None,
) -> DossierEvent:
    """The event. Raises DomainError supplement.no_lines, .reason_missing, .too_late, dossier.paper_unpublished, or
    Conflict supplement.same_reason."""
    in_hand = lock_dossier(actor=actor, command=Command.REQUEST_SUPPLEMENT, dossier_id=dossier_id)
    hold(in_hand, actor, row_version)
    moment, dossier = clock.local(now or clock.now()), in_hand.dossier
    _check(dossier, lines, reason, moment)
    dossier.status, dossier.resume_status = Status.WAIT_SUPPLEMENT, Status.PROCESSING
    calendar, policy = work_calendar_for(dossier.receiving_unit_id), policy_by_id(dossier.ruleset_id)
    dossier.supplement_until = supplement_until(moment, calendar, policy)
    slip = issue_slip(
        kind=FormKind.SUPPLEMENT_REQUEST,
        unit_id=dossier.owner_unit_id,
        ruleset_id=dossier.ruleset_id,
        actor=actor,
        now=moment,
        dossier=dossier,
        data=SlipData(reason=reason, due_at=dossier.supplement_until, lines=lines),
        once_per_reason=True,
    )
    stop_clock(dossier, IntervalKind.SUPPLEMENT, reason=reason, slip=slip, now=moment)
    save_columns(dossier, PAUSE_COLUMNS, now=moment)
    papers = "; ".join(line.name for line in lines)
    event = record_event(
        dossier=dossier,
        kind=EventKind.SUPPLEMENT_REQUESTED,
        actor=actor,
        at=moment,
        from_status=in_hand.from_status,
        note=reason,
        data={"slip_id": slip.pk, "lines": len(lines)},
    )
    notify_applicant(
        dossier=dossier,
        event=NoticeEvent.SUPPLEMENT_REQUESTED,
        now=moment,
        more={"papers": papers[:PAPERS_TOLD_MAX], "reason": reason[:PAPERS_TOLD_MAX]},
    )
    return event


def _check(dossier: Dossier, lines: Sequence[LineData], reason: str, now: datetime) -> None:
    if not lines:
        raise DomainError("supplement.no_lines", "Chưa chọn giấy tờ cần bổ sung.", "papers")
    if not reason.strip():
        raise DomainError("supplement.reason_missing", "Phải ghi lý do yêu cầu bổ sung.", "reason")
    _refuse_late(dossier, now)
    published = list(PaperRequirement.objects.filter(case_id=dossier.procedure_case_id).values_list("pk", "name"))
    ids, names = {pk for pk, _ in published}, {fold(name) for _, name in published}
    for line in lines:
        if line.requirement_id not in ids and fold(line.name) not in names:
            raise DomainError(
                "dossier.paper_unpublished",
                f"“{line.name[:120]}” không có trong thành phần hồ sơ đã công bố nên không được yêu cầu.",
                "papers",
            )
    asked = SlipLine.objects.select_related("slip").filter(dossier=dossier, fault_key__in=[*map(fault_key, lines)])
    if (earlier := asked.first()) is not None:
        raise Conflict(
            "supplement.same_reason",
            f"“{earlier.name[:120]}” đã được yêu cầu bổ sung vì cùng lý do ({earlier.get_fault_display()}) ngày "
            f"{long_date(clock.local(earlier.slip.issued_at).date())}; không được yêu cầu lần nữa.",
            "papers",
            data={"slip_id": earlier.slip_id},
        )


def _refuse_late(dossier: Dossier, now: datetime) -> None:
    """The notice is due within the first days; the law gives no later one."""
    assert dossier.accepted_at is not None, "only accepted dossiers are in these states"
    calendar, policy = work_calendar_for(dossier.receiving_unit_id), policy_by_id(dossier.ruleset_id)
    last_on = latest_supplement_request_on(dossier.accepted_at, calendar, policy)
    if now.date() > last_on:
        raise DomainError(
            "supplement.too_late",
            f"Chỉ được yêu cầu bổ sung đến hết {long_date(last_on)} ({policy.supplement_notice_working_days} ngày làm "
            "việc kể từ khi tiếp nhận).",
            status=409,
        )
