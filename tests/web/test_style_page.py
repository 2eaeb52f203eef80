"""The style page in a real browser: every component, each size, both themes, phone and desk."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from haddong_portal.assets.paths import VENDOR
from tests.browser import assert_axe, assert_nothing_from_outside

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not VENDOR.is_dir(), reason="static_vendor is not built: run `make assets`"),
]


def watch_console(page: Page) -> list[str]:
    """Warnings and errors of the page, content policy breaches among them."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


@pytest.mark.parametrize("size", ["cong-dan", "can-bo", "kiosk"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_style_page_is_accessible_and_fits(
    browser: Browser, frame_url: str, size: str, theme: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 850}, color_scheme=theme)  # type: ignore[arg-type]
    page = context.new_page()
    said, outside = watch_console(page), assert_nothing_from_outside(page, frame_url)
    page.goto(f"{frame_url}/kieu-dang/?co={size}")
    page.wait_for_load_state("networkidle")
    assert_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    assert page.evaluate("document.fonts.check('16px \"Be Vietnam Pro\"', 'ữ')")
    assert (said, outside) == ([], [])
    context.close()


def test_the_theme_button_is_remembered(page: Page, frame_url: str) -> None:
    page.goto(f"{frame_url}/kieu-dang/")
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    page.click("[data-theme-toggle]")
    dark = page.evaluate(background)
    page.reload()
    assert light != dark
    assert page.evaluate(background) == dark
    assert page.get_attribute("[data-theme-toggle]", "aria-pressed") == "true"


def test_digits_line_up(page: Page, frame_url: str) -> None:
    page.goto(f"{frame_url}/kieu-dang/?co=can-bo")
    page.wait_for_load_state("networkidle")
    width = """text => {
        const span = document.createElement('span');
        span.textContent = text;
        document.querySelector('main').append(span);
        const wide = span.getBoundingClientRect().width;
        span.remove();
        return wide;
    }"""
    assert page.evaluate(width, "1111") == page.evaluate(width, "4000")
