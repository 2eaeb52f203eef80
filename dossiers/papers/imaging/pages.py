"""One picture of one page: upright, trimmed to the paper, measured."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageFilter, ImageOps, ImageStat

JPEG_QUALITY = 88
PREVIEW_WIDTH, PREVIEW_QUALITY = 1100, 78
MEASURED_WIDTH = 1000
SMALL = 240
SATURATION_LEAST, LIGHT_LEAST = 70, 40
PAPER_SHARE = 0.55  # of a row or column that must be bright to belong to the paper
EDGE_CONTRAST_LEAST = 60  # grey levels between paper and what it lies on
TRIM_MOST = 0.4  # never cut away more of a side: then it was not the paper's edge
LAPLACE = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)


@dataclass(frozen=True, slots=True)
class PageMeasure:
    """What the quality rules ask of one page. Sizes in pixels, levels 0 to 255, shares 0 to 1."""

    width: int
    height: int
    brightness: float
    sharpness: float
    ink_share: float
    colour_share: float


def upright(picture: Image.Image, *, turned: int = 0) -> Image.Image:
    """RGB on white, the camera's own turn and the clerk's (degrees clockwise) applied."""
    straight = ImageOps.exif_transpose(picture)
    if straight.mode in ("RGBA", "LA", "PA") or "transparency" in straight.info:
        layer = straight.convert("RGBA")
        sheet = Image.new("RGBA", layer.size, "white")
        straight = Image.alpha_composite(sheet, layer)
    plain = straight.convert("RGB")
    return plain.rotate(-turned, expand=True) if turned % 360 else plain


def trimmed(picture: Image.Image) -> Image.Image:
    """The paper alone when it lies on something darker (a desk under the camera, a scanner's lid); else unchanged."""
    small = ImageOps.grayscale(picture)
    small.thumbnail((SMALL, SMALL))
    threshold = _threshold(small)
    if threshold is None:
        return picture
    box = _bright_box(small, threshold)
    if box is None:
        return picture
    factor_x, factor_y = picture.width / small.width, picture.height / small.height
    left, top, right, bottom = box
    return picture.crop((int(left * factor_x), int(top * factor_y), int(right * factor_x), int(bottom * factor_y)))


def measure(picture: Image.Image) -> PageMeasure:
    """Measured at one width, so that a scan and a photograph compare."""
    grey = ImageOps.grayscale(picture)
    if grey.width > MEASURED_WIDTH:
        grey = grey.resize(
            (MEASURED_WIDTH, max(1, round(grey.height * MEASURED_WIDTH / grey.width))), Image.Resampling.BOX
        )
    histogram = grey.histogram()
    paper = _percentile(histogram, 0.8)
    ink = sum(histogram[: max(1, int(paper * 0.8))]) / max(1, sum(histogram))
    edges = ImageOps.crop(grey.filter(LAPLACE), border=2)  # the filter leaves the outermost pixels as they are
    sharp = ImageStat.Stat(edges).stddev[0]
    return PageMeasure(
        picture.width, picture.height, float(paper), round(sharp, 2), round(ink, 5), _colour_share(picture)
    )


def encoded(picture: Image.Image, *, dpi: int) -> bytes:
    """JPEG with the resolution written in."""
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=JPEG_QUALITY, dpi=(dpi, dpi), optimize=False)
    return buffer.getvalue()


def preview(content: bytes, *, turned: int = 0, width: int = PREVIEW_WIDTH) -> bytes:
    """A smaller JPEG for the screen; nothing of the file's own data goes along."""
    with Image.open(io.BytesIO(content)) as opened:
        opened.draft("RGB", (width, width * 2))
        picture = upright(opened, turned=turned)
    picture.thumbnail((width, width * 3))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=PREVIEW_QUALITY)
    return buffer.getvalue()


def estimated_dpi(width: int, height: int, page_inches: tuple[float, float]) -> int:
    """Dots an inch if the page is of this size, by the side that is covered less."""
    short, long = sorted((width, height))
    small, large = sorted(page_inches)
    return int(min(short / small, long / large))


def _threshold(grey: Image.Image) -> int | None:
    """A level between the paper and what it lies on; None when the border is not darker than the middle."""
    width, height = grey.size
    edge = max(1, min(width, height) // 40)
    strips = [
        (0, 0, width, edge),
        (0, height - edge, width, height),
        (0, 0, edge, height),
        (width - edge, 0, width, height),
    ]
    around = min(ImageStat.Stat(grey.crop(strip)).median[0] for strip in strips)
    middle = ImageStat.Stat(grey.crop((width // 4, height // 4, width * 3 // 4, height * 3 // 4))).median[0]
    return int((around + middle) // 2) if middle - around >= EDGE_CONTRAST_LEAST else None


def _bright_box(grey: Image.Image, threshold: int) -> tuple[int, int, int, int] | None:
    mask = grey.point(lambda level: 255 if level > threshold else 0)
    columns = _span(mask.resize((mask.width, 1), Image.Resampling.BOX).tobytes())
    rows = _span(mask.resize((1, mask.height), Image.Resampling.BOX).tobytes())
    if columns is None or rows is None:
        return None
    (left, right), (top, bottom) = columns, rows
    if right - left < mask.width * (1 - TRIM_MOST) or bottom - top < mask.height * (1 - TRIM_MOST):
        return None
    return left, top, right, bottom


def _span(shares: bytes) -> tuple[int, int] | None:
    """From the first to after the last place that is mostly bright."""
    bright = [place for place, share in enumerate(shares) if share >= 255 * PAPER_SHARE]
    return (bright[0], bright[-1] + 1) if bright else None


def _percentile(histogram: list[int], share: float) -> int:
    wanted, seen = sum(histogram) * share, 0
    for level, count in enumerate(histogram):
        seen += count
        if seen >= wanted:
            return level
    return 255


def _colour_share(picture: Image.Image) -> float:
    """How much of the page is neither grey nor nearly so: stamps, photographs, signatures in blue."""
    small = picture.copy()
    small.thumbnail((MEASURED_WIDTH, MEASURED_WIDTH))
    _, saturation, value = small.convert("HSV").split()
    strong = saturation.point(lambda level: 255 if level >= SATURATION_LEAST else 0)
    lit = value.point(lambda level: 255 if level >= LIGHT_LEAST else 0)
    both = Image.composite(strong, Image.new("L", small.size, 0), lit)
    return round(both.histogram()[255] / (small.width * small.height), 5)
