"""Opinions: asked of several units at once, each with its own deadline; the dossier's clock runs on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from dossiers.constants import EventKind, FormKind, Status
from dossiers.models import Dossier, DossierEvent, OpinionRequest, Pause, Reminder, Slip, SlipLine, StepRun
from dossiers.rules.asking import AskData
from dossiers.selectors.dossier_page import dossier_page
from dossiers.selectors.opinion_list import opinion_list
from dossiers.selectors.slip_pdf import slip_pdf
from dossiers.services.answer_opinion import answer_opinion
from dossiers.services.close_consultation import close_consultation
from dossiers.services.confirm_on_time import confirm_on_time
from dossiers.services.issue_slip import LineData
from dossiers.services.receive_supplement import receive_supplement
from dossiers.services.request_opinion import request_opinion
from dossiers.services.request_supplement import request_supplement
from dossiers.services.request_withdrawal import request_withdrawal
from dossiers.services.stop_dossier import stop_dossier
from dossiers.services.sweep_reminders import sweep_reminders
from dossiers.services.take_dossier import take_dossier
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.errors import DomainError
from haddong_portal.notices.models import Notice
from tests.factories import PublishedProcedure, UnitFactory, make_actor, publish_procedure, receive
from tests.flows.desk import text_of

TEN_DAYS = {"amount": "10", "unit": "working_day"}


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2024, month, day, hour, minute, tzinfo=VIETNAM)


ASKED_AT, ANSWERED_AT = at(8, 20), at(8, 21)


@dataclass(frozen=True)
class Office:
    """An asked unit with its leader and one officer."""

    unit: Unit
    leader: Actor
    officer: Actor


def office(name: str) -> Office:
    unit = UnitFactory(name=f"{name} quận Hà Đông", short_name=name)
    return Office(
        unit, make_actor(unit, Role.LEADER, f"Trưởng {name}"), make_actor(unit, Role.OFFICER, f"Cán bộ {name}")
    )


@pytest.fixture
def police(db: None) -> Office:
    return office("Công an")


@pytest.fixture
def justice(db: None) -> Office:
    return office("Phòng Tư pháp")


@pytest.fixture
def published(ward: Unit) -> PublishedProcedure:
    return publish_procedure(at=ward, limit=TEN_DAYS)


@pytest.fixture
def dossier_id(desk_clerk_lan: Actor, officer_minh: Actor, leader_hoa: Actor, published: PublishedProcedure) -> int:
    """Ten working days from Friday 16/08/2024: due Friday 30/08/2024; in the officer's hands since Monday."""
    pk = receive(desk_clerk_lan, published, now=at(8, 16)).dossier_id
    take_dossier(actor=officer_minh, dossier_id=pk, now=at(8, 19))
    return pk


def of(which: Office, day: int = 23, question: str = "Nơi cư trú có đúng không?") -> AskData:
    return AskData(unit_id=which.unit.pk, question=question, answer_on=date(2024, 8, day))


def ask(actor: Actor, dossier_id: int, *asks: AskData, now: datetime = ASKED_AT, **data: Any) -> DossierEvent:
    return request_opinion(actor=actor, dossier_id=dossier_id, asks=asks, now=now, **data)


def answer(actor: Actor, dossier_id: int, now: datetime = ANSWERED_AT, **data: Any) -> DossierEvent:
    facts = {"stance": "agree", "answer": "Đúng như hồ sơ.", **data}
    return answer_opinion(actor=actor, dossier_id=dossier_id, now=now, **facts)


def close(actor: Actor, dossier_id: int, now: datetime, reason: str = "Đã quá hạn, giải quyết theo hồ sơ") -> Any:
    return close_consultation(actor=actor, dossier_id=dossier_id, reason=reason, now=now)


def refused(act: Any, code: str) -> DomainError:
    with pytest.raises(DomainError) as refusal:
        act()
    assert refusal.value.code == code
    return refusal.value


def status_of(dossier_id: int) -> str:
    return Dossier.objects.get(pk=dossier_id).status


