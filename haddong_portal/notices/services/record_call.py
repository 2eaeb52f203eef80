"""Write down what came of a call. Right call.record, in the task's own unit; writes CallTask, one CallAttempt, audit.

Answered: off the list. Promised: back on the list on that day, should nobody come. No answer: the next working day,
until NOTICE_CALL_TRIES_MAX tries; then the task stays on the list with a mark.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError
from haddong_portal.notices.constants import CallOutcome, CallState
from haddong_portal.notices.models import CallAttempt, CallTask
from haddong_portal.notices.selectors.calls import call_for_update

PROMISE_MAX = timedelta(days=60)
NOTE_MAX = 300


@transaction.atomic
def record_call(
    *,
    actor: Actor,
    task_id: int,
    outcome: CallOutcome,
    promised_on: date | None = None,
    note: str = "",
    now: datetime | None = None,
) -> CallTask:
    """The task afterwards. Refusals: `call.not_found`, `call.closed` (409), `call.promise_day`, `call.note_length`."""
    actor.require("call.record")
    moment = now or clock.now()
    task = call_for_update(actor, task_id)
    if task.state != CallState.OPEN:
        raise _closed(task)
    _check(outcome, promised_on, note, clock.local(moment).date())
    _apply(task, outcome, promised_on, moment)
    task.save(update_fields=["state", "due_on", "misses", "last_outcome", "closed_at"])
    CallAttempt.objects.create(
        task=task,
        at=moment,
        caller_id=actor.user_id,
        caller_name=actor.name[:120],
        outcome=outcome,
        promised_on=promised_on,
        note=note.strip(),
    )
    data = {"outcome": str(outcome), "reference": task.reference}
    record_access(actor=actor, action="call.record", object_type="call_task", object_id=task.pk, data=data, now=moment)
    return task


def _closed(task: CallTask) -> Conflict:
    """Who closed it and when; a cancelled task was closed by the act that settled the matter."""
    last = task.calls.last() if task.state == CallState.DONE else None
    if last is None:
        return Conflict("call.closed", "Không cần gọi nữa: việc này đã được giải quyết.")
    at = clock.local(last.at)
    return Conflict("call.closed", f"{last.caller_name} đã ghi “{last.get_outcome_display()}” lúc {at:%H:%M %d/%m/%Y}.")


def _check(outcome: CallOutcome, promised_on: date | None, note: str, today: date) -> None:
    if len(note.strip()) > NOTE_MAX:
        raise DomainError("call.note_length", f"Ghi chú dài nhất {NOTE_MAX} ký tự.", "note")
    if outcome != CallOutcome.PROMISED:
        if promised_on is not None:
            raise DomainError("call.promise_day", "Chỉ ghi ngày hẹn khi người dân hẹn ngày đến.", "promised_on")
    elif promised_on is None or not today <= promised_on <= today + PROMISE_MAX:
        raise DomainError("call.promise_day", "Xin ghi ngày hẹn: từ hôm nay đến 60 ngày tới.", "promised_on")


def _apply(task: CallTask, outcome: CallOutcome, promised_on: date | None, moment: datetime) -> None:
    task.last_outcome = outcome
    calendar = work_calendar_for(task.unit_id)
    if outcome == CallOutcome.ANSWERED:
        task.state, task.closed_at = CallState.DONE, moment
    elif promised_on is not None:
        task.misses, task.due_on = 0, calendar.working_day_on_or_after(promised_on)
    else:
        task.misses += 1
        if task.misses < settings.NOTICE_CALL_TRIES_MAX:
            task.due_on = calendar.next_working_day(clock.local(moment).date())
