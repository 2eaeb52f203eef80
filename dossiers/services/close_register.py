"""Close a unit's register of a year or a quarter that is over (TT 01/2018 art. 10): counted, copied and sealed.

The head of the desk. Writes RegisterBook and one audit row; the database lets nobody change a closed book.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from dossiers.models import RegisterBook
from dossiers.permissions import CLOSE_REGISTER
from dossiers.rules.numbering import book_words, is_over
from dossiers.selectors.register import book_lines, book_state, require_book, written_lines
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError, NotAllowed


@transaction.atomic
def close_register(
    *, actor: Actor, unit_id: int, year: int, quarter: str = "", now: datetime | None = None
) -> RegisterBook:
    """The closed book.

    Raises NotAllowed register.other_unit, DomainError register.year_not_over, .empty, .gap, Conflict register.closed.
    """
    actor.require(CLOSE_REGISTER)
    unit = require_book(actor, unit_id)
    if unit_id not in actor.unit_ids:
        raise NotAllowed("Sổ của bộ phận Một cửa khác.", code="register.other_unit")
    moment = clock.local(now or clock.now())
    if not is_over(year, quarter, today=moment.date()):
        words = book_words(year, quarter).capitalize()
        raise DomainError("register.year_not_over", f"{words} chưa hết nên chưa khóa sổ được.", "year", status=409)
    list(Unit.objects.select_for_update(no_key=True).filter(pk=unit_id).values_list("pk"))
    state = book_state(unit, year, quarter)
    if state.closed is not None:
        raise Conflict(
            "register.closed", f"Sổ {state.words} đã khóa lúc {clock.local(state.closed.closed_at):%d/%m/%Y}."
        )
    if not state.line_count:
        raise DomainError("register.empty", f"Sổ {state.words} không có dòng nào.", "year", status=409)
    if not state.is_gapless:
        raise DomainError("register.gap", "Số thứ tự trong sổ bị hụt; xin báo quản trị hệ thống.", "year", status=409)
    lines = written_lines(list(book_lines(unit_id, year, quarter)))
    book = RegisterBook(
        unit=unit,
        year=year,
        book_no=state.book_no,
        line_count=state.line_count,
        closed_at=moment,
        closed_by_id=actor.user_id or 0,
        sha256=hashlib.sha256(lines.encode()).hexdigest(),
        lines=lines,
    )
    book.save(force_insert=True)
    record_access(
        actor=actor,
        action=CLOSE_REGISTER,
        object_type="register",
        object_id=f"{unit_id}:{book.book_no}",
        purpose="khóa sổ",
        data={"lines": book.line_count, "sha256": book.sha256},
        now=moment,
    )
    return book
