"""A4 posters: what a citizen can scan at the hall's wall, at a unit's door or at a counter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from haddong_portal.common.documents.rendering import render_pdf
from haddong_portal.common.qr import qr_svg

TEMPLATE = Path(__file__).with_name("poster.typ")


class PosterKind(StrEnum):
    """What the code opens; decides the poster's headline and invitation."""

    PROCEDURE = "procedure"
    UNIT = "unit"
    COUNTER = "counter"


@dataclass(frozen=True)
class PosterFact:
    """One fact of three at most, such as "Thời hạn" and "05 ngày làm việc"."""

    label: str
    value: str


@dataclass(frozen=True)
class PosterData:
    """One poster. `url` goes into the QR code, `short_link` is what people can type instead.

    `title` is the procedure's, unit's or counter's name; `line` one sentence under it; `code` the procedure code or "".
    """

    kind: PosterKind
    unit_name: str
    title: str
    url: str
    short_link: str
    line: str = ""
    facts: tuple[PosterFact, ...] = ()
    code: str = ""
    hotline: str = ""


def render_poster(poster: PosterData) -> bytes:
    """One poster as a PDF/A-2b of one A4 page."""
    return render_posters([poster])


def render_posters(posters: Sequence[PosterData]) -> bytes:
    """Several posters in one PDF, a page each, in the given order; ValueError when there is none.

    For a long batch with progress, call it for slices of the list.
    """
    if not posters:
        raise ValueError("no poster to print")
    pages = [{**asdict(poster), "image": f"qr-{index}"} for index, poster in enumerate(posters)]
    codes = {
        f"qr-{index}": qr_svg(poster.url, label=f"Mã QR: {poster.title}").encode()
        for index, poster in enumerate(posters)
    }
    title = posters[0].title if len(posters) == 1 else f"{len(posters)} áp phích mã QR"
    return render_pdf(TEMPLATE, {"title": title, "posters": pages}, images=codes)
