"""What a scanner leaves on the server becomes papers of the book that takes it: once each, whatever dies in between."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from dossiers.papers.models import ScanBatch, ScanItem
from dossiers.papers.services import sweep_scanner_folders as sweeping
from dossiers.papers.services.open_book import open_book
from dossiers.papers.services.sweep_scanner_folders import REFUSED, sweep_scanner_folders
from dossiers.papers.services.take_folder import leave_folder, take_folder
from haddong_portal.common.errors import DomainError, NotFound
from tests.dossiers.screens.conftest import OpenSession
from tests.factories import UnitFactory, make_actor
from tests.papers.drawn_pages import jpeg, page
from tests.papers.scans.conftest import Counter

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(counter: Counter, settings: Any, tmp_path: Path) -> Path:
    place = tmp_path / "may-quet"
    place.mkdir()
    settings.SCANNER_FOLDERS = {counter.unit.key: str(place)}
    return place


@pytest.fixture
def book(counter: Counter, folder: Path) -> ScanBatch:
    return open_book(actor=counter.clerk, title="Sổ khai sinh quyển 02", type_code="BIRTH_CERTIFICATE")


def leave(folder: Path, name: str, content: bytes, *, seconds_ago: float = 60) -> Path:
    path = folder / name
    path.write_bytes(content)
    os.utime(path, (time.time() - seconds_ago,) * 2)
    return path


def scan(words: str) -> bytes:
    return jpeg(page((words,), dpi=60), dpi=60)


def test_files_become_papers_of_the_book_and_bad_ones_go_aside(counter: Counter, book: ScanBatch, folder: Path) -> None:
    leave(folder, "001.jpg", scan("một"))
    assert sweep_scanner_folders() == 0, "no book takes the folder"
    take_folder(actor=counter.clerk, batch_id=book.public_id)
    leave(folder, "002.jpg", scan("hai"))
    leave(folder, "003.jpg", b"khong phai anh")
    leave(folder, "004.jpg", scan("bốn"), seconds_ago=1)
    leave(folder, ".005.jpg", scan("năm"))
    (folder / "006.jpg").symlink_to(folder / "004.jpg")
    assert sweep_scanner_folders() == 3
    items = ScanItem.objects.filter(batch=book).order_by("position")
    assert [item.name for item in items] == ["001.jpg", "002.jpg"]
    assert {item.created_by_id for item in items} == {counter.clerk.user_id}
    assert sorted(path.name for path in folder.iterdir()) == [".005.jpg", "004.jpg", "006.jpg", REFUSED]
    note, kept = sorted((folder / REFUSED).iterdir(), key=lambda path: path.suffix != ".txt")
    assert kept.read_bytes() == b"khong phai anh" and "Mã: file." in note.read_text()
    assert sweep_scanner_folders() == 0


def test_a_run_that_died_before_it_removed_the_file_takes_it_once(
    counter: Counter, book: ScanBatch, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_folder(actor=counter.clerk, batch_id=book.public_id)
    path = leave(folder, "001.jpg", scan("một"))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", lambda self: (_ for _ in ()).throw(OSError(5, "killed")))
        assert sweep_scanner_folders() == 0
    assert path.exists() and ScanItem.objects.count() == 1
    assert sweep_scanner_folders() == 1
    assert not path.exists() and ScanItem.objects.count() == 1


def test_a_folder_that_cannot_be_taken_now_stays_as_it_is(
    counter: Counter, book: ScanBatch, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_folder(actor=counter.clerk, batch_id=book.public_id)
    path = leave(folder, "001.jpg", scan("một"))

    def away(**_words: object) -> None:
        raise DomainError("paper.unreachable", "Kho chưa trả lời.", status=503)

    with monkeypatch.context() as patch:
        patch.setattr(sweeping, "add_book_file", away)
        assert sweep_scanner_folders() == 0
    assert path.exists()
    assert sweep_scanner_folders() == 1


def test_one_book_of_a_unit_takes_the_folder_by_its_own_clerks(
    counter: Counter, book: ScanBatch, folder: Path, open_session: OpenSession
) -> None:
    clerk, other = open_session(counter.clerk), open_book(actor=counter.clerk, title="B", type_code="BIRTH_CERTIFICATE")
    screen = reverse("scans:book", args=[book.public_id])
    assert "Tự nhận tệp từ thư mục máy quét" in clerk.get(screen).content.decode()
    clerk.post(reverse("scans:book-folder", args=[book.public_id]), {"act": "take"})
    assert "Đang tự nhận tệp" in clerk.get(screen).content.decode()
    take_folder(actor=counter.head, batch_id=other.public_id)
    assert list(ScanBatch.objects.filter(folder_user__isnull=False)) == [other]
    leave_folder(actor=counter.clerk, batch_id=other.public_id)
    assert not ScanBatch.objects.filter(folder_user__isnull=False).exists()
    elsewhere = make_actor(UnitFactory(ward=True, desk=True), "clerk", "Nơi Khác")
    with pytest.raises(NotFound):
        take_folder(actor=elsewhere, batch_id=book.public_id)
    nowhere = open_book(actor=elsewhere, title="C", type_code="BIRTH_CERTIFICATE")
    with pytest.raises(DomainError, match="chưa có thư mục"):
        take_folder(actor=elsewhere, batch_id=nowhere.public_id)
