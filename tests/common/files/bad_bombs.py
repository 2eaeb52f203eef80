"""Files that are small and become large, deep or endless."""

from __future__ import annotations

import io
import struct
import zlib

import pikepdf

from tests.common.files.bad_polyglots import png_with
from tests.common.files.bad_types import png_chunk
from tests.common.files.corpus import DAMAGED, REPAIRED, TOO_MUCH, BadFile
from tests.sample_files import SMALL_JPEG, make_pdf, stream

FLATE = b"/Filter /FlateDecode"
MEGABYTE = 1024 * 1024
PIXELS = ("file.too_many_pixels",)
PARSER = ("file.too_heavy", "file.damaged", "file.parser_failed")


def zeros(megabytes: int) -> bytes:
    """Flate data that becomes so many megabytes of nothing: one flushed piece over and over, and its check sum."""
    machine = zlib.compressobj(9)
    piece = machine.compress(b"\x00" * MEGABYTE) + machine.flush(zlib.Z_FULL_FLUSH)
    size = megabytes * MEGABYTE
    return b"\x78\xda" + piece[2:] * megabytes + b"\x03\x00" + struct.pack(">I", (size % 65_521) << 16 | 1)


def content_bomb() -> bytes:
    return make_pdf({4: stream(zeros(400), FLATE)})


def nested_bomb() -> bytes:
    twice = zlib.compress(zlib.compress(zeros(200), 9), 9)
    return make_pdf({4: stream(twice, b"/Filter [/FlateDecode /FlateDecode /FlateDecode]")})


def long_chain() -> bytes:
    return make_pdf({4: stream(b"x", b"/Filter [" + b"/FlateDecode " * 5000 + b"]")})


def object_stream_bomb() -> bytes:
    """The reader itself opens object streams: a gigabyte and a half of them."""
    return make_pdf({1: stream(zeros(1600), b"/Type /ObjStm /N 1 /First 4 " + FLATE), 9: b"<< >>"}, catalog=b"")


