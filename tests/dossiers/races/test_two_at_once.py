"""Two people press at the same moment: one wins, the other is told who, and nothing is written twice."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from dossiers.models import Charge, DeliveryList, Dossier, DossierEvent, HandOver, OpinionRequest, StepRun, Verification
from dossiers.rules.asking import AskData
from dossiers.services import prepare_intake
from dossiers.services.answer_opinion import answer_opinion
from dossiers.services.confirm_delivery import confirm_delivery
from dossiers.services.finish_step import finish_step
from dossiers.services.finish_verification import finish_verification
from dossiers.services.hand_over_batch import hand_over_batch
from dossiers.services.hand_over_result import hand_over_result
from dossiers.services.intake_data import ReceivedDossier
from dossiers.services.order_reassignment import order_reassignment
from dossiers.services.request_opinion import request_opinion
from dossiers.services.run_reassignment import run_reassignment
from dossiers.services.sign_batch import Chosen, sign_batch
from dossiers.services.take_dossier import take_dossier
from dossiers.services.verify_on_site import verify_on_site
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit, User
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.notices.models import Notice
from tests.dossiers.races.conftest import AtOnce, alone
from tests.factories import MORNING, PublishedProcedure, UnitFactory, citizen, make_actor, publish_procedure, receive

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def codes(answers: list[object]) -> list[str]:
    """The refusals' codes; an answer that is no refusal is "ok"."""
    return sorted(answer.code if isinstance(answer, DomainError) else "ok" for answer in answers)


def test_one_of_two_officers_takes_a_dossier(
    at_once: AtOnce, ward: Unit, desk_clerk_lan: Actor, officer_minh: Actor, procedure: PublishedProcedure
) -> None:
    rival = make_actor(ward, Role.OFFICER, "Đặng Thu Thảo")
    pk = receive(desk_clerk_lan, procedure).dossier_id
    answers = at_once([partial(take_dossier, actor=one, dossier_id=pk) for one in (officer_minh, rival)])
    assert codes(answers) == ["dossier.taken", "ok"]
    winner = (officer_minh, rival)[isinstance(answers[0], DomainError)]
    refusal = next(answer for answer in answers if isinstance(answer, DomainError))
    assert refusal.status == 409
    assert winner.name in refusal.message
    assert Dossier.objects.get(pk=pk).officer_id == winner.user_id
    assert StepRun.objects.get(dossier_id=pk, state="working").officer_id == winner.user_id
    assert DossierEvent.objects.filter(dossier_id=pk, kind="dossier.taken").count() == 1


