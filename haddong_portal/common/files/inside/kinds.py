"""The type of a file by its bytes: ours by their first bytes, confirmed by libmagic; the others only to say why not."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from haddong_portal.common.files.inside.findings import Refusal

_detector: Any = None
with suppress(ImportError):  # without the library libmagic on this machine the first bytes decide alone
    import magic

    _detector = magic.Magic(mime=True)

HEADS = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}
ARCHIVES = (
    *(b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh"),
    *(b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"MSCF", b"LZIP", b"\x60\xea", b"\x04\x22\x4d\x18"),
)
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OFFICE_MARKS = (b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis", b"word/", b"xl/", b"ppt/")
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")
MAGIC_BYTES = 65536


def kind_of(content: bytes) -> str:
    """The content type of an accepted kind. Raises Refusal."""
    for head, content_type in HEADS.items():
        if content.startswith(head):
            _agree(content, content_type)
            return content_type
    raise Refusal(_why_not(content))


def is_archive(content: bytes) -> bool:
    """Begins like an archive, or is a tar."""
    return content.startswith(ARCHIVES) or content[257:262] == b"ustar" or content[32769:32774] == b"CD001"


def is_program(content: bytes) -> bool:
    """Begins like something that a machine runs, macros of old office files included."""
    return content.startswith(PROGRAMS)


def _agree(content: bytes, content_type: str) -> None:
    if _detector is not None and _detector.from_buffer(content[:MAGIC_BYTES]) != content_type:
        raise Refusal("file.bad_type")


def _why_not(content: bytes) -> str:
    if content.startswith(OLE) or (content.startswith(b"PK") and any(m in content[:4096] for m in OFFICE_MARKS)):
        return "file.office"
    if is_archive(content):
        return "file.archive"
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        return "file.heic"
    return "file.bad_type"
