"""Pages as they come: each is kept at once, put in order, counted; a bad file leaves the others alone."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from dossiers.papers.constants import ScanState
from dossiers.papers.models import ScanItem, ScanPage, StoredFile
from dossiers.papers.services.add_scan_pages import add_scan_pages
from dossiers.papers.services.arrange_scan import EARLIER, LATER, move_page, pair_page, remove_page, turn_page
from dossiers.papers.services.finish_capture import finish_capture
from dossiers.papers.services.reading import read_file
from dossiers.papers.services.reopen_scan import discard_scan
from haddong_portal.accounts.constants import Role
from haddong_portal.common.errors import Conflict, DomainError, NotAllowed, NotFound
from tests.factories import UnitFactory, make_actor
from tests.papers.drawn_pages import jpeg, page
from tests.papers.scans.conftest import Counter


def small(grey: int = 255) -> bytes:
    """A little page of its own grey, so that no two are one file."""
    return jpeg(page((f"Trang {grey}",), dpi=60).point(lambda level: min(level, grey)), dpi=60)


def serials(item: ScanItem) -> list[int]:
    """The pages' ids in their order."""
    return list(ScanPage.objects.filter(item=item).order_by("serial").values_list("pk", flat=True))


def pdf_of_two() -> bytes:
    buffer = io.BytesIO()
    first, second = page(("Một",), dpi=60), page(("Hai",), dpi=60)
    first.save(buffer, "PDF", save_all=True, append_images=[second], resolution=60)
    return buffer.getvalue()


def test_the_same_line_is_one_scan(counter: Counter) -> None:
    assert counter.opened(line_id=7) == counter.opened(line_id=7, actor=counter.other_clerk)
    assert ScanItem.objects.count() == 1


def test_pages_are_kept_sealed_as_they_come(counter: Counter) -> None:
    item = counter.captured(small(250), small(240))
    pages = list(ScanPage.objects.filter(item=item))
    assert [one.serial for one in pages] == [1, 2]
    with Image.open(io.BytesIO(read_file(pages[0].file))) as kept:
        assert kept.size == (pages[0].width, pages[0].height)
    assert pages[0].dpi in range(55, 66)


def test_a_pdf_of_a_scanner_becomes_its_pages(counter: Counter) -> None:
    item = counter.captured(pdf_of_two())
    pages = list(ScanPage.objects.filter(item=item))
    assert len(pages) == 2 and all(one.dpi in range(290, 305) for one in pages)


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00", b"<script>alert(1)</script>", b"%PDF-1.7 gone"])
def test_a_hostile_file_is_refused_and_the_others_stay(counter: Counter, content: bytes) -> None:
    item = counter.captured(small())
    with pytest.raises(DomainError) as refusal:
        add_scan_pages(actor=counter.clerk, item_id=item.public_id, content=content, name="la.jpg")
    assert refusal.value.code.startswith("file.") and "la" in refusal.value.message
    assert len(serials(item)) == 1
    add_scan_pages(actor=counter.clerk, item_id=item.public_id, content=small(200), name="sau.jpg")
    assert len(serials(item)) == 2


def test_pages_change_places_turn_and_go(counter: Counter) -> None:
    item = counter.captured(small(250), small(240), small(230))
    one, two, three = serials(item)
    move_page(actor=counter.clerk, item_id=item.public_id, page_id=three, by=EARLIER)
    assert serials(item) == [one, three, two]
    move_page(actor=counter.clerk, item_id=item.public_id, page_id=two, by=LATER)
    assert serials(item) == [one, three, two]
    turn_page(actor=counter.clerk, item_id=item.public_id, page_id=two)
    assert ScanPage.objects.get(pk=two).turned == 90
    files = StoredFile.objects.count()
    remove_page(actor=counter.clerk, item_id=item.public_id, page_id=one)
    assert serials(item) == [three, two]
    assert [one.serial for one in ScanPage.objects.filter(item=item)] == [1, 2]
    assert StoredFile.objects.count() == files - 1


def test_a_page_that_lies_in_two_scans_stays_in_the_other(counter: Counter) -> None:
    first, second = counter.captured(small()), counter.captured(small())
    assert StoredFile.objects.count() == 1
    remove_page(actor=counter.clerk, item_id=first.public_id, page_id=serials(first)[0])
    assert read_file(ScanPage.objects.get(item=second).file)


def test_the_count_must_be_the_papers(counter: Counter) -> None:
    item = counter.captured(small(250), small(240))
    with pytest.raises(DomainError) as refusal:
        finish_capture(actor=counter.clerk, item_id=item.public_id, declared=1, has_stamp=False)
    assert refusal.value.code == "scan.page_count"
    pair_page(actor=counter.clerk, item_id=item.public_id, page_id=serials(item)[1])
    done = finish_capture(actor=counter.clerk, item_id=item.public_id, declared=1, has_stamp=True)
    assert done.state == ScanState.QUEUED
    assert {found["code"] for found in done.findings} >= {"scan.dpi_low", "scan.no_colour"}


def test_a_pair_wants_a_page_before(counter: Counter) -> None:
    item = counter.captured(small(250), small(240), small(230))
    one, two, three = serials(item)
    with pytest.raises(DomainError) as refusal:
        pair_page(actor=counter.clerk, item_id=item.public_id, page_id=one)
    assert refusal.value.code == "scan.no_page_before"
    pair_page(actor=counter.clerk, item_id=item.public_id, page_id=two)
    with pytest.raises(DomainError):
        pair_page(actor=counter.clerk, item_id=item.public_id, page_id=three)
    pair_page(actor=counter.clerk, item_id=item.public_id, page_id=two)
    assert ScanPage.objects.get(pk=two).note_pair_of_id is None


def test_nothing_without_pages(counter: Counter) -> None:
    item = counter.opened()
    with pytest.raises(DomainError) as refusal:
        finish_capture(actor=counter.clerk, item_id=item.public_id, declared=1, has_stamp=False)
    assert refusal.value.code == "scan.no_pages"


def test_thrown_away_with_everything(counter: Counter) -> None:
    item = counter.captured(small(), line_id=9)
    discard_scan(actor=counter.clerk, item_id=item.public_id)
    assert not ScanPage.objects.exists() and not StoredFile.objects.exists()
    assert counter.opened(line_id=9) != item
    with pytest.raises(Conflict) as refusal:
        add_scan_pages(actor=counter.clerk, item_id=item.public_id, content=small(), name="trang.jpg")
    assert refusal.value.code == "scan.wrong_state"


def test_of_another_unit_nothing_is_there(counter: Counter) -> None:
    item = counter.captured(small())
    stranger = make_actor(UnitFactory(ward=True, desk=True), Role.CLERK, "Người lạ")
    with pytest.raises(NotFound):
        add_scan_pages(actor=stranger, item_id=item.public_id, content=small(), name="trang.jpg")
    with pytest.raises(NotAllowed):
        counter.opened(actor=stranger, line_id=50)
    officer = make_actor(counter.unit, Role.OFFICER, "Lê Quang Minh")
    with pytest.raises(NotAllowed):
        discard_scan(actor=officer, item_id=item.public_id)
