"""What the scanning pages show: one scan with its pages, its progress and what was read from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from dossiers.papers.constants import OwnerRef, ScanState
from dossiers.papers.imaging.ocr import missing_tools
from dossiers.papers.models import Paper, PaperType, ScanItem, ScanPage, StoredFile
from dossiers.papers.permissions import DIGITISE
from dossiers.papers.rules.holder import holder_likeness
from dossiers.papers.rules.reading import PaperReading, read_paper
from dossiers.papers.rules.reading_types import TypeWords
from dossiers.papers.rules.spelling import Likeness
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound

BUSY = frozenset({ScanState.QUEUED, ScanState.WORKING})


@dataclass(frozen=True, slots=True)
class ScanView:
    """One scan. `reading` is there once its text is; `owner_name` is whose dossier it is scanned for."""

    item: ScanItem
    pages: Sequence[ScanPage]
    owner_name: str
    owner: OwnerRef | None
    reading: PaperReading | None = None
    likeness: Likeness = Likeness.UNKNOWN
    missing_tools: Sequence[str] = ()

    @property
    def is_busy(self) -> bool:
        """Whether a worker has it, or will."""
        return self.item.state in BUSY

    @property
    def captured(self) -> int:
        """Pages of the paper; one shot with its note and without counts once."""
        return sum(page.note_pair_of_id is None for page in self.pages)

    @property
    def is_anothers(self) -> bool:
        """Whether the paper seems to be somebody else's."""
        return self.likeness in (Likeness.OTHER, Likeness.NEAR)


@dataclass(frozen=True, slots=True)
class TypeChoice:
    """A type as the form offers it, with its own fields."""

    code: str
    name: str
    fields: tuple[tuple[str, str, str], ...] = field(default=())


def scan_view(*, actor: Actor, item_id: UUID, now: datetime, read: bool = True) -> ScanView:
    """The scan; NotFound scan.not_found. With `read`, and whenever what was read from it is shown, that is on record: a
    part of a page that is drawn again while a worker is at it tells nothing of the paper."""
    item = visible_scan(actor, item_id)
    person = item.batch.owner_person
    if read or item.state == ScanState.READY:
        record_access(
            actor=actor,
            action="scan.read",
            object_type="scan",
            object_id=item.pk,
            person_id=item.batch.owner_person_id,
            purpose="số hóa giấy tờ",
            data={"reference": item.batch.reference},
            now=now,
        )
    pages = list(ScanPage.objects.filter(item=item).order_by("serial"))
    reading = reading_of(item) if item.state == ScanState.READY else None
    name = person.full_name if person else str(item.batch.owner_organisation or "")
    owner = _owner(item)
    likeness = _likeness(item, reading)
    return ScanView(item, pages, name, owner, reading, likeness, missing_tools())


def visible_scan(actor: Actor, item_id: UUID) -> ScanItem:
    """A scan of the actor's units, with its batch."""
    actor.require(DIGITISE)
    rows = ScanItem.objects.select_related("batch__unit", "batch__owner_person", "batch__owner_organisation", "made")
    item = rows.filter(public_id=item_id, batch__unit_id__in=actor.unit_ids).first()
    if item is None:
        raise NotFound("Không tìm thấy giấy tờ đang quét này.", code="scan.not_found")
    return item


def scans_of(reference: str) -> dict[int, ScanItem]:
    """The scans of a reference that were not thrown away, by line, each with its number of pages (`page_total`)."""
    rows = ScanItem.objects.filter(batch__reference=reference, line_id__isnull=False).exclude(state=ScanState.DISCARDED)
    counted = rows.annotate(page_total=Count("pages")).defer("text").order_by("position")
    return {item.line_id: item for item in counted if item.line_id is not None}


def page_file(*, actor: Actor, item_id: UUID, page_id: int) -> tuple[StoredFile, int]:
    """The picture of one page and how far it is turned; NotFound scan.page_not_found."""
    item = visible_scan(actor, item_id)
    page = ScanPage.objects.select_related("file").filter(item=item, pk=page_id).first()
    if page is None:
        raise NotFound("Trang này không còn.", code="scan.page_not_found")
    return page.file, page.turned


def made_file(*, actor: Actor, item_id: UUID, now: datetime) -> tuple[ScanItem, StoredFile]:
    """The file made of the pages; NotFound scan.no_file. The reading is on record."""
    view = scan_view(actor=actor, item_id=item_id, now=now)
    if view.item.made is None:
        raise NotFound("Giấy tờ này chưa được ghép thành tệp.", code="scan.no_file")
    return view.item, view.item.made


def reading_of(item: ScanItem) -> PaperReading:
    """Type and fields proposed from the text of a scan."""
    words = [
        TypeWords(kind.code, (kind.name, *kind.other_names), _fields(kind.fields)) for kind in PaperType.objects.all()
    ]
    expected = [item.type_code] if item.type_code else []
    return read_paper(item.text, words, expected=expected)


def type_choices() -> list[TypeChoice]:
    """Types that may be stored; what may never be demanded is not."""
    kinds = PaperType.objects.filter(never_demand=False)
    return [TypeChoice(kind.code, kind.name, _fields(kind.fields)) for kind in kinds]


def twin_of(paper_id: int | None) -> Paper | None:
    """The paper that a refusal named, as the form shows it."""
    return Paper.objects.select_related("type", "unit").filter(pk=paper_id or 0).first()


def _fields(told: Sequence[Mapping[str, str]]) -> tuple[tuple[str, str, str], ...]:
    return tuple((one["key"], one["label"], one["kind"]) for one in told)


def _owner(item: ScanItem) -> OwnerRef | None:
    batch = item.batch
    if batch.owner_person_id is None and batch.owner_organisation_id is None:
        return None
    return OwnerRef(person_id=batch.owner_person_id, organisation_id=batch.owner_organisation_id)


def _likeness(item: ScanItem, reading: PaperReading | None) -> Likeness:
    person = item.batch.owner_person
    if reading is None or person is None:
        return Likeness.UNKNOWN
    told = {name: proposal.value for name, proposal in reading.fields.items()}
    return holder_likeness(
        name=told.get("holder_name", ""),
        personal_id=told.get("holder_id", ""),
        owner_name=person.full_name,
        owner_id=person.personal_id,
        owner_old_id=person.old_id,
    )
