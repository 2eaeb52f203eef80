"""Pages put together into one PDF, each as large as it was on paper; and a PDF taken apart into pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import img2pdf
import pypdfium2
from PIL import Image

POINTS_AN_INCH = 72
RENDERED_DPI = 300
PIXELS_MOST = 40_000_000


def pdf_of(pictures: Sequence[bytes]) -> bytes:
    """One page a picture, in order, without encoding a picture again; the size follows the resolution written in it."""
    made: bytes = img2pdf.convert(list(pictures), rotation=img2pdf.Rotation.ifvalid)
    return made


def pictures_of(pdf: bytes, *, most: int) -> Iterator[Image.Image]:
    """The pages of a PDF as a scanner program makes it, at 300 dpi (less for a huge sheet); at most `most`."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for index in range(min(len(document), most)):
            page = document[index]
            width, height = page.get_size()
            scale = min(RENDERED_DPI / POINTS_AN_INCH, (PIXELS_MOST / max(1.0, width * height)) ** 0.5)
            yield page.render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()
