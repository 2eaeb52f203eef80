"""Confirm a scanned paper: what is printed on it is right, the original was compared, it goes into the store signed.

Clerks of the unit (domain.md §7.2, steps 2 to 7). Writes the paper (or another version of one that is there), ends the
scan and lets its pages go.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from dossiers.papers.constants import OwnerRef, PaperEventKind, PaperSource, ScanState, Trust
from dossiers.papers.models import Paper, PaperType, PaperVersion, ScanItem, ScanPage
from dossiers.papers.services.paper_data import FileContent, PaperData, check_data, paper_type_of, same_number
from dossiers.papers.services.reading import read_file
from dossiers.papers.services.recording import record_paper_event
from dossiers.papers.services.reopen_scan import clear_made, clear_pages
from dossiers.papers.services.scan_confirmation import (
    NEW_VERSION,
    USE_TWIN,
    ScanConfirmation,
    decide_twin,
    refuse_uncompared,
    settle_owner,
)
from dossiers.papers.services.scan_locking import lock_scan
from dossiers.papers.services.scan_signing import SignedScan, sign_scan
from dossiers.papers.services.store_paper import new_paper
from dossiers.papers.services.versions import make_version
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError


@dataclass(frozen=True, slots=True)
class ConfirmedScan:
    """The paper, whether it was there already, and why it is only a picture to look at ("" when it is more)."""

    item: ScanItem
    paper: Paper
    was_held: bool
    why_not_signed: str


@transaction.atomic
def confirm_scan(*, actor: Actor, item_id: UUID, said: ScanConfirmation, now: datetime | None = None) -> ConfirmedScan:
    """The paper that the scan became. Raises what `lock_scan`, `settle_owner`, `decide_twin`, `check_data` refuse."""
    item, moment = lock_scan(actor=actor, item_id=item_id, states={ScanState.READY}), now or clock.now()
    refuse_uncompared(said)
    kind, owner = paper_type_of(said.type_code), settle_owner(said, item.batch, now=moment)
    data = _data(said, owner)
    check_data(data, kind)
    twin = same_number(data, kind)
    way = decide_twin(said, twin)
    if twin is not None and way == USE_TWIN:
        return _end(item, twin, True, "", moment)
    signed = sign_scan(_made(item), actor=actor, unit=item.batch.unit, now=moment)
    paper = _stored(actor, item, data, kind, signed, twin if way == NEW_VERSION else None, moment)
    return _end(item, paper, way == NEW_VERSION, signed.why_not, moment)


def _data(said: ScanConfirmation, owner: OwnerRef) -> PaperData:
    return PaperData(
        owner=owner,
        type_code=said.type_code,
        source=PaperSource.DIGITISED,
        trust=Trust.CHECKED,
        number=said.number,
        issuer_name=said.issuer_name,
        issued_on=said.issued_on,
        valid_to=said.valid_to,
        fields={key: text for key, text in said.fields.items() if text.strip()},
    )


def _made(item: ScanItem) -> bytes:
    assert item.made is not None, "scan_item_ready_has_file"
    return read_file(item.made)


def _stored(
    actor: Actor,
    item: ScanItem,
    data: PaperData,
    kind: PaperType,
    signed: SignedScan,
    earlier: Paper | None,
    now: datetime,
) -> Paper:
    content = content_of(item, signed)
    if earlier is not None:
        return _another_version(actor, earlier, content, signed, now)
    trusted = replace(data, trust=signed.trust)
    check_data(trusted, kind, content)
    return new_paper(actor=actor, data=trusted, kind=kind, content=content, now=now)


def _another_version(actor: Actor, paper: Paper, content: FileContent, signed: SignedScan, now: datetime) -> Paper:
    """The paper that was there, with this file as its newest version. Raises DomainError scan.weaker_version."""
    held = Paper.objects.select_for_update(no_key=True).get(pk=paper.pk)
    if signed.trust.rank < Trust(held.trust).rank:
        raise DomainError(
            "scan.weaker_version",
            f"Bản đã có trong kho đáng tin hơn ({Trust(held.trust).label}). Xin dùng bản đã có.",
            "twin_choice",
            status=409,
        )
    last = PaperVersion.objects.filter(paper=held).aggregate(last=Max("serial"))["last"] or 0
    held.current_version = make_version(paper=held, content=content, serial=last + 1, actor=actor, now=now)
    held.trust = signed.trust
    held.row_version += 1
    held.save(update_fields=["current_version", "trust", "row_version"])
    told = {"version": last + 1, "pages": content.page_count, "trust": held.trust}
    record_paper_event(paper_id=held.pk, kind=PaperEventKind.VERSION_ADDED, actor=actor, at=now, data=told)
    return held


def content_of(item: ScanItem, signed: SignedScan) -> FileContent:
    """The signed file with what is known of its pages."""
    images = ScanPage.objects.filter(item=item).count()
    return FileContent(
        original=signed.content,
        shown=signed.content,
        content_type="application/pdf",
        page_count=images,
        image_count=images,
        sha256=hashlib.sha256(signed.content).hexdigest(),
        page_count_declared=item.page_count_declared,
        signature_state=signed.state,
        signature=signed.report,
        text=item.text,
        scanner=item.scanner,
    )


def _end(item: ScanItem, paper: Paper, was_held: bool, why_not: str, now: datetime) -> ConfirmedScan:
    item.state, item.paper, item.touched_at, item.finished_at = ScanState.DONE, paper, now, now
    problem = why_not[:500]
    clear_made(item)
    clear_pages(item)
    return ConfirmedScan(item, paper, was_held, problem)
