"""The corpus of bad files through the real door: no fault of the server, nothing kept of what is refused."""

from __future__ import annotations

import io
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dossiers.models import FiledPaper, ResultFile
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from haddong_portal.common.web.downloads import checked_file
from tests.common.files import bad_bombs, bad_names, bad_pdfs, bad_polyglots, bad_types
from tests.common.files.corpus import BadFile
from tests.databases import REPOSITORY
from tests.dossiers.conftest import Story
from tests.dossiers.filed import PDF, draft_of, pdf, submitted
from tests.dossiers.screens.conftest import OpenSession
from tests.factories import PublishedProcedure
from tests.sample_files import SMALL_PNG, make_pdf

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true"}
SAFE_TYPES = {"application/pdf", "image/jpeg", "image/png"}
ACTING = make_pdf(catalog=b"/OpenAction << /S /JavaScript /JS (x) >>")


def kept_files() -> list[Path]:
    return [path for path in Path(default_storage.location).rglob("*") if path.is_file()]  # type: ignore[attr-defined]


@pytest.fixture
def draft(online: PublishedProcedure, ward: Unit, settings: Any) -> str:
    settings.FILE_CHECK_SECONDS = 8
    return f"/nop-ho-so/ban-khai/{draft_of(online, ward, papers=False)}/"


@pytest.mark.parametrize(
    "room", [bad_types, bad_polyglots, bad_bombs, bad_pdfs, bad_names], ids=lambda room: room.__name__
)
def test_bad_files_at_the_door(
    room: ModuleType,
    draft: str,
    client: Client,
    online: PublishedProcedure,
    django_capture_on_commit_callbacks: Any,
) -> None:
    address = f"{draft}giay-to/{online.papers[0].pk}/"
    for bad in room.FILES:
        content = bad.make()
        answer = client.post(address, {"file": SimpleUploadedFile(bad.name, content)}, headers=PART)
        if answer.status_code == 200:
            with django_capture_on_commit_callbacks(execute=True):
                _assert_shown_calm(client, draft, bad, content)
        else:
            assert answer.status_code in (400, 413), bad.case
            assert "Mã: filing." in answer.content.decode(), bad.case
        assert not FiledPaper.objects.exists() and not kept_files(), f"{bad.case} left something behind"


def _assert_shown_calm(client: Client, draft: str, bad: BadFile, content: bytes) -> None:
    """What was taken is shown as a copy; then it is taken out again."""
    paper = FiledPaper.objects.get()
    shown = client.get(f"{draft}tep/{paper.pk}/")
    seen = b"".join(shown.streaming_content)  # type: ignore[attr-defined]  # a FileResponse streams
    # A browser's upload has lost its folders on the way: such a name is a good one by now.
    assert paper.check_code in (*bad.codes, *(["file.clean"] if bad in bad_names.FILES else [])), bad.case
    assert seen != content or bad in bad_names.FILES, bad.case
    assert shown["Content-Type"] in SAFE_TYPES and shown["X-Content-Type-Options"] == "nosniff"
    client.post(f"{draft}tep/{paper.pk}/bo/")


def test_one_refused_file_loses_no_other(draft: str, client: Client, online: PublishedProcedure) -> None:
    files = [pdf("mot.pdf"), pdf("hai.pdf", b"MZ"), SimpleUploadedFile("ba.png", SMALL_PNG)]
    answer = client.post(f"{draft}giay-to/{online.papers[0].pk}/", {"file": files}, headers=PART)
    page = answer.content.decode()
    assert answer.status_code == 400 and "filing.bad_type" in page and "hai.pdf" in page
    assert "mot.pdf" in page and "ba.png" in page
    assert [paper.name for paper in FiledPaper.objects.order_by("id")] == ["mot.pdf", "ba.png"]


