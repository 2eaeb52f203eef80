"""An owner makes a code that shows one paper to whoever holds it, for a while and a number of times.

The signed-in owner alone. Writes one ShareCode, whose code is told once and kept nowhere, and one event.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from dossiers.papers.constants import PaperEventKind, PaperState
from dossiers.papers.models import Paper, ShareCode
from dossiers.papers.services.locking import check_state
from dossiers.papers.services.recording import record_paper_event
from dossiers.papers.services.share_digest import new_code, share_digest
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError, NotAllowed, NotFound


@dataclass(frozen=True, slots=True)
class MadeShare:
    """The code itself, for the owner's eyes once."""

    code: str
    share: ShareCode


@transaction.atomic
def make_share_code(
    *, actor: Actor, public_id: UUID, minutes: int, uses_max: int, now: datetime | None = None
) -> MadeShare:
    """The code. Raises NotAllowed, NotFound paper.not_found, DomainError share.minutes, share.uses and Conflict
    paper.wrong_state, share.too_many."""
    moment = now or clock.now()
    paper = lock_own_paper(actor, public_id)
    check_state(paper, {PaperState.VALID, PaperState.PENDING})
    _check_wishes(minutes, uses_max)
    _check_count(paper, moment)
    code = new_code()
    share = ShareCode(
        paper=paper,
        digest=share_digest(code),
        made_at=moment,
        expires_at=moment + timedelta(minutes=minutes),
        uses_max=uses_max,
    )
    share.save(force_insert=True)
    record_paper_event(
        paper_id=paper.pk,
        kind=PaperEventKind.SHARED,
        actor=actor,
        at=moment,
        data={"share": share.pk, "minutes": minutes, "uses_max": uses_max},
    )
    return MadeShare(code, share)


def lock_own_paper(actor: Actor, public_id: UUID) -> Paper:
    """The signed-in owner's paper, locked. Raises NotAllowed for anybody but a citizen, NotFound paper.not_found."""
    if actor.person_id is None:
        raise NotAllowed()
    rows = Paper.objects.visible_to(actor).select_related("type").select_for_update(no_key=True, of=("self",))
    paper = rows.filter(public_id=public_id).first()
    if paper is None:
        raise NotFound("Không tìm thấy giấy tờ này trong kho.", code="paper.not_found")
    return paper


def _check_wishes(minutes: int, uses_max: int) -> None:
    if minutes not in settings.SHARE_CODE_MINUTES:
        raise DomainError("share.minutes", "Xin chọn một thời hạn trong danh sách.", "minutes", status=422)
    if not 1 <= uses_max <= settings.SHARE_CODE_USES_MAX:
        most = settings.SHARE_CODE_USES_MAX
        raise DomainError("share.uses", f"Số lần xem từ 1 đến {most}.", "uses_max", status=422)


def _check_count(paper: Paper, now: datetime) -> None:
    live = ShareCode.objects.filter(paper=paper, revoked_at__isnull=True, expires_at__gt=now).count()
    if live >= settings.SHARE_CODES_OPEN_MAX:
        raise Conflict("share.too_many", "Giấy tờ này đang có nhiều mã còn hạn. Xin thu hồi bớt trước khi tạo mã mới.")
