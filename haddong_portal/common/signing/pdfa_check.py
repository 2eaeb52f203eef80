"""Does a file's structure hold what PDF/A asks for? Not a full validator: the parts that make a paper readable later.

Looked at: the claim in XMP, the output intent with its colour profile, every font embedded, nothing encrypted.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
DEPTH_MAX = 6


def pdfa_faults(content: bytes) -> list[str]:
    """What is missing, in words for the log; empty when it looks like PDF/A. Raises pikepdf.PdfError."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        faults = ["encrypted"] if pdf.is_encrypted else []
        if not _claims(pdf):
            faults.append("no pdfaid in XMP")
        if not _has_intent(pdf):
            faults.append("no output intent")
        return [*faults, *(f"font not embedded: {name}" for name in sorted(_loose_fonts(pdf)))]


def _claims(pdf: pikepdf.Pdf) -> bool:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        return bool(xmp.pdfa_status)


def _has_intent(pdf: pikepdf.Pdf) -> bool:
    intents: Any = pdf.Root.get("/OutputIntents", [])
    return any(each.get("/S") == "/GTS_PDFA1" and "/DestOutputProfile" in each for each in intents)


def _loose_fonts(pdf: pikepdf.Pdf) -> set[str]:
    found: set[str] = set()
    for page in pdf.pages:
        for font in _fonts(page.obj.get("/Resources"), DEPTH_MAX):
            found |= _loose(font)
        for note in page.obj.get("/Annots", []):
            for font in _fonts_of_appearance(note):
                found |= _loose(font)
    return found


def _fonts_of_appearance(note: Any) -> Iterator[Any]:
    normal = note.get("/AP", {}).get("/N")
    if isinstance(normal, pikepdf.Stream):
        yield from _fonts(normal.get("/Resources"), DEPTH_MAX)


def _fonts(resources: Any, depth: int) -> Iterator[Any]:
    if resources is None or not depth:
        return
    yield from resources.get("/Font", {}).values()
    for picture in resources.get("/XObject", {}).values():
        if picture.get("/Subtype") == "/Form":
            yield from _fonts(picture.get("/Resources"), depth - 1)


def _loose(font: Any) -> set[str]:
    """The font's name unless its program is in the file."""
    if font.get("/Subtype") == "/Type3":
        return set()
    if font.get("/Subtype") == "/Type0":
        return {name for each in font.DescendantFonts for name in _loose(each)}
    described = font.get("/FontDescriptor", {})
    return set() if any(key in described for key in FONT_FILES) else {str(font.get("/BaseFont", "?"))}
