"""What is signed is PDF/A before and after, upright, with room for the stamp."""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from haddong_portal.common.documents.rendering import render_pdf
from haddong_portal.common.errors import DomainError
from haddong_portal.common.signing.keys import key_of
from haddong_portal.common.signing.pdfa import prepare_pdf
from haddong_portal.common.signing.pdfa_check import pdfa_faults
from haddong_portal.common.signing.sign_pdf import sign_pdf
from haddong_portal.common.signing.stamp_room import BAND
from haddong_portal.common.signing.stamps import Stamp
from tests.signing_help import NOW, WARD, WARD_NAME, plain_pdf, signed_pdf

PDF = "application/pdf"
STAMP = Stamp(unit=WARD_NAME, code="ABCD", verify_url="https://motcua.example/xac-thuc/ABCD/")


@pytest.fixture
def ghostscript() -> None:
    if shutil.which("gs") is None:
        if os.environ.get("CI"):
            pytest.fail("Ghostscript is missing: apt install ghostscript", pytrace=False)
        pytest.skip("no Ghostscript on this machine")


def _signed(content: bytes) -> bytes:
    return sign_pdf(content, signer=key_of(WARD), reason="", stamp=STAMP, now=NOW)


def test_the_structure_check_names_what_is_missing() -> None:
    assert pdfa_faults(plain_pdf()) == ["no pdfaid in XMP", "no output intent", "font not embedded: /Helvetica"]


def test_a_pdfa_of_ours_stays_as_it_is_and_stays_pdfa_when_signed(home: Path, tmp_path: Path) -> None:
    template = tmp_path / "paper.typ"
    template.write_text('#set text(font: "Be Vietnam Pro")\n#v(4cm)\nGiấy xác nhận')
    ours = render_pdf(template, {})

    prepared = prepare_pdf(ours, PDF)

    assert (prepared.content, prepared.faults) == (ours, [])
    assert pdfa_faults(_signed(ours)) == []


@pytest.mark.usefixtures("ghostscript")
def test_another_pdf_becomes_pdfa(home: Path) -> None:
    prepared = prepare_pdf(plain_pdf(), PDF)

    assert prepared.faults == []
    assert pdfa_faults(_signed(prepared.content)) == []


def test_without_ghostscript_it_is_kept_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    prepared = prepare_pdf(plain_pdf(), PDF)

    assert prepared.faults and prepared.content == plain_pdf()[: len(prepared.content)]


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_becomes_a_page_below_the_stamp(home: Path, kind: str) -> None:
    drawn = io.BytesIO()
    Image.new("RGB" if kind == "JPEG" else "RGBA", (900, 1200), "red").save(drawn, kind)
    prepared = prepare_pdf(drawn.getvalue(), f"image/{kind.lower()}")

    assert prepared.faults == []
    with pikepdf.open(io.BytesIO(prepared.content)) as pdf:
        assert [round(float(edge)) for edge in pdf.pages[0].mediabox] == [0, 0, 595, 842]
    assert pdfa_faults(_signed(prepared.content)) == []


def test_a_turned_page_is_set_upright() -> None:
    with pikepdf.open(io.BytesIO(plain_pdf())) as pdf:
        pdf.pages[0].rotate(90, relative=False)
        turned = io.BytesIO()
        pdf.save(turned)

    with pikepdf.open(io.BytesIO(prepare_pdf(turned.getvalue(), PDF).content)) as pdf:
        assert not pdf.pages[0].rotation
        assert round(float(pdf.pages[0].mediabox[2])) == 842


def test_a_page_with_something_at_the_top_right_gets_a_band_above() -> None:
    with pikepdf.open(io.BytesIO(plain_pdf())) as pdf:
        pdf.pages[0].obj.Contents = pdf.make_stream(b"BT /F1 14 Tf 450 810 Td (QUOC HIEU) Tj ET")
        full = io.BytesIO()
        pdf.save(full)

    with pikepdf.open(io.BytesIO(prepare_pdf(full.getvalue(), PDF).content)) as pdf:
        assert float(pdf.pages[0].mediabox[3]) == pytest.approx(842 + BAND, abs=1)


def test_a_signed_file_is_never_rewritten(home: Path) -> None:
    with pytest.raises(DomainError) as refused:
        prepare_pdf(signed_pdf(), PDF)

    assert refused.value.code == "signing.already_signed"


@pytest.mark.parametrize(
    ("content", "kind", "code"),
    [
        (b"%PDF-1.7 broken", PDF, "unreadable"),
        (b"\xff\xd8\xff", "image/jpeg", "unreadable"),
        (b"x", "text/plain", "bad_type"),
    ],
)
def test_what_cannot_be_prepared_says_why(content: bytes, kind: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        prepare_pdf(content, kind)

    assert refused.value.code == f"signing.{code}"
