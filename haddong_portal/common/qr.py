"""QR codes as SVG for pages and papers, as PNG where a picture is needed. Error correction M (15 %)."""

from __future__ import annotations

import io
from functools import lru_cache
from html import escape

import qrcode
from PIL import Image
from qrcode.constants import ERROR_CORRECT_M

# Light modules around the code that the standard asks for; scanners need them.
QUIET_ZONE_MODULES = 4
DEFAULT_LABEL = "Mã QR"

Matrix = tuple[tuple[bool, ...], ...]


def qr_svg(text: str, *, label: str | None = None, module_px: int = 4) -> str:
    """A stand-alone SVG, black on white whatever the page's theme; `label` names it for screen readers.

    `module_px` is the natural size of one module in pixels; style sheets may scale it.
    """
    matrix = _matrix(text)
    modules = len(matrix)
    side_px = modules * module_px
    title = escape(label or DEFAULT_LABEL, quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {modules} {modules}"'
        f' width="{side_px}" height="{side_px}" role="img" aria-label="{title}" shape-rendering="crispEdges">'
        f"<title>{title}</title>"
        f'<rect width="{modules}" height="{modules}" fill="#fff"/><path fill="#000" d="{_path(matrix)}"/></svg>'
    )


def qr_png_bytes(text: str, *, module_px: int = 8) -> bytes:
    """The same code as a black and white PNG."""
    matrix = _matrix(text)
    picture = Image.new("1", (len(matrix), len(matrix)), 1)
    picture.putdata([0 if dark else 1 for row in matrix for dark in row])
    scaled = picture.resize((len(matrix) * module_px, len(matrix) * module_px), Image.Resampling.NEAREST)
    buffer = io.BytesIO()
    scaled.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


@lru_cache(maxsize=512)
def _matrix(text: str) -> Matrix:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE_MODULES)
    code.add_data(text)
    code.make(fit=True)
    return tuple(tuple(bool(dark) for dark in row) for row in code.get_matrix())


def _path(matrix: Matrix) -> str:
    """One rectangle for each horizontal run of dark modules."""
    runs: list[str] = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            length = _run_length(row, x)
            if row[x]:
                runs.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return "".join(runs)


def _run_length(row: tuple[bool, ...], start: int) -> int:
    end = start
    while end < len(row) and row[end] == row[start]:
        end += 1
    return end - start