def test_two_units_are_asked_at_once_and_the_clock_runs_on(
    dossier_id: int, officer_minh: Actor, police: Office, justice: Office
) -> None:
    ask(officer_minh, dossier_id, of(police, 22), of(justice, 26, "Quan hệ hôn nhân?"))
    dossier = Dossier.objects.get(pk=dossier_id)
    assert (dossier.status, dossier.paused_at, dossier.due_at) == (Status.CONSULTING, None, at(8, 30, 17))
    asked = list(OpinionRequest.objects.filter(dossier_id=dossier_id).order_by("id"))
    assert [(one.unit_id, one.due_at) for one in asked] == [
        (police.unit.pk, at(8, 22, 17)),
        (justice.unit.pk, at(8, 26, 17)),
    ]
    slips = Slip.objects.filter(dossier_id=dossier_id, form_kind=FormKind.OPINION_REQUEST).order_by("number")
    assert list(slips.values_list("number", "due_at")) == [(1, at(8, 22, 17)), (2, at(8, 26, 17))]
    text = text_of(slip_pdf(actor=officer_minh, code=dossier.code, slip_id=slips[1].pk, now=ASKED_AT))
    assert "Quan hệ hôn nhân?" in text and "Phòng Tư pháp quận Hà Đông" in text and dossier.code in text
    told = Notice.objects.filter(event="opinion_requested", channel="portal")
    assert set(told.values_list("user_id", flat=True)) == {police.leader.user_id, justice.leader.user_id}
    assert "Nơi cư trú có đúng không?" in told.get(user_id=police.leader.user_id).body
    answer(police.officer, dossier_id)
    assert status_of(dossier_id) == Status.CONSULTING, "the other unit is still waited for"
    answer(justice.leader, dossier_id, stance="disagree", answer="Đang có vợ.")
    dossier.refresh_from_db()
    assert (dossier.status, dossier.due_at) == (Status.PROCESSING, at(8, 30, 17))
    assert list(OpinionRequest.objects.order_by("id").values_list("agrees", "late_minutes")) == [(True, 0), (False, 0)]
    back = Notice.objects.filter(event="opinion_answered", channel="portal", user_id=officer_minh.user_id)
    assert [one.body.rsplit(": ", 1)[1] for one in back.order_by("id")] == ["đồng ý.", "không đồng ý."]
    last = DossierEvent.objects.filter(dossier_id=dossier_id).order_by("-id")[0]
    assert (last.kind, last.note) == (EventKind.OPINION_ANSWERED, "Không đồng ý: Đang có vợ.")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"question": " "}, "opinion.question_missing"),
        ({"answer_on": date(2024, 8, 19)}, "opinion.due_past"),
        ({"answer_on": date(2024, 8, 24)}, "opinion.due_day_off"),
        ({"answer_on": date(2024, 9, 4)}, "opinion.due_late"),
        ({"unit_id": 0}, "opinion.unit_unknown"),
    ],
)
def test_each_ask_is_checked_and_one_refusal_asks_nobody(
    dossier_id: int, officer_minh: Actor, police: Office, justice: Office, change: Any, code: str
) -> None:
    refused(lambda: ask(officer_minh, dossier_id, of(police), replace(of(justice), **change)), code)
    assert status_of(dossier_id) == Status.PROCESSING
    assert not OpinionRequest.objects.exists() and not Notice.objects.filter(event="opinion_requested").exists()
    ask(officer_minh, dossier_id, of(police))
    assert Slip.objects.get(form_kind=FormKind.OPINION_REQUEST).number == 1, "a refused ask leaves no gap"


def test_whom_one_may_not_ask(dossier_id: int, officer_minh: Actor, ward: Unit, police: Office) -> None:
    own = AskData(unit_id=ward.pk, question="?", answer_on=date(2024, 8, 23))
    closed = UnitFactory(valid_to=date(2024, 1, 1))
    refused(lambda: ask(officer_minh, dossier_id), "opinion.no_units")
    refused(lambda: ask(officer_minh, dossier_id, of(police), of(police, 22)), "opinion.unit_twice")
    refused(lambda: ask(officer_minh, dossier_id, own), "opinion.unit_own")
    refused(lambda: ask(officer_minh, dossier_id, replace(own, unit_id=closed.pk)), "opinion.unit_unknown")
    many = [replace(own, unit_id=1000 + number) for number in range(11)]
    refused(lambda: ask(officer_minh, dossier_id, *many), "opinion.too_many")


def test_asking_is_the_holders_work_alone(
    dossier_id: int, ward: Unit, officer_minh: Actor, desk_clerk_lan: Actor, stranger_nga: Actor, police: Office
) -> None:
    colleague = make_actor(ward, Role.OFFICER, "Đặng Thu Thảo")
    refused(lambda: ask(colleague, dossier_id, of(police)), "dossier.taken")
    refused(lambda: ask(desk_clerk_lan, dossier_id, of(police)), "auth.not_allowed")
    refused(lambda: ask(police.officer, dossier_id, of(police)), "dossier.not_found")
    refused(lambda: ask(officer_minh, dossier_id, of(police), row_version=1), "dossier.changed")
    refused(lambda: ask(officer_minh, dossier_id, of(police), now=at(8, 29)), "dossier.gate_open")
    ask(officer_minh, dossier_id, of(police))
    refused(lambda: ask(officer_minh, dossier_id, of(police)), "dossier.illegal_move")


