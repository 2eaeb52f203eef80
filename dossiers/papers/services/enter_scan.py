"""Type in a page of an old book, once or, for the sample, a second time without seeing the first; and decide between.

Clerks of the unit type; the head of the desk decides, being neither of the two.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from dossiers.papers.constants import EntryRound, ScanState
from dossiers.papers.models import ScanEntry, ScanItem
from dossiers.papers.permissions import DIGITISE, JUDGE_BOOKS
from dossiers.papers.services.scan_locking import lock_scan
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError
from haddong_portal.common.text import clean_text


@transaction.atomic
def enter_scan(*, actor: Actor, item_id: UUID, values: Mapping[str, str], now: datetime | None = None) -> ScanEntry:
    """The entry of the round that is due. Raises Conflict scan.entry_same_clerk, scan.entry_done."""
    actor.require(DIGITISE)
    item = _locked(actor, item_id)
    rounds = {entry.round: entry for entry in ScanEntry.objects.filter(item=item)}
    first = rounds.get(EntryRound.FIRST)
    if first is None:
        return _write(item, EntryRound.FIRST, actor, values, now)
    if not item.in_sample or EntryRound.SECOND in rounds:
        raise Conflict("scan.entry_done", "Giấy này đã được nhập.")
    if first.entered_by_id == actor.user_id:
        raise Conflict("scan.entry_same_clerk", "Lần hai phải do người khác nhập, không xem lần một.")
    return _write(item, EntryRound.SECOND, actor, values, now)


@transaction.atomic
def settle_entries(*, actor: Actor, item_id: UUID, values: Mapping[str, str], now: datetime | None = None) -> ScanEntry:
    """What is right where two entries differ. Raises Conflict scan.nothing_to_settle, scan.entry_same_clerk."""
    actor.require(JUDGE_BOOKS)
    item = _locked(actor, item_id)
    entries = list(ScanEntry.objects.filter(item=item))
    if {entry.round for entry in entries} != {EntryRound.FIRST, EntryRound.SECOND}:
        raise Conflict("scan.nothing_to_settle", "Không có hai lần nhập khác nhau đang chờ quyết định.")
    if actor.user_id in {entry.entered_by_id for entry in entries}:
        raise Conflict("scan.entry_same_clerk", "Người quyết định không được là người đã nhập.")
    return _write(item, EntryRound.DECIDED, actor, values, now)


def _locked(actor: Actor, item_id: UUID) -> ScanItem:
    item = lock_scan(actor=actor, item_id=item_id, states={ScanState.READY})
    if item.batch.type_id is None or item.batch.closed_at is not None:
        raise Conflict("scan.book_closed", "Giấy này không thuộc đợt sổ cũ đang mở.")
    return item


def _write(
    item: ScanItem, round_: EntryRound, actor: Actor, values: Mapping[str, str], now: datetime | None
) -> ScanEntry:
    typed = {name: clean_text(text) for name, text in values.items()}
    if not any(typed.values()):
        raise DomainError("scan.entry_empty", "Chưa nhập gì.", "number")
    try:
        with transaction.atomic():
            return ScanEntry.objects.create(
                item=item,
                round=round_,
                values=json.dumps(typed, ensure_ascii=False),
                entered_by_id=actor.user_id or 0,
                entered_at=now or clock.now(),
            )
    except IntegrityError:
        raise Conflict("scan.entry_done", "Giấy này vừa được người khác nhập.") from None
