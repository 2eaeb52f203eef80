"""What every change of a draft begins and ends with: the locked row, and a line in the audit."""

from __future__ import annotations

from datetime import datetime

from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, NotFound
from procedures.constants import ProcessState
from procedures.models import IsoProcess
from procedures.permissions import EDIT_PROCESS


def locked_draft(process_id: int) -> IsoProcess:
    """The draft, locked for a change; NotFound `process.not_found`, Conflict `process.not_draft`."""
    process = IsoProcess.objects.select_for_update(no_key=True).filter(pk=process_id).first()
    if process is None:
        raise NotFound("Không tìm thấy quy trình này.", code="process.not_found")
    if process.state != ProcessState.DRAFT:
        message = (
            f"Quy trình {process.code} lần {process.version} đã ban hành nên không sửa được. "
            "Hãy lập dự thảo lần ban hành tiếp theo."
        )
        raise Conflict("process.not_draft", message)
    return process


def locked_issues(code: str) -> list[IsoProcess]:
    """Every issue of a code, oldest first, with all of them locked in that order.

    Read again once the locks are held: who waited for them must see what the other one added.
    """
    issues = IsoProcess.objects.filter(code=code).order_by("version")
    list(issues.select_for_update(no_key=True))
    return list(issues)


def note_edit(actor: Actor, process: IsoProcess, what: str, now: datetime | None, **data: object) -> None:
    """Who changed what of a draft."""
    record_access(
        actor=actor,
        action=EDIT_PROCESS,
        object_type="iso_process",
        object_id=process.pk,
        data={"what": what, "code": process.code, "version": process.version, **data},
        now=now or clock.now(),
    )