def test_of_eight_officers_one_takes_it(
    at_once: AtOnce, ward: Unit, desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    officers = [make_actor(ward, Role.OFFICER, f"Cán bộ {number}") for number in range(8)]
    pk = receive(desk_clerk_lan, procedure).dossier_id
    answers = at_once([partial(take_dossier, actor=one, dossier_id=pk) for one in officers])
    assert codes(answers) == ["dossier.taken"] * 7 + ["ok"]


def test_a_step_pressed_twice_is_finished_once(
    at_once: AtOnce, desk_clerk_lan: Actor, officer_minh: Actor, procedure: PublishedProcedure
) -> None:
    pk = receive(desk_clerk_lan, procedure).dossier_id
    take_dossier(actor=officer_minh, dossier_id=pk, now=MORNING)
    seen = Dossier.objects.get(pk=pk).row_version
    act = partial(finish_step, actor=officer_minh, dossier_id=pk, note="Đủ điều kiện", row_version=seen, now=MORNING)
    answers = at_once([act, act])
    assert codes(answers).count("ok") == 1
    assert DossierEvent.objects.filter(dossier_id=pk, kind="dossier.step_finished").count() == 1
    assert StepRun.objects.filter(dossier_id=pk, state__in=["waiting", "working"]).count() == 1


def test_whoever_loses_a_dossier_to_another_unit_is_told_by_whom(
    at_once: AtOnce, ward: Unit, desk_clerk_lan: Actor, officer_minh: Actor, stranger_nga: Actor
) -> None:
    district = UnitFactory(name="Ủy ban nhân dân quận", short_name="UBND quận")
    rival = make_actor(ward, Role.OFFICER, "Đặng Thu Thảo")
    signed_there = publish_procedure(at=ward, signing=district)
    pk = receive(desk_clerk_lan, signed_there).dossier_id
    finish = partial(finish_step, dossier_id=pk, note="Đủ điều kiện", now=MORNING)
    take = partial(take_dossier, dossier_id=pk, now=MORNING)
    answers = at_once([partial(finish, actor=officer_minh), partial(take, actor=rival)])
    assert codes(answers) in (["dossier.moved", "ok"], ["dossier.taken", "ok"])
    if isinstance(answers[0], DomainError):
        finish(actor=rival)
    winner = rival if isinstance(answers[0], DomainError) else officer_minh
    refusal = alone(partial(take, actor=make_actor(ward, Role.OFFICER, "Người đến sau")))
    moved = DossierEvent.objects.get(dossier_id=pk, kind="dossier.step_finished")
    assert (refusal.code, refusal.status) == ("dossier.moved", 409)
    assert refusal.data == {"by": winner.name, "at": moved.at.isoformat(), "unit": "UBND quận"}
    assert winner.name in refusal.message and "UBND quận" in refusal.message
    reader = make_actor(UnitFactory(), Role.OFFICER, "Người được xem")
    Dossier.objects.filter(pk=pk).update(reader_unit_ids=[reader.unit_id])
    for stranger, code, status in ((stranger_nga, "dossier.not_found", 404), (reader, "dossier.other_unit", 403)):
        with pytest.raises(DomainError) as never:
            take_dossier(actor=stranger, dossier_id=pk)
        assert (never.value.code, never.value.status) == (code, status)


def test_a_verification_pressed_twice_starts_and_ends_once(
    at_once: AtOnce, desk_clerk_lan: Actor, officer_minh: Actor, procedure: PublishedProcedure
) -> None:
    pk = receive(desk_clerk_lan, procedure).dossier_id
    take_dossier(actor=officer_minh, dossier_id=pk, now=MORNING)
    start = partial(verify_on_site, actor=officer_minh, dossier_id=pk, subject="Nơi ở", now=MORNING)
    assert codes(at_once([start, start])) == ["dossier.illegal_move", "ok"]
    end = partial(finish_verification, actor=officer_minh, dossier_id=pk, minutes="Đúng", confirmed=True, now=MORNING)
    assert codes(at_once([end, end])) == ["dossier.illegal_move", "ok"]
    assert Verification.objects.get(dossier_id=pk).finished_at == MORNING


def asked(
    clerk: Actor, officer: Actor, procedure: PublishedProcedure, units: int
) -> tuple[int, list[tuple[Actor, Actor]]]:
    """A dossier about which so many units are asked, and two people of each."""
    pk = receive(clerk, procedure).dossier_id
    take_dossier(actor=officer, dossier_id=pk, now=MORNING)
    offices = [UnitFactory() for _ in range(units)]
    asks = [AskData(unit_id=unit.pk, question="Nơi ở?", answer_on=date(2024, 3, 7)) for unit in offices]
    request_opinion(actor=officer, dossier_id=pk, asks=asks, now=MORNING)
    pairs = [(make_actor(unit, Role.OFFICER, "Cán bộ"), make_actor(unit, Role.LEADER, "Lãnh đạo")) for unit in offices]
    return pk, pairs


def test_of_two_who_answer_for_one_unit_one_does(
    at_once: AtOnce, desk_clerk_lan: Actor, officer_minh: Actor, procedure: PublishedProcedure
) -> None:
    pk, [(officer, leader)] = asked(desk_clerk_lan, officer_minh, procedure, 1)
    calls = [
        partial(answer_opinion, actor=one, dossier_id=pk, stance=stance, answer="Như vậy", now=MORNING)
        for one, stance in ((officer, "agree"), (leader, "decline"))
    ]
    answers = at_once(calls)
    assert codes(answers) == ["ok", "opinion.answered"]
    winner = (officer, leader)[isinstance(answers[0], DomainError)]
    refusal = next(answer for answer in answers if isinstance(answer, DomainError))
    assert winner.name in refusal.message
    assert OpinionRequest.objects.get(dossier_id=pk).answered_by_id == winner.user_id
    assert Dossier.objects.get(pk=pk).status == "PROCESSING"


def test_units_that_answer_at_once_all_count_and_the_dossier_goes_on_once(
    at_once: AtOnce, desk_clerk_lan: Actor, officer_minh: Actor, procedure: PublishedProcedure
) -> None:
    pk, pairs = asked(desk_clerk_lan, officer_minh, procedure, 4)
    calls = [
        partial(answer_opinion, actor=officer, dossier_id=pk, stance="agree", answer="Đúng", now=MORNING)
        for officer, _ in pairs
    ]
    assert codes(at_once(calls)) == ["ok"] * 4
    assert OpinionRequest.objects.filter(dossier_id=pk, agrees=True).count() == 4
    ways = DossierEvent.objects.filter(dossier_id=pk, kind="dossier.opinion_answered").order_by("id")
    assert list(ways.values_list("to_status", flat=True)) == ["CONSULTING"] * 3 + ["PROCESSING"]


def test_two_workers_on_one_order_move_each_dossier_once(
    at_once: AtOnce, ward: Unit, desk_clerk_lan: Actor, officer_minh: Actor, procedure: PublishedProcedure
) -> None:
    leader = make_actor(ward, Role.LEADER, "Phạm Thị Hoa")
    other = make_actor(ward, Role.OFFICER, "Đặng Thu Thảo")
    for number in range(6):
        pk = receive(desk_clerk_lan, procedure, person=citizen("Tú", 20 + number)).dossier_id
        take_dossier(actor=officer_minh, dossier_id=pk, now=MORNING)
    placed = order_reassignment(
        actor=leader, from_user_id=officer_minh.user_id, to_user_ids=[other.user_id or 0], reason="Nghỉ", now=MORNING
    )
    settled = at_once([partial(run_reassignment, reassignment_id=placed.pk, now=MORNING)] * 3)
    assert sum(settled) == 6
    run_reassignment(reassignment_id=placed.pk, now=MORNING)  # whoever came last may have left the end to the sweeper
    assert Dossier.objects.filter(officer_id=other.user_id).count() == 6
    assert DossierEvent.objects.filter(kind="dossier.reassigned").count() == 6
    assert Notice.objects.filter(event="work_reassigned", channel="portal").count() == 1


def test_two_leaders_order_the_same_work_once(
    at_once: AtOnce, ward: Unit, desk_clerk_lan: Actor, officer_minh: Actor, procedure: PublishedProcedure
) -> None:
    leaders = [make_actor(ward, Role.LEADER, f"Lãnh đạo {number}") for number in range(2)]
    other = make_actor(ward, Role.OFFICER, "Đặng Thu Thảo")
    take_dossier(actor=officer_minh, dossier_id=receive(desk_clerk_lan, procedure).dossier_id, now=MORNING)
    to = [other.user_id or 0]
    calls = [
        partial(order_reassignment, actor=one, from_user_id=officer_minh.user_id, to_user_ids=to, reason="Nghỉ")
        for one in leaders
    ]
    assert codes(at_once(calls)) == ["ok", "reassign.going_on"]


def test_two_lists_with_the_same_dossiers_are_one_and_numbers_have_no_gap(at_once: AtOnce, ward: Unit) -> None:
    office = UnitFactory()
    published = publish_procedure(at=ward, handling=office)
    clerks = [make_actor(ward, Role.CLERK, f"Công chức {number}") for number in range(2)]
    pks = [receive(clerks[0], published, person=citizen("Tú", 40 + number)).dossier_id for number in range(4)]
    both = [
        partial(hand_over_batch, actor=clerk, to_unit_id=office.pk, dossier_ids=chosen)
        for clerk, chosen in zip(clerks, (pks[:3], pks[2::-1]), strict=True)
    ]
    assert codes(at_once(both)) == ["delivery.refused", "ok"]
    hand_over_batch(actor=clerks[0], to_unit_id=office.pk, dossier_ids=pks[3:])
    assert list(DeliveryList.objects.order_by("id").values_list("number", flat=True)) == [1, 2]


def test_a_list_is_confirmed_once(at_once: AtOnce, ward: Unit, desk_clerk_lan: Actor) -> None:
    office = UnitFactory()
    published = publish_procedure(at=ward, handling=office)
    pk = receive(desk_clerk_lan, published).dossier_id
    delivery = hand_over_batch(actor=desk_clerk_lan, to_unit_id=office.pk, dossier_ids=[pk])
    lines = list(delivery.lines.values_list("pk", flat=True))
    officers = [make_actor(office, Role.OFFICER, f"Cán bộ {number}") for number in range(2)]
    calls = [
        partial(confirm_delivery, actor=one, delivery_list_id=delivery.pk, line_ids=found)
        for one, found in zip(officers, (lines, []), strict=True)
    ]
    answers = at_once(calls)
    assert codes(answers) == ["delivery.confirmed", "ok"]
    won = isinstance(answers[0], DomainError)
    delivery.refresh_from_db()
    assert (delivery.received_by_id, delivery.lines.get().missing) == (officers[won].user_id, won)


def test_a_result_is_handed_over_once(
    at_once: AtOnce, ward: Unit, desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    colleague = make_actor(ward, Role.CLERK, "Hoàng Thị Mai")
    pk = receive(desk_clerk_lan, procedure).dossier_id
    StepRun.objects.filter(dossier_id=pk, state="waiting").update(state="done", finished_at=MORNING)
    last = procedure.process.steps.order_by("sequence").last()  # type: ignore[union-attr]  # it has a process
    open_run = StepRun.objects.filter(dossier_id=pk).order_by("run_no").last()
    assert open_run is not None
    StepRun.objects.filter(pk=open_run.pk).update(
        step=last, action=last.action, role=last.responsible_role, state="waiting", finished_at=None
    )
    Dossier.objects.filter(pk=pk).update(
        status="DONE", finished_at=MORNING, current_action=last.action, current_role=last.responsible_role
    )
    Charge.objects.filter(dossier_id=pk).update(settled_at=MORNING)
    answers = at_once(
        [
            partial(hand_over_result, actor=clerk, dossier_id=pk, collector_name="Trần Văn Tú")
            for clerk in (desk_clerk_lan, colleague)
        ]
    )
    assert codes(answers).count("ok") == 1
    assert HandOver.objects.filter(dossier_id=pk).count() == 1


def test_one_key_sent_twice_at_once_makes_one_dossier(
    at_once: AtOnce, desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    answers = at_once([partial(receive, desk_clerk_lan, procedure, key="mot-khoa")] * 4)
    assert {type(answer) for answer in answers} == {ReceivedDossier}
    assert len({answer.code for answer in answers}) == 1
    assert sorted(answer.already for answer in answers) == [False, True, True, True]
    assert Dossier.objects.count() == DossierEvent.objects.count() == Notice.objects.count() == 1


def test_one_key_for_two_contents_at_once_is_refused_once(
    at_once: AtOnce, desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    phones = ("0912345678", "0987654321")
    answers = at_once([partial(receive, desk_clerk_lan, procedure, key="mot-khoa", phone=one) for one in phones])
    assert codes(answers) == ["idempotency.other_content", "ok"]
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize(("phone", "code"), [("0912345678", "ok"), ("0987654321", "idempotency.other_content")])
def test_a_key_used_between_two_look_ups_is_no_duplicate(
    transactional_db: None,
    monkeypatch: pytest.MonkeyPatch,
    desk_clerk_lan: Actor,
    procedure: PublishedProcedure,
    phone: str,
    code: str,
) -> None:
    first = receive(desk_clerk_lan, procedure, key="mot-khoa", phone="0912345678")
    # The second looked for the key before the first had committed, and for duplicates after it.
    monkeypatch.setattr(prepare_intake, "received_with_key", lambda **words: None)
    answer = alone(partial(receive, desk_clerk_lan, procedure, key="mot-khoa", phone=phone))
    assert codes([answer]) == [code]
    assert code != "ok" or (answer.code, answer.already) == (first.code, True)


def test_one_new_citizen_at_two_desks_at_once_is_one_person(
    at_once: AtOnce, ward: Unit, desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    colleague = make_actor(ward, Role.CLERK, "Hoàng Thị Mai")
    act = partial(receive, published=procedure, person=citizen("Lê Thị Bé", 5), confirmed_duplicate=True)
    answers = at_once([partial(act, one) for one in (desk_clerk_lan, colleague)])
    assert codes(answers) == ["ok", "ok"]
    assert Dossier.objects.values("person").distinct().count() == 1


def intake_form(procedure: PublishedProcedure) -> dict[str, str]:
    form = {
        "procedure_code": procedure.procedure.national_code,
        "case_id": str(procedure.case.pk),
        "full_name": "Trần Thị Thử",
        "personal_id": "001190000001",
        "birth": "12/07/1990",
        "phone": "0912345678",
        "address": "Phường Văn Quán",
        "channel": "1",
        "delivery": "desk",
        "copies": "1",
    }
    for paper in procedure.papers:
        form |= {f"paper-{paper.pk}-state": "paper", f"paper-{paper.pk}-originals": "1"}
    return form


def test_a_form_sent_twice_makes_one_dossier_and_both_see_its_receipt(
    at_once: AtOnce, desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    path, form = reverse("dossiers:intake-draft", args=[uuid.uuid4()]), intake_form(procedure)
    calls: list[Callable[[], object]] = []
    for _ in range(2):
        client = Client()
        client.force_login(User.objects.get(pk=desk_clerk_lan.user_id))
        calls.append(partial(client.post, path, form))
    answers = at_once(calls)
    received = Dossier.objects.get()
    assert [answer.status_code for answer in answers] == [302, 302]
    assert {answer["Location"] for answer in answers} == {reverse("dossiers:receipt", args=[received.code])}
    assert [answer["Location"] for answer in at_once(calls[:1])] == [answers[0]["Location"]]
    assert Dossier.objects.count() == 1


def test_two_leaders_sign_the_same_pile_and_each_draft_is_signed_once(
    at_once: AtOnce,
    ward: Unit,
    desk_clerk_lan: Actor,
    officer_minh: Actor,
    leader_hoa: Actor,
    procedure: PublishedProcedure,
) -> None:
    rival = make_actor(ward, Role.LEADER, "Trần Quốc Bảo")
    keys = [receive(desk_clerk_lan, procedure, person=citizen(number=number)).dossier_id for number in range(6)]
    for pk in keys:
        finish_step(actor=officer_minh, dossier_id=pk, now=MORNING)
    chosen = [Chosen(pk, Dossier.objects.get(pk=pk).row_version) for pk in keys]
    pile = [partial(sign_batch, actor=leader, chosen=chosen, now=MORNING) for leader in (leader_hoa, rival)]
    reports = at_once(pile)
    signed = [line.dossier_id for report in reports for line in report.signed]
    assert sorted(signed) == sorted(keys)
    lost = [line for report in reports for line in report.failed]
    assert {(line.error, line.status) for line in lost} == {("dossier.signed", 409)} and len(lost) == len(keys)
    assert all("đã ký hồ sơ này lúc" in line.message for line in lost)
    assert DossierEvent.objects.filter(kind="dossier.signed").count() == len(keys)
