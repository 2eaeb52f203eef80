"""How large a PDF's streams become when opened, measured without ever holding them whole."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator

import pikepdf
from PIL import Image, Jpeg2KImagePlugin, JpegImagePlugin  # noqa: F401 - formats

from haddong_portal.common.files.inside.findings import Refusal

SLICE = 65_536
FLATE = {"/FlateDecode", "/Fl"}
PICTURE_FILTERS = {"/DCTDecode": "JPEG", "/JPXDecode": "JPEG2000"}
BYTES_PER_PIXEL_MAX = 8  # four colours of 16 bits
CHAIN_MAX = 8


class StreamMeter:
    """Adds up what the streams of one file become. Raises Refusal file.bomb or file.too_many_pixels."""

    def __init__(self, *, stream_max: int, decoded_max: int, pixels_max: int) -> None:
        self.stream_max, self.left, self.pixels_max = stream_max, decoded_max, pixels_max
        self.images = 0

    def measure(self, stream: pikepdf.Stream) -> None:
        raw = stream.read_raw_bytes()
        limit = self.stream_max
        if stream.get("/Subtype") == "/Image":
            self.images += 1
            limit = self._picture_bytes(stream)
        filters = _filters(stream)
        while len(filters) > 1 and filters[0] in FLATE:
            raw = _inflated(raw, min(limit, self.stream_max))
            filters = filters[1:]
        if filters and filters[0] in FLATE:
            self._spend(_inflated_size(raw, limit))
        elif filters and filters[0] in PICTURE_FILTERS:
            self._check_picture(raw, PICTURE_FILTERS[filters[0]])

    def _picture_bytes(self, stream: pikepdf.Stream) -> int:
        width, height = _number(stream.get("/Width")), _number(stream.get("/Height"))
        if width < 0 or height < 0 or width * height > self.pixels_max:
            raise Refusal("file.too_many_pixels")
        return max(width * height * BYTES_PER_PIXEL_MAX + height + SLICE, SLICE * 16)

    def _check_picture(self, raw: bytes, kind: str) -> None:
        try:
            width, height = Image.open(io.BytesIO(raw), formats=[kind]).size
        except Exception:
            return  # no picture comes out of it either
        if width * height > self.pixels_max:
            raise Refusal("file.too_many_pixels")

    def _spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise Refusal("file.bomb")


def _filters(stream: pikepdf.Stream) -> list[str]:
    named = stream.get("/Filter")
    names = [str(one) for one in named] if isinstance(named, pikepdf.Array) else [str(named)] if named else []
    if len(names) > CHAIN_MAX:
        raise Refusal("file.bomb")
    return names


def _number(value: object) -> int:
    try:
        return int(value)  # type: ignore[call-overload, no-any-return]
    except (TypeError, ValueError):
        return 0


def _inflated(raw: bytes, limit: int) -> bytes:
    parts, size = [], 0
    for part in _pieces(raw):
        parts.append(part)
        size += len(part)
        if size > limit:
            raise Refusal("file.bomb")
    return b"".join(parts)


def _inflated_size(raw: bytes, limit: int) -> int:
    size = 0
    for part in _pieces(raw):
        size += len(part)
        if size > limit:
            raise Refusal("file.bomb")
    return size


def _pieces(raw: bytes) -> Iterator[bytes]:
    """The inflated data in small pieces; what is no Flate data ends it."""
    machine = zlib.decompressobj()
    for start in range(0, len(raw), SLICE):
        left = raw[start : start + SLICE]
        while left:
            try:
                part = machine.decompress(left, SLICE * 16)
            except zlib.error:
                return
            left = machine.unconsumed_tail
            if part:
                yield part
            if machine.eof:
                return
