"""Files that are two things at once."""

from __future__ import annotations

from tests.common.files.bad_types import HTML, png_chunk, tarred, zipped
from tests.common.files.corpus import BAD_TYPE, EICAR, POLYGLOT, BadFile
from tests.sample_files import SMALL_JPEG, SMALL_PDF, SMALL_PNG, make_pdf

PHAR = b"<?php __HALT_COMPILER(); ?>\r\n" + b"\x01\x00" * 40
PROGRAM = b"MZ" + b"\x90" * 300


def jpeg_with(segment: bytes) -> bytes:
    """A comment of the picture that holds `segment`."""
    return SMALL_JPEG[:2] + b"\xff\xfe" + (len(segment) + 2).to_bytes(2, "big") + segment + SMALL_JPEG[2:]


def jpeg_script() -> bytes:
    """Its second segment's length reads `/*`: a script to who calls it one."""
    filled = b"\xff\xd8\xff\xe0/*" + b"\x00" * (0x2F2A - 2) + b"*/=alert(1);/*"
    return filled + SMALL_JPEG[2:] + b"*/"


def png_with(kind: bytes, content: bytes) -> bytes:
    at = SMALL_PNG.index(b"IDAT") - 4
    return SMALL_PNG[:at] + png_chunk(kind, content) + SMALL_PNG[at:]


def pdf_tar() -> bytes:
    """A PDF in the name field of a tar's first entry."""
    archive = bytearray(tarred("x", SMALL_PDF))
    archive[0:9] = b"%PDF-1.7\n"
    return bytes(archive) + SMALL_PDF[9:]


def disk_image() -> bytes:
    inside = make_pdf(head=b"%PDF-1.7\n%" + b"\xe2" * 32_758 + b"\x01CD001\x01\n")
    assert inside[32769:32774] == b"CD001"
    return inside


FILES = [
    BadFile("gif_script", "a.gif", lambda: b"GIF89a/*" + b"\x00" * 60 + b"*/=1;alert(1)//;", BAD_TYPE),
    BadFile("pdf_zip", "a.pdf", lambda: SMALL_PDF + zipped({"a.exe": PROGRAM}), POLYGLOT),
    BadFile("pdf_zip_ended_again", "a.pdf", lambda: SMALL_PDF + zipped({"a": b"1"}) + b"\n%%EOF\n", POLYGLOT),
    BadFile("zip_before_pdf", "a.pdf", lambda: zipped({"a": b"1"}) + SMALL_PDF, ("file.archive",)),
    BadFile("pdf_html_head", "a.pdf", lambda: make_pdf(head=b"%PDF-1.7\n%" + HTML + b"\n"), POLYGLOT),
    BadFile("pdf_html_end", "a.pdf", lambda: SMALL_PDF + HTML, POLYGLOT),
    BadFile("html_before_pdf", "a.pdf", lambda: b"<!-- " + SMALL_PDF + b" -->" + HTML, BAD_TYPE),
    BadFile("space_before_pdf", "a.pdf", lambda: b"\r\n" + SMALL_PDF, BAD_TYPE),
    BadFile("mark_before_pdf", "a.pdf", lambda: b"\xef\xbb\xbf" + SMALL_PDF, BAD_TYPE),
    BadFile("pdf_php", "a.pdf", lambda: make_pdf(head=b"%PDF-1.7\n%<?php system('id'); ?>\n"), POLYGLOT),
    BadFile("pdf_phar", "a.pdf", lambda: SMALL_PDF + PHAR + b"\n%%EOF", POLYGLOT),
    BadFile("pdf_tar", "a.pdf", pdf_tar, POLYGLOT),
    BadFile("pdf_disk_image", "a.pdf", disk_image, POLYGLOT),
    BadFile("pdf_rar", "a.pdf", lambda: SMALL_PDF[:-6] + b"%Rar!\x1a\x07\x01\x00\n%%EOF\n", POLYGLOT),
    BadFile("pdf_program_behind", "a.pdf", lambda: SMALL_PDF + PROGRAM, POLYGLOT),
    BadFile("pdf_eicar_behind", "a.pdf", lambda: SMALL_PDF + EICAR, POLYGLOT),
    BadFile("pdf_pdf", "a.pdf", lambda: SMALL_PDF + b"garbage" + SMALL_PDF[:200], POLYGLOT),
    BadFile("jpeg_phar", "a.jpg", lambda: jpeg_with(PHAR), POLYGLOT),
    BadFile("jpeg_php_behind", "a.jpg", lambda: SMALL_JPEG + b"<?php system($_GET[0]); ?>", POLYGLOT),
    BadFile("jpeg_zip", "a.jpg", lambda: SMALL_JPEG + zipped({"a.class": b"\xca\xfe\xba\xbe"}), POLYGLOT),
    BadFile("jpeg_pdf", "a.jpg", lambda: jpeg_with(SMALL_PDF), POLYGLOT),
    BadFile("jpeg_html", "a.jpg", lambda: jpeg_with(HTML), POLYGLOT),
    BadFile("jpeg_script", "a.jpg", jpeg_script, ("file.reencoded", "file.bad_type", "file.damaged", "file.polyglot")),
    BadFile("jpeg_eicar_behind", "a.jpg", lambda: SMALL_JPEG + EICAR, ("file.reencoded",)),
    BadFile("png_zip", "a.png", lambda: SMALL_PNG + zipped({"a": b"1"}), POLYGLOT),
    BadFile("png_html", "a.png", lambda: png_with(b"tEXt", b"Comment\x00" + HTML), POLYGLOT),
    BadFile("png_php", "a.png", lambda: png_with(b"tEXt", b"Comment\x00<?=`$_GET[0]`?><?php ?>"), POLYGLOT),
    BadFile("png_seven_zip", "a.png", lambda: SMALL_PNG + b"7z\xbc\xaf\x27\x1c" + b"\x00" * 90, POLYGLOT),
]
