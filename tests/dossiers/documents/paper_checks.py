"""What every printed paper must be: its size, archivable, tagged, its words, its codes as a scanner reads them."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable
from pathlib import Path

import pypdf
import pypdfium2
import zxingcpp

A5, A5_SIDE, A4, A4_SIDE = (419.5, 595.3), (595.3, 419.5), (595.3, 841.9), (841.9, 595.3)
NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
INK_MAX = 0.965


def words_of(pdf: bytes) -> str:
    """The text, white space collapsed, marks of no width gone."""
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(text.replace("\u200b", "").split())


def codes_on(pdf: bytes) -> set[str]:
    """What a scanner reads, on any page."""
    pages = [page.render(scale=3).to_pil() for page in pypdfium2.PdfDocument(pdf)]
    return {barcode.text for page in pages for barcode in zxingcpp.read_barcodes(page)}


def check_paper(
    pdf: bytes, *, name: str, size: tuple[float, float], words: Iterable[str], codes: Iterable[str] = ()
) -> str:
    """The text of a paper on which every word stands and every code scans, and no other code."""
    _keep(pdf, name)
    reader, text = pypdf.PdfReader(io.BytesIO(pdf)), words_of(pdf)
    missing = [word for word in words if word not in text]
    assert missing == [], f"{name} lacks {missing} in: {text}"
    assert {tuple(round(float(side), 1) for side in page.mediabox[2:]) for page in reader.pages} == {size}, name
    root = reader.trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata and "<pdfaid:conformance>B</pdfaid:conformance>" in metadata
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root and str(root["/Lang"]).startswith("vi")
    assert codes_on(pdf) == set(codes), name
    assert f"Trang {len(reader.pages)} / {len(reader.pages)}" in text, name
    _check_ink(pdf, name)
    return text


def _check_ink(pdf: bytes, name: str) -> None:
    """Nothing runs off the paper, and no page is empty."""
    for page in pypdfium2.PdfDocument(pdf):
        grey = page.render(scale=1).to_pil().convert("L").point(lambda value: 255 if value < 200 else 0)
        box = grey.getbbox()
        assert box is not None, f"{name}: an empty page"
        assert box[2] / grey.width < INK_MAX and box[3] / grey.height < 1, f"{name}: ink at the edge"


def _keep(pdf: bytes, name: str) -> None:
    """PAPERS_TO=folder keeps each paper and its picture, to be looked at."""
    folder = os.environ.get("PAPERS_TO")
    if not folder:
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    Path(folder, f"{name}.pdf").write_bytes(pdf)
    for number, page in enumerate(pypdfium2.PdfDocument(pdf), start=1):
        page.render(scale=2).to_pil().save(Path(folder, f"{name}-{number}.png"))
