"""Issue an ISO process by a decision: catalogue editors and administrators.

Refused while the check finds anything. The earlier issue ends where the new one begins; a dossier keeps the issue that
it started with. Writes IsoProcess and IsoAmendment. LEGAL: TT01-2018-D8.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError
from haddong_portal.common.text import clean_text
from procedures.constants import ProcessState
from procedures.models import IsoAmendment, IsoProcess
from procedures.permissions import PUBLISH_PROCESS
from procedures.rules.delegations import check_delegation
from procedures.selectors.delegations import delegation_terms
from procedures.selectors.processes import check_of
from procedures.services.iso_shared import locked_draft, locked_issues
from procedures.services.revision import bump_revision

SHOWN_PROBLEMS = 3


@dataclass(frozen=True, kw_only=True)
class IssueDecision:
    """The decision that approves an issue, and what the table of amendments says of it."""

    decision_no: str
    decided_on: date
    approver_name: str
    approver_title: str
    valid_from: date
    amendment: str = ""


def publish_process(
    *, actor: Actor, process_id: int, decision: IssueDecision, now: datetime | None = None
) -> IsoProcess:
    """The issued process. Conflict `process.not_ready` lists the problems in `data`; DomainError
    `process.decision_missing`, `.decided_later`, `.begins_in_past`, `.not_after_earlier`, `.amendment_missing`;
    Conflict `process.not_draft`, `delegation.lapsed`, `delegation.missing`, `delegation.out_of_scope`."""
    actor.require(PUBLISH_PROCESS)
    now = now or clock.now()
    with transaction.atomic():
        issues = locked_issues(_code_of(process_id))
        process = locked_draft(process_id)
        earlier = [issue for issue in issues if issue.pk != process.pk]
        _check_decision(decision, earlier, today=clock.local(now).date())
        _check_delegation(process, decision.valid_from)
        _check_steps(process)
        for issue in earlier:
            _close(issue, decision.valid_from)
        _write(process, decision)
        record_access(
            actor=actor,
            action=PUBLISH_PROCESS,
            object_type="iso_process",
            object_id=process.pk,
            now=now,
            data=facts_of(process),
        )
        bump_revision(now=now)
    return process


def _code_of(process_id: int) -> str:
    return IsoProcess.objects.filter(pk=process_id).values_list("code", flat=True).first() or ""


def _check_decision(decision: IssueDecision, earlier: list[IsoProcess], *, today: date) -> None:
    for name, label in (
        ("decision_no", "số quyết định"),
        ("approver_name", "người phê duyệt"),
        ("approver_title", "chức vụ người phê duyệt"),
    ):
        if not clean_text(getattr(decision, name)):
            raise DomainError("process.decision_missing", f"Chưa nhập {label}.", name)
    if decision.decided_on > min(today, decision.valid_from):
        message = "Ngày quyết định phải không sau hôm nay và không sau ngày có hiệu lực."
        raise DomainError("process.decided_later", message, "decided_on")
    if not earlier:
        return
    if not clean_text(decision.amendment):
        message = "Ban hành lần sau thì phải nêu nội dung sửa đổi để ghi vào bảng theo dõi."
        raise DomainError("process.amendment_missing", message, "amendment")
    if decision.valid_from < today:
        message = "Lần ban hành sau phải có hiệu lực từ hôm nay trở đi: hồ sơ đã nhận đi theo lần trước."
        raise DomainError("process.begins_in_past", message, "valid_from")
    latest = max(issue.valid_from for issue in earlier if issue.valid_from)
    if decision.valid_from <= latest:
        message = f"Lần ban hành này phải có hiệu lực sau lần trước (từ {latest:%d/%m/%Y})."
        raise DomainError("process.not_after_earlier", message, "valid_from")


def _check_delegation(process: IsoProcess, on: date) -> None:
    if process.delegation_id is not None:
        terms = delegation_terms(process.delegation_id, procedure_id=process.procedure_id)
        check_delegation(terms, on=on)


def _check_steps(process: IsoProcess) -> None:
    problems = check_of(process).problems
    if not problems:
        return
    shown = " ".join(problem.message for problem in problems[:SHOWN_PROBLEMS])
    more = f" (và {len(problems) - SHOWN_PROBLEMS} điểm nữa)" if len(problems) > SHOWN_PROBLEMS else ""
    raise Conflict(
        "process.not_ready",
        f"Chưa ban hành được, còn {len(problems)} điểm: {shown}{more}",
        data={"problems": [[problem.code, problem.sequence, problem.message] for problem in problems]},
    )


def _close(issue: IsoProcess, on: date) -> None:
    if issue.valid_to is None or issue.valid_to > on:
        issue.valid_to = on
        issue.save()


def _write(process: IsoProcess, decision: IssueDecision) -> None:
    process.state, process.valid_from = ProcessState.PUBLISHED, decision.valid_from
    process.decision_no, process.decided_on = clean_text(decision.decision_no)[:80], decision.decided_on
    process.approver_name = clean_text(decision.approver_name)[:120]
    process.approver_title = clean_text(decision.approver_title)[:120]
    process.save()
    last = process.amendments.aggregate(last=Max("position"))["last"] or 0
    IsoAmendment.objects.create(
        process=process,
        position=last + 1,
        content=clean_text(decision.amendment)[:500] or "Ban hành lần đầu",
        issue=process.version,
        amended_on=decision.valid_from,
    )


def facts_of(process: IsoProcess) -> dict[str, object]:
    """What the audit keeps of an issue."""
    return {
        "code": process.code,
        "version": process.version,
        "state": process.state,
        "valid_from": str(process.valid_from),
        "valid_to": str(process.valid_to or ""),
    }
