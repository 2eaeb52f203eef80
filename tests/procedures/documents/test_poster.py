"""Posters: one page each whatever the name's length, with a code that can be scanned and typed."""

from __future__ import annotations

import io

import pypdf
import pytest

from procedures.documents.poster import PosterData, PosterFact, PosterKind, render_poster, render_posters

A4_POINTS = (595.3, 841.9)
FACTS = (
    PosterFact("Thời hạn", "05 ngày làm việc"),
    PosterFact("Lệ phí", "75.000 đồng"),
    PosterFact("Nơi nộp", "Bộ phận Một cửa quận Hà Đông"),
)
POSTER = PosterData(
    kind=PosterKind.PROCEDURE,
    unit_name="Ủy ban nhân dân quận Hà Đông",
    title="Đăng ký khai sinh có yếu tố nước ngoài",
    url="https://motcua.example/q/Ab3dE9",
    short_link="motcua.example/q/Ab3dE9",
    line="Dành cho cha, mẹ của trẻ em",
    facts=FACTS,
    code="2.000528",
    hotline="024 3382 4567",
)


def read(pdf: bytes) -> tuple[pypdf.PdfReader, list[str]]:
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return reader, [" ".join(page.extract_text().split()) for page in reader.pages]


def test_a_procedure_poster_says_what_a_passer_by_needs() -> None:
    reader, (text,) = read(render_poster(POSTER))
    for expected in (POSTER.unit_name, POSTER.title, POSTER.line, POSTER.short_link, POSTER.code, POSTER.hotline):
        assert expected in text
    for fact in FACTS:
        assert fact.label in text and fact.value in text
    assert (round(reader.pages[0].mediabox.width, 1), round(reader.pages[0].mediabox.height, 1)) == A4_POINTS


@pytest.mark.parametrize(
    ("kind", "invitation"),
    [(PosterKind.UNIT, "Quét mã để xem mọi thủ tục giải quyết tại đây"), (PosterKind.COUNTER, "Quầy tiếp nhận")],
)
def test_unit_and_counter_posters_invite_in_their_own_words(kind: PosterKind, invitation: str) -> None:
    _, pages = read(render_poster(PosterData(kind, "Phường Vạn Phúc", "Quầy số 3", POSTER.url, POSTER.short_link)))
    assert len(pages) == 1 and invitation in pages[0] and "Quầy số 3" in pages[0]


def test_a_very_long_name_stays_on_one_page() -> None:
    long = PosterData(
        PosterKind.PROCEDURE,
        POSTER.unit_name,
        "Cấp giấy phép xây dựng " + "công trình không theo tuyến, theo tuyến trong đô thị " * 12,
        POSTER.url,
        POSTER.short_link,
        "Một dòng dài " * 20,
        tuple(PosterFact(fact.label, "miễn lệ phí cho người thuộc hộ nghèo, người khuyết tật " * 5) for fact in FACTS),
        POSTER.code,
    )
    _, pages = read(render_poster(long))
    assert len(pages) == 1


def test_a_batch_has_a_page_for_each_in_order() -> None:
    titles = [f"Thủ tục số {number}" for number in range(1, 8)]
    posters = [PosterData(PosterKind.PROCEDURE, "Quận", title, f"{POSTER.url}{title[-1]}", "x") for title in titles]
    _, pages = read(render_posters(posters))
    assert [title for title, page in zip(titles, pages, strict=True) if title in page] == titles


def test_an_empty_batch_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no poster"):
        render_posters([])
