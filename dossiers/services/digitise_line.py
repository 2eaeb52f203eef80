"""Digitise one paper of a dossier: begin its scan, keep its pages, and confirm it into the applicant's store.

Clerks and the head of the desk that received the dossier (domain.md §7.2). Confirming writes the checklist line and one
event; the dossier's state and clock stay as they are.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from dossiers.constants import EventKind
from dossiers.models import ChecklistLine, Dossier
from dossiers.papers.constants import ScanState
from dossiers.papers.models import ScanItem, ScanPage
from dossiers.papers.services.add_scan_pages import add_scan_pages
from dossiers.papers.services.confirm_scan import ConfirmedScan, confirm_scan
from dossiers.papers.services.open_scan import ScanLine, open_scan
from dossiers.papers.services.scan_confirmation import ScanConfirmation
from dossiers.selectors.digitising import dossier_of_desk, lines_of, owner_of_dossier
from dossiers.selectors.matters import reference_of
from dossiers.services.locking import lock_visible
from dossiers.services.recording import record_event
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, NotFound


def scan_line(
    *,
    actor: Actor,
    code: str,
    line_id: int,
    content: bytes,
    name: str,
    by_camera: bool = False,
    now: datetime | None = None,
) -> list[ScanPage]:
    """The new pages of this line's scan, begun when there is none. Raises the refusals of `open_line` and
    `add_scan_pages`."""
    item = open_line(actor=actor, code=code, line_id=line_id, now=now)
    return add_scan_pages(actor=actor, item_id=item.public_id, content=content, name=name, by_camera=by_camera, now=now)


def open_line(*, actor: Actor, code: str, line_id: int, now: datetime | None = None) -> ScanItem:
    """The scan of a line. Raises NotFound dossier.not_found, scan.no_line, NotAllowed scan.other_unit, Conflict
    scan.line_done."""
    dossier = dossier_of_desk(actor, code)
    wanted = next((one for one in lines_of(dossier) if one.line.pk == line_id), None)
    if wanted is None:
        raise NotFound("Giấy tờ này không có trong thành phần đã nhận của hồ sơ.", code="scan.no_line")
    if wanted.is_done:
        raise Conflict("scan.line_done", "Giấy tờ này đã được số hóa.")
    requirement = wanted.line.requirement
    return open_scan(
        actor=actor,
        reference=reference_of(dossier.code),
        owner=owner_of_dossier(dossier),
        unit_id=dossier.receiving_unit_id,
        line=ScanLine(line_id, wanted.line.name, requirement.paper_type if requirement else ""),
        now=now,
    )


@transaction.atomic
def digitise_line(
    *, actor: Actor, code: str, item_id: UUID, said: ScanConfirmation, now: datetime | None = None
) -> ConfirmedScan:
    """The paper in the store, its line ticked. Raises Conflict scan.line_done and the refusals of `confirm_scan`."""
    dossier = lock_visible(actor, dossier_of_desk(actor, code).pk)
    line = _line(dossier, item_id)
    moment = now or clock.now()
    confirmed = confirm_scan(actor=actor, item_id=item_id, said=said, now=moment)
    line.digitised_paper, line.digitised_at = confirmed.paper, moment
    line.save(update_fields=["digitised_paper", "digitised_at"])
    record_event(
        dossier=dossier,
        kind=EventKind.DIGITISED,
        actor=actor,
        at=moment,
        from_status=dossier.status,
        note=line.name,
        data={"line_id": line.pk, "paper_id": confirmed.paper.pk, "trust": confirmed.paper.trust},
    )
    return confirmed


def _line(dossier: Dossier, item_id: UUID) -> ChecklistLine:
    """The line that a scan of this dossier is for."""
    scans = ScanItem.objects.filter(public_id=item_id, batch__reference=reference_of(dossier.code))
    line_id = scans.exclude(state=ScanState.DISCARDED).values_list("line_id", flat=True).first()
    line = ChecklistLine.objects.filter(dossier=dossier, pk=line_id or 0).first()
    if line is None:
        raise NotFound("Không tìm thấy giấy tờ đang quét này.", code="scan.not_found")
    if line.digitised_at is not None:
        raise Conflict("scan.line_done", "Giấy tờ này đã được số hóa.")
    return line
