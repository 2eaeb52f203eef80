"""From pages to a file that can be searched, by real OCR; and what happens when the tools or the worker go away."""

from __future__ import annotations

import io
import os
from datetime import timedelta
from typing import Any

import pikepdf
import pytest

from dossiers.papers.constants import ScanState
from dossiers.papers.imaging import ocr
from dossiers.papers.imaging.ocr import OcrFailed, missing_tools
from dossiers.papers.models import ScanItem, ScanPage
from dossiers.papers.rules.reading import read_paper
from dossiers.papers.services import read_scan as reading
from dossiers.papers.services.finish_capture import finish_capture
from dossiers.papers.services.read_scan import read_scan
from dossiers.papers.services.reading import read_file
from dossiers.papers.services.reopen_scan import reopen_scan, retry_scan
from dossiers.papers.services.sweep_scans import sweep_scans
from haddong_portal.plumbing.models import JobAttempt
from tests.papers.drawn_pages import BIRTH_CERTIFICATE, character_error_rate, jpeg, page
from tests.papers.scans.conftest import HOLDER, HOLDER_ID, Counter


@pytest.fixture
def tools() -> None:
    missing_tools.cache_clear()
    if missing_tools() and os.environ.get("CI"):
        pytest.fail(f"missing: {missing_tools()}", pytrace=False)
    if missing_tools():
        pytest.skip(f"OCR needs {', '.join(missing_tools())} (apt install tesseract-ocr-vie ghostscript)")


def read(item: ScanItem, **wishes: Any) -> ScanItem:
    read_scan(item_id=item.pk, **wishes)
    item.refresh_from_db()
    return item


def made(item: ScanItem) -> pikepdf.Pdf:
    assert item.made is not None
    return pikepdf.open(io.BytesIO(read_file(item.made)))


def is_pdf_a(document: pikepdf.Pdf) -> bool:
    with document.open_metadata() as metadata:
        return bool(metadata.pdfa_status)


def test_two_pages_become_a_pdf_a_with_their_words(counter: Counter, tools: None) -> None:
    second = ("Mặt sau của giấy khai sinh", "Ghi chú: đã cấp bản sao", "Người ký: Phạm Thị Hoa")
    item = read(counter.queued(jpeg(page(skew=1.5, seal=True)), jpeg(page(second, dpi=200), dpi=200)))
    assert (item.state, item.is_archival, item.problem, item.done_pages) == (ScanState.READY, True, "", 2)
    document = made(item)
    assert len(document.pages) == 2 and is_pdf_a(document)
    assert character_error_rate(item.text, (*BIRTH_CERTIFICATE, *second)) < 0.06
    fields = read_paper(item.text).fields
    assert fields["holder_id"].value == HOLDER_ID
    assert fields["number"].value == "123/2019"
    assert fields["issued_on"].value == "2019-08-15"
    assert fields["holder_name"].value.casefold() == HOLDER.casefold()
    assert item.seconds and item.seconds > 0


def test_a_page_turned_by_the_clerk_is_read_upright(counter: Counter, tools: None) -> None:
    item = counter.captured(jpeg(page(dpi=200).rotate(90, expand=True), dpi=200))
    ScanPage.objects.filter(item=item).update(turned=90)
    finish_capture(actor=counter.clerk, item_id=item.public_id, declared=1, has_stamp=False, now=counter.now())
    assert character_error_rate(read(item).text, BIRTH_CERTIFICATE) < 0.08


def test_without_the_tools_everything_else_works(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "missing_tools", lambda: ("tesseract",))
    item = read(counter.queued())
    assert item.state == ScanState.READY and not item.is_archival and item.text == ""
    assert "chưa có bộ nhận dạng chữ" in item.problem
    assert len(made(item).pages) == 1 and not is_pdf_a(made(item))


def test_the_tools_are_found_by_looking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    missing_tools.cache_clear()
    assert set(missing_tools()) == {"tesseract", "gs"}
    missing_tools.cache_clear()


def failing(*args: object, **kwargs: object) -> None:
    raise OcrFailed("tesseract: out of memory")


def test_tools_that_fail_are_tried_again_then_the_pictures_go_alone(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.SCAN_TRIES_MAX = 2
    monkeypatch.setattr(reading, "missing_tools", lambda: ())
    monkeypatch.setattr(reading, "read_pictures", failing)
    item, now = counter.queued(), counter.now()
    assert read(item, now=now).state == ScanState.QUEUED
    assert item.next_attempt_at == now + timedelta(seconds=settings.SCAN_FIRST_WAIT_SECONDS)
    assert read_scan(item_id=item.pk, now=now) == "", "not before its time"
    assert sweep_scans(now=now) == 0
    later = now + timedelta(minutes=5)
    assert sweep_scans(now=later) == 1
    assert read(item, now=later).state == ScanState.READY
    assert not item.is_archival and "Chưa đọc được chữ" in item.problem
    (attempt,) = JobAttempt.objects.all()
    assert attempt.arguments == [item.pk] and "out of memory" in attempt.error


def test_what_cannot_be_made_gives_up_visibly_and_can_be_tried_again(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.SCAN_TRIES_MAX = 1
    item = counter.queued()
    with monkeypatch.context() as broken:
        broken.setattr(reading, "pdf_of", failing)
        assert read(item).state == ScanState.GAVE_UP
    assert JobAttempt.objects.filter(job="papers.read_scan").count() == 1
    retry_scan(actor=counter.clerk, item_id=item.public_id, now=counter.now())
    assert not JobAttempt.objects.filter(resolved_at=None).exists()
    monkeypatch.setattr(reading, "missing_tools", lambda: ("gs",))
    assert read(item).state == ScanState.READY


def test_a_dead_workers_scan_is_taken_up_and_its_late_answer_ignored(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(reading, "missing_tools", lambda: ("gs",))
    item, now = counter.queued(), counter.now()
    dead = reading._claim(item.pk, now)
    assert dead is not None
    assert reading._claim(item.pk, now) is None, "one worker at a time"
    assert sweep_scans(now=now + timedelta(seconds=settings.SCAN_CLAIM_SECONDS - 1)) == 0
    late = now + timedelta(seconds=settings.SCAN_CLAIM_SECONDS + 1)
    assert sweep_scans(now=late) == 1
    assert read(item, now=late).state == ScanState.READY
    assert reading._failed(dead, "too late", late) == ""
    assert read(item).state == ScanState.READY


def test_progress_is_told_page_by_page(tools: None) -> None:
    heard: list[tuple[int, int]] = []
    pictures = [jpeg(page((f"Trang {number}",), dpi=150), dpi=150) for number in (1, 2)]
    from dossiers.papers.imaging.assembly import pdf_of

    ocr.read_scan(pdf_of(pictures), seconds_max=120, told=lambda done, total: heard.append((done, total)))
    assert {(1, 2), (2, 2)} <= set(heard)


def test_a_program_that_hangs_is_ended(tools: None) -> None:
    from dossiers.papers.imaging.assembly import pdf_of

    with pytest.raises(OcrFailed):
        ocr.read_scan(pdf_of([jpeg(page())]), seconds_max=1)


def test_back_to_the_pages(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "missing_tools", lambda: ("gs",))
    item = read(counter.queued())
    back = reopen_scan(actor=counter.clerk, item_id=item.public_id)
    assert (back.state, back.made, back.text) == (ScanState.CAPTURING, None, "")
    assert ScanPage.objects.filter(item=item).count() == 1
