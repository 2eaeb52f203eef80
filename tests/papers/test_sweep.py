"""The night's look at the store: damage found, orphans removed, and never what is on its way in."""

from __future__ import annotations

import base64
import os
from datetime import timedelta
from io import StringIO
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from dossiers.papers.constants import FileState, OwnerRef, PaperEventKind, UsePurpose
from dossiers.papers.models import Paper, PaperEvent, PaperUse, StoredFile
from dossiers.papers.services import reseal_files as resealing
from dossiers.papers.services import sweep_files as sweeping
from dossiers.papers.services.check_file import check_file
from dossiers.papers.services.clear_orphans import RUNS_A_NIGHT, clear_orphans, share_at
from dossiers.papers.services.keeping import keep_files
from dossiers.papers.services.sweep_files import sweep_files
from dossiers.papers.services.use_paper import use_paper
from haddong_portal.common.actors import Actor
from haddong_portal.common.blobs.marks import mark_of, path_of
from haddong_portal.common.blobs.storage import BlobUnreachable, folders, has_blob, put_blob, read_blob
from haddong_portal.common.errors import DomainError
from tests.factories import MORNING
from tests.papers.conftest import Store, content

LATER = MORNING + timedelta(days=31)
OLD = (MORNING - timedelta(days=2)).timestamp()


def path_in(root: Path, mark: str) -> Path:
    return root / path_of(mark)


def age(root: Path, mark: str) -> None:
    """Lets a file look as if it had been written the day before yesterday."""
    os.utime(path_in(root, mark), (OLD, OLD))


@pytest.mark.django_db
def test_the_sweep_finds_what_changed_and_what_is_gone(stored: Store, papers_root: Path) -> None:
    whole, changed, gone = stored(), stored(), stored()
    marks = [paper.current_version.original.mark for paper in (whole, changed, gone) if paper.current_version]
    path = path_in(papers_root, marks[1])
    path.write_bytes(path.read_bytes()[:-3])
    path_in(papers_root, marks[2]).unlink()
    assert sweep_files(now=MORNING).checked == 0  # proven today already
    found = sweep_files(now=LATER)
    assert (found.checked, found.damaged, found.missing, found.stopped) == (3, 1, 1, "")
    states = dict(StoredFile.objects.values_list("mark", "state"))
    assert [states[mark] for mark in marks] == [FileState.PRESENT, FileState.DAMAGED, FileState.MISSING]
    assert set(PaperEvent.objects.filter(kind=PaperEventKind.DAMAGED).values_list("paper_id", flat=True)) == {
        changed.pk,
        gone.pk,
    }
    assert sweep_files(now=LATER).checked == 0
    assert PaperEvent.objects.filter(kind=PaperEventKind.DAMAGED).count() == 2


