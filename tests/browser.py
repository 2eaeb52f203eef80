"""A real Chromium for tests marked `browser` or `flow`, and the accessibility check."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # the driver is imported only where a browser is used: most test runs have none
    from playwright.sync_api import Browser, BrowserContext, Page

REPOSITORY = Path(__file__).resolve().parent.parent
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run", "--disable-dev-shm-usage"),
]
HOW_TO_GET_ONE = (
    "no Chromium found: install one (Debian, Ubuntu: `apt install chromium`; Fedora: `dnf install chromium`; "
    "macOS: `brew install --cask chromium`) or set CHROMIUM to the path of a Chromium or Chrome"
)
AXE = REPOSITORY / "node_modules" / "axe-core" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
STEP_MILLISECONDS_MAX = 15_000


def find_chromium() -> str | None:
    """The path of a Chromium: the variable CHROMIUM, else the first known program."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def need_chromium() -> str:
    """Like `find_chromium`; without one the test skips, and under CI it fails."""
    path = find_chromium()
    if path is None and os.environ.get("CI"):
        pytest.fail(HOW_TO_GET_ONE, pytrace=False)
    if path is None:
        pytest.skip(HOW_TO_GET_ONE)
    return path


def launch_flags(*more: str) -> list[str]:
    """The flags every Chromium of ours starts with, and more (a fake camera, say)."""
    return [*FLAGS, *more]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session."""
    from playwright.sync_api import sync_playwright

    path = need_chromium()
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=launch_flags())
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor of their own: Vietnamese, Hà Nội time, no cookies of another test."""
    visitor = browser.new_context(
        locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", viewport={"width": 1280, "height": 900}, bypass_csp=False
    )
    visitor.set_default_timeout(STEP_MILLISECONDS_MAX)
    yield visitor
    visitor.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """One tab of a fresh visitor."""
    return context.new_page()


def assert_axe(page: Page, *, tags: list[str] | None = None) -> None:
    """No accessibility violation on the page as it stands (axe-core of package-lock.json, WCAG 2.1 A and AA)."""
    if not AXE.exists():
        pytest.fail("axe-core is missing: run `make assets`", pytrace=False)
    # Evaluated through the debugging protocol, so the page's content policy stays as strict as it is.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {"runOnly": {"type": "tag", "values": tags or AXE_TAGS}}
    violations = page.evaluate("options => axe.run(document, options).then(result => result.violations)", options)
    found = [_describe(violation) for violation in violations]
    assert not found, f"{page.url}: {len(found)} accessibility violations\n" + "\n".join(found)


def _describe(violation: dict[str, object]) -> str:
    nodes = violation["nodes"]
    assert isinstance(nodes, list)
    places = "\n".join(f"    {' '.join(map(str, node['target']))}: {node['html'][:160]}" for node in nodes[:5])
    return f"  {violation['id']} ({violation['impact']}): {violation['help']}\n{places}"


def assert_nothing_from_outside(page: Page, base_url: str) -> list[str]:
    """Start watching the page: returns a live list of requests that left `base_url`; assert it is empty at the end."""
    outside: list[str] = []

    def note(url: str) -> None:
        if not url.startswith((base_url, "data:", "blob:", "about:")):
            outside.append(url)

    page.on("request", lambda request: note(request.url))
    return outside


if __name__ == "__main__":  # `make test` says before the long run what would be skipped
    if find_chromium() is None:
        sys.stdout.write(f"make test: {HOW_TO_GET_ONE}\n")
