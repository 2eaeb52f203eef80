"""The staff's pages of the store: what it holds of a person, and the files that are not whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dossiers.papers.constants import FileState, PaperSource, Trust
from dossiers.papers.models import Paper, StoredFile
from dossiers.papers.selectors import store_page
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common.actors import Actor
from haddong_portal.common.blobs.marks import path_of
from tests.dossiers.screens.conftest import OpenSession
from tests.factories import MORNING, make_actor
from tests.papers.conftest import Store

pytestmark = pytest.mark.django_db
NUMBER = "001090000001"
LOOK = {"personal_id": NUMBER, "purpose": "Hồ sơ 000.99.01.H26-240305-0001"}


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=False):
        yield


def test_a_clerk_sees_that_and_which_and_it_is_on_record(
    stored: Store, desk_clerk_lan: Actor, open_session: OpenSession
) -> None:
    paper = stored(number="12/2024")
    stored(trust=Trust.DECLARED, source=PaperSource.UPLOADED, number="13/2024")
    lan = open_session(desk_clerk_lan)
    screen = reverse("papers:store")
    assert "Trần Văn Tú" not in lan.get(screen).content.decode()
    page = lan.post(screen, LOOK).content.decode()
    for words in (
        "Trần Văn Tú",
        "001•••••0001",
        "12/2024",
        "Dùng lại được",
        "Chờ kiểm tra",
        "người dân tải lên".capitalize(),
    ):
        assert words in page, words
    assert NUMBER not in page.replace(f'value="{NUMBER}"', "")
    rows = AuditEntry.objects.filter(person_id=paper.owner_person_id, actor_user_id=desk_clerk_lan.user_id)
    assert {(row.action, row.purpose) for row in rows} >= {
        ("paper.see", LOOK["purpose"]),
        ("person.read", LOOK["purpose"]),
    }


def test_oversight_sees_numbers_masked(stored: Store, ward: Unit, open_session: OpenSession) -> None:
    stored(type_code="IDENTITY", number=NUMBER, fields={})
    nam = open_session(make_actor(ward, Role.INSPECTOR, "Trần Nam"))
    page = nam.post(reverse("papers:store"), LOOK).content.decode()
    assert "Thẻ căn cước" in page and NUMBER not in page.replace(f'value="{NUMBER}"', "")


def test_no_reason_no_look(stored: Store, desk_clerk_lan: Actor, open_session: OpenSession) -> None:
    stored()
    lan = open_session(desk_clerk_lan)
    before = AuditEntry.objects.count()
    for wrong, status in (
        (LOOK | {"purpose": ""}, 422),
        (LOOK | {"personal_id": ""}, 422),
        (LOOK | {"personal_id": "123"}, 400),
    ):
        answer = lan.post(reverse("papers:store"), wrong)
        assert answer.status_code == status and "Trần Văn Tú" not in answer.content.decode()
    assert AuditEntry.objects.count() == before


def test_a_number_nobody_has_is_said_so(paper_types: None, desk_clerk_lan: Actor, open_session: OpenSession) -> None:
    page = open_session(desk_clerk_lan).post(reverse("papers:store"), LOOK).content.decode()
    assert "Chưa ghi nhận người có số này" in page
    assert AuditEntry.objects.filter(action="person.read", purpose=LOOK["purpose"]).exists()


def test_more_papers_cost_no_more_statements(stored: Store, desk_clerk_lan: Actor, open_session: OpenSession) -> None:
    lan, screen = open_session(desk_clerk_lan), reverse("papers:store")
    counts = []
    for more in (1, 6):
        for _ in range(more):
            stored()
        lan.post(screen, LOOK)
        with CaptureQueriesContext(connection) as seen:
            lan.post(screen, LOOK)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_mended_file_is_proven_again(stored: Store, ward: Unit, open_session: OpenSession, papers_root: Path) -> None:
    paper = Paper.objects.get(pk=stored().pk)
    assert paper.current_version
    file = paper.current_version.original
    path = papers_root / path_of(file.mark)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    StoredFile.objects.update(state=FileState.DAMAGED)
    sau = open_session(make_actor(ward, Role.ADMINISTRATOR, "Ngô Thị Sáu"))
    screen, press = reverse("papers:broken-files"), reverse("papers:recheck-file", args=[file.pk])
    page = sau.get(screen).content.decode()
    assert file.mark[:12] in page and file.mark not in page and "Giấy xác nhận tình trạng hôn nhân" in page
    assert "vẫn bị hỏng" in sau.post(press, follow=True).content.decode()
    path.write_bytes(whole)
    told = sau.post(press, follow=True).content.decode()
    assert "Tệp nguyên vẹn" in told and "Mọi tệp đều nguyên vẹn" in told
    rows = AuditEntry.objects.filter(action="paper.file_rechecked", object_id=str(file.pk)).order_by("id")
    assert [row.data["state"] for row in rows] == [FileState.DAMAGED, FileState.PRESENT]


def test_broken_files_come_in_pages(
    stored: Store, ward: Unit, open_session: OpenSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        stored()
    StoredFile.objects.update(state=FileState.MISSING)
    monkeypatch.setattr(store_page, "PAGE", 2)
    sau = open_session(make_actor(ward, Role.ADMINISTRATOR, "Ngô Thị Sáu"))
    marks = [mark[:12] for mark in StoredFile.objects.order_by("id").values_list("mark", flat=True)]
    first = sau.get(reverse("papers:broken-files"))
    assert [mark in first.content.decode() for mark in marks] == [True, True, False]
    second = sau.get(reverse("papers:broken-files") + first.context["next_url"])
    assert [mark in second.content.decode() for mark in marks] == [False, False, True]
    assert second.context["next_url"] == ""
