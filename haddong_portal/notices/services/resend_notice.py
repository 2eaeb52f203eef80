"""Send again a message that gave up (button on the notices screen). Right notice.resend; writes the Notice."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, NotFound
from haddong_portal.common.jobs import JobName, enqueue
from haddong_portal.notices.constants import NoticeState
from haddong_portal.notices.models import Notice
from haddong_portal.notices.selectors.notices import visible_notices


@transaction.atomic
def resend_notice(*, actor: Actor, notice_id: int, now: datetime | None = None) -> None:
    """Queue it again with a fresh budget of attempts; raises Conflict when it is not in the dead list."""
    actor.require("notice.resend")
    moment = now or clock.now()
    notice = visible_notices(actor).select_for_update(no_key=True).filter(pk=notice_id).first()
    if notice is None:
        raise NotFound("Không tìm thấy thông báo này.", code="notice.not_found")
    if notice.state != NoticeState.GAVE_UP:
        raise Conflict("notice.not_dead", "Thông báo này không nằm trong danh sách hỏng nên không cần gửi lại.")
    Notice.objects.filter(pk=notice.pk).update(state=NoticeState.QUEUED, attempts=0, next_attempt_at=moment)
    record_access(actor=actor, action="notice.resend", object_type="notice", object_id=notice.pk, now=moment)
    enqueue(JobName.DELIVER_NOTICE, notice.pk)
