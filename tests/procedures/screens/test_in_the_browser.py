"""The citizen's way on a phone: type, choose, read; nothing from outside, nothing in the way of a screen reader."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.browser import assert_axe, assert_nothing_from_outside

if TYPE_CHECKING:
    from tests.running import RunningPortal

PHONE = {"width": 390, "height": 844}
WITH_CASES = "1.012765"
PAGE_BYTES_MAX = 100_000


@pytest.mark.browser
def test_a_citizen_finds_and_reads_a_procedure_on_a_phone(running_portal: RunningPortal, page: Page) -> None:
    running_portal.manage("load_foundation")
    running_portal.manage("load_catalogue")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a typed dict of playwright's own
    outside = assert_nothing_from_outside(page, running_portal.url("/"))
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(_bytes(response)) if "/fonts/" not in response.url else None)
    page.goto(running_portal.url("/"))
    assert_axe(page)
    page.get_by_role("searchbox").press_sequentially("sang ten so do")
    suggestion = page.locator("#goi-y").get_by_role("link").first
    expect(suggestion).to_be_visible()
    assert_axe(page)
    page.keyboard.press("ArrowDown")
    expect(suggestion).to_be_focused()

    page.goto(running_portal.url("/thu-tuc/"))
    assert_axe(page)

    sizes.clear()
    page.goto(running_portal.url(f"/thu-tuc/{WITH_CASES}/"))
    assert_axe(page)
    assert sum(sizes) < PAGE_BYTES_MAX
    page.get_by_role("link", name="Thừa kế").click()
    expect(page).to_have_url(re.compile("truong-hop="))
    expect(page.locator(".case.is-chosen")).to_have_text("Thừa kế")
    assert_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert outside == []


def _bytes(response: object) -> int:
    """What travels: text goes compressed in production, whatever the test server does."""
    body: bytes = response.body()  # type: ignore[attr-defined]  # a playwright response
    return min(len(body), len(gzip.compress(body)))
