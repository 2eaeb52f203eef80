"""The counter's page: what is typed is kept, taken up again, nobody else's, and still there after a refusal."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from dossiers.models import Dossier, IntakeDraft
from dossiers.rules.lifecycle import Command
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from tests.dossiers.screens.conftest import OpenSession
from tests.factories import PublishedProcedure, make_actor, receive

pytestmark = pytest.mark.django_db
REQUIRED_PAPER = "Tờ khai theo mẫu"


@pytest.fixture
def lan(desk_clerk_lan: Actor, open_session: OpenSession) -> Client:
    return open_session(desk_clerk_lan)


def started(client: Client) -> str:
    """The address of the clerk's draft."""
    return str(client.get(reverse("dossiers:intake"))["Location"])


def test_what_is_typed_is_kept_and_taken_up_again(lan: Client, intake_form: dict[str, str]) -> None:
    draft = started(lan)
    assert lan.post(f"{draft}luu/", intake_form).status_code == 200
    assert started(lan) == draft
    page = lan.get(draft).content.decode()
    assert 'value="Trần Thị Thử"' in page
    assert "Số 5 phố Văn Quán" in page


def test_a_draft_lies_encrypted_in_the_database(lan: Client, intake_form: dict[str, str]) -> None:
    lan.post(f"{started(lan)}luu/", intake_form)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM dossiers_intakedraft")
        assert intake_form["personal_id"] not in str(cursor.fetchone()[0])


@pytest.mark.parametrize("way", ["", "luu/", "nguoi-nop/", "thu-tuc/"])
def test_another_clerks_draft_does_not_exist(
    way: str, lan: Client, ward: Unit, intake_form: dict[str, str], open_session: OpenSession
) -> None:
    draft = started(lan)
    lan.post(f"{draft}luu/", intake_form)
    colleague = open_session(make_actor(ward, Role.CLERK, "Hoàng Thị Mai"))
    theirs = {"full_name": "Kẻ khác", "payload": "001090000077"}
    answer = colleague.post(f"{draft}{way}", theirs) if way else colleague.get(draft)
    assert answer.status_code == 404
    assert "Trần Thị Thử" not in answer.content.decode()
    assert 'value="Trần Thị Thử"' in lan.get(draft).content.decode()


def test_another_clerk_cannot_discard_a_draft(lan: Client, ward: Unit, open_session: OpenSession) -> None:
    draft = started(lan)
    open_session(make_actor(ward, Role.CLERK, "Hoàng Thị Mai")).post(f"{draft}xoa/")
    assert IntakeDraft.objects.count() == 1
    lan.post(f"{draft}xoa/")
    assert IntakeDraft.objects.count() == 0


def test_a_received_draft_is_gone_and_the_receipt_is_there(lan: Client, intake_form: dict[str, str]) -> None:
    answer = lan.post(started(lan), intake_form)
    assert answer["Location"] == reverse("dossiers:receipt", args=[Dossier.objects.get().code])
    assert IntakeDraft.objects.count() == 0


def test_a_form_sent_again_gets_the_same_receipt(lan: Client, intake_form: dict[str, str]) -> None:
    path = reverse("dossiers:intake-draft", args=[uuid.uuid4()])
    first, again = lan.post(path, intake_form), lan.post(path, intake_form)
    assert (first.status_code, first["Location"]) == (again.status_code, again["Location"])
    assert Dossier.objects.count() == 1


def test_a_shape_that_is_wrong_comes_back_with_what_was_typed(lan: Client, intake_form: dict[str, str]) -> None:
    answer = lan.post(started(lan), intake_form | {"full_name": "", "address": "Số 9 phố Lụa"})
    assert answer.status_code == 422
    assert "Số 9 phố Lụa" in answer.content.decode()
    assert Dossier.objects.count() == 0


def test_a_refusal_shows_its_code_and_keeps_what_was_typed(
    lan: Client, intake_form: dict[str, str], procedure: PublishedProcedure
) -> None:
    missing = {f"paper-{procedure.papers[0].pk}-state": "none", f"paper-{procedure.papers[0].pk}-originals": "0"}
    answer = lan.post(started(lan), intake_form | missing)
    page = answer.content.decode()
    assert answer.status_code in {400, 422}
    assert REQUIRED_PAPER in page
    assert 'value="Trần Thị Thử"' in page
    assert Dossier.objects.count() == 0


def test_a_possible_duplicate_is_asked_about_with_409(
    lan: Client, desk_clerk_lan: Actor, procedure: PublishedProcedure, intake_form: dict[str, str]
) -> None:
    assert lan.post(started(lan), intake_form).status_code == 302
    draft = started(lan)
    answer = lan.post(draft, intake_form)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "dossier.duplicate_open" in page
    assert 'value="Trần Thị Thử"' in page
    assert lan.post(draft, intake_form | {"confirmed_duplicate": "on"}).status_code == 302
    assert Dossier.objects.count() == 2


def test_a_scan_answers_with_the_duplicates_and_what_is_still_missing(lan: Client, intake_form: dict[str, str]) -> None:
    assert lan.post(started(lan), intake_form).status_code == 302
    draft = started(lan)
    nobody_yet = intake_form | {"full_name": "", "personal_id": ""}
    assert 'id="duplicate"' not in lan.post(f"{draft}luu/", nobody_yet).content.decode()
    answer = lan.post(f"{draft}nguoi-nop/", nobody_yet | {"payload": intake_form["personal_id"]}).content.decode()
    assert 'id="review" hx-swap-oob="true"' in answer
    assert 'id="duplicate"' in answer


def test_a_stale_act_comes_back_with_409_and_its_note(
    desk_clerk_lan: Actor,
    officer_minh: Actor,
    ward: Unit,
    procedure: PublishedProcedure,
    open_session: OpenSession,
) -> None:
    code = receive(desk_clerk_lan, procedure).code
    minh, rival = (open_session(one) for one in (officer_minh, make_actor(ward, Role.OFFICER, "Đặng Thu Thảo")))
    seen = {f"{command}-row_version": "1" for command in (Command.TAKE, Command.FINISH_STEP)}
    assert minh.post(reverse("dossiers:take", args=[code]), seen).status_code == 302
    answer = rival.post(reverse("dossiers:take", args=[code]), seen)
    assert answer.status_code == 409
    assert "dossier.taken" in answer.content.decode()
    typed = seen | {f"{Command.FINISH_STEP}-note": "Ý kiến đang gõ"}
    stale = minh.post(reverse("dossiers:finish-step", args=[code]), typed)
    assert stale.status_code == 409
    assert "dossier.changed" in stale.content.decode()
    assert "Ý kiến đang gõ" in stale.content.decode()
