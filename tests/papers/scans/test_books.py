"""An old book: files in, typed once, a sample typed again blind, differences decided, closed only when right enough."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest

from dossiers.papers.constants import EntryRound, ScanState
from dossiers.papers.models import Paper, ScanBatch, ScanEntry, ScanItem, ScanPage
from dossiers.papers.rules.double_entry import DoubleEntry, differing, error_percent, sample_size
from dossiers.papers.selectors.books import book_page
from dossiers.papers.services import read_scan as reading
from dossiers.papers.services.close_book import close_book, draw_sample, recheck_book
from dossiers.papers.services.enter_scan import enter_scan, settle_entries
from dossiers.papers.services.file_book import file_book
from dossiers.papers.services.open_book import add_book_file, open_book
from dossiers.papers.services.read_scan import read_scan
from haddong_portal.common.blobs.storage import BlobUnreachable
from haddong_portal.common.errors import Conflict, DomainError, NotAllowed
from tests.papers.drawn_pages import jpeg, page
from tests.papers.scans.conftest import Counter

NAMES = ("Trần Văn Tú", "Lê Thị Mai", "Phạm Quốc Huy", "Vũ Thị Nga")


@pytest.fixture
def book(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> ScanBatch:
    """Four papers, read (without OCR)."""
    monkeypatch.setattr(reading, "missing_tools", lambda: ("tesseract",))
    batch = open_book(actor=counter.clerk, title="Sổ khai sinh quyển 02", type_code="BIRTH_CERTIFICATE", book_year=1998)
    for number in range(len(NAMES)):
        picture = jpeg(page((f"Trang {number}",), dpi=60), dpi=60)
        item = add_book_file(actor=counter.clerk, batch_id=batch.public_id, content=picture, name=f"{number}.jpg")
        read_scan(item_id=item.pk)
    return batch


def items(batch: ScanBatch) -> list[ScanItem]:
    return list(ScanItem.objects.filter(batch=batch).order_by("position"))


def values(number: int, **more: str) -> dict[str, str]:
    told = {"number": f"{number + 1}/1998", "holder_name": NAMES[number], "holder_id": f"00109000000{number}"}
    return {**told, "issued_on": "1998-03-05", "issuer_name": "UBND phường Văn Quán", **more}


def enter_all(counter: Counter, batch: ScanBatch, **more: Any) -> None:
    for number, item in enumerate(items(batch)):
        enter_scan(actor=counter.clerk, item_id=item.public_id, values=values(number, **more))


def again(counter: Counter, batch: ScanBatch, wrong: tuple[int, ...] = ()) -> None:
    """The second clerk types the sample; those in `wrong` were typed wrong by the first."""
    for number, item in enumerate(items(batch)):
        if item.in_sample:
            changed = {"holder_name": "Trần Văn Tư"} if number in wrong else {}
            enter_scan(actor=counter.other_clerk, item_id=item.public_id, values=values(number, **changed))


def sampled(counter: Counter, batch: ScanBatch, percent: int = 100) -> None:
    ScanBatch.objects.filter(pk=batch.pk).update(sample_percent=percent)
    draw_sample(actor=counter.head, batch_id=batch.public_id)


def test_a_book_from_files_to_the_stores(counter: Counter, book: ScanBatch) -> None:
    enter_all(counter, book)
    sampled(counter, book, 50)
    assert ScanItem.objects.filter(in_sample=True).count() == 2
    again(counter, book)
    shown = book_page(actor=counter.head, batch_id=book.public_id)
    assert (shown.entered, shown.sample_entered, shown.error_percent, shown.can_close) == (4, 2, 0.0, True)
    close_book(actor=counter.head, batch_id=book.public_id, now=counter.now())
    assert file_book(batch_id=book.pk) == 4
    assert file_book(batch_id=book.pk) == 0, "safe to run twice"
    stored = list(Paper.objects.select_related("owner_person").order_by("pk"))
    assert [paper.owner_person.full_name for paper in stored if paper.owner_person] == list(NAMES)
    assert {paper.number for paper in stored} == {"1/1998", "2/1998", "3/1998", "4/1998"}
    assert not ScanPage.objects.exists()
    assert set(ScanItem.objects.values_list("state", flat=True)) == {ScanState.DONE}


def test_the_second_entry_is_anothers(counter: Counter, book: ScanBatch) -> None:
    enter_all(counter, book)
    sampled(counter, book)
    item = items(book)[0]
    with pytest.raises(Conflict) as refusal:
        enter_scan(actor=counter.clerk, item_id=item.public_id, values=values(0))
    assert refusal.value.code == "scan.entry_same_clerk"
    again(counter, book)
    with pytest.raises(Conflict) as refusal:
        enter_scan(actor=counter.head, item_id=item.public_id, values=values(0))
    assert refusal.value.code == "scan.entry_done"


def test_what_is_not_in_the_sample_is_typed_once(counter: Counter, book: ScanBatch) -> None:
    enter_all(counter, book)
    with pytest.raises(Conflict) as refusal:
        enter_scan(actor=counter.other_clerk, item_id=items(book)[0].public_id, values=values(0))
    assert refusal.value.code == "scan.entry_done"
    with pytest.raises(DomainError) as empty:
        enter_scan(actor=counter.clerk, item_id=items(book)[0].public_id, values={})
    assert empty.value.code == "scan.entry_done"


def test_a_difference_is_decided_by_a_third(counter: Counter, book: ScanBatch) -> None:
    enter_all(counter, book)
    sampled(counter, book)
    again(counter, book, wrong=(0,))
    shown = book_page(actor=counter.head, batch_id=book.public_id)
    (open_one,) = shown.differences
    assert open_one.double is not None and open_one.double.differences == ("holder_name",)
    assert not shown.can_close
    with pytest.raises(NotAllowed):
        settle_entries(actor=counter.other_clerk, item_id=open_one.item.public_id, values=values(0))
    with pytest.raises(Conflict) as refusal:
        close_book(actor=counter.head, batch_id=book.public_id)
    assert refusal.value.code == "scan.sample_open"
    settle_entries(actor=counter.head, item_id=open_one.item.public_id, values=values(0))
    shown = book_page(actor=counter.head, batch_id=book.public_id)
    assert (shown.error_percent, shown.can_close) == (0.0, True), "the second clerk was wrong"
    with pytest.raises(Conflict):
        settle_entries(actor=counter.head, item_id=open_one.item.public_id, values=values(0))


def test_too_many_faults_keep_it_open_until_all_is_typed_again(counter: Counter, book: ScanBatch) -> None:
    enter_all(counter, book)
    sampled(counter, book, 50)
    drawn = tuple(number for number, item in enumerate(items(book)) if item.in_sample)
    again(counter, book, wrong=drawn[:1])
    wrong = items(book)[drawn[0]]
    settle_entries(actor=counter.head, item_id=wrong.public_id, values=values(drawn[0], holder_name="Trần Văn Tư"))
    assert book_page(actor=counter.head, batch_id=book.public_id).error_percent == 50.0
    with pytest.raises(Conflict) as refusal:
        close_book(actor=counter.head, batch_id=book.public_id)
    assert refusal.value.code == "scan.error_rate"
    recheck_book(actor=counter.head, batch_id=book.public_id)
    for number, item in enumerate(items(book)):
        if number not in drawn:
            enter_scan(actor=counter.other_clerk, item_id=item.public_id, values=values(number))
    close_book(actor=counter.head, batch_id=book.public_id, now=counter.now())
    file_book(batch_id=book.pk)
    decided = ScanItem.objects.get(pk=wrong.pk).paper
    assert decided is not None and decided.owner_person is not None
    assert decided.owner_person.full_name == "Trần Văn Tư", "what was decided counts"


def test_without_a_personal_id_it_stays_with_the_batch_and_says_so(counter: Counter, book: ScanBatch) -> None:
    enter_all(counter, book, holder_id="")
    sampled(counter, book)
    for number, item in enumerate(items(book)):
        enter_scan(actor=counter.other_clerk, item_id=item.public_id, values=values(number, holder_id=""))
    close_book(actor=counter.head, batch_id=book.public_id, now=counter.now())
    file_book(batch_id=book.pk)
    assert not Paper.objects.exists()
    assert all("Không" not in item.problem and "số định danh" in item.problem for item in items(book))
    assert all(item.made_id for item in items(book)), "its file stays"


def test_the_sample_wants_everything_typed_and_is_drawn_once(counter: Counter, book: ScanBatch) -> None:
    with pytest.raises(Conflict) as refusal:
        draw_sample(actor=counter.head, batch_id=book.public_id)
    assert refusal.value.code == "scan.not_all_entered"
    with pytest.raises(NotAllowed):
        draw_sample(actor=counter.clerk, batch_id=book.public_id)
    enter_all(counter, book)
    sampled(counter, book)
    with pytest.raises(Conflict):
        draw_sample(actor=counter.head, batch_id=book.public_id)
    with pytest.raises(Conflict) as late:
        add_book_file(actor=counter.clerk, batch_id=book.public_id, content=jpeg(page(("X",), dpi=60)), name="x.jpg")
    assert late.value.code == "scan.sample_drawn"


def test_a_bad_file_does_not_become_a_paper(counter: Counter, book: ScanBatch) -> None:
    with pytest.raises(DomainError) as refusal:
        add_book_file(actor=counter.clerk, batch_id=book.public_id, content=io.BytesIO(b"x").read(), name="x.pdf")
    assert refusal.value.code.startswith("file.")
    assert ScanItem.objects.filter(batch=book).count() == len(NAMES)


def test_two_clerks_at_once_write_one_entry(counter: Counter, book: ScanBatch) -> None:
    item = items(book)[0]
    enter_scan(actor=counter.clerk, item_id=item.public_id, values=values(0))
    with pytest.raises(Conflict):
        enter_scan(actor=counter.other_clerk, item_id=item.public_id, values=values(0))
    assert ScanEntry.objects.filter(item=item, round=EntryRound.FIRST).count() == 1


@pytest.mark.parametrize(
    ("count", "percent", "size"),
    [(0, 10, 0), (1, 10, 1), (10, 10, 1), (11, 10, 2), (200, 5, 10), (3, 100, 3), (9, 0, 0)],
)
def test_how_many_are_typed_twice(count: int, percent: int, size: int) -> None:
    assert sample_size(count, percent) == size


def test_what_differs_and_who_was_wrong() -> None:
    assert differing({"a": " x  y "}, {"a": "x y", "b": ""}) == ()
    right = DoubleEntry({"a": "1"}, {"a": "1"})
    open_one = DoubleEntry({"a": "1"}, {"a": "2"})
    wrong = DoubleEntry({"a": "1"}, {"a": "2"}, {"a": "2"})
    assert (right.is_settled, open_one.is_settled, wrong.is_settled) == (True, False, True)
    assert error_percent([right, open_one, wrong]) == 50.0
    assert error_percent([]) == 0.0


def test_a_silent_storage_ends_no_paper(counter: Counter, book: ScanBatch, monkeypatch: pytest.MonkeyPatch) -> None:
    enter_all(counter, book)
    sampled(counter, book)
    again(counter, book)
    close_book(actor=counter.head, batch_id=book.public_id, now=counter.now())
    with monkeypatch.context() as silent:
        silent.setattr("haddong_portal.common.blobs.storage._stored_bytes", _no_answer)
        with pytest.raises(DomainError) as refusal:
            file_book(batch_id=book.pk)
    assert refusal.value.code == "paper.unreachable"
    assert set(ScanItem.objects.values_list("state", flat=True)) == {ScanState.READY}
    assert file_book(batch_id=book.pk) == len(NAMES), "the next run finds everything as it was"


def _no_answer(mark: str) -> bytes:
    raise BlobUnreachable("ETIMEDOUT")


def test_no_page_of_a_long_file_is_left_out_in_silence(counter: Counter) -> None:
    batch = open_book(actor=counter.clerk, title="Sổ hộ tịch", type_code="BIRTH_CERTIFICATE")
    with pytest.raises(DomainError) as refusal:
        add_book_file(actor=counter.clerk, batch_id=batch.public_id, content=blank_pdf(201), name="so.pdf")
    assert (refusal.value.code, ScanItem.objects.count()) == ("scan.too_many_pages", 0)


def blank_pdf(pages: int) -> bytes:
    with pikepdf.new() as pdf, io.BytesIO() as target:
        for _ in range(pages):
            pdf.add_blank_page()
        pdf.save(target)
        return target.getvalue()
