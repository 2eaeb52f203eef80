"""Files that came while the virus scanner was silent: kept, opened by nobody, decided when it answers again."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from dossiers.models import FiledPaper
from dossiers.selectors.filing import filing_page
from dossiers.services.filing_data import PaperUpload
from dossiers.services.filing_draft import add_paper
from dossiers.services.recheck_held import recheck_held
from dossiers.tasks import recheck_papers
from haddong_portal.accounts.models import Unit
from haddong_portal.common.errors import DomainError
from haddong_portal.common.files.scanner import ScanAnswer
from tests.common.files.bad_pdfs import SCRIPT, attached, opening
from tests.common.files.clamd import running_clamd
from tests.common.files.corpus import EICAR
from tests.common.files.test_scanner import free_port
from tests.dossiers.filed import PDF, draft_of, pdf
from tests.factories import MORNING, PublishedProcedure
from tests.sample_files import SMALL_JPEG


@pytest.fixture(scope="module")
def clamd_socket() -> Iterator[Path]:
    with running_clamd(port=free_port()) as path:
        yield path


@pytest.fixture
def silent(settings: Any, tmp_path: Path) -> Any:
    settings.CLAMAV_SOCKET = str(tmp_path / "nobody")
    return settings


def given(key: uuid.UUID, online: PublishedProcedure, content: bytes = PDF, at: int = 0) -> FiledPaper:
    upload = PaperUpload(online.papers[at].pk, pdf(content=content))
    return add_paper(key=key, upload=upload, now=MORNING)


def stored(paper: FiledPaper) -> bytes:
    paper.refresh_from_db()
    with paper.file.open() as file:
        return file.read()


@pytest.mark.django_db
def test_a_held_file_is_taken_and_opened_by_nobody(
    silent: Any, online: PublishedProcedure, ward: Unit, client: Client
) -> None:
    key = draft_of(online, ward, papers=False)
    paper = given(key, online)
    assert (paper.state, paper.check_code) == ("held", "file.scan_unavailable")
    assert not filing_page(key).missing, "the form can be sent"
    page = client.get(f"/nop-ho-so/ban-khai/{key}/").content.decode()
    assert "Đang chờ quét mã độc" in page and f'/tep/{paper.pk}/" target' not in page
    answer = client.get(f"/nop-ho-so/ban-khai/{key}/tep/{paper.pk}/")
    assert answer.status_code == 409 and "filing.not_shown" in answer.content.decode()
    assert recheck_held() == 0, "silent still"
    assert stored(paper) == PDF and paper.state == "held"


@pytest.mark.django_db(transaction=True)
def test_files_from_before_the_checker_are_looked_at_once(online: PublishedProcedure, ward: Unit) -> None:
    key = draft_of(online, ward, papers=False)
    good, acting = given(key, online), given(key, online)
    FiledPaper.objects.filter(pk__in=[good.pk, acting.pk]).update(check_code="")
    Path(acting.file.path).write_bytes(opening(SCRIPT))
    assert (recheck_held(), recheck_held()) == (2, 0)
    assert stored(good) == PDF and (good.state, good.check_code) == ("shown", "file.clean")
    assert b"JavaScript" not in stored(acting) and acting.check_code == "file.active_removed"
    with acting.original.open() as original:
        assert original.read() == opening(SCRIPT)


@pytest.mark.django_db(transaction=True)
def test_the_scanners_word_decides(silent: Any, clamd_socket: Path, online: PublishedProcedure, ward: Unit) -> None:
    key = draft_of(online, ward, papers=False)
    good, acting = given(key, online), given(key, online, opening(SCRIPT))
    bad, picture = given(key, online, attached(EICAR)), given(key, online, SMALL_JPEG)
    silent.CLAMAV_SOCKET = str(clamd_socket)
    assert recheck_papers() == 4
    assert stored(good) == PDF and (good.state, good.check_code) == ("shown", "file.clean")
    assert b"JavaScript" not in stored(acting) and acting.state == "shown"
    with acting.original.open() as original:
        assert original.read() == opening(SCRIPT)
    assert stored(picture) != SMALL_JPEG and picture.original.name
    bad.refresh_from_db()
    assert (bad.state, bad.check_code) == ("refused", "file.infected")
    assert recheck_held() == 0
    kept = {name for folder in ("filed", "originals") for name in _names(folder)}
    assert kept == {n for p in (good, acting, bad, picture) for n in (p.file.name, p.original.name) if n}


@pytest.mark.django_db(transaction=True)
def test_a_refused_file_counts_as_not_given(
    silent: Any, clamd_socket: Path, online: PublishedProcedure, ward: Unit, client: Client
) -> None:
    key = draft_of(online, ward, papers=False)
    given(key, online, attached(EICAR))
    silent.CLAMAV_SOCKET = str(clamd_socket)
    recheck_held()
    assert [slot.requirement_id for slot in filing_page(key).missing] == [online.papers[0].pk]
    page = client.get(f"/nop-ho-so/ban-khai/{key}/").content.decode()
    assert "Không dùng được: Tệp có mã độc" in page


@pytest.mark.django_db
def test_a_file_that_the_scanner_has_no_word_for_keeps_no_other_waiting(
    silent: Any, online: PublishedProcedure, ward: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = draft_of(online, ward, papers=False)
    stuck, good = given(key, online, SMALL_JPEG), given(key, online)
    words = {SMALL_JPEG: ScanAnswer.DOWN}
    monkeypatch.setattr("haddong_portal.common.files.scanner.answers", lambda: True)
    monkeypatch.setattr("haddong_portal.common.files.scanner.scan", lambda one: words.get(one, ScanAnswer.OK))
    assert (recheck_held(), recheck_held()) == (1, 0)
    for paper in (stuck, good):
        paper.refresh_from_db()
    assert (stuck.state, good.state) == ("held", "shown")


@pytest.mark.django_db
def test_a_held_file_that_is_lost_is_not_looked_for_again(silent: Any, online: PublishedProcedure, ward: Unit) -> None:
    paper = given(draft_of(online, ward, papers=False), online)
    default_storage.delete(paper.file.name)
    silent.CLAMAV_SOCKET = ""
    assert (recheck_held(), recheck_held()) == (1, 0)
    paper.refresh_from_db()
    assert (paper.state, paper.check_code) == ("refused", "file.missing")


@pytest.mark.django_db
def test_an_infected_file_is_refused_at_once(
    clamd_socket: Path, settings: Any, online: PublishedProcedure, ward: Unit
) -> None:
    settings.CLAMAV_SOCKET = str(clamd_socket)
    with pytest.raises(DomainError) as refusal:
        given(draft_of(online, ward, papers=False), online, attached(EICAR))
    assert refusal.value.code == "filing.infected"
    assert not FiledPaper.objects.exists() and not _names("filed")


def _names(folder: str) -> list[str]:
    base = Path(default_storage.path(folder))
    return [str(path.relative_to(base.parent)) for path in base.rglob("*") if path.is_file()]