def test_the_asked_unit_reads_this_dossier_alone_and_each_read_is_audited(
    dossier_id: int, officer_minh: Actor, desk_clerk_lan: Actor, published: PublishedProcedure, police: Office
) -> None:
    other = receive(desk_clerk_lan, published, now=at(8, 16), confirmed_duplicate=True).dossier_id
    refused(lambda: dossier_page(actor=police.officer, dossier_id=dossier_id, now=ASKED_AT), "dossier.not_found")
    ask(officer_minh, dossier_id, of(police))
    before = AuditEntry.objects.filter(object_id=dossier_id, actor_user_id=police.officer.user_id).count()
    page = dossier_page(actor=police.officer, dossier_id=dossier_id, now=ANSWERED_AT)
    assert [act.command for act in page.allowed_acts] == ["answer_opinion"]
    assert page.asked_of_me is not None and page.asked_of_me.question == "Nơi cư trú có đúng không?"
    after = AuditEntry.objects.filter(object_id=dossier_id, actor_user_id=police.officer.user_id).count()
    assert after == before + 1
    refused(lambda: dossier_page(actor=police.officer, dossier_id=other, now=ANSWERED_AT), "dossier.not_found")
    answer(police.officer, dossier_id)
    page = dossier_page(actor=police.leader, dossier_id=dossier_id, now=ANSWERED_AT)
    assert page.allowed_acts == [] and page.opinions[0].answer == "Đúng như hồ sơ."


def test_declining_says_why_and_ends_the_right_to_read(dossier_id: int, officer_minh: Actor, police: Office) -> None:
    ask(officer_minh, dossier_id, of(police))
    refused(lambda: answer(police.officer, dossier_id, stance="decline", answer=" "), "opinion.answer_missing")
    answer(police.officer, dossier_id, stance="decline", answer="Không thuộc thẩm quyền của công an quận.")
    declined = OpinionRequest.objects.get(dossier_id=dossier_id)
    assert (declined.declined, declined.agrees) == (True, None)
    assert status_of(dossier_id) == Status.PROCESSING
    refused(lambda: dossier_page(actor=police.leader, dossier_id=dossier_id, now=ANSWERED_AT), "dossier.not_found")
    page = dossier_page(actor=officer_minh, dossier_id=dossier_id, now=ANSWERED_AT)
    assert page.opinions[0].look.word == "từ chối cho ý kiến"


def test_a_unit_that_answered_before_keeps_reading_when_it_declines_later(
    dossier_id: int, officer_minh: Actor, police: Office
) -> None:
    ask(officer_minh, dossier_id, of(police))
    answer(police.officer, dossier_id)
    ask(officer_minh, dossier_id, of(police, 26), now=at(8, 22))
    answer(police.officer, dossier_id, at(8, 23), stance="decline", answer="Đã trả lời lần trước.")
    assert dossier_page(actor=police.leader, dossier_id=dossier_id, now=at(8, 23)).opinions[0].agrees is True


def test_a_late_answer_counts_its_working_minutes(dossier_id: int, officer_minh: Actor, police: Office) -> None:
    ask(officer_minh, dossier_id, of(police, 22))
    dossier = Dossier.objects.get(pk=dossier_id)
    assert dossier.next_reminder_at == at(8, 23), "the head of the desk hears of silence the morning after"
    sweep_reminders(now=at(8, 23))
    assert Reminder.objects.filter(dossier_id=dossier_id, rule="opinion_late").count() == 1
    answer(police.officer, dossier_id, at(8, 23, 10, 30))
    assert OpinionRequest.objects.get(dossier_id=dossier_id).late_minutes == 150
    page = opinion_list(actor=police.leader, answered=True, now=at(8, 26))
    assert (page.open_count, page.late_open_count, page.answered_late_count) == (0, 0, 1)
    assert [(row.late_minutes, row.look.word) for row in page.rows] == [(150, "đồng ý")]


def test_an_answer_one_second_late_is_late(dossier_id: int, officer_minh: Actor, police: Office) -> None:
    ask(officer_minh, dossier_id, of(police, 22))
    answer(police.officer, dossier_id, at(8, 22, 17) + timedelta(seconds=1))
    assert OpinionRequest.objects.get(dossier_id=dossier_id).late_minutes == 1


