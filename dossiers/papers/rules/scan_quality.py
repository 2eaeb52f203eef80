"""What is wrong with a scan, by the six rules of TT 01/2023/TT-VPCP art. 8.2 and the values of data/scan_quality.json.

The values are medium certain, so they are data. Only a wrong count of pages stops a scan: each page must be there.
Everything else is told, and the clerk decides whether the page is taken again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LEGAL_KEY = "TT01-2023"
FILE = Path(__file__).resolve().parent.parent / "data" / "scan_quality.json"
INK_LEAST = 0.0008  # a page with less on it is blank: nothing on it can be sharp


@dataclass(frozen=True, slots=True)
class QualityLimits:
    """The least a scan must be; see data/scan_quality.json for units and sources."""

    dpi_wanted: int
    dpi_least: int
    page_inches: tuple[float, float]
    brightness_least: float
    sharpness_least: float
    colour_share_least: float
    pages_most: int
    pixels_most: int


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """The measures of one page; `dpi` as estimated for A4, `is_note_of` the page it shows with its sticky note."""

    serial: int
    dpi: int
    brightness: float
    sharpness: float
    ink_share: float
    colour_share: float
    note_pair_of: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: a code to read over the phone, a sentence, the page, and whether it stops the scan."""

    code: str
    sentence: str
    page: int | None = None
    stops: bool = False


@cache
def quality_limits() -> QualityLimits:
    """The shipped values."""
    said = json.loads(FILE.read_text(encoding="utf-8"))
    width, height = said["page_inches"]
    names = [name for name in QualityLimits.__dataclass_fields__ if name != "page_inches"]
    return QualityLimits(page_inches=(width, height), **{name: said[name] for name in names})


def check_scan(
    pages: Sequence[ScannedPage], *, declared: int, needs_colour: bool, limits: QualityLimits | None = None
) -> list[Finding]:
    """Every fault of a paper's pages, those that stop it first. `declared` is how many pages the paper has."""
    bounds = limits or quality_limits()
    findings = _count(pages, declared)
    for page in pages:
        findings += _one(page, bounds)
    if needs_colour and pages and not any(page.colour_share >= bounds.colour_share_least for page in pages):
        findings.append(
            Finding("scan.no_colour", "Bản quét không có màu. Giấy có dấu, ảnh hoặc chữ viết tay phải quét màu.")
        )
    return sorted(findings, key=lambda finding: not finding.stops)


def captured_pages(pages: Sequence[ScannedPage]) -> int:
    """How many pages of the paper are there: one shot with its note and without counts once."""
    return sum(page.note_pair_of is None for page in pages)


def _count(pages: Sequence[ScannedPage], declared: int) -> list[Finding]:
    captured = captured_pages(pages)
    if captured == declared:
        return []
    return [
        Finding(
            "scan.page_count",
            f"Giấy có {declared} trang nhưng đã quét {captured} trang. Xin quét đủ, hoặc sửa số trang.",
            stops=True,
        )
    ]


def _one(page: ScannedPage, bounds: QualityLimits) -> list[Finding]:
    found = []
    where = f"Trang {page.serial}"
    if page.dpi < bounds.dpi_least:
        found.append(("scan.dpi_low", f"{where} chỉ khoảng {page.dpi} dpi, cần ít nhất {bounds.dpi_least} dpi."))
    elif page.dpi < bounds.dpi_wanted:
        found.append(
            ("scan.dpi_below_wanted", f"{where} khoảng {page.dpi} dpi, dưới mức {bounds.dpi_wanted} dpi nên có.")
        )
    if page.brightness < bounds.brightness_least:
        found.append(("scan.dark", f"{where} quá tối. Xin chụp lại ở chỗ sáng."))
    if page.ink_share < INK_LEAST:
        found.append(("scan.blank", f"{where} là trang trắng."))
    elif page.sharpness < bounds.sharpness_least:
        found.append(("scan.blurred", f"{where} bị mờ. Xin chụp lại, giữ máy đứng yên."))
    return [Finding(code, sentence, page.serial) for code, sentence in found]
