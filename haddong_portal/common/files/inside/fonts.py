"""Fonts inside a PDF: one that FreeType cannot open is taken out; viewers use one of theirs, as they would anyway."""

from __future__ import annotations

import io

import pikepdf
from PIL import ImageFont

FONT_KEYS = ("/FontFile", "/FontFile2", "/FontFile3")
PROBE_PIXELS = 10


def drop_bad_fonts(descriptor: pikepdf.Object) -> list[str]:
    """`["font"]` when this font descriptor held a broken font programme, which is gone then."""
    dropped = []
    for key in FONT_KEYS:
        stream = descriptor.get(key)
        if stream is not None and not _opens(stream):
            del descriptor[key]
            dropped.append("font")
    return dropped


def _opens(stream: pikepdf.Object) -> bool:
    if not isinstance(stream, pikepdf.Stream):
        return False
    try:
        ImageFont.truetype(io.BytesIO(stream.read_bytes()), PROBE_PIXELS)
    except MemoryError:
        raise
    except Exception:
        return False
    return True
