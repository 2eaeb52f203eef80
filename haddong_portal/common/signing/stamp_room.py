"""Room for the stamp on page 1: the page is set upright, and gets a band above it where something is drawn there."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2

from haddong_portal.common.signing.stamps import EDGE, HEIGHT, WIDTH

BAND = HEIGHT + 2 * EDGE
INK_MIN = 200  # of 255: anything darker is drawn


def make_room(content: bytes) -> bytes:
    """The PDF, unchanged where its first page is upright and free at the top right. Raises pikepdf.PdfError."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        page = pdf.pages[0]
        turned = bool(page.rotation)
        if turned:
            page.flatten_rotation()
        if not _is_taken(_saved(pdf) if turned else content):
            return _saved(pdf) if turned else content
        boxes = {"/MediaBox": page.mediabox, "/CropBox": page.cropbox}
        for name, box in boxes.items():
            left, bottom, right, top = (float(edge) for edge in box)
            page.obj[name] = pikepdf.Array([left, bottom, right, top + BAND])
        return _saved(pdf)


def _is_taken(content: bytes) -> bool:
    """Whether something is drawn where the stamp would stand; one pixel a point."""
    document = pypdfium2.PdfDocument(content)
    try:
        picture = document[0].render(scale=1, grayscale=True).to_pil().convert("L")
    finally:
        document.close()
    corner = (max(0, picture.width - int(WIDTH + EDGE)), 0, picture.width, min(picture.height, int(EDGE + HEIGHT)))
    darkest, _ = picture.crop(corner).getextrema()
    return bool(darkest < INK_MIN)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()
