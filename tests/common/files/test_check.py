"""The checker on ordinary files: what is accepted, how it looks, and the first noes."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image, ImageChops

from haddong_portal.common.files.check import check_file
from haddong_portal.common.files.policy import FilePolicy, default_policy
from haddong_portal.common.files.sentences import SENTENCES
from haddong_portal.common.files.verdict import FileVerdict
from tests.databases import REPOSITORY
from tests.sample_files import SMALL_JPEG, SMALL_PDF, SMALL_PNG, make_pdf


def limits(**changed: int) -> FilePolicy:
    return replace(default_policy(), **changed)


def drawn(content: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(content) as document:
        return document[0].render(scale=1).to_pil().convert("RGB")


def look_alike(one: Image.Image, other: Image.Image, *, most: int = 0) -> bool:
    assert one.size == other.size
    return (
        max(high for _low, high in ImageChops.difference(one.convert("RGB"), other.convert("RGB")).getextrema()) <= most
    )


def said(verdict: FileVerdict) -> tuple[str, str]:
    return verdict.verdict.value, verdict.code


def test_a_plain_pdf_is_clean_and_shown_as_it_came() -> None:
    verdict = check_file(SMALL_PDF, name="Giấy khai sinh.pdf")
    assert said(verdict) == ("clean", "file.clean")
    assert (verdict.content_type, verdict.suffix, verdict.safe_name) == (
        "application/pdf",
        ".pdf",
        "Giấy khai sinh.pdf",
    )
    assert (verdict.shown, verdict.pages, verdict.images, verdict.signed) == (SMALL_PDF, 1, 0, False)
    assert verdict.size_bytes == len(SMALL_PDF) and len(verdict.sha256) == 64


@pytest.mark.parametrize(("content", "kind"), [(SMALL_JPEG, "JPEG"), (SMALL_PNG, "PNG")])
def test_a_picture_is_drawn_anew_with_the_same_look(content: bytes, kind: str) -> None:
    verdict = check_file(content, name="ảnh." + kind.lower())
    assert said(verdict) == ("sanitised", "file.reencoded")
    shown = Image.open(io.BytesIO(verdict.shown or b""))
    assert (shown.format, verdict.pages, verdict.images) == (kind, 1, 1)
    assert look_alike(shown, Image.open(io.BytesIO(content)), most=0 if kind == "PNG" else 20)


def test_an_open_file_is_read_no_further_than_the_limit() -> None:
    file = io.BytesIO(SMALL_PDF + b"x" * 1000)
    assert check_file(file, policy=limits(max_bytes=400)).code == "file.too_large"
    assert file.tell() == 401


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "trong.pdf", "file.empty"),
        (b"van ban", "van-ban.txt", "file.bad_type"),
        (b"\n" + SMALL_PDF, "lech.pdf", "file.bad_type"),
        (SMALL_PDF[:300], "cut.pdf", "file.truncated"),
        (SMALL_JPEG[:-200], "cut.jpg", "file.truncated"),
        (SMALL_PDF, "ket-qua.pdf.exe", "file.type_mismatch"),
        (
            make_pdf({3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 999999 999999] >>"}),
            "a0.pdf",
            "file.page_too_large",
        ),
    ],
)
def test_what_is_refused_says_why(content: bytes, name: str, code: str) -> None:
    verdict = check_file(content, name=name)
    assert said(verdict) == ("refused", code)
    assert verdict.shown is None
    assert verdict.sentence and "{" not in verdict.sentence


def test_a_jpeg_called_png_is_called_by_its_true_type() -> None:
    verdict = check_file(SMALL_JPEG, name="the-can-cuoc.png")
    assert (verdict.verdict, verdict.safe_name) == ("sanitised", "the-can-cuoc.jpg")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\fakepath\\to khai.pdf", "to khai.pdf"),
        ("Số 12.KS", "Số 12.KS.pdf"),
        ("a\x00\u202e\n.pdf", "a.pdf"),
        ("", "tep.pdf"),
        ("a" * 400 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_a_name_is_only_a_name(name: str, safe: str) -> None:
    verdict = check_file(SMALL_PDF, name=name)
    assert verdict.safe_name == safe
    assert verdict.verdict == ("sanitised" if "/" in name or "\\" in name else verdict.verdict)


def test_active_content_is_missing_from_the_copy_that_looks_the_same() -> None:
    content = make_pdf(catalog=b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>")
    verdict = check_file(content, name="js.pdf")
    assert said(verdict) == ("sanitised", "file.active_removed")
    assert "javascript" in verdict.removed
    assert verdict.shown and b"JavaScript" not in verdict.shown and b"alert" not in verdict.shown
    assert look_alike(drawn(verdict.shown), drawn(SMALL_PDF))
    assert said(check_file(verdict.shown, name="copy.pdf")) == ("clean", "file.clean")


def test_every_code_has_a_sentence_and_is_documented() -> None:
    listed = set(re.findall(r"^\| `(file\.\w+)`", (REPOSITORY / "docs/file-checks.md").read_text(), re.MULTILINE))
    assert listed == set(SENTENCES)
    facts = default_policy().facts()
    assert all(sentence.format_map(facts).endswith(".") for sentence in SENTENCES.values())
