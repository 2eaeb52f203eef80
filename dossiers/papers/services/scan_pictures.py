"""An uploaded file as pictures of pages: checked as every file from outside, upright, trimmed, measured."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from dossiers.papers.imaging.assembly import pictures_of
from dossiers.papers.imaging.pages import PageMeasure, encoded, estimated_dpi, measure, trimmed, upright
from dossiers.papers.rules.scan_quality import quality_limits
from haddong_portal.common.errors import DomainError
from haddong_portal.common.files.check import check_file

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page, ready to be kept: JPEG with its resolution written in."""

    content: bytes
    seen: PageMeasure
    dpi: int


def page_pictures(content: bytes, name: str) -> list[PagePicture]:
    """Every page of a file, in order.

    Raises DomainError with the checker's own code and sentence, scan.too_many_pages, or scan.signed for a file with a
    digital signature: such a file is a paper already, scanning it would take its proof away.
    """
    verdict = check_file(content, name=name)
    if not verdict.accepted or verdict.shown is None:
        raise DomainError(verdict.code, f"Tệp “{verdict.safe_name}”: {verdict.sentence}", "file", status=verdict.status)
    if verdict.signed:
        raise DomainError(
            "scan.signed",
            f"Tệp “{verdict.safe_name}” đã có chữ ký số, là giấy tờ điện tử. Xin đưa thẳng vào kho, không quét lại.",
            "file",
        )
    refuse_too_many(verdict.pages)
    return [_page(picture) for picture in _pictures(verdict.shown, verdict.content_type)]


def refuse_too_many(pages: int) -> None:
    """DomainError scan.too_many_pages: never are some of a paper's pages kept without the others."""
    if pages > (most := quality_limits().pages_most):
        raise DomainError("scan.too_many_pages", f"Mỗi giấy tờ nhiều nhất {most} trang.", "file")


def _pictures(content: bytes, content_type: str) -> Iterator[Image.Image]:
    if content_type == PDF:
        yield from pictures_of(content, most=quality_limits().pages_most)
        return
    with Image.open(io.BytesIO(content)) as opened:
        yield upright(opened)


def _page(picture: Image.Image) -> PagePicture:
    page = trimmed(picture)
    dpi = max(1, min(1200, estimated_dpi(page.width, page.height, quality_limits().page_inches)))
    return PagePicture(encoded(page, dpi=dpi), measure(page), dpi)
