"""Send again a message that gave up (button on the notices screen). Right notice.resend; writes the Notice, audit."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, NotFound
from haddong_portal.common.jobs import JobName, enqueue
from haddong_portal.notices.constants import FORGOTTEN, SECRET_EVENTS, NoticeState
from haddong_portal.notices.models import Notice
from haddong_portal.notices.selectors.notices import visible_notices


@transaction.atomic
def resend_notice(*, actor: Actor, notice_id: int, now: datetime | None = None) -> None:
    """Queue it again with a fresh budget of attempts.

    Refusals: `notice.not_found`, `notice.not_dead` (409), `notice.secret` for a one-time code, which is worthless now,
    `notice.forgotten` for words that are no longer kept.
    """
    actor.require("notice.resend")
    notice = visible_notices(actor).select_for_update(no_key=True).filter(pk=notice_id).first()
    if notice is None:
        raise NotFound("Không tìm thấy thông báo này.", code="notice.not_found")
    if notice.state != NoticeState.GAVE_UP:
        raise Conflict("notice.not_dead", "Thông báo này không nằm trong danh sách hỏng nên không cần gửi lại.")
    if notice.event in SECRET_EVENTS:
        raise Conflict("notice.secret", "Mã xác nhận đã hết hạn. Xin để người dân yêu cầu mã mới.")
    if notice.body == FORGOTTEN:
        raise Conflict("notice.forgotten", "Nội dung đã được xóa theo thời hạn lưu nên không gửi lại được.")
    queue_again(actor, notice, now or clock.now())


def queue_again(actor: Actor, notice: Notice, moment: datetime) -> None:
    """Fresh attempts; all gateways again. A provider that refused would answer the old key with the same refusal, so
    the message gets a new one, unless it may have arrived after all."""
    notice.key = notice.key if notice.doubts else uuid.uuid4()
    notice.state, notice.attempts, notice.refused_by = NoticeState.QUEUED, 0, ""
    notice.first_due_at = notice.next_attempt_at = moment
    notice.save(update_fields=["key", "state", "attempts", "refused_by", "first_due_at", "next_attempt_at"])
    record_access(actor=actor, action="notice.resend", object_type="notice", object_id=notice.pk, now=moment)
    enqueue(JobName.DELIVER_NOTICE, notice.pk)