def test_who_may_answer_and_what(dossier_id: int, officer_minh: Actor, police: Office, justice: Office) -> None:
    clerk = make_actor(police.unit, Role.CLERK, "Văn thư công an")
    refused(lambda: answer(police.officer, dossier_id), "dossier.not_found")
    ask(officer_minh, dossier_id, of(police))
    refused(lambda: answer(clerk, dossier_id), "auth.not_allowed")
    refused(lambda: answer(officer_minh, dossier_id), "opinion.not_asked")
    refused(lambda: answer(justice.officer, dossier_id), "dossier.not_found")
    refused(lambda: answer(police.officer, dossier_id, stance="maybe"), "opinion.stance")
    answer(police.officer, dossier_id)
    late = refused(lambda: answer(police.leader, dossier_id), "opinion.answered")
    assert late.status == 409 and police.officer.name in late.message


def test_silence_may_be_ended_only_after_the_last_deadline(
    dossier_id: int, officer_minh: Actor, leader_hoa: Actor, police: Office, justice: Office
) -> None:
    ask(officer_minh, dossier_id, of(police, 22), of(justice, 23))
    answer(police.officer, dossier_id)
    waiting = refused(lambda: close(officer_minh, dossier_id, at(8, 23)), "opinion.still_in_time")
    assert "Phòng Tư pháp" in waiting.message
    refused(lambda: close(officer_minh, dossier_id, at(8, 26), reason=" "), "opinion.reason_missing")
    refused(lambda: close(leader_hoa, dossier_id, at(8, 26)), "dossier.taken")
    refused(lambda: close(justice.leader, dossier_id, at(8, 26)), "dossier.other_unit")
    close(officer_minh, dossier_id, at(8, 26))
    assert status_of(dossier_id) == Status.PROCESSING
    refused(lambda: answer(justice.officer, dossier_id, at(8, 26, 10)), "opinion.closed")
    refused(lambda: dossier_page(actor=justice.leader, dossier_id=dossier_id, now=at(8, 26)), "dossier.not_found")
    assert (
        dossier_page(actor=police.leader, dossier_id=dossier_id, now=at(8, 26)).opinions[1].look.word == "không trả lời"
    )
    ended = opinion_list(actor=justice.leader, answered=True, now=at(8, 26)).rows
    assert [row.may_open for row in ended] == [False]


def test_papers_asked_for_meanwhile_do_not_lose_the_opinions(
    dossier_id: int, officer_minh: Actor, desk_clerk_lan: Actor, published: PublishedProcedure, police: Office
) -> None:
    ask(officer_minh, dossier_id, of(police))
    paper = published.papers[0]
    lines = [LineData(name=paper.name, requirement_id=paper.pk, fault="unsigned")]
    request_supplement(actor=officer_minh, dossier_id=dossier_id, lines=lines, reason="Thiếu chữ ký", now=at(8, 20, 10))
    refused(lambda: answer(police.officer, dossier_id), "dossier.illegal_move")
    asked = list(SlipLine.objects.filter(dossier_id=dossier_id).values_list("pk", flat=True))
    receive_supplement(actor=desk_clerk_lan, dossier_id=dossier_id, line_ids=asked, now=at(8, 21))
    assert status_of(dossier_id) == Status.CONSULTING
    answer(police.officer, dossier_id, at(8, 21, 10))
    assert status_of(dossier_id) == Status.PROCESSING


def test_a_stopped_dossier_waits_for_nobody(
    dossier_id: int, officer_minh: Actor, desk_clerk_lan: Actor, police: Office
) -> None:
    ask(officer_minh, dossier_id, of(police))
    request_withdrawal(actor=desk_clerk_lan, dossier_id=dossier_id, reason="Không còn nhu cầu", now=at(8, 20, 10))
    stop_dossier(actor=desk_clerk_lan, dossier_id=dossier_id, note="Trả lại bản chính", now=at(8, 20, 11))
    assert opinion_list(actor=police.leader, answered=False, now=at(8, 21)).rows == []
    refused(lambda: answer(police.officer, dossier_id), "opinion.closed")


def test_the_gate_asks_the_holder_not_the_asked_unit(dossier_id: int, officer_minh: Actor, police: Office) -> None:
    ask(officer_minh, dossier_id, of(police, 28))
    refused(lambda: close(officer_minh, dossier_id, at(8, 29)), "dossier.gate_open")
    answer(police.officer, dossier_id, at(8, 29))
    confirm_on_time(actor=officer_minh, dossier_id=dossier_id, now=at(8, 29, 10))


