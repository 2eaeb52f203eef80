"""One paper's line on a citizen's page: how it is drawn, what was chosen for it, and the file shown again."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest
from django.urls import reverse

from dossiers.models import FiledPaper
from dossiers.papers.views.contents import SHOWN
from dossiers.selectors.filed import file_note
from dossiers.selectors.filing import FilingPage, PaperSlot
from dossiers.selectors.paper_offers import HeldLine
from haddong_portal.common.errors import Conflict, DomainError, NotFound
from haddong_portal.common.web.downloads import checked_file

SHOWN_IN_OUR_FRAMES = SHOWN


def paper_response(paper: FiledPaper) -> FileResponse:
    """A checked PDF or picture, shown and not run: its true type, a name of ours, kept by nobody.

    Raises Conflict filing.not_shown for one that waits for the virus scanner or did not pass it.
    """
    note = file_note(paper.state, paper.check_code)
    if note:
        raise Conflict("filing.not_shown", note)
    try:
        content = paper.file.open("rb")
    except FileNotFoundError:
        raise NotFound("Tệp này không còn trên máy chủ. Xin báo quản trị hệ thống.", code="filing.no_paper") from None
    response = checked_file(content, content_type=paper.content_type, name=f"giay-to-{paper.pk}", inline=True)
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


@dataclass(frozen=True)
class DrawnFile:
    """One file of a slot, with where it is seen and taken out."""

    name: str
    size_bytes: int
    url: str
    remove_url: str
    note: str = ""  # why it cannot be opened


@dataclass(frozen=True)
class DrawnSlot:
    """One paper's line on a citizen's page, whatever page it is. `why` says what is wrong with the earlier one."""

    id: int
    name: str
    upload_url: str
    files: list[DrawnFile]
    required: bool = True
    is_shown_only: bool = False
    note: str = ""
    why: str = ""
    held: str = ""
    offers: tuple[HeldLine, ...] = ()
    hold_url: str = ""
    drop_url: str = ""


def drawn_slots(page: FilingPage) -> list[DrawnSlot]:
    """The components of an unfinished form."""
    return [drawn_slot(page.key, slot) for slot in page.slots]


def drawn_slot(key: uuid.UUID, slot: PaperSlot) -> DrawnSlot:
    own = {"key": key}
    return DrawnSlot(
        id=slot.requirement_id,
        name=slot.name,
        upload_url=reverse("filing:upload", kwargs={**own, "requirement_id": slot.requirement_id}),
        files=[
            DrawnFile(
                paper.name,
                paper.size_bytes,
                reverse("filing:own-file", kwargs={**own, "paper_id": paper.pk}),
                reverse("filing:remove", kwargs={**own, "paper_id": paper.pk}),
                file_note(paper.state, paper.check_code),
            )
            for paper in slot.files
        ],
        required=slot.required,
        is_shown_only=slot.is_shown_only,
        note=slot.note,
        held=slot.held,
        offers=slot.offers,
        hold_url=reverse("filing:hold", kwargs={**own, "requirement_id": slot.requirement_id}),
        drop_url=reverse("filing:drop-held", kwargs={**own, "requirement_id": slot.requirement_id}),
    )


def files_of(request: HttpRequest) -> list[UploadedFile[Any]]:
    """What was chosen; DomainError filing.no_file."""
    files = request.FILES.getlist("file")
    if not files:
        raise DomainError("filing.no_file", "Chưa chọn tệp nào.", "file", status=422)
    return list(files)


def each_file(request: HttpRequest, take: Callable[[UploadedFile[Any]], object]) -> DomainError | None:
    """Give each chosen file to `take`; one that is refused loses no other. The first refusal, to be said."""
    first: DomainError | None = None
    try:
        files = files_of(request)
    except DomainError as error:
        return error
    for file in files:
        try:
            take(file)
        except DomainError as error:
            first = first or error
    return first


def upload_limits() -> dict[str, int]:
    """How large a file may be, for the words on the page and for its script."""
    return {"file_max": settings.UPLOAD_MAX_BYTES, "file_max_mb": settings.UPLOAD_MAX_BYTES // (1024 * 1024)}
