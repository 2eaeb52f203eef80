"""What is no PDF, JPEG or PNG, whatever it is called; and what is only a piece of one."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
import zlib

from PIL import Image

from tests.common.files.corpus import BAD_TYPE, EICAR, BadFile
from tests.sample_files import SMALL_JPEG, SMALL_PDF, SMALL_PNG

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ARCHIVE, OFFICE = ("file.archive",), ("file.office",)
DAMAGED, TRUNCATED = ("file.damaged", "file.bad_type"), ("file.truncated",)
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
XXE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tarred(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        entry = tarfile.TarInfo(name)
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    return buffer.getvalue()


def picture(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(buffer, kind)
    return buffer.getvalue()


def macro_book() -> bytes:
    return zipped(
        {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>", "xl/vbaProject.bin": OLE + b"Auto_Open"}
    )


def heic() -> bytes:
    return struct.pack(">I", 24) + b"ftypheic" + b"\x00" * 4 + b"mif1heic" + b"\x00" * 400


def tiff_bomb() -> bytes:
    """A TIFF of 60,000 × 60,000 points in 200 bytes."""
    tags = [(256, 60_000), (257, 60_000), (258, 8), (259, 5), (262, 1), (273, 8), (277, 1), (278, 60_000), (279, 4)]
    body = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    return b"II*\x00\x08\x00\x00\x00" + struct.pack("<H", len(tags)) + body + b"\x00" * 4


def png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def broken_png() -> bytes:
    """The picture's data swapped for others, its check sum as it was."""
    at = SMALL_PNG.index(b"IDAT") + 4
    return SMALL_PNG[:at] + b"\x00" * 40 + SMALL_PNG[at + 40 :]


def only_ends(content: bytes) -> bytes:
    return content[:400] + content[-20:]


FILES = [
    BadFile("nothing", "trong.pdf", lambda: b"", ("file.empty",)),
    BadFile("one_byte", "a.pdf", lambda: b"%", BAD_TYPE),
    BadFile("only_zeros", "a.pdf", lambda: b"\x00" * 4096, BAD_TYPE),
    BadFile("only_a_head", "a.pdf", lambda: b"%PDF-1.7\n", ("file.truncated", "file.bad_type")),
    BadFile("head_and_end", "a.pdf", lambda: b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n", DAMAGED),
    BadFile("text", "a.pdf", lambda: "Giấy khai sinh".encode(), BAD_TYPE),
    BadFile("html", "a.html", lambda: HTML, BAD_TYPE),
    BadFile("html_as_pdf", "a.pdf", lambda: HTML, BAD_TYPE),
    BadFile("svg", "a.svg", lambda: SVG, BAD_TYPE),
    BadFile("svg_as_png", "a.png", lambda: SVG, BAD_TYPE),
    BadFile("xml_outside_entity", "a.xml", lambda: XXE, BAD_TYPE),
    BadFile("javascript", "a.js", lambda: b"require('child_process').exec('id')", BAD_TYPE),
    BadFile("postscript", "a.pdf", lambda: b"%!PS-Adobe-3.0\n(/etc/passwd) (r) file\n%%EOF\n", BAD_TYPE),
    BadFile("rtf", "a.pdf", lambda: rb"{\rtf1{\object\objocx}}", BAD_TYPE),
    BadFile("program", "a.exe", lambda: b"MZ" + b"\x00" * 200 + b"PE\x00\x00", BAD_TYPE),
    BadFile("program_as_jpeg", "a.jpg", lambda: b"\x7fELF" + b"\x02" * 200, BAD_TYPE),
    BadFile("shell", "a.pdf", lambda: b"#!/bin/sh\nrm -rf /\n", BAD_TYPE),
    BadFile("gif", "a.gif", lambda: picture("GIF"), BAD_TYPE),
    BadFile("bmp_as_png", "a.png", lambda: picture("BMP"), BAD_TYPE),
    BadFile("webp", "a.webp", lambda: picture("WEBP"), BAD_TYPE),
    BadFile("tiff", "a.tif", lambda: picture("TIFF"), BAD_TYPE),
    BadFile("tiff_bomb", "a.tif", tiff_bomb, BAD_TYPE),
    BadFile("heic", "IMG_0001.heic", heic, ("file.heic",)),
    BadFile("video", "a.mp4", lambda: struct.pack(">I", 24) + b"ftypisom" + b"\x00" * 300, BAD_TYPE),
    BadFile("zip", "a.zip", lambda: zipped({"a.pdf": SMALL_PDF}), ARCHIVE),
    BadFile("zip_as_pdf", "a.pdf", lambda: zipped({"a.pdf": SMALL_PDF}), ARCHIVE),
    BadFile("zip_out_of_folder", "a.zip", lambda: zipped({"../../etc/cron.d/x": b"* * * * *"}), ARCHIVE),
    BadFile("zip_bomb", "a.zip", lambda: zipped({"a": zipped({"b": b"\x00" * 5_000_000})}), ARCHIVE),
    BadFile("gzip", "a.pdf.gz", lambda: gzip.compress(SMALL_PDF), ARCHIVE),
    BadFile("tar", "a.pdf", lambda: tarred("a.pdf", SMALL_PDF), ARCHIVE),
    BadFile("rar", "a.rar", lambda: b"Rar!\x1a\x07\x01\x00" + b"\x00" * 100, ARCHIVE),
    BadFile("seven_zip", "a.7z", lambda: b"7z\xbc\xaf\x27\x1c" + b"\x00" * 100, ARCHIVE),
    BadFile("macros", "a.xlsm", macro_book, OFFICE),
    BadFile("macros_as_pdf", "a.pdf", macro_book, OFFICE),
    BadFile("old_word", "a.doc", lambda: OLE + b"\x00" * 600 + b"Macros", OFFICE),
    BadFile("eicar", "eicar.com", lambda: EICAR, BAD_TYPE),
    BadFile("eicar_as_pdf", "a.pdf", lambda: EICAR, BAD_TYPE),
    BadFile("eicar_in_zip", "a.zip", lambda: zipped({"eicar.com": EICAR}), ARCHIVE),
    BadFile("eicar_in_gzip", "a.gz", lambda: gzip.compress(EICAR), ARCHIVE),
    BadFile("pdf_cut", "a.pdf", lambda: SMALL_PDF[: len(SMALL_PDF) // 2], TRUNCATED),
    BadFile("pdf_without_end", "a.pdf", lambda: SMALL_PDF.replace(b"%%EOF", b""), TRUNCATED),
    BadFile("pdf_middle_missing", "a.pdf", lambda: SMALL_PDF[:40] + SMALL_PDF[-60:], ("file.damaged",)),
    BadFile("jpeg_cut", "a.jpg", lambda: SMALL_JPEG[: len(SMALL_JPEG) // 2], ("file.truncated", "file.damaged")),
    BadFile("jpeg_only_ends", "a.jpg", lambda: only_ends(SMALL_JPEG), ("file.truncated", "file.damaged")),
    BadFile("jpeg_empty", "a.jpg", lambda: b"\xff\xd8\xff\xe0" + b"0" * 20 + b"\xff\xd9", DAMAGED),
    BadFile("png_cut", "a.png", lambda: SMALL_PNG[: len(SMALL_PNG) // 2], TRUNCATED),
    BadFile("png_broken", "a.png", broken_png, ("file.damaged", "file.truncated")),
    BadFile("png_empty", "a.png", lambda: b"\x89PNG\r\n\x1a\n" + b"0" * 20 + b"IEND\xaeB`\x82", DAMAGED),
]