def test_what_goes_out_runs_nowhere(
    draft: str,
    client: Client,
    story: Story,
    online: PublishedProcedure,
    ward: Unit,
    desk_clerk_lan: Actor,
    open_session: OpenSession,
) -> None:
    """Each address that gives out a file from outside: its true type, no guessing, no cache; results as a download."""
    client.post(f"{draft}giay-to/{online.papers[0].pk}/", {"file": pdf(content=ACTING)}, headers=PART)
    own = f"{draft}tep/{FiledPaper.objects.get().pk}/"
    dossier = submitted(online, ward)
    filed = reverse("dossiers:filed-paper", args=[dossier.code, FiledPaper.objects.get(dossier=dossier).pk])
    done = story.done()
    result = reverse("dossiers:result-file", args=[done.code, ResultFile.objects.get(dossier=done).pk])
    staff = open_session(desk_clerk_lan)
    for answer in (client.get(own), staff.get(filed), staff.get(result)):
        assert answer.status_code == 200
        assert answer["Content-Type"] in SAFE_TYPES
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "private, no-store"
        assert "script-src 'self'" in answer["Content-Security-Policy"]
        assert b"JavaScript" not in b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert staff.get(result)["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize(
    ("content_type", "inline", "sent_as", "disposition"),
    [
        ("application/pdf", True, "application/pdf", "inline"),
        ("image/png", False, "image/png", "attachment"),
        ("text/html", True, "application/octet-stream", "attachment"),
        ("image/svg+xml", True, "application/octet-stream", "attachment"),
    ],
)
def test_an_unknown_type_goes_out_as_plain_bytes(
    content_type: str, inline: bool, sent_as: str, disposition: str
) -> None:
    answer = checked_file(io.BytesIO(b"x"), content_type=content_type, name="giay-to-1", inline=inline)
    assert (answer["Content-Type"], answer["Content-Disposition"].split(";")[0]) == (sent_as, disposition)


def test_no_view_gives_out_a_file_past_the_common_door() -> None:
    """Files made by the portal itself (posters, its PDFs) are known; those from outside go through `checked_file`."""
    own_files = {Path("procedures/views/posters.py"), Path("haddong_portal/common/web/downloads.py")}
    makers = {
        path.relative_to(REPOSITORY)
        for app in ("dossiers", "procedures", "interlink", "feedback", "haddong_portal")
        for path in (REPOSITORY / app).rglob("*.py")
        if "FileResponse(" in path.read_text()
    }
    assert makers == own_files


def test_what_django_itself_refuses_is_said_in_words(
    draft: str, client: Client, online: PublishedProcedure, settings: Any
) -> None:
    address = f"{draft}giay-to/{online.papers[0].pk}/"
    settings.DATA_UPLOAD_MAX_NUMBER_FILES, settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3, 5
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2000
    csrf = Client(enforce_csrf_checks=True)  # with its cookie the body is read before any view is asked
    csrf.get(draft)
    for one in (client, csrf):
        many = one.post(address, {"file": [pdf(f"{number}.pdf") for number in range(5)]})
        fields = one.post(address, {f"field{number}": "x" for number in range(9)})
        words = one.post(address, {"word": "x" * 3000})
        broken = one.post(address, b"--x\r\nContent-Disposition: form", content_type="multipart/form-data; boundary=")
        codes = ("web.too_many_files", "web.too_many_fields", "web.too_many_words", "web.broken_upload")
        for answer, code in zip((many, fields, words, broken), codes, strict=True):
            assert (answer.status_code, code in answer.content.decode()) == (400, True), code
    assert not FiledPaper.objects.exists()


def test_an_upload_cut_off_on_the_way_is_no_fault_of_ours(
    draft: str, client: Client, online: PublishedProcedure
) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n' + PDF[:200]
    answer = client.generic("POST", f"{draft}giay-to/{online.papers[0].pk}/", body, "multipart/form-data; boundary=b")
    assert answer.status_code == 422 and "filing.no_file" in answer.content.decode()
    assert not FiledPaper.objects.exists() and not kept_files()
