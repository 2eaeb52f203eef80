"""Open a stored paper: the right, the content proven, and the reading on record (ND13-2023-D38).

Staff for a thing of theirs that concerns the paper's owner, or in which the paper was used; an owner their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dossiers.papers.models import Paper, PaperUse, PaperVersion
from dossiers.papers.permissions import OPEN
from dossiers.papers.ports import read_reference
from dossiers.papers.services.reading import read_file
from dossiers.papers.services.versions import owner_of
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotAllowed, NotFound

SUFFIXES = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "image/tiff": "tif"}


@dataclass(frozen=True, slots=True)
class OpenedPaper:
    """A content for its reader; `name` is safe for a download."""

    content: bytes
    name: str
    content_type: str


def open_paper(
    *,
    actor: Actor,
    paper_id: int,
    purpose: str,
    reference: str = "",
    original: bool = False,
    version_id: int | None = None,
    now: datetime | None = None,
) -> OpenedPaper:
    """The copy that people see, or the untouched original; of the current version unless one is named. Raises NotFound
    paper.not_found, NotAllowed paper.no_reference, and the refusals of `read_file`."""
    paper = _paper(actor, paper_id)
    check_may_open(actor, paper, reference)
    version = _version(paper, version_id)
    moment = now or clock.now()
    content = read_file(version.original if original else version.shown, now=moment)
    record_access(
        actor=actor,
        action=OPEN,
        object_type="paper",
        object_id=paper.pk,
        person_id=paper.owner_person_id,
        purpose=purpose,
        data={"reference": reference, "version": version.serial, "original": original},
        now=moment,
    )
    return OpenedPaper(content, download_name(paper, version), version.content_type)


def check_may_open(actor: Actor, paper: Paper, reference: str) -> None:
    """Raises NotAllowed: without the right, or without something at hand that this paper belongs to."""
    if actor.person_id is not None:
        return  # `visible_to` has let them see their own alone
    actor.require(OPEN)
    view = read_reference(actor, reference)
    if view is not None and (owner_of(paper) in view.owners or _used_for(paper, reference)):
        return
    raise NotAllowed(
        "Chỉ mở được nội dung giấy tờ cho hồ sơ đang giải quyết của người có giấy tờ.", code="paper.no_reference"
    )


def _paper(actor: Actor, paper_id: int) -> Paper:
    files = ("current_version__original", "current_version__shown")
    rows = Paper.objects.visible_to(actor).select_related("type", *files).defer("current_version__text", "fields")
    paper = rows.filter(pk=paper_id).first()
    if paper is None:
        raise NotFound("Không tìm thấy giấy tờ này trong kho.", code="paper.not_found")
    return paper


def _version(paper: Paper, version_id: int | None) -> PaperVersion:
    version = paper.current_version
    if version_id is not None and version_id != paper.current_version_id:
        rows = PaperVersion.objects.filter(paper=paper, pk=version_id)
        version = rows.select_related("original", "shown").defer("text").first()
    if version is None:
        raise NotFound("Không tìm thấy bản này của giấy tờ.", code="paper.not_found")
    return version


def _used_for(paper: Paper, reference: str) -> bool:
    return PaperUse.objects.filter(reference=reference, version__paper=paper).exists()


def download_name(paper: Paper, version: PaperVersion) -> str:
    """CODE_SERIAL_VERSION_DAY.EXT: says what it is and nothing of whose it is."""
    suffix = SUFFIXES.get(version.content_type, "bin")
    day = clock.local(version.made_at)
    return f"{paper.type.code}_{paper.public_id.hex[:8]}_V{version.serial}_{day:%Y%m%d}.{suffix}"
