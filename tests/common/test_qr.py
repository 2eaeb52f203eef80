"""QR codes: a reader gets back what was put in, a screen reader gets a name."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import pytest
import zxingcpp
from PIL import Image

from haddong_portal.common.qr import qr_png_bytes, qr_svg

SVG = "{http://www.w3.org/2000/svg}"
LINK = "https://motcua.example/t/000.99.01.H26-240207-0012.QBKXVABCDEFGHIJK"


@pytest.mark.parametrize("text", [LINK, "Hà Đông: hồ sơ đăng ký", "1"])
def test_png_is_read_back(text: str) -> None:
    picture = Image.open(io.BytesIO(qr_png_bytes(text, module_px=4)))
    found = zxingcpp.read_barcodes(picture.convert("L"))
    assert [barcode.text for barcode in found] == [text]
    assert found[0].ec_level == "M"


def drawn(svg: str, scale: int) -> Image.Image:
    """Paint the paths of an SVG whose shapes are all horizontal runs."""
    root = ElementTree.fromstring(svg)
    side = int(root.attrib["viewBox"].split()[2])
    picture = Image.new("L", (side, side), 255)
    for run in root.find(f"{SVG}path").attrib["d"].split("M")[1:]:
        start, _, length = run.partition("h")
        x, y = (int(number) for number in start.split())
        picture.paste(0, (x, y, x + int(length.split("v")[0]), y + 1))
    return picture.resize((side * scale, side * scale), Image.Resampling.NEAREST)


def test_svg_is_read_back() -> None:
    assert [barcode.text for barcode in zxingcpp.read_barcodes(drawn(qr_svg(LINK), 4))] == [LINK]


def test_svg_has_a_name_a_size_and_no_inline_style() -> None:
    svg = qr_svg(LINK, label='Hồ sơ "A" <b>', module_px=3)
    root = ElementTree.fromstring(svg)
    assert root.find(f"{SVG}title").text == 'Hồ sơ "A" <b>'
    assert root.attrib["role"] == "img"
    assert int(root.attrib["width"]) == 3 * int(root.attrib["viewBox"].split()[2])
    assert "style" not in svg and "<script" not in svg
