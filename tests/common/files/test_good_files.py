"""Real papers: accepted, shown with the same look, and without what the camera adds."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest
import typst
from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageStat

from haddong_portal.common.files.check import check_file
from haddong_portal.common.files.verdict import Verdict
from tests.sample_files import make_pdf, stream

ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F
TURNED_RIGHT = 6


def drawn(content: bytes, page: int = 0) -> Image.Image:
    with pypdfium2.PdfDocument(content) as document:
        return document[page].render(scale=1).to_pil().convert("RGB")


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean distance of two pictures' colours, 0 to 255; 0 only for the same points."""
    assert one.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGBA"), other.convert("RGBA"))).mean)


def form() -> Image.Image:
    picture = Image.new("RGB", (400, 300), (250, 250, 240))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((260, 180, 360, 280), outline=(190, 20, 30), width=8)
    pen.line((30, 40, 370, 40), fill=(20, 20, 120), width=5)
    return picture


def phone_jpeg() -> bytes:
    """As a phone writes it: turned by its orientation mark, with place, maker, thumbnail and a trailer behind."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = TURNED_RIGHT, "Điện thoại"
    exif.get_ifd(GPS).update({1: "N", 2: (20.0, 58.0, 12.0), 3: "E", 4: (105.0, 46.0, 31.0)})
    buffer = io.BytesIO()
    form().save(buffer, "JPEG", quality=88, exif=exif, comment=b"seen by me", dpi=(72, 72))
    return buffer.getvalue() + b"\x00\x00\x01\n\x0e\x00\x00\x00Image_UTC_DataSEFT"


def office_pdf() -> bytes:
    """A document made as the portal makes its forms: tagged, with embedded fonts, in the archive format."""
    text = '#set document(title: "Giấy khai sinh")\n#set page("a4")\n= Giấy khai sinh\nHọ và tên: *Trần Văn Tú*'
    return typst.compile(text.encode(), format="pdf", pdf_standards=["a-2b"])


def scan_pdf() -> bytes:
    buffer = io.BytesIO()
    form().convert("L").save(buffer, "PDF", resolution=100, save_all=True, append_images=[form(), form().convert("1")])
    return buffer.getvalue()


def linked_pdf() -> bytes:
    """A place to open at, a way to a page, a web address and a form field without scripts: nothing acts."""
    return make_pdf(
        {
            6: b"<< /Type /Annot /Subtype /Link /Rect [9 9 90 90] /A << /S /URI /URI (https://a.vn/p?a=1:2) >> >>",
            7: b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (ten) /Rect [9 99 90 120] >>",
            8: b"<< /Type /Annot /Subtype /Link /Rect [9 200 90 220] /A << /S /GoTo /D [3 0 R /Fit] >> >>",
        },
        page=b"/Annots [6 0 R 7 0 R 8 0 R]",
        catalog=b"/OpenAction [3 0 R /XYZ null null 0] /AcroForm << /Fields [7 0 R] >>",
    )


def resources_with_odd_names() -> bytes:
    """A font that is called like an automatic action."""
    fonts = b"<< /AA 6 0 R /JS 6 0 R >>"
    return make_pdf(
        {
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font %s >> >>"
            % fonts,
            4: stream(b"BT /AA 24 Tf 72 720 Td (Giay khai sinh) Tj ET"),
            6: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        }
    )


def joined_pdf() -> bytes:
    writer = pypdf.PdfWriter()
    for part in (office_pdf(), scan_pdf()):
        writer.append(io.BytesIO(part))
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


GOOD_PDFS = {
    "office": (office_pdf, 1),
    "scan": (scan_pdf, 3),
    "links": (linked_pdf, 1),
    "odd_names": (resources_with_odd_names, 1),
    "joined": (joined_pdf, 4),
    "padded": (lambda: make_pdf() + b"\r\n\x00\x00\x00", 1),
}


@pytest.mark.parametrize("case", GOOD_PDFS)
def test_a_good_pdf_is_clean(case: str) -> None:
    make, pages = GOOD_PDFS[case]
    content = make()
    verdict = check_file(content, name="giấy tờ.pdf")
    assert (verdict.verdict, verdict.code, verdict.removed) == (Verdict.CLEAN, "file.clean", ())
    assert (verdict.pages, verdict.shown) == (pages, content)


def test_the_copy_of_a_sanitised_pdf_looks_the_same_on_every_page() -> None:
    content = joined_pdf()
    with_script = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.attachments["a.txt"] = b"hello"
        pdf.save(with_script)
    verdict = check_file(with_script.getvalue(), name="a.pdf")
    assert (verdict.verdict, verdict.images) == (Verdict.SANITISED, 3)
    assert {"javascript", "embedded_file"} <= set(verdict.removed)
    for page in range(4):
        assert difference(drawn(verdict.shown or b"", page), drawn(content, page)) == 0


def test_a_phones_picture_stays_upright_and_tells_no_place() -> None:
    content = phone_jpeg()
    verdict = check_file(content, name="IMG_2024.jpg")
    assert (verdict.verdict, verdict.code) == (Verdict.SANITISED, "file.reencoded")
    assert {"exif", "gps", "comment"} <= set(verdict.removed)
    shown = Image.open(io.BytesIO(verdict.shown or b""))
    assert not shown.getexif() and b"SEFT" not in (verdict.shown or b"") and "comment" not in shown.info
    upright = form().transpose(Image.Transpose.ROTATE_270)
    assert shown.size == upright.size == (300, 400)
    assert difference(shown, upright) < 3
    assert len(verdict.shown or b"") < len(content) * 1.3


@pytest.mark.parametrize("mode", ["RGB", "L", "1", "P", "RGBA", "LA", "I;16"])
def test_a_png_of_any_kind_keeps_every_point(mode: str) -> None:
    picture = (
        form().convert("L").point(lambda grey: grey * 200, "I").convert("I;16")
        if mode == "I;16"
        else form().convert(mode)
    )
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    verdict = check_file(buffer.getvalue(), name="a.png")
    shown = Image.open(io.BytesIO(verdict.shown or b""))
    assert (verdict.verdict, shown.mode) == (Verdict.SANITISED, picture.mode)
    assert difference(shown, picture) == 0


def test_colours_of_a_profile_become_plain_ones() -> None:
    """A picture whose profile swaps colours looks as its maker saw it, and carries no profile."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    buffer = io.BytesIO()
    form().save(buffer, "JPEG", icc_profile=profile)
    verdict = check_file(buffer.getvalue(), name="a.jpg")
    assert verdict.verdict == Verdict.SANITISED
    assert "icc_profile" not in Image.open(io.BytesIO(verdict.shown or b"")).info


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_a_jpeg_of_another_colour_space_can_be_shown(mode: str) -> None:
    buffer = io.BytesIO()
    form().convert(mode).save(buffer, "JPEG", progressive=True)
    verdict = check_file(buffer.getvalue(), name="a.jpeg")
    shown = Image.open(io.BytesIO(verdict.shown or b""))
    assert (verdict.verdict, shown.mode) == (Verdict.SANITISED, "L" if mode == "L" else "RGB")


def test_a_page_drawn_by_a_browser_or_ghostscript_is_clean(tmp_path: Path) -> None:
    """Other makers' files: with subset fonts of every kind."""
    ghost = shutil.which("gs")
    if ghost is None:
        pytest.skip("ghostscript is not on this machine")
    source, made = tmp_path / "in.pdf", tmp_path / "out.pdf"
    source.write_bytes(office_pdf())
    subprocess.run(
        [ghost, "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", f"-sOutputFile={made}", source], check=True
    )
    verdict = check_file(made.read_bytes(), name="gs.pdf")
    assert (verdict.verdict, verdict.removed) == (Verdict.CLEAN, ())
