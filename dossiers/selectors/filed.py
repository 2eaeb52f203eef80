"""Papers that came as files from home: as the dossier's page lists them, and one of them to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dossiers.constants import UploadState
from dossiers.models import Dossier, FiledPaper
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound
from haddong_portal.common.files.sentences import sentence_of

FILED_FIELDS = "id name requirement_id size_bytes uploaded_at state check_code"
OTHER = "Giấy tờ khác"


@dataclass(frozen=True)
class FiledLine:
    """One file."""

    id: int
    name: str
    requirement_id: int | None
    size_bytes: int
    uploaded_at: datetime
    state: str = UploadState.SHOWN
    check_code: str = ""

    @property
    def is_shown(self) -> bool:
        return self.state == UploadState.SHOWN

    @property
    def note(self) -> str:
        """Why it cannot be opened; "" for one that can."""
        return file_note(self.state, self.check_code)


@dataclass(frozen=True)
class FiledGroup:
    """The files given for one component."""

    name: str
    files: list[FiledLine]


def file_note(state: str, check_code: str) -> str:
    """What stands beside a file that nobody may open, for the desk and for the citizen."""
    if state == UploadState.HELD:
        return "Đang chờ quét mã độc nên chưa mở được."
    return f"Không dùng được: {sentence_of(check_code)}" if state == UploadState.REFUSED else ""


def filed_of(lines: list[dict[str, Any]], names: Sequence[tuple[int | None, str]]) -> list[FiledGroup]:
    """The files by component, in the order of `names` (component id, name); what fits none comes last."""
    files = [FiledLine(**{**line, "uploaded_at": datetime.fromisoformat(line["uploaded_at"])}) for line in lines]
    known = {requirement_id for requirement_id, _ in names}
    groups = [
        FiledGroup(name, [file for file in files if file.requirement_id == requirement_id])
        for requirement_id, name in names
    ]
    groups.append(FiledGroup(OTHER, [file for file in files if file.requirement_id not in known]))
    return [group for group in groups if group.files]


def filed_paper(*, actor: Actor, code: str, paper_id: int, now: datetime) -> FiledPaper:
    """The file of a dossier that the actor may see; NotFound filing.no_paper. The read leaves an audit row."""
    visible = Dossier.objects.visible_to(actor).filter(code=code)
    paper = FiledPaper.objects.select_related("dossier").filter(pk=paper_id, dossier__in=visible).first()
    if paper is None or paper.dossier is None:
        raise NotFound("Không tìm thấy tệp này.", code="filing.no_paper")
    record_access(
        actor=actor,
        action="paper.read",
        object_type="dossier",
        object_id=paper.dossier_id or 0,
        person_id=paper.dossier.person_id,
        purpose="xem giấy tờ nộp trực tuyến",
        now=now,
    )
    return paper
