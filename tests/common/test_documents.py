"""Rendering: data is never markup, templates read no other file, fonts and standard are in the PDF."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdf
import pytest
import typst

from haddong_portal.common.documents.rendering import render_pdf
from haddong_portal.common.qr import qr_png_bytes

TEMPLATE = """
#import "/official.typ": *
#set document(title: "Thử")
#set text(font: {font}, lang: "vi")
#data.name
"""
ALPHABET = "aàảãáạ ăằẳẵắặ âầẩẫấậ đĐ êềểễếệ ôồổỗốộ ơờởỡớợ ưừửữứự ỳỷỹýỵ ẶẬỆỘỢỰỴ"


def template(folder: Path, text: str) -> Path:
    path = folder / "paper.typ"
    path.write_text(text, encoding="utf-8")
    return path


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize(
    "hostile", ['#read("/etc/passwd")', "#panic()", "*đậm* $x$ \\ `a`", '"] #import "x"', "{{ 7*7 }}", "<b>&amp;"]
)
def test_hostile_text_prints_as_it_is(tmp_path: Path, hostile: str) -> None:
    pdf = render_pdf(template(tmp_path, TEMPLATE.format(font="serif")), {"name": hostile})
    assert text_of(pdf).strip() == hostile


@pytest.mark.parametrize("font", ["serif", "sans"])
def test_every_vietnamese_letter_can_be_printed_and_copied(tmp_path: Path, font: str) -> None:
    pdf = render_pdf(template(tmp_path, TEMPLATE.format(font=font)), {"name": ALPHABET})
    assert " ".join(text_of(pdf).split()) == ALPHABET
    fonts = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]["/Font"].values()
    assert [
        ("Libertinus" if font == "serif" else "BeVietnamPro") in str(f.get_object()["/BaseFont"]) for f in fonts
    ] == [True]


@pytest.mark.parametrize("path", ["/etc/passwd", "../rendering.py", "/paper.typ"])
def test_a_template_reads_nothing_outside_the_partials(tmp_path: Path, path: str) -> None:
    with pytest.raises(typst.TypstError):
        render_pdf(template(tmp_path, f'#read("{path}")'), {})


def test_the_pdf_is_archivable_tagged_and_in_vietnamese(tmp_path: Path) -> None:
    reader = pypdf.PdfReader(io.BytesIO(render_pdf(template(tmp_path, TEMPLATE.format(font="serif")), {"name": "An"})))
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in metadata
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert str(reader.trailer["/Root"]["/Lang"]).startswith("vi")
    assert reader.metadata is not None and reader.metadata.title == "Thử"


def test_pictures_are_passed_as_bytes(tmp_path: Path) -> None:
    path = template(tmp_path, '#import "/official.typ": *\n#picture("code", alt: "mã", width: 3cm)')
    reader = pypdf.PdfReader(io.BytesIO(render_pdf(path, {}, images={"code": qr_png_bytes("1")})))
    assert len(reader.pages[0].images) == 1


def test_threads_get_their_own_papers(tmp_path: Path) -> None:
    path = template(tmp_path, TEMPLATE.format(font="serif"))
    names = [f"Người số {number}" for number in range(24)]
    with ThreadPoolExecutor(4) as threads:
        papers = list(threads.map(lambda name: render_pdf(path, {"name": name}), names))
    assert [text_of(paper).strip() for paper in papers] == names
