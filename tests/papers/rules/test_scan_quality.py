"""Faults of a scan, told with their code; only missing pages stop it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dossiers.papers.imaging import pages
from dossiers.papers.rules.scan_quality import ScannedPage, captured_pages, check_scan, quality_limits
from tests.papers.drawn_pages import A4_INCHES, page

GOOD = ScannedPage(serial=1, dpi=300, brightness=250, sharpness=20, ink_share=0.02, colour_share=0.01)


def codes(*scanned: ScannedPage, declared: int = 1, needs_colour: bool = False) -> list[str]:
    return [finding.code for finding in check_scan(scanned, declared=declared, needs_colour=needs_colour)]


def test_a_good_page_has_no_fault() -> None:
    assert codes(GOOD, needs_colour=True) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"dpi": 199}, "scan.dpi_low"),
        ({"dpi": 299}, "scan.dpi_below_wanted"),
        ({"brightness": 60}, "scan.dark"),
        ({"sharpness": 2.0}, "scan.blurred"),
        ({"ink_share": 0.0, "sharpness": 0.0}, "scan.blank"),
    ],
)
def test_one_fault(change: dict[str, float], code: str) -> None:
    assert codes(replace(GOOD, **change)) == [code]


def test_a_missing_page_stops() -> None:
    (finding,) = check_scan([GOOD], declared=2, needs_colour=False)
    assert (finding.code, finding.stops) == ("scan.page_count", True)


def test_a_page_shot_with_its_note_counts_once() -> None:
    twin = replace(GOOD, serial=2, note_pair_of=1)
    assert captured_pages([GOOD, twin]) == 1
    assert codes(GOOD, twin) == []


def test_a_stamp_wants_colour() -> None:
    grey = replace(GOOD, colour_share=0.0)
    assert codes(grey, needs_colour=True) == ["scan.no_colour"]
    assert codes(grey, replace(GOOD, serial=2), declared=2, needs_colour=True) == []


@pytest.mark.parametrize(
    ("looks", "wanted"),
    [
        ({}, []),
        ({"blur": 2.0}, ["scan.blurred"]),
        ({"light": 0.35}, ["scan.dark"]),
        ({"dpi": 110}, ["scan.dpi_low"]),
        ({"lines": ()}, ["scan.blank"]),
        ({"seal": True, "desk": True}, []),
    ],
)
def test_a_drawn_page_is_judged_as_an_eye_would(looks: dict[str, object], wanted: list[str]) -> None:
    picture = pages.trimmed(page(**looks))  # type: ignore[arg-type]
    seen = pages.measure(picture)
    dpi = pages.estimated_dpi(seen.width, seen.height, A4_INCHES)
    scanned = ScannedPage(1, dpi, seen.brightness, seen.sharpness, seen.ink_share, seen.colour_share)
    found = codes(scanned, needs_colour=bool(looks.get("seal")))
    assert [code for code in found if code != "scan.dpi_below_wanted"] == wanted


def test_a_page_is_cut_out_of_the_desk_it_lies_on() -> None:
    whole = page(dpi=100, desk=True)
    cut = pages.trimmed(whole)
    assert abs(cut.width - 827) < 25 and abs(cut.height - 1169) < 30
    assert pages.trimmed(page(dpi=100)).size == page(dpi=100).size


def test_the_shipped_limits_are_whole() -> None:
    limits = quality_limits()
    assert limits.dpi_least < limits.dpi_wanted and limits.pages_most >= 1
