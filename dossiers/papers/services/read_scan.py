"""Make one file of the pages and read it. Run by a worker; the row is the job, safe to run twice and to be killed.

Without the tools for reading, or when they fail again and again, the file is made of the pictures alone and says so:
everything else goes on.
"""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from PIL import Image

from dossiers.papers.constants import ScanState
from dossiers.papers.imaging.assembly import pdf_of
from dossiers.papers.imaging.ocr import OcrFailed, ReadScan, missing_tools
from dossiers.papers.imaging.ocr import read_scan as read_pictures
from dossiers.papers.imaging.pages import encoded, upright
from dossiers.papers.models import ScanItem, ScanPage
from dossiers.papers.rules.spelling import composed
from dossiers.papers.selectors.given_up import READ_SCAN_JOB
from dossiers.papers.services.keeping import keep_files
from dossiers.papers.services.reading import read_file
from haddong_portal.common import clock
from haddong_portal.plumbing.models import JobAttempt

NO_TOOLS = "Máy chủ chưa có bộ nhận dạng chữ (OCR): tệp chỉ gồm ảnh, chưa phải PDF/A, xin nhập thông tin bằng tay."
NOT_READ = "Chưa đọc được chữ trên bản quét này: tệp chỉ gồm ảnh, chưa phải PDF/A, xin nhập thông tin bằng tay."
NOT_MADE = "Máy chủ không ghép được các trang này. Xin thử lại, hoặc quét lại."
logger = logging.getLogger("haddong.scans")


def read_scan(*, item_id: int, now: datetime | None = None) -> str:
    """The state afterwards; "" when the scan was not waiting (another worker has it)."""
    began = time.monotonic()
    item = _claim(item_id, now or clock.now())
    if item is None:
        return ""
    try:
        pictures = _pictures(item)
        made = _made(item, pdf_of(pictures), len(pictures))
    except Exception as error:
        logger.exception("scan %s", item_id)
        return _failed(item, f"{type(error).__name__}: {error}", now or clock.now())
    return _ready(item, made, time.monotonic() - began, now or clock.now())


@transaction.atomic
def _claim(item_id: int, now: datetime) -> ScanItem | None:
    rows = ScanItem.objects.select_for_update(skip_locked=True, of=("self",))
    item = rows.filter(pk=item_id, state=ScanState.QUEUED, next_attempt_at__lte=now).first()
    if item is None:
        return None
    item.state, item.attempts, item.touched_at, item.done_pages = ScanState.WORKING, item.attempts + 1, now, 0
    item.save(update_fields=["state", "attempts", "touched_at", "done_pages"])
    return item


def _pictures(item: ScanItem) -> list[bytes]:
    """The pages in order, turned as the clerk wanted."""
    pages = ScanPage.objects.filter(item=item).select_related("file").order_by("serial")
    return [_turned(read_file(page.file), page) for page in pages]


def _turned(content: bytes, page: ScanPage) -> bytes:
    if not page.turned:
        return content
    with Image.open(io.BytesIO(content)) as opened:
        return encoded(upright(opened, turned=page.turned), dpi=page.dpi)


def _made(item: ScanItem, pictures: bytes, count: int) -> tuple[ReadScan, str]:
    """The file with its text, and what could not be done."""
    if missing_tools():
        return ReadScan(pictures, ""), NO_TOOLS
    try:
        return read_pictures(pictures, seconds_max=60 + settings.SCAN_PAGE_SECONDS * count, told=_teller(item)), ""
    except OcrFailed as error:
        if item.attempts < settings.SCAN_TRIES_MAX:
            raise
        _give_up(item, str(error), clock.now())
        return ReadScan(pictures, ""), NOT_READ


def _teller(item: ScanItem) -> Callable[[int, int], None]:
    """Writes the progress where the page and the sweeper look."""

    def told(done: int, total: int) -> None:
        ScanItem.objects.filter(pk=item.pk, state=ScanState.WORKING).update(done_pages=done, touched_at=clock.now())

    return told


@transaction.atomic
def _ready(item: ScanItem, made: tuple[ReadScan, str], seconds: float, now: datetime) -> str:
    """Unless somebody else took it meanwhile (a worker that was thought dead): then theirs stands."""
    row = _still_mine(item)
    if row is None:
        return ""
    scan, problem = made
    (row.made,) = keep_files([scan.pdf], now=now)
    row.text, row.problem, row.is_archival = composed(scan.text), problem, not problem
    row.state, row.next_attempt_at, row.touched_at, row.seconds = ScanState.READY, None, now, round(seconds, 2)
    row.done_pages = ScanPage.objects.filter(item=row).count()
    row.save()
    return str(row.state)


@transaction.atomic
def _failed(item: ScanItem, error: str, now: datetime) -> str:
    row = _still_mine(item)
    if row is None:
        return ""
    if row.attempts >= settings.SCAN_TRIES_MAX:
        row.state, row.problem, row.next_attempt_at = ScanState.GAVE_UP, NOT_MADE, None
        _give_up(row, error, now)
    else:
        wait = settings.SCAN_FIRST_WAIT_SECONDS * 2 ** (row.attempts - 1)
        row.state, row.next_attempt_at = ScanState.QUEUED, now + timedelta(seconds=wait)
    row.touched_at = now
    row.save(update_fields=["state", "problem", "next_attempt_at", "touched_at"])
    return str(row.state)


def _still_mine(item: ScanItem) -> ScanItem | None:
    rows = ScanItem.objects.select_for_update(no_key=True)
    return rows.filter(pk=item.pk, state=ScanState.WORKING, attempts=item.attempts).first()


def _give_up(item: ScanItem, error: str, now: datetime) -> None:
    """The list of broken jobs names it, with the program's own words."""
    JobAttempt.objects.create(job=READ_SCAN_JOB, arguments=[item.pk], error=error[:2000], gave_up_at=now)
