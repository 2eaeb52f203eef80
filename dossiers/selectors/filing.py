"""The citizen's unfinished form: where and what is filed, the papers with their files, what is still missing."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dossiers.models import Dossier, FiledPaper, FilingDraft
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
        """Required components without a file."""
        return [slot for slot in self.slots if slot.required and not slot.files]

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone) if self.phone else ""

    def slot(self, requirement_id: int) -> PaperSlot | None:
        return next((slot for slot in self.slots if slot.requirement_id == requirement_id), None)


def filing_page(key: uuid.UUID) -> FilingPage:
    """The draft behind its key; NotFound filing.gone."""
    joined = ("procedure__current_version", "unit", "dossier")
    draft = FilingDraft.objects.select_related(*joined).filter(key=key).first()
    if draft is None or draft.unit is None:
        raise NotFound("Bản khai này không còn. Xin bắt đầu bản khai mới.", code="filing.gone")
    content = dict(json.loads(draft.content)) if draft.content else {}
    version = draft.procedure.current_version
    code = draft.procedure.national_code
    case = filed_case(code, content.get("case_id", ""))
    return FilingPage(
        key=key,
        procedure_code=code,
        procedure_name=version.name if version else code,
        unit_name=draft.unit.name,
        case_id=case.case_id if case else 0,
        cases=list(version.cases.order_by("position")) if version else [],
        slots=slots_of(case.requirements if case else (), draft.papers.all()),
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
