"""A public page stays under 100 kB of transfer without fonts; its frame alone must leave room for the content."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from haddong_portal.assets.paths import VENDOR

ROOT = Path(__file__).resolve().parent.parent.parent
FRAME_BYTES_MAX = 50_000
CSS_BYTES_MAX = 25_000


def referenced(html: str) -> set[str]:
    return {path for path in re.findall(r'/static/([^"#]+)', html) if not path.endswith(".woff2")}


def compressed_bytes(path: str) -> int:
    source = ROOT / "static" / path
    return len(gzip.compress((source if source.is_file() else VENDOR.parent / path).read_bytes(), 9))


@pytest.mark.urls("tests.web.urls")
@pytest.mark.skipif(not VENDOR.is_dir(), reason="static_vendor is not built: run `make assets`")
def test_the_frame_of_a_public_page_is_light() -> None:
    html = render_to_string("public_base.html", {}, request=RequestFactory().get("/"))
    weights = {path: compressed_bytes(path) for path in referenced(html)}
    assert sum(size for path, size in weights.items() if path.endswith(".css")) < CSS_BYTES_MAX, weights
    assert sum(weights.values()) + len(gzip.compress(html.encode())) < FRAME_BYTES_MAX, weights
