"""Sign several drafts of one procedure at once: each by `sign_result` in a transaction of its own.

What one dossier refuses stops no other. The answer names each that was signed and each that was not, with the reason.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import DatabaseError

from dossiers.constants import Proposal, StepState
from dossiers.models import Dossier, StepRun
from dossiers.permissions import SIGN
from dossiers.services.lateness import NOT_SAID, Lateness
from dossiers.services.sign_result import sign_result
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError
from procedures.constants import StepAction

BATCH_MAX = 100
NOT_SAVED_STATUS = 503
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A draft as the leader saw it: its id and the row version on the screen."""

    dossier_id: int
    row_version: int


@dataclass(frozen=True, slots=True)
class BatchLine:
    """What became of one dossier; `error` is empty when it was signed, else a code with its sentence and status."""

    dossier_id: int
    code: str
    applicant_name: str
    error: str = ""
    message: str = ""
    status: int = 200


@dataclass(frozen=True)
class BatchReport:
    """Every chosen dossier once, in the order it was chosen."""

    signed: list[BatchLine] = field(default_factory=list)
    failed: list[BatchLine] = field(default_factory=list)


def sign_batch(
    *, actor: Actor, chosen: Sequence[Chosen], note: str = "", late: Lateness = NOT_SAID, now: datetime | None = None
) -> BatchReport:
    """Sign what can be signed.

    `late` is the reason for those whose step is late. Raises NotAllowed, DomainError batch.empty, batch.too_many,
    batch.mixed_kinds; never for a single dossier.
    """
    actor.require(SIGN)
    wanted = list({each.dossier_id: each for each in chosen}.values())
    _check_size(len(wanted))
    moment = clock.local(now or clock.now())
    known = _known(actor, wanted)
    report = BatchReport()
    for each in wanted:
        line = _sign_one(actor, each, known.get(each.dossier_id), note, late, moment)
        (report.failed if line.error else report.signed).append(line)
    return report


def _check_size(count: int) -> None:
    if not count:
        raise DomainError("batch.empty", "Chưa chọn hồ sơ nào để ký.", "chosen")
    if count > BATCH_MAX:
        raise DomainError("batch.too_many", f"Mỗi lần ký nhiều nhất {BATCH_MAX} hồ sơ.", "chosen")


def _known(actor: Actor, wanted: Sequence[Chosen]) -> dict[int, Dossier]:
    """The chosen dossiers that the actor may see, of one procedure: a leader signs together what is alike."""
    rows = Dossier.objects.visible_to(actor).filter(pk__in=[each.dossier_id for each in wanted])
    known = {row.pk: row for row in rows.only("code", "applicant_name", "procedure_id")}
    if len({row.procedure_id for row in known.values()}) > 1:
        raise DomainError("batch.mixed_kinds", "Chỉ ký cùng lúc các hồ sơ của một thủ tục.", "chosen")
    return known


def _sign_one(
    actor: Actor, chosen: Chosen, seen: Dossier | None, note: str, late: Lateness, now: datetime
) -> BatchLine:
    code, name = (seen.code, seen.applicant_name) if seen else ("", "")
    try:
        _refuse_refusal(chosen.dossier_id, visible=seen is not None)
        sign_result(
            actor=actor,
            dossier_id=chosen.dossier_id,
            note=note,
            late=late,
            row_version=chosen.row_version,
            now=now,
        )
    except DomainError as refusal:
        return BatchLine(chosen.dossier_id, code, name, refusal.code, refusal.message, refusal.status)
    except DatabaseError:
        logger.exception("dossier %s was not signed in a batch", chosen.dossier_id)
        message = "Hệ thống chưa ghi được hồ sơ này; hồ sơ còn nguyên, xin ký lại."
        return BatchLine(chosen.dossier_id, code, name, "batch.not_saved", message, NOT_SAVED_STATUS)
    return BatchLine(chosen.dossier_id, code, name)


def _refuse_refusal(dossier_id: int, *, visible: bool) -> None:
    """A draft that refuses needs a slip with its reason, so nobody signs it with others."""
    if not visible:
        return  # said by the act itself, as for any dossier that is not this leader's
    runs = StepRun.objects.filter(dossier_id=dossier_id, action=StepAction.EXAMINE, state=StepState.DONE)
    last = runs.order_by("-run_no").values_list("proposal", flat=True).first()
    if last == Proposal.REFUSE:
        raise Conflict(
            "batch.refusal_proposed", "Người thụ lý đề nghị từ chối: xin mở hồ sơ để ra phiếu từ chối hoặc ký riêng."
        )
