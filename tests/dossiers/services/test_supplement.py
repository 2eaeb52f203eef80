"""Papers asked for and brought: the clock stops and starts anew; refusals and stops end what cannot go on."""

from __future__ import annotations

from datetime import datetime
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from dossiers.constants import FormKind, Status, StopReason
from dossiers.models import Dossier, Pause, ResultFile, Slip, SlipLine
from dossiers.selectors.slip_pdf import slip_pdf
from dossiers.services.decide_refusal import decide_refusal
from dossiers.services.finish_step import finish_step
from dossiers.services.hand_over_result import hand_over_result
from dossiers.services.issue_slip import LineData
from dossiers.services.receive_supplement import receive_supplement
from dossiers.services.request_supplement import request_supplement
from dossiers.services.stop_dossier import stop_dossier
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.errors import Conflict, DomainError, NotAllowed
from haddong_portal.notices.models import Notice
from tests.factories import PublishedProcedure, pay_all, publish_procedure, receive
from tests.flows.desk import codes_on, text_of

FIFTEEN_DAYS = {"amount": "15", "unit": "working_day"}


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2024, month, day, hour, minute, tzinfo=VIETNAM)


@pytest.fixture
def published(ward: Any) -> PublishedProcedure:
    return publish_procedure(at=ward, limit=FIFTEEN_DAYS)


@pytest.fixture
def dossier_id(desk_clerk_lan: Actor, officer_minh: Actor, leader_hoa: Actor, published: PublishedProcedure) -> int:
    """Worked example 5: fifteen working days, received Monday 03/06/2024, due Monday 24/06/2024."""
    return receive(desk_clerk_lan, published, now=at(6, 3)).dossier_id


def lines(published: PublishedProcedure, fault: str = "wrong") -> list[LineData]:
    paper = published.papers[0]
    return [LineData(name=paper.name, requirement_id=paper.pk, fault=fault, note="Ghi đủ họ tên cha, mẹ")]


def ask(actor: Actor, dossier_id: int, published: PublishedProcedure, now: datetime, **data: Any) -> Any:
    facts = {"lines": lines(published), "reason": "Tờ khai thiếu thông tin", **data}
    return request_supplement(actor=actor, dossier_id=dossier_id, now=now, **facts)


def asked_ids(dossier_id: int) -> list[int]:
    return list(SlipLine.objects.filter(dossier_id=dossier_id, received_at=None).values_list("pk", flat=True))


@pytest.mark.django_db
def test_a_supplement_stops_the_clock_and_its_completion_starts_it_anew(
    dossier_id: int, officer_minh: Actor, desk_clerk_lan: Actor, published: PublishedProcedure
) -> None:
    dossier = Dossier.objects.get(pk=dossier_id)
    assert dossier.due_at == dossier.printed_due_at == at(6, 24, 17)
    ask(officer_minh, dossier_id, published, at(6, 5, 10))
    dossier.refresh_from_db()
    assert (dossier.status, dossier.paused_at) == (Status.WAIT_SUPPLEMENT, at(6, 5, 10))
    assert dossier.supplement_until is not None
    receive_supplement(actor=desk_clerk_lan, dossier_id=dossier_id, line_ids=asked_ids(dossier_id), now=at(6, 11, 14))
    dossier.refresh_from_db()
    assert (dossier.status, dossier.paused_at) == (Status.PROCESSING, None)
    assert dossier.due_at == dossier.printed_due_at == at(7, 2, 17)
    assert any("bổ sung" in line for line in dossier.due_explanation)
    receipts = Slip.objects.filter(dossier_id=dossier_id, form_kind=FormKind.RECEIPT).order_by("id")
    assert [slip.due_at for slip in receipts] == [at(6, 24, 17), at(7, 2, 17)]
    assert receipts[1].replaces_id == receipts[0].pk
    assert [receipts[0].number, receipts[1].number] == [1, 2]
    events = set(Notice.objects.exclude(channel="portal").values_list("event", flat=True))
    assert {"supplement_requested", "supplement_received"} <= events


