"""Batches of old books: how far each is, what is to be typed next, and how often the first entry was wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from dossiers.papers.constants import EntryRound, ScanKind, ScanState
from dossiers.papers.models import ScanBatch, ScanEntry, ScanItem
from dossiers.papers.permissions import DIGITISE
from dossiers.papers.rules.double_entry import DoubleEntry, error_percent
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound

LISTED_MAX = 100
IN_WORK = (ScanState.QUEUED, ScanState.WORKING)


@dataclass(frozen=True, slots=True)
class BookItem:
    """One paper of a batch with its entries by round."""

    item: ScanItem
    entries: Mapping[str, ScanEntry]

    @property
    def double(self) -> DoubleEntry | None:
        """Both entries, once there are two."""
        first, second = self.entries.get(EntryRound.FIRST), self.entries.get(EntryRound.SECOND)
        if first is None or second is None:
            return None
        decided = self.entries.get(EntryRound.DECIDED)
        return DoubleEntry(values_of(first), values_of(second), values_of(decided) if decided else None)

    @property
    def is_open_difference(self) -> bool:
        """Whether somebody has to decide."""
        return self.double is not None and not self.double.is_settled

    @property
    def right(self) -> dict[str, str]:
        """What is known to be printed: decided, else the first entry."""
        entry = self.entries.get(EntryRound.DECIDED) or self.entries.get(EntryRound.FIRST)
        return values_of(entry) if entry else {}

    def wants(self, user_id: int | None) -> str:
        """Which round this clerk may type now; "" for none."""
        if self.item.state != ScanState.READY:
            return ""
        first = self.entries.get(EntryRound.FIRST)
        if first is None:
            return EntryRound.FIRST
        again = self.item.in_sample and EntryRound.SECOND not in self.entries
        return EntryRound.SECOND if again and first.entered_by_id != user_id else ""


@dataclass(frozen=True)
class BookPage:
    """A batch with its papers and its figures."""

    batch: ScanBatch
    items: Sequence[BookItem]

    @property
    def total(self) -> int:
        return len(self.items)

    @property
    def is_busy(self) -> bool:
        """Whether a worker is at it."""
        filing = self.batch.closed_at is not None and any(one.item.state == ScanState.READY for one in self.items)
        return filing or any(one.item.state in IN_WORK for one in self.items)

    @property
    def read(self) -> int:
        return sum(one.item.state in (ScanState.READY, ScanState.DONE) for one in self.items)

    @property
    def entered(self) -> int:
        return sum(EntryRound.FIRST in one.entries for one in self.items)

    @property
    def sample(self) -> list[BookItem]:
        return [one for one in self.items if one.item.in_sample]

    @property
    def sample_entered(self) -> int:
        return sum(one.double is not None for one in self.sample)

    @property
    def differences(self) -> list[BookItem]:
        """What waits for a decision."""
        return [one for one in self.items if one.is_open_difference]

    @property
    def error_percent(self) -> float:
        """Of the sample, what the first clerk typed wrong."""
        return error_percent([one.double for one in self.sample if one.double is not None])

    @property
    def filed(self) -> int:
        """Papers that lie in their owner's store."""
        return sum(one.item.paper_id is not None for one in self.items)

    @property
    def can_draw(self) -> bool:
        return bool(self.items) and self.entered == self.total and not self.sample and self.batch.closed_at is None

    @property
    def can_close(self) -> bool:
        """Whether all is typed, compared and decided; the error rate is asked when it is closed."""
        compared = bool(self.sample) and self.sample_entered == len(self.sample)
        return self.batch.closed_at is None and compared and not self.differences

    @property
    def seconds_a_page(self) -> float | None:
        """How long the worker took for a page, on average."""
        timed = [(one.item.seconds, one.item.done_pages) for one in self.items if one.item.seconds]
        pages = sum(count for _, count in timed)
        return round(sum(seconds for seconds, _ in timed) / pages, 1) if pages else None

    def next_for(self, user_id: int | None) -> BookItem | None:
        """What this clerk types next."""
        return next((one for one in self.items if one.wants(user_id)), None)


def books(actor: Actor) -> list[ScanBatch]:
    """The newest batches of the actor's units, with counts (`item_total`, `done_total`)."""
    actor.require(DIGITISE)
    live = ~Q(items__state=ScanState.DISCARDED)
    rows = ScanBatch.objects.filter(kind=ScanKind.BOOK, unit_id__in=actor.unit_ids).select_related("type", "unit")
    counted = rows.annotate(
        item_total=Count("items", filter=live), done_total=Count("items", filter=Q(items__paper__isnull=False))
    )
    return list(counted.order_by("-id")[:LISTED_MAX])


def book_page(*, actor: Actor, batch_id: UUID) -> BookPage:
    """The batch; NotFound scan.no_book."""
    actor.require(DIGITISE)
    rows = ScanBatch.objects.filter(kind=ScanKind.BOOK, unit_id__in=actor.unit_ids).select_related("type", "unit")
    batch = rows.filter(public_id=batch_id).first()
    if batch is None:
        raise NotFound("Không tìm thấy đợt số hóa này.", code="scan.no_book")
    return page_of(batch)


def page_of(batch: ScanBatch) -> BookPage:
    """A batch with all that was typed."""
    items = ScanItem.objects.filter(batch=batch).exclude(state=ScanState.DISCARDED).defer("text").order_by("position")
    entries: dict[int, dict[str, ScanEntry]] = {}
    for entry in ScanEntry.objects.filter(item__batch=batch).select_related("entered_by"):
        entries.setdefault(entry.item_id, {})[entry.round] = entry
    return BookPage(batch, [BookItem(item, entries.get(item.pk, {})) for item in items])


def values_of(entry: ScanEntry) -> dict[str, str]:
    """What was typed, by field."""
    return dict(json.loads(entry.values))
