"""The visible part of a signature, set by Typst with the portal's own letters, so that Vietnamese shows everywhere.

Who signed, when to the second in Vietnam time, and the way to verification (domain.md §7.3: top right of page 1).
"""

from __future__ import annotations

import io
from binascii import hexlify
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader

from haddong_portal.common import clock
from haddong_portal.common.documents.rendering import render_pdf
from haddong_portal.common.qr import qr_svg

TEMPLATE = Path(__file__).with_name("stamp.typ")
POINTS_PER_MM = 72 / 25.4
WIDTH = 66 * POINTS_PER_MM
HEIGHT = 16 * POINTS_PER_MM
EDGE = 4 * POINTS_PER_MM
Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What the stamp says; `caption` is its small first line, `verify_url` is behind its QR code."""

    unit: str
    person: str = ""
    caption: str = "Được ký số bởi"
    code: str = ""
    verify_url: str = ""

    def as_pdf(self, at: datetime) -> bytes:
        """One page of the stamp's size; `at` is aware."""
        data = {
            "title": f"Chữ ký số của {self.unit}",
            "unit": self.unit,
            "person": self.person,
            "caption": self.caption,
            "code": self.code,
            "at": time_text(at),
            "width": WIDTH,
            "height": HEIGHT,
        }
        images = {"code": qr_svg(self.verify_url, label="Mã QR xác thực").encode()} if self.verify_url else {}
        return render_pdf(TEMPLATE, data, images=images)


def time_text(at: datetime) -> str:
    """ "26/11/2026 17:04:47 +07:00"."""
    return f"{clock.local(at):%d/%m/%Y %H:%M:%S} +07:00"


class StampPage(PdfContent):
    """The stamp's page as a drawing inside the signed file, its fonts with it."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf
        super().__init__(box=BoxConstraints(width=WIDTH, height=HEIGHT))

    def render(self) -> bytes:
        page = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self.pdf)), page_ix=0)
        name = b"/Stamp" + hexlify(uuid4().bytes)
        self.resources.xobject[name.decode()] = page
        return name + b" Do"


def top_right(reader: PdfFileReader) -> Box:
    """Where the stamp stands on page 1, in the page's own units; narrower where the page is."""
    left, bottom, right, top = _visible_box(reader)
    width = min(WIDTH, right - left - 2 * EDGE)
    height = HEIGHT * width / WIDTH
    return (
        round(right - EDGE - width),
        round(top - EDGE - height),
        round(right - EDGE),
        round(top - EDGE),
    )


def _visible_box(reader: PdfFileReader) -> tuple[float, float, float, float]:
    page = reader.root["/Pages"]
    while "/Kids" in page:
        inherited = {key: page[key] for key in ("/MediaBox", "/CropBox") if key in page}
        page = page["/Kids"][0]
        for key, value in inherited.items():
            page.setdefault(key, value)
    box = page["/CropBox"] if "/CropBox" in page else page["/MediaBox"]
    one, two, three, four = (float(edge) for edge in box)
    return min(one, three), min(two, four), max(one, three), max(two, four)