@pytest.mark.django_db
def test_some_papers_are_not_all(
    dossier_id: int, officer_minh: Actor, desk_clerk_lan: Actor, published: PublishedProcedure
) -> None:
    both = [LineData(name=paper.name, requirement_id=paper.pk) for paper in published.papers]
    ask(officer_minh, dossier_id, published, at(6, 4), lines=both)
    first, second = asked_ids(dossier_id)
    receive_supplement(actor=desk_clerk_lan, dossier_id=dossier_id, line_ids=[first], now=at(6, 5))
    assert Dossier.objects.get(pk=dossier_id).status == Status.WAIT_SUPPLEMENT
    receive_supplement(actor=desk_clerk_lan, dossier_id=dossier_id, line_ids=[second], now=at(6, 6))
    assert Dossier.objects.get(pk=dossier_id).status == Status.PROCESSING
    assert not Pause.objects.filter(ended_at=None).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("now", "data", "code"),
    [
        (at(6, 7), {}, "supplement.too_late"),
        (at(6, 4), {"lines": []}, "supplement.no_lines"),
        (at(6, 4), {"reason": " "}, "supplement.reason_missing"),
        (at(6, 4), {"lines": [LineData(name="Sổ hộ khẩu")]}, "dossier.paper_unpublished"),
    ],
)
def test_what_may_not_be_asked_for(
    dossier_id: int, officer_minh: Actor, published: PublishedProcedure, now: datetime, data: Any, code: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        ask(officer_minh, dossier_id, published, now, **data)
    assert refusal.value.code == code
    assert not Pause.objects.exists() and not SlipLine.objects.exists()
    ask(officer_minh, dossier_id, published, at(6, 6, 16))


@pytest.mark.django_db
def test_the_same_paper_is_not_asked_for_twice_for_the_same_fault(
    dossier_id: int, officer_minh: Actor, desk_clerk_lan: Actor, published: PublishedProcedure
) -> None:
    ask(officer_minh, dossier_id, published, at(6, 4))
    receive_supplement(actor=desk_clerk_lan, dossier_id=dossier_id, line_ids=asked_ids(dossier_id), now=at(6, 4, 15))
    with pytest.raises(Conflict) as refusal:
        ask(officer_minh, dossier_id, published, at(6, 5))
    assert refusal.value.code == "supplement.same_reason"
    assert "04/06/2024" in refusal.value.message
    ask(officer_minh, dossier_id, published, at(6, 5), lines=lines(published, "unsigned"))


@pytest.mark.django_db
def test_only_the_receiving_desk_takes_supplements(
    dossier_id: int, officer_minh: Actor, stranger_nga: Actor, leader_hoa: Actor, published: PublishedProcedure
) -> None:
    ask(officer_minh, dossier_id, published, at(6, 4))
    for actor in (stranger_nga, leader_hoa):
        with pytest.raises((NotAllowed, DomainError)):
            receive_supplement(actor=actor, dossier_id=dossier_id, line_ids=asked_ids(dossier_id), now=at(6, 5))
    assert asked_ids(dossier_id)


@pytest.mark.django_db
def test_papers_that_never_came_stop_the_dossier_only_after_their_time(
    dossier_id: int, officer_minh: Actor, desk_clerk_lan: Actor, published: PublishedProcedure
) -> None:
    ask(officer_minh, dossier_id, published, at(6, 4))
    with pytest.raises(DomainError) as refusal:
        stop_dossier(actor=desk_clerk_lan, dossier_id=dossier_id, now=at(6, 10))
    assert refusal.value.code == "stop.too_early"
    stop_dossier(actor=desk_clerk_lan, dossier_id=dossier_id, now=at(7, 15))
    dossier = Dossier.objects.get(pk=dossier_id)
    assert (dossier.status, dossier.stop_reason) == (Status.STOPPED, StopReason.NOT_SUPPLEMENTED)
    assert dossier.closed_at == at(7, 15) and dossier.next_reminder_at is None
    assert not Pause.objects.filter(ended_at=None).exists()
    assert not dossier.steps.filter(finished_at=None).exists()
    slip = Slip.objects.get(dossier_id=dossier_id, form_kind=FormKind.STOP_NOTICE)
    text = text_of(slip_pdf(actor=desk_clerk_lan, code=dossier.code, slip_id=slip.pk, now=at(7, 15)))
    assert dossier.code in text and "Trần Văn Tú" in text


@pytest.mark.django_db
def test_a_written_refusal_is_a_result_that_the_desk_hands_over(
    dossier_id: int, officer_minh: Actor, leader_hoa: Actor, desk_clerk_lan: Actor
) -> None:
    finish_step(actor=officer_minh, dossier_id=dossier_id, now=at(6, 5))
    with pytest.raises(DomainError) as refusal:
        decide_refusal(actor=leader_hoa, dossier_id=dossier_id, reason="  ", now=at(6, 6))
    assert refusal.value.code == "refusal.reason_missing"
    with pytest.raises(NotAllowed):
        decide_refusal(actor=officer_minh, dossier_id=dossier_id, reason="Không đủ điều kiện", now=at(6, 6))
    decide_refusal(
        actor=leader_hoa, dossier_id=dossier_id, reason="Không đủ điều kiện", legal_basis="Điều 18", now=at(6, 6)
    )
    dossier = Dossier.objects.get(pk=dossier_id)
    assert (dossier.status, dossier.is_refused, dossier.finished_at) == (Status.DONE, True, at(6, 6))
    assert ResultFile.objects.get(dossier_id=dossier_id).is_refusal
    slip = Slip.objects.get(dossier_id=dossier_id, form_kind=FormKind.REFUSAL)
    pdf = slip_pdf(actor=desk_clerk_lan, code=dossier.code, slip_id=slip.pk, now=at(6, 6))
    assert "Không đủ điều kiện" in text_of(pdf) and "Điều 18" in text_of(pdf)
    pay_all(desk_clerk_lan, dossier_id, now=at(6, 7))
    hand_over_result(actor=desk_clerk_lan, dossier_id=dossier_id, collector_name="Trần Văn Tú", now=at(6, 7))
    assert Dossier.objects.get(pk=dossier_id).status == Status.RETURNED


@pytest.mark.django_db
def test_the_slips_print_what_was_said(
    dossier_id: int, officer_minh: Actor, desk_clerk_lan: Actor, published: PublishedProcedure
) -> None:
    ask(officer_minh, dossier_id, published, at(6, 5, 10))
    dossier = Dossier.objects.get(pk=dossier_id)
    slip = Slip.objects.get(dossier_id=dossier_id, form_kind=FormKind.SUPPLEMENT_REQUEST)
    pdf = slip_pdf(actor=officer_minh, code=dossier.code, slip_id=slip.pk, now=at(6, 5, 11))
    text = text_of(pdf)
    for expected in ("Tờ khai theo mẫu", "nội dung chưa đúng", "Ghi đủ họ tên cha, mẹ", "Tờ khai thiếu thông tin"):
        assert expected in text, text
    assert any("/danh-gia/" in code for code in codes_on(pdf))
    receive_supplement(actor=desk_clerk_lan, dossier_id=dossier_id, line_ids=asked_ids(dossier_id), now=at(6, 11))
    renewed = Slip.objects.filter(dossier_id=dossier_id, form_kind=FormKind.RECEIPT).latest("id")
    text = text_of(slip_pdf(actor=desk_clerk_lan, code=dossier.code, slip_id=renewed.pk, now=at(6, 11)))
    assert "02 tháng 07 năm 2024" in text and "đã bổ sung đủ hồ sơ" in text


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_at_once_one_asks(dossier_id: int, officer_minh: Actor, published: PublishedProcedure) -> None:
    start, answers = Barrier(2), []

    def ask_now() -> None:
        start.wait()
        try:
            ask(officer_minh, dossier_id, published, at(6, 4))
            answers.append("asked")
        except DomainError as error:
            answers.append(error.code)
        finally:
            connection.close()

    pair = [Thread(target=ask_now) for _ in range(2)]
    for thread in pair:
        thread.start()
    for thread in pair:
        thread.join()
    assert sorted(answers) == ["asked", "dossier.illegal_move"]
    assert Pause.objects.count() == 1
