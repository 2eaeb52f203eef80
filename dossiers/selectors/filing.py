"""The citizen's unfinished form: where and what is filed, the papers with their files, what is still missing."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from dossiers.constants import ApplicantKind, UploadState
from dossiers.models import Dossier, FiledPaper, FilingDraft
from dossiers.rules.papers import held_in
from dossiers.selectors.paper_offers import HeldLine, own_offers
from haddong_portal.common import clock
from haddong_portal.common.errors import NotFound
from haddong_portal.common.identifiers.masking import mask_phone
from procedures.constants import RequirementKind
from procedures.models import PaperRequirement, ProcedureCase
from procedures.selectors.intake import filed_case


@dataclass(frozen=True)
class PaperSlot:
    """One component of the case and the files given for it."""

    requirement_id: int
    name: str
    required: bool
    is_shown_only: bool
    note: str
    files: list[FiledPaper]
    held: str = ""
    offers: tuple[HeldLine, ...] = ()

    @property
    def is_missing(self) -> bool:
        """Required, without a paper of the store and without a file that may count."""
        return self.required and not self.held and all(file.state == UploadState.REFUSED for file in self.files)


@dataclass(frozen=True)
class FilingPage:
    """One draft as its pages show it. `dossier` is set once it was sent."""

    key: uuid.UUID
    procedure_code: str
    procedure_name: str
    unit_name: str
    case_id: int
    cases: list[ProcedureCase]
    slots: list[PaperSlot]
    content: dict[str, str]
    phone: str
    saved_at: datetime
    dossier: Dossier | None = None

    @property
    def case_name(self) -> str:
        return next((case.name for case in self.cases if case.pk == self.case_id), "")

    @property
    def missing(self) -> list[PaperSlot]:
        """Required components without a file and without a paper of the store."""
        return [slot for slot in self.slots if slot.is_missing]

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone) if self.phone else ""

    def slot(self, requirement_id: int) -> PaperSlot | None:
        return next((slot for slot in self.slots if slot.requirement_id == requirement_id), None)


def filing_page(key: uuid.UUID, *, person_id: int | None = None) -> FilingPage:
    """The draft behind its key; NotFound filing.gone. `person_id`: a signed-in citizen, whose store is asked."""
    joined = ("procedure__current_version", "unit", "dossier")
    draft = FilingDraft.objects.select_related(*joined).filter(key=key).first()
    if draft is None or draft.unit is None:
        raise NotFound("Bản khai này không còn. Xin bắt đầu bản khai mới.", code="filing.gone")
    content = dict(json.loads(draft.content)) if draft.content else {}
    version = draft.procedure.current_version
    code = draft.procedure.national_code
    case = filed_case(code, content.get("case_id", ""))
    requirements = list(case.requirements) if case else []
    return FilingPage(
        key=key,
        procedure_code=code,
        procedure_name=version.name if version else code,
        unit_name=draft.unit.name,
        case_id=case.case_id if case else 0,
        cases=list(version.cases.order_by("position")) if version else [],
        slots=_with_store(slots_of(requirements, draft.papers.all()), requirements, content, person_id),
        content=content,
        phone=draft.phone if draft.phone_confirmed_at else "",
        saved_at=draft.updated_at,
        dossier=draft.dossier,
    )


def slots_of(requirements: Iterable[PaperRequirement], papers: Iterable[FiledPaper]) -> list[PaperSlot]:
    """Components in order, each with its files."""
    files = list(papers)
    return [
        PaperSlot(
            requirement_id=requirement.pk,
            name=requirement.name,
            required=requirement.required,
            is_shown_only=requirement.kind == RequirementKind.PRESENT,
            note=requirement.electronic_note,
            files=[paper for paper in files if paper.requirement_id == requirement.pk],
        )
        for requirement in requirements
    ]


def _with_store(
    slots: list[PaperSlot], requirements: Sequence[PaperRequirement], content: Mapping[str, str], person_id: int | None
) -> list[PaperSlot]:
    """Each component with the store's paper chosen for it, and what the signed-in applicant's store offers."""
    chosen = held_in(content)
    by_organisation = content.get("applicant_kind") == ApplicantKind.ORGANISATION
    offers = {} if person_id is None or by_organisation else own_offers(person_id, requirements, on=clock.today())
    return [
        replace(
            slot,
            held=_held_word(chosen.get(slot.requirement_id), offers.get(slot.requirement_id, ())),
            offers=offers.get(slot.requirement_id, ()),
        )
        for slot in slots
    ]


def _held_word(paper: uuid.UUID | None, offers: tuple[HeldLine, ...]) -> str:
    """The chosen paper by name for its owner; for whoever else has the form's address only that there is one."""
    if paper is None:
        return ""
    return next((offer.name for offer in offers if offer.paper == paper), "giấy tờ trong kho của người nộp")


@dataclass(frozen=True)
class OpenFiling:
    """A draft that this browser began, to be taken up again."""

    key: uuid.UUID
    procedure_name: str
    saved_at: datetime


def open_filings(keys: Iterable[uuid.UUID]) -> list[OpenFiling]:
    """Those of the drafts that are still there and not sent, latest first."""
    rows = FilingDraft.objects.filter(key__in=list(keys), dossier__isnull=True).order_by("-updated_at")
    columns = ("key", "procedure__current_version__name", "updated_at")
    return [OpenFiling(key, name or "", saved_at) for key, name, saved_at in rows.values_list(*columns)]
