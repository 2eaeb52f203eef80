"""Close a clerk's day: what the books say, what was counted, why they differ, one signature (domain.md §3.4).

Clerks and the head of the desk, each for the own drawer. Writes the signed sheet and ties the day's receipts to it;
after that the database changes neither, and the clerk collects no more on that day. Locks the clerk's account row, as
`collect_fee` and `void_payment` do, so that no receipt slips in or out between reckoning and signing.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from dossiers.models import DayEnd, Payment
from dossiers.permissions import DAY_END
from dossiers.selectors.day_end import day_figures
from dossiers.services.charging import lock_drawer
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError
from haddong_portal.common.text import clean_text

NOTE_LENGTH_MAX = 500
CASH_MAX_VND = 2_000_000_000


@transaction.atomic
def close_day(*, actor: Actor, day: date, cash_counted_vnd: int, note: str = "", now: datetime | None = None) -> DayEnd:
    """The signed sheet.

    Raises DomainError day_end.future, .counted, .note_missing (counted cash differs), Conflict day_end.closed.
    """
    actor.require(DAY_END)
    moment = clock.local(now or clock.now())
    if day > moment.date():
        raise DomainError("day_end.future", "Chưa đến ngày này nên chưa khóa được.", "day")
    if not 0 <= cash_counted_vnd <= CASH_MAX_VND:
        raise DomainError("day_end.counted", "Số tiền kiểm đếm không đúng.", "cash_counted_vnd")
    lock_drawer(actor.user_id)
    unit_id, clerk_id, words = actor.unit_id or 0, actor.user_id or 0, clean_text(note)[:NOTE_LENGTH_MAX]
    signed = DayEnd.objects.filter(unit_id=unit_id, clerk_id=clerk_id, day=day).first()
    if signed is not None:
        raise Conflict("day_end.closed", f"Ngày này đã khóa lúc {clock.local(signed.signed_at):%H:%M}.", "day")
    figures = day_figures(unit_id=unit_id, clerk_id=clerk_id, day=day)
    if cash_counted_vnd != figures.cash_vnd and not words:
        raise DomainError("day_end.note_missing", "Tiền kiểm đếm lệch so với sổ: phải ghi lý do.", "note")
    sheet = DayEnd(
        unit_id=unit_id,
        clerk_id=clerk_id,
        day=day,
        figures=figures.to_json(),
        cash_expected_vnd=figures.cash_vnd,
        cash_counted_vnd=cash_counted_vnd,
        note=words,
        signed_at=moment,
    )
    sheet.save(force_insert=True)
    Payment.objects.filter(pk__in=figures.payment_ids).update(day_end=sheet)
    return sheet