def compressed_objects_bomb() -> bytes:
    """The catalog lies behind 3 GB of white space in an object stream."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        buffer = io.BytesIO()
        pdf.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=False)
    content = buffer.getvalue()
    at = content.index(b"stream\n", content.index(b"/ObjStm")) + 7
    end = content.index(b"\nendstream", at)
    piece = zlib.compressobj(9)
    space = piece.compress(b" " * MEGABYTE) + piece.flush(zlib.Z_FULL_FLUSH)
    start = zlib.compressobj(9)
    bomb = start.compress(content[at:end]) + start.flush(zlib.Z_FULL_FLUSH) + space[2:] * 3000
    head = content[: content.rindex(b" obj", 0, at) - 4]
    return _rebuilt(head, content[len(head) :], at - len(head), end - len(head), bomb)


def _rebuilt(head: bytes, rest: bytes, at: int, end: int, bomb: bytes) -> bytes:
    words = (
        rest[:at]
        .replace(b"/Length", b"/Filter /FlateDecode /OldLength")
        .replace(b">>\nstream", b"/Length %d >>\nstream" % len(bomb))
    )
    return head + words + bomb + rest[end:]


def attachment_bomb() -> bytes:
    file = stream(zeros(300), b"/Type /EmbeddedFile " + FLATE)
    return make_pdf(
        {7: file}, catalog=b"/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /EF << /F 7 0 R >> >>] >> >>"
    )


def picture_words(width: int, height: int, more: bytes) -> bytes:
    return b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 %s" % (
        width,
        height,
        more,
    )


def pdf_with_picture(picture: bytes, more: dict[int, bytes] | None = None) -> bytes:
    return make_pdf(
        {
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /XObject << /P 5 0 R >> >> >>",
            4: stream(b"q 500 0 0 500 20 20 cm /P Do Q"),
            5: picture,
        }
        | (more or {})
    )


def png_of(width: int, height: int) -> bytes:
    """A head that says so large a picture, with hardly any data."""
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + png_chunk(b"IDAT", zlib.compress(b"\x00" * 1000)) + png_chunk(b"IEND", b"")


def real_png_bomb() -> bytes:
    """All the lines are there: 40,000 × 40,000 white points in 200 KB."""
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", 40_000, 40_000, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + png_chunk(b"IDAT", zeros(190)) + png_chunk(b"IEND", b"")


def jpeg_of(width: int, height: int) -> bytes:
    """A JPEG whose head says another size."""
    at = SMALL_JPEG.index(b"\xff\xc0") + 5
    return SMALL_JPEG[:at] + struct.pack(">HH", height, width) + SMALL_JPEG[at + 4 :]


def deep_pages() -> bytes:
    depth = 60_000
    objects = {
        number: b"<< /Type /Pages /Kids [%d 0 R] /Count 1 /Parent %d 0 R >>" % (number + 1, max(number - 1, 2))
        for number in range(10, 10 + depth)
    }
    objects[2] = b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>"
    objects[10 + depth] = b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] >>" % (9 + depth)
    return make_pdf(objects)


def deep_arrays() -> bytes:
    return make_pdf({5: b"[" * 100_000 + b"]" * 100_000}, catalog=b"/Extra 5 0 R")


def forms_in_forms() -> bytes:
    """Twelve forms, each drawing the next ten times: a million million strokes on one page."""
    words = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /P %d 0 R >> >>"
    objects = {number: stream(b"/P Do " * 10, words % (number + 1)) for number in range(5, 17)}
    objects[17] = stream(b"0 0 m 9 9 l S " * 10, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    return pdf_with_picture(objects.pop(5), objects)


def endless_form() -> bytes:
    """A form that draws itself."""
    form = stream(
        b"/P Do /P Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /P 5 0 R >> >>"
    )
    return pdf_with_picture(form)


def round_table() -> bytes:
    """Its cross-reference table points back at itself."""
    plain = make_pdf()
    start = plain.rindex(b"xref\n0")
    return make_pdf(trailer=b"/Prev %d" % start)


FILES = [
    BadFile("flate_bomb", "a.pdf", content_bomb, TOO_MUCH),
    BadFile("flate_in_flate", "a.pdf", nested_bomb, TOO_MUCH),
    BadFile("long_filter_chain", "a.pdf", long_chain, TOO_MUCH),
    BadFile("object_stream_bomb", "a.pdf", object_stream_bomb, PARSER + TOO_MUCH),
    BadFile("compressed_objects_bomb", "a.pdf", compressed_objects_bomb, PARSER + TOO_MUCH),
    BadFile("attachment_bomb", "a.pdf", attachment_bomb, TOO_MUCH),
    BadFile("png_pixels", "a.png", lambda: png_of(60_000, 60_000), PIXELS),
    BadFile("png_pixels_real", "a.png", real_png_bomb, PIXELS),
    BadFile("png_sides", "a.png", lambda: png_of(2_000_000_000, 1), (*PIXELS, "file.damaged")),
    BadFile("jpeg_pixels", "a.jpg", lambda: jpeg_of(65_000, 65_000), PIXELS),
    BadFile(
        "jpeg_says_larger", "a.jpg", lambda: jpeg_of(4000, 4000), ("file.truncated", "file.damaged", "file.reencoded")
    ),
    BadFile("png_words_bomb", "a.png", lambda: png_with(b"zTXt", b"a\x00\x00" + zeros(200)), ("file.damaged",)),
    BadFile(
        "png_profile_bomb",
        "a.png",
        lambda: png_with(b"iCCP", b"a\x00\x00" + zeros(200)),
        ("file.damaged", "file.reencoded"),
    ),
    BadFile(
        "picture_in_pdf",
        "a.pdf",
        lambda: pdf_with_picture(stream(zeros(1), picture_words(90_000, 90_000, FLATE))),
        PIXELS,
    ),
    BadFile(
        "picture_data_bomb", "a.pdf", lambda: pdf_with_picture(stream(zeros(300), picture_words(9, 9, FLATE))), TOO_MUCH
    ),
    BadFile(
        "jpeg_in_pdf_says_larger",
        "a.pdf",
        lambda: pdf_with_picture(stream(jpeg_of(60_000, 60_000), picture_words(64, 48, b"/Filter /DCTDecode"))),
        PIXELS,
    ),
    BadFile("deep_pages", "a.pdf", deep_pages, PARSER),
    BadFile(
        "pages_in_a_circle",
        "a.pdf",
        lambda: make_pdf({2: b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"}),
        (*DAMAGED, "file.no_pages"),
    ),
    BadFile(
        "same_page_often",
        "a.pdf",
        lambda: make_pdf({2: b"<< /Type /Pages /Count 9000 /Kids [%s] >>" % (b"3 0 R " * 9000)}),
        ("file.too_many_pages",),
    ),
    BadFile("deep_arrays", "a.pdf", deep_arrays, (*PARSER, *REPAIRED)),
    BadFile("forms_in_forms", "a.pdf", forms_in_forms, PARSER),
    BadFile("form_draws_itself", "a.pdf", endless_form, PARSER),
    BadFile("table_in_a_circle", "a.pdf", round_table, (*DAMAGED, *REPAIRED)),
]
