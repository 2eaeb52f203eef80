"""Asking and answering on screen, and the asked unit's list: every row once, few statements however many rows."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from dossiers.models import Dossier, OpinionRequest
from dossiers.rules.asking import AskData
from dossiers.selectors.opinion_list import opinion_list
from dossiers.services.answer_opinion import answer_opinion
from dossiers.services.request_opinion import request_opinion
from dossiers.services.take_dossier import take_dossier
from haddong_portal.accounts.constants import Role
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from tests.budgets.conftest import at_most
from tests.dossiers.screens.conftest import OpenSession, unfold
from tests.factories import MORNING, PublishedProcedure, UnitFactory, citizen, make_actor, receive

pytestmark = pytest.mark.django_db
LIST_MAX = 5
ROW = re.compile(r'data-href="[^"]*/([^"/]+)/"')


@pytest.fixture
def police(db: None) -> Actor:
    unit = UnitFactory(name="Công an quận Hà Đông", short_name="Công an quận")
    return make_actor(unit, Role.OFFICER, "Trần Văn An")


def taken(clerk: Actor, officer: Actor, procedure: PublishedProcedure, number: int = 1) -> Dossier:
    person = citizen("Trần Văn Tú", number)
    pk = receive(clerk, procedure, now=clock.now(), person=person).dossier_id
    take_dossier(actor=officer, dossier_id=pk)
    return Dossier.objects.get(pk=pk)


def asked(clerk: Actor, officer: Actor, procedure: PublishedProcedure, of: Actor, count: int) -> list[str]:
    """Codes of new dossiers about which a unit is asked."""
    start, codes = Dossier.objects.count(), []
    for number in range(start + 1, start + count + 1):
        dossier = taken(clerk, officer, procedure, number)
        one = AskData(unit_id=of.unit_id or 0, question="Nơi ở?", answer_on=date(2024, 3, 6 + number % 2))
        request_opinion(actor=officer, dossier_id=dossier.pk, asks=[one])
        codes.append(dossier.code)
    return codes


def test_from_the_question_to_the_answer(
    desk_clerk_lan: Actor,
    officer_minh: Actor,
    procedure: PublishedProcedure,
    police: Actor,
    open_session: OpenSession,
) -> None:
    dossier = taken(desk_clerk_lan, officer_minh, procedure)
    officer, at = open_session(officer_minh), {"code": dossier.code}
    page = unfold(officer, dossier.code, "request_opinion")
    assert f'<option value="{police.unit_id}">Công an quận</option>' in page
    name, form = "request_opinion", {"request_opinion-question": "Ông Tú <có> ở đây không?"}
    path = reverse("dossiers:request-opinion", kwargs=at)
    nobody = officer.post(path, form)
    assert nobody.status_code == 400 and "opinion.no_units" in nobody.content.decode()
    undated = officer.post(path, form | {f"{name}-unit_1": police.unit_id})
    assert undated.status_code == 422 and "Chưa ghi hạn trả lời." in undated.content.decode()
    late = officer.post(path, form | {f"{name}-unit_1": police.unit_id, f"{name}-answer_on_1": "2024-03-13"})
    assert late.status_code == 400 and "opinion.due_late" in late.content.decode()
    done = officer.post(path, form | {f"{name}-unit_1": police.unit_id, f"{name}-answer_on_1": "2024-03-07"})
    assert done.status_code == 302
    asked_unit = open_session(police)
    listed = asked_unit.get(reverse("dossiers:opinion-list")).content.decode()
    assert ROW.findall(listed) == [dossier.code] and "Ông Tú &lt;có&gt; ở đây không?" in listed
    assert "Trần Văn Tú" not in listed, "a list names no citizen"
    page = asked_unit.get(reverse("dossiers:dossier", kwargs=at)).content.decode()
    assert "Phường Văn Quán hỏi" in page and 'name="answer_opinion-answer"' in page
    assert 'name="finish_step' not in page
    answer = reverse("dossiers:answer-opinion", kwargs=at)
    silent = asked_unit.post(answer, {"answer_opinion-stance": "agree"})
    assert silent.status_code == 422 and "Phải ghi nội dung ý kiến" in silent.content.decode()
    said = asked_unit.post(answer, {"answer_opinion-stance": "disagree", "answer_opinion-answer": "Đã chuyển đi."})
    assert said["Location"] == reverse("dossiers:opinion-list")
    page = officer.get(reverse("dossiers:dossier", kwargs=at)).content.decode()
    assert "Đã chuyển đi." in page and "không đồng ý" in page and "Đang xử lý" in page
    again = asked_unit.post(answer, {"answer_opinion-stance": "agree", "answer_opinion-answer": "Nhầm."})
    assert again.status_code == 409 and "opinion.answered" in again.content.decode()
    answered = asked_unit.get(reverse("dossiers:opinion-list") + "?xem=da-tra-loi").content.decode()
    assert ROW.findall(answered) == [dossier.code]


def test_silence_is_ended_on_the_page(
    desk_clerk_lan: Actor, officer_minh: Actor, procedure: PublishedProcedure, police: Actor, open_session: OpenSession
) -> None:
    code = asked(desk_clerk_lan, officer_minh, procedure, police, 1)[0]
    path, form = reverse("dossiers:close-consultation", args=[code]), {"close_consultation-reason": "Đã quá hạn"}
    officer = open_session(officer_minh)
    assert path not in officer.get(reverse("dossiers:dossier", args=[code])).content.decode()
    early = open_session(officer_minh).post(path, form)
    assert early.status_code == 409 and "opinion.still_in_time" in early.content.decode()
    assert open_session(desk_clerk_lan).post(path, form).status_code == 403
    with time_machine.travel(MORNING + timedelta(days=3), tick=False):
        officer = open_session(officer_minh)
        officer.post(reverse("dossiers:confirm-on-time", args=[code]))
        assert path in officer.get(reverse("dossiers:dossier", args=[code])).content.decode()
        assert officer.post(path, form).status_code == 302
    assert Dossier.objects.get(code=code).status == "PROCESSING"


def test_pages_hold_every_row_once_most_urgent_first_in_few_statements(
    desk_clerk_lan: Actor, officer_minh: Actor, procedure: PublishedProcedure, police: Actor, open_session: OpenSession
) -> None:
    codes = asked(desk_clerk_lan, officer_minh, procedure, police, 7)
    seen, cursor = [], None
    while True:
        page = opinion_list(actor=police, answered=False, cursor=cursor, limit=3, now=MORNING)
        assert (page.open_count, len(page.rows) <= 3) == (7, True)
        seen += [row.code for row in page.rows]
        cursor = page.next_cursor
        if cursor is None:
            break
    due = dict(OpinionRequest.objects.values_list("dossier__code", "due_at"))
    assert seen == sorted(codes, key=lambda code: (due[code], code))
    client, path = open_session(police), reverse("dossiers:opinion-list")
    client.get(path)
    with at_most(LIST_MAX):
        assert len(ROW.findall(client.get(path).content.decode())) == 7
    with at_most(LIST_MAX):
        client.get(f"{path}?xem=da-tra-loi")


def test_what_was_answered_comes_newest_first_page_by_page(
    desk_clerk_lan: Actor, officer_minh: Actor, procedure: PublishedProcedure, police: Actor
) -> None:
    codes = asked(desk_clerk_lan, officer_minh, procedure, police, 4)
    for code in codes:
        pk = Dossier.objects.get(code=code).pk
        answer_opinion(actor=police, dossier_id=pk, stance="agree", answer="Đúng", now=MORNING + timedelta(hours=1))
    first = opinion_list(actor=police, answered=True, limit=3, now=MORNING)
    rest = opinion_list(actor=police, answered=True, limit=3, cursor=first.next_cursor, now=MORNING)
    assert [row.code for row in (*first.rows, *rest.rows)] == codes[::-1] and rest.next_cursor is None


@pytest.mark.parametrize("answered", [False, True])
def test_a_bent_cursor_is_refused_with_its_code(police: Actor, answered: bool) -> None:
    with pytest.raises(DomainError) as refusal:
        opinion_list(actor=police, answered=answered, cursor="hong", now=MORNING)
    assert refusal.value.code == "list.bad_cursor"


def test_another_unit_and_a_clerk_see_nothing_of_it(
    desk_clerk_lan: Actor, officer_minh: Actor, procedure: PublishedProcedure, police: Actor, open_session: OpenSession
) -> None:
    code = asked(desk_clerk_lan, officer_minh, procedure, police, 1)[0]
    elsewhere = make_actor(UnitFactory(), Role.LEADER, "Ngô Văn Xa")
    assert code not in open_session(elsewhere).get(reverse("dossiers:opinion-list")).content.decode()
    assert open_session(elsewhere).get(reverse("dossiers:dossier", args=[code])).status_code == 404
    assert open_session(desk_clerk_lan).get(reverse("dossiers:opinion-list")).status_code == 403
