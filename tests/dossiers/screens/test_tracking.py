"""A citizen follows a dossier: guessing teaches nothing, and the code alone tells no date."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from dossiers.models import Dossier, ResultFile
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common.actors import Actor
from haddong_portal.common.dates import short_date
from tests.dossiers.screens.conftest import OpenSession
from tests.factories import MORNING, PublishedProcedure, receive

pytestmark = pytest.mark.django_db
PATH = "/tra-cuu/"
RIGHT, WRONG = "5678", "0000"
FAILURES_MAX = 5


@pytest.fixture
def dossier(desk_clerk_lan: Actor, procedure: PublishedProcedure) -> Dossier:
    return Dossier.objects.get(pk=receive(desk_clerk_lan, procedure).dossier_id)


def look_up(client: Client, code: str, digits: str = "") -> Any:
    return client.post(PATH, {"code": code, "last_digits": digits})


def without_what_was_typed(page: str) -> str:
    return re.sub(r'value="[^"]*"', "", page)


def test_an_unknown_code_and_wrong_digits_get_the_same_answer(client: Client, dossier: Dossier) -> None:
    unknown = look_up(client, dossier.code[:-4] + "9999", WRONG)
    wrong = look_up(client, dossier.code, WRONG)
    assert unknown.status_code == wrong.status_code == 404
    pages = [without_what_was_typed(answer.content.decode()) for answer in (unknown, wrong)]
    assert pages[0] == pages[1]
    assert "Không tìm thấy hồ sơ khớp" in pages[0]


def test_five_wrong_digits_lock_the_code_even_for_the_right_ones(client: Client, dossier: Dossier) -> None:
    answers = [look_up(client, dossier.code, WRONG).status_code for _ in range(FAILURES_MAX)]
    assert answers == [404] * FAILURES_MAX
    assert look_up(client, dossier.code, RIGHT).status_code == 429
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert look_up(elsewhere, dossier.code, RIGHT).status_code == 429


def test_a_code_that_does_not_exist_locks_just_the_same(client: Client, dossier: Dossier) -> None:
    code = dossier.code[:-4] + "9999"
    assert [look_up(client, code, WRONG).status_code for _ in range(6)] == [404] * FAILURES_MAX + [429]


def test_the_right_digits_show_the_promised_day(client: Client, dossier: Dossier) -> None:
    page = look_up(client, dossier.code, RIGHT)
    assert page.status_code == 200
    assert dossier.due_at is not None
    assert short_date(dossier.due_at.date()) in page.content.decode()
    assert 'id="due"' in page.content.decode()


def test_the_code_alone_tells_the_state_and_no_date(client: Client, dossier: Dossier) -> None:
    answer = look_up(client, dossier.code)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="state"' in page
    assert 'id="due"' not in page
    assert dossier.due_at is not None
    assert short_date(dossier.due_at.date()) not in page


@pytest.mark.parametrize("digits", ["", RIGHT])
def test_no_page_for_the_public_names_anybody(client: Client, dossier: Dossier, digits: str) -> None:
    page = look_up(client, dossier.code, digits).content.decode()
    for secret in (dossier.applicant_name, "001090000001", "0912345678", "Nguyễn Thị Lan"):
        assert secret not in page


def test_a_bent_link_gets_the_answer_of_an_unknown_code(client: Client, dossier: Dossier) -> None:
    answer = client.get(f"{PATH}khong-phai-ma/")
    assert answer.status_code == 404
    assert "tracking.no_match" in answer.content.decode()


def test_each_look_leaves_a_trace(client: Client, dossier: Dossier) -> None:
    look_up(client, dossier.code, RIGHT)
    trace = AuditEntry.objects.get(action="dossier.track")
    assert (trace.channel, trace.object_id, trace.person_id) == ("public", str(dossier.pk), dossier.person_id)


def test_a_result_is_a_download_that_no_browser_guesses_at(
    dossier: Dossier, officer_minh: Actor, open_session: OpenSession, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    result = ResultFile.objects.create(
        dossier=dossier,
        name="Giấy xác nhận",
        file=ContentFile(b"%PDF-1.7", name="x.pdf"),
        content_type="application/pdf",
        size_bytes=8,
        sha256="0" * 64,
        recorded_by_id=officer_minh.user_id,
        recorded_at=MORNING,
    )
    path = reverse("dossiers:result-file", args=[dossier.code, result.pk])
    answer = open_session(officer_minh).get(path)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert b"".join(answer.streaming_content) == b"%PDF-1.7"
    assert Client().get(path).status_code == 302