@pytest.mark.django_db
def test_where_one_night_stops_the_next_goes_on(stored: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        stored()
    moments = iter(range(0, 1000, 20))
    monkeypatch.setattr(sweeping.time, "monotonic", lambda: next(moments))
    first = sweep_files(now=LATER, minutes=1)
    assert (first.checked, first.stopped) == (3, "time")
    assert sweep_files(now=LATER, minutes=60).checked == 2


@pytest.mark.django_db
def test_a_storage_that_does_not_answer_damages_nothing(stored: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    stored()

    def away(mark: str) -> bytes:
        raise BlobUnreachable("away")

    monkeypatch.setattr("dossiers.papers.services.check_file.read_blob", away)
    found = sweep_files(now=LATER)
    assert (found.checked, found.stopped) == (0, "paper.unreachable")
    assert StoredFile.objects.get().state == FileState.PRESENT


@pytest.mark.django_db
def test_only_old_files_without_a_row_are_orphans(stored: Store, papers_root: Path) -> None:
    held = stored().current_version
    assert held
    old, fresh = mark_of(b"old"), mark_of(b"fresh")
    put_blob(b"old", old)
    put_blob(b"fresh", fresh)
    draft = papers_root / old[:2] / old[2:4] / ".draft-left"
    draft.write_bytes(b"half")
    (papers_root / "xx").mkdir()  # a stranger's, passed over
    for path in (path_in(papers_root, held.original.mark), path_in(papers_root, old), draft):
        os.utime(path, (OLD, OLD))
    now = MORNING
    os.utime(path_in(papers_root, fresh), (now.timestamp(), now.timestamp()))
    assert clear_orphans(now=now) == 2
    assert not draft.exists() and not has_blob(old) and has_blob(fresh) and has_blob(held.original.mark)
    assert clear_orphans(now=now) == 0


@pytest.mark.django_db
def test_the_runs_of_a_night_share_the_whole_store(papers_root: Path) -> None:
    marks = [mark_of(bytes([number])) for number in range(1, 60)]
    for number, mark in enumerate(marks, start=1):
        put_blob(bytes([number]), mark)
        age(papers_root, mark)
    night = MORNING.replace(hour=1)
    shares = {share_at(night + timedelta(minutes=10 * run)) for run in range(RUNS_A_NIGHT)}
    assert len(shares) == RUNS_A_NIGHT
    assert sum(clear_orphans(now=MORNING, share=share) for share in shares) == len(marks)
    assert folders() and not any(has_blob(mark) for mark in marks)


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_rolled_back_leaves_only_what_the_sweep_removes(papers_root: Path) -> None:
    class Regret(Exception):
        pass

    with pytest.raises(Regret), transaction.atomic():
        keep_files([b"never mind"], now=MORNING)
        raise Regret
    mark = mark_of(b"never mind")
    assert not StoredFile.objects.exists() and has_blob(mark)
    age(papers_root, mark)
    assert clear_orphans(now=MORNING) == 1
    assert not has_blob(mark)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_who_store_the_same_content_at_once_have_one_file(papers_root: Path) -> None:
    inside, go_on, failed = Event(), Event(), []

    def first() -> None:
        try:
            with transaction.atomic():
                keep_files([b"same"], now=MORNING)
                inside.set()
                assert go_on.wait(20)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    def second() -> None:
        try:
            with transaction.atomic():
                keep_files([b"same", b"other"], now=MORNING)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    one, two = Thread(target=first), Thread(target=second)
    one.start()
    assert inside.wait(20)
    two.start()
    go_on.set()
    one.join(20)
    two.join(20)
    assert failed == []
    assert StoredFile.objects.count() == 2
    assert read_blob(mark_of(b"same")) == b"same"


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_sweep_does_not_take_what_is_on_its_way_in(papers_root: Path) -> None:
    mark = mark_of(b"coming")
    put_blob(b"coming", mark)  # left by an act of yesterday
    inside, go_on, failed = Event(), Event(), []

    def bring() -> None:
        try:
            with transaction.atomic():
                keep_files([b"coming"], now=MORNING)
                age(papers_root, mark)
                inside.set()
                assert go_on.wait(20)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    thread = Thread(target=bring)
    thread.start()
    assert inside.wait(20)
    assert clear_orphans(now=MORNING) == 0
    go_on.set()
    thread.join(20)
    assert failed == [] and read_blob(mark) == b"coming"
    assert clear_orphans(now=MORNING) == 0


@pytest.mark.django_db(transaction=True)
def test_a_refusal_inside_an_act_sends_a_worker_to_look(
    stored: Store, desk_clerk_lan: Actor, tu: OwnerRef, papers_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[Any, ...]] = []
    monkeypatch.setattr("dossiers.papers.services.reading.enqueue_now", lambda *words: sent.append(words))
    paper = Paper.objects.get(pk=stored(file=content()).pk)
    assert paper.current_version
    path = path_in(papers_root, paper.current_version.original.mark)
    path.write_bytes(path.read_bytes()[::-1])
    with pytest.raises(DomainError, match=r"paper\.damaged"), transaction.atomic():
        use_paper(
            actor=desk_clerk_lan,
            paper_id=paper.pk,
            owner=tu,
            type_codes=["MARITAL_STATUS"],
            purpose=UsePurpose.INTAKE,
            reference="dossier:1",
            now=MORNING,
        )
    file = StoredFile.objects.get()
    assert file.state == FileState.PRESENT and not PaperUse.objects.exists()  # taken back with the act
    assert [word[1:] for word in sent] == [(file.pk,)]
    assert check_file(file_id=file.pk, now=MORNING) == FileState.DAMAGED
    assert PaperEvent.objects.filter(kind=PaperEventKind.DAMAGED).count() == 1


@pytest.mark.django_db
def test_files_go_under_a_new_key_and_a_stopped_run_is_gone_on_with(
    stored: Store, papers_root: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = [stored() for _ in range(3)]
    first, second, third = [p.current_version.original for p in papers if p.current_version]
    path = path_in(papers_root, third.mark)
    path.write_bytes(path.read_bytes()[:-3])
    old = settings.FIELD_ENCRYPTION_KEYS
    settings.FIELD_ENCRYPTION_KEYS = [base64.b64encode(b"n" * 32).decode(), *old]
    monkeypatch.setattr(resealing, "BATCH", 1)
    run = resealing.reseal_files(now=MORNING)
    assert next(run) == resealing.Resealed(left=2, done=1)
    run.close()
    out = StringIO()
    call_command("reseal_files", "--dry-run", stdout=out)
    assert out.getvalue() == "còn 2 tệp dùng khóa cũ\n"
    with pytest.raises(CommandError, match="1 tệp hỏng"):
        call_command("reseal_files", stdout=out)
    assert "đã niêm phong lại 1 tệp, còn 1" in out.getvalue()
    settings.FIELD_ENCRYPTION_KEYS = settings.FIELD_ENCRYPTION_KEYS[:1]
    assert read_blob(first.mark) and read_blob(second.mark)
    third.refresh_from_db()
    assert third.state == FileState.DAMAGED
