"""Put the papers of a closed book into their owners' stores, one by one. Run by a worker, safe to run twice.

A paper whose holder has no personal ID in the book ends without an owner: it stays in the batch and says so. While the
storage does not answer nothing ends: the sweeper sends a worker again.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from dossiers.papers.constants import EntryRound, OwnerRef, PaperSource, ScanKind, ScanState
from dossiers.papers.models import Paper, ScanBatch, ScanEntry, ScanItem
from dossiers.papers.rules.reading_values import read_date
from dossiers.papers.selectors.books import values_of
from dossiers.papers.services.confirm_scan import content_of
from dossiers.papers.services.paper_data import PaperData, check_data, paper_type_of, same_number
from dossiers.papers.services.reading import read_file
from dossiers.papers.services.reopen_scan import clear_made, clear_pages
from dossiers.papers.services.scan_signing import sign_scan
from dossiers.papers.services.store_paper import new_paper
from haddong_portal.accounts.models import User
from haddong_portal.citizens.services.find_or_create_person import PersonData, checked_person, find_or_create_person
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError

NO_OWNER = "Trong sổ không có số định danh nên chưa gắn được vào kho của người nào."


def file_book(*, batch_id: int, now: datetime | None = None) -> int:
    """How many papers this run settled. Raises DomainError paper.unreachable (503): the rest waits as it is."""
    batch = ScanBatch.objects.select_related("unit").get(pk=batch_id, kind=ScanKind.BOOK, closed_at__isnull=False)
    actor, settled = _closer(batch), 0
    for item_id in ScanItem.objects.filter(batch=batch, state=ScanState.READY).values_list("pk", flat=True):
        settled += _file_one(item_id, batch, actor, now or clock.now())
    return settled


def _closer(batch: ScanBatch) -> Actor:
    """Whoever closed the batch answers for what goes into the store."""
    assert batch.closed_by_id is not None, "scan_batch_closed_by_somebody"
    user = User.objects.get(pk=batch.closed_by_id)
    return Actor(name=user.full_name, user_id=user.pk, unit_id=batch.unit_id, unit_name=batch.unit.name)


@transaction.atomic
def _file_one(item_id: int, batch: ScanBatch, actor: Actor, now: datetime) -> bool:
    rows = ScanItem.objects.select_for_update(skip_locked=True, of=("self",)).select_related("made", "batch")
    item = rows.filter(pk=item_id, state=ScanState.READY).first()
    if item is None:
        return False
    paper, problem = None, NO_OWNER
    try:
        with transaction.atomic():
            paper, problem = _stored(item, batch, actor, now)
    except DomainError as refusal:
        if refusal.status >= 500:
            raise  # nobody's fault and over soon: the paper must not end for it
        problem = f"{refusal.message} Mã: {refusal.code}"
    item.state, item.paper, item.finished_at, item.touched_at = ScanState.DONE, paper, now, now
    if paper is not None:
        clear_made(item)
        clear_pages(item)
    item.problem = problem[:500]
    item.save()
    return True


def _stored(item: ScanItem, batch: ScanBatch, actor: Actor, now: datetime) -> tuple[Paper | None, str]:
    told = _right(item)
    if not told.get("holder_id") or not told.get("holder_name"):
        return None, NO_OWNER
    data = checked_person(PersonData(full_name=told["holder_name"], personal_id=told["holder_id"]))
    person, _ = find_or_create_person(data=data, now=now)
    assert item.made is not None, "scan_item_ready_has_file"
    signed = sign_scan(read_file(item.made), actor=actor, unit=batch.unit, now=now)
    kind = paper_type_of(item.type_code)
    printed = PaperData(
        owner=OwnerRef(person_id=person.pk),
        type_code=kind.code,
        source=PaperSource.DIGITISED,
        trust=signed.trust,
        number=told.get("number", ""),
        issuer_name=told.get("issuer_name", ""),
        issued_on=_day(told.get("issued_on", "")),
        valid_to=_day(told.get("valid_to", "")),
        fields={key[4:]: text for key, text in told.items() if key.startswith("own-") and text},
    )
    content = content_of(item, signed)
    check_data(printed, kind, content)
    if same_number(printed, kind) is not None:
        raise DomainError(
            "paper.duplicate", "Kho đã có giấy tờ cùng loại, cùng số của người này.", "number", status=409
        )
    return new_paper(actor=actor, data=printed, kind=kind, content=content, now=now), signed.why_not


def _right(item: ScanItem) -> dict[str, str]:
    entries = {entry.round: entry for entry in ScanEntry.objects.filter(item=item)}
    return values_of(entries.get(EntryRound.DECIDED) or entries[EntryRound.FIRST])


def _day(text: str) -> date | None:
    day = read_date(text)
    return date.fromisoformat(day) if day else None
