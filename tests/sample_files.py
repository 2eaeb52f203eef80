"""Small files that the checker accepts, and a writer of PDFs by hand for those it must not."""

from __future__ import annotations

import io
from collections.abc import Mapping

from PIL import Image, ImageDraw

CATALOG, PAGES, PAGE, CONTENTS, FIRST_FREE = 1, 2, 3, 4, 5
DRAWING = b"BT /F1 24 Tf 72 720 Td (Giay khai sinh) Tj ET"


def stream(content: bytes, words: bytes = b"") -> bytes:
    """The body of a stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), words, content)


def make_pdf(
    objects: Mapping[int, bytes] | None = None,
    *,
    catalog: bytes = b"",
    page: bytes = b"",
    trailer: bytes = b"",
    head: bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    tail: bytes = b"",
) -> bytes:
    """One page with a line of text and a right table of its objects; `objects` adds or replaces some by number."""
    font = b"<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    body = {
        CATALOG: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        PAGES: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        PAGE: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font %s >> %s >>"
        % (font, page),
        CONTENTS: stream(DRAWING),
    } | dict(objects or {})
    out, offsets = bytearray(head), {}
    for number in sorted(body):
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body[number])
    size = max(body) + 1
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 65535 f \n"
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return bytes(out) + tail


def small_picture(kind: str, *, size: tuple[int, int] = (64, 48)) -> bytes:
    """A JPEG or PNG of a form's look, without anything but its picture."""
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).rectangle((size[0] // 8, size[1] // 4, size[0] // 2, size[1] // 2), fill=(180, 20, 30))
    buffer = io.BytesIO()
    picture.save(buffer, kind)
    return buffer.getvalue()


SMALL_PDF = make_pdf()
SMALL_JPEG = small_picture("JPEG")
SMALL_PNG = small_picture("PNG")
