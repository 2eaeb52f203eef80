"""One Typst compiler for the process: a template, data as JSON, pictures as bytes, out comes a tagged PDF/A-2b.

Data reaches the template only as `sys.inputs` JSON, never as source, so whatever a citizen is called prints as it is.
Templates may import the house's partials (`typst/`) and read nothing else: the compiler's root is that folder, system
fonts and downloads are off.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from datetime import UTC
from functools import lru_cache
from pathlib import Path
from typing import Literal

import pypdfium2
import typst
from fontpkg_be_vietnam_pro import __file__ as _font_package

from haddong_portal.common import clock

PDF_STANDARD: Literal["a-2b"] = "a-2b"
# A closer setting saves a tenth: more than this many pages never become one.
DENSE_PAGES_MAX = 2
SHARED_PARTIALS = Path(__file__).with_name("typst")
_FONT_FILES = Path(_font_package).with_name("files")
# Typst brings Libertinus Serif, the Times-like letter of the official papers; Be Vietnam Pro is the portal's own.
_lock = threading.Lock()


def render_on_one_page(
    template: Path, data: Mapping[str, object], *, images: Mapping[str, bytes] | None = None
) -> bytes:
    """As `render_pdf`, told by `data.setting` how close to set: "loose", "dense" when that saves the second page, else
    "flowing", which keeps together what must not stand alone on the last page."""
    loose = render_pdf(template, {**data, "setting": "loose"}, images=images)
    pages = _page_count(loose)
    if pages == 1:
        return loose
    if pages == DENSE_PAGES_MAX:
        dense = render_pdf(template, {**data, "setting": "dense"}, images=images)
        if _page_count(dense) == 1:
            return dense
    return render_pdf(template, {**data, "setting": "flowing"}, images=images)


def render_pdf(template: Path, data: Mapping[str, object], *, images: Mapping[str, bytes] | None = None) -> bytes:
    """Set `template` (a .typ file beside the calling module) with `data`; returns the PDF.

    `data` holds JSON values; `images` holds SVG or PNG bytes by name, which the template shows with `picture(name)`.
    Raises typst.TypstError when the template is wrong; data cannot make it so.
    """
    inputs = {
        "data": json.dumps(data, ensure_ascii=False),
        "images": json.dumps({name: _as_json(picture) for name, picture in (images or {}).items()}),
    }
    now = clock.now().astimezone(UTC).replace(microsecond=0)
    with _lock:
        pdf = _compiler().compile(
            _source(template), format="pdf", sys_inputs=inputs, pdf_standards=[PDF_STANDARD], timestamp=now
        )
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gave no single PDF")
    return pdf


def _page_count(pdf: bytes) -> int:
    with _lock, pypdfium2.PdfDocument(pdf) as document:  # PDFium serves one thread at a time
        return len(document)


def _as_json(picture: bytes) -> str | list[int]:
    """SVG travels as text, anything else as a list of byte values: Typst inputs are strings only."""
    return picture.decode() if picture.lstrip().startswith(b"<") else list(picture)


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    return typst.Compiler(root=SHARED_PARTIALS, font_paths=[str(_FONT_FILES)], ignore_system_fonts=True)


@lru_cache(maxsize=64)
def _source(template: Path) -> bytes:
    return template.read_bytes()