def rule(dossier_id: int, **words: str) -> None:
    """Values of the rule-set that the dossier was accepted under."""
    rules = Dossier.objects.get(pk=dossier_id).ruleset
    rules.policy = {**rules.policy, **{key: {"value": word} for key, word in words.items()}}
    rules.save()


def test_where_the_rule_set_says_so_the_clock_stands_until_the_last_answer(
    dossier_id: int, officer_minh: Actor, police: Office, justice: Office
) -> None:
    """Asked Tuesday 9:00, the last answer Thursday 9:00: two working days that are not counted."""
    rule(dossier_id, consultation_clock_policy="pause", consultation_statistics_policy="subtract_interval")
    before = StepRun.objects.get(dossier_id=dossier_id, run_no=3).step_due_at
    ask(officer_minh, dossier_id, of(police), of(justice, day=30), now=at(8, 20))
    asked = Dossier.objects.get(pk=dossier_id)
    assert (asked.status, asked.paused_at, asked.due_at) == (Status.CONSULTING, at(8, 20), at(8, 30, 17))
    answer(police.officer, dossier_id, now=at(8, 21))
    assert Dossier.objects.get(pk=dossier_id).paused_at is not None
    answer(justice.officer, dossier_id, now=at(8, 22))
    on = Dossier.objects.get(pk=dossier_id)
    moved_to = at(9, 5, 17)  # 02-03/09 are holidays
    assert (on.status, on.paused_at, on.due_at, on.printed_due_at) == (Status.PROCESSING, None, moved_to, moved_to)
    assert Slip.objects.filter(dossier_id=dossier_id, form_kind=FormKind.RECEIPT).count() == 2
    assert Notice.objects.filter(event="receipt_reissued", reference=f"dossier:{dossier_id}").count() == 1
    assert StepRun.objects.get(dossier_id=dossier_id, run_no=3).step_due_at > before
    assert any("Lấy ý kiến đơn vị phối hợp" in line for line in on.due_explanation)


def test_a_standing_clock_has_no_gate_and_no_limit_for_the_answer(
    dossier_id: int, officer_minh: Actor, police: Office
) -> None:
    rule(dossier_id, consultation_clock_policy="pause")
    late = AskData(unit_id=police.unit.pk, question="Có đúng không?", answer_on=date(2024, 9, 6))
    ask(officer_minh, dossier_id, late, now=at(8, 28, 16))
    close(officer_minh, dossier_id, now=at(9, 9))
    on = Dossier.objects.get(pk=dossier_id)
    assert on.due_at is not None and on.due_at > at(9, 9) and on.status == Status.PROCESSING


def test_counted_time_may_still_be_left_out_of_the_statistics(
    dossier_id: int, officer_minh: Actor, police: Office
) -> None:
    rule(dossier_id, consultation_statistics_policy="subtract_interval")
    ask(officer_minh, dossier_id, of(police))
    assert Dossier.objects.get(pk=dossier_id).paused_at is None
    answer(police.officer, dossier_id)
    on = Dossier.objects.get(pk=dossier_id)
    pause = Pause.objects.get(dossier_id=dossier_id)
    assert (on.due_at, pause.started_at, pause.ended_at) == (at(8, 30, 17), ASKED_AT, ANSWERED_AT)


def test_whoever_was_asked_hears_that_nobody_waits_any_more(
    dossier_id: int, officer_minh: Actor, desk_clerk_lan: Actor, police: Office, justice: Office
) -> None:
    ask(officer_minh, dossier_id, of(police), of(justice))
    answer(justice.officer, dossier_id)
    close(officer_minh, dossier_id, now=at(8, 26))
    told = Notice.objects.get(event="opinion_closed", channel="portal")
    assert told.user_id == police.leader.user_id
    assert "Đã quá hạn, giải quyết theo hồ sơ" in told.body
    assert Notice.objects.filter(event="opinion_closed").exclude(user_id=police.leader.user_id).count() == 0
    ask(officer_minh, dossier_id, of(justice, day=28), now=at(8, 26, 10))
    request_withdrawal(actor=desk_clerk_lan, dossier_id=dossier_id, now=at(8, 26, 11))
    stop_dossier(actor=desk_clerk_lan, dossier_id=dossier_id, now=at(8, 26, 14))
    last = Notice.objects.filter(event="opinion_closed", channel="portal").latest("pk")
    assert last.user_id == justice.leader.user_id
