"""Every failure of domain.md §9.8, and what people do about it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from haddong_portal.common.errors import Conflict, DomainError, NotAllowed
from haddong_portal.notices.models import Notice
from interlink.constants import MessageState, ReplyState
from interlink.models import AgencyMessage, CaseEvent, Confirmation, Leg
from interlink.services.apply_reply import apply_reply
from interlink.services.correct_declaration import correct_declaration
from interlink.services.hear_dossier import hear_dossier
from interlink.services.record_confirmation import record_confirmation
from interlink.services.resume_leg import record_outcome_by_hand, restart_leg, resume_leg
from interlink.services.stop_case import stop_case
from interlink.services.sweep_clocks import sweep_clocks
from tests.interlink.scene import BIRTH, CHILD_NUMBER, MORNING, Scene

HOUR = timedelta(hours=1)
OTHER_HOUSE = {
    "residence__parents_own": "no",
    "household_head__full_name": "Nguyễn Văn Chủ",
    "household_head__personal_id": "001070000007",
}


def numbered(scene: Scene, **fields: str):  # type: ignore[no-untyped-def]
    """A birth whose first leg is done and whose child has a number."""
    case = scene.birth(**fields)
    scene.register(case)
    scene.answer(case, "personal_number", "done", facts={"personal_id": CHILD_NUMBER})
    return case


def test_a_declaration_is_refused_with_every_fault(scene: Scene) -> None:
    fields = {
        **BIRTH,
        "child.full_name": "",
        "requester.personal_id": "12",
        "child.sex": "x",
        "child.birth_date": "hôm qua",
    }
    with pytest.raises(DomainError) as refused:
        scene.open("birth", fields, now=MORNING, key="k", papers={})
    faults = {fault["field"]: fault["code"] for fault in refused.value.data["faults"]}  # type: ignore[attr-defined]
    assert refused.value.code == "declaration.refused"
    assert faults == {
        "requester.personal_id": "declaration.personal_id",
        "child.full_name": "declaration.missing",
        "child.birth_date": "declaration.date",
        "child.sex": "declaration.choice",
        "birth_notice": "declaration.paper_missing",
    }


def test_no_electronic_birth_notice_a_substitute_on_paper_is_enough(scene: Scene) -> None:
    case = scene.birth(papers={"birth_notice": {"state": "electronic", "note": "Văn bản của người làm chứng"}})
    assert scene.states(case)["civil_status"] == "working"


def test_police_find_an_error_the_ward_corrects_and_the_legs_start_again(scene: Scene) -> None:
    case = numbered(scene)
    scene.answer(case, "permanent_residence", "returned", 1, reason="Sai họ tên mẹ")
    assert scene.states(case)["civil_status"] == "working"
    returned = scene.leg(case, "permanent_residence")
    assert (returned.state, returned.reason, returned.clock_of) == ("returned", "Sai họ tên mẹ", "upstream")
    first = scene.message(case, "permanent_residence")
    later = MORNING + HOUR
    resume_leg(actor=scene.head, case_id=case.pk, leg_key="civil_status", reason="Đã đính chính", now=later)
    again = scene.leg(case, "permanent_residence")
    assert (again.state, again.generation, again.started_at) == ("ready", 2, later)
    assert scene.message(case, "permanent_residence").pk != first.pk
    late = scene.reply(case, "permanent_residence", "done", 2)
    late.message, late.correlation = first, str(first.pk)
    late.save()
    assert apply_reply(reply_id=late.pk, now=later) == ReplyState.LATE
    assert scene.leg(case, "permanent_residence").state == "ready"


def test_the_household_head_does_not_confirm_in_five_days(scene: Scene) -> None:
    case = numbered(scene, **OTHER_HOUSE)
    leg = scene.leg(case, "permanent_residence")
    assert (leg.state, leg.hold_code, leg.clock_of, leg.started_at) == ("held", "confirmation", "confirmer", None)
    asked = Confirmation.objects.get(case=case)
    assert asked.person_name == "Nguyễn Văn Chủ" and asked.due_at is not None
    assert sweep_clocks(now=asked.due_at + HOUR) >= 1
    asked.refresh_from_db()
    assert asked.state == "lapsed"
    held = scene.leg(case, "permanent_residence")
    assert (held.state, held.hold_code) == ("held", "declined")
    later = asked.due_at + 2 * HOUR
    record_confirmation(
        actor=scene.clerk, case_id=case.pk, role="household_head", agreed=True, method="vneid", now=later
    )
    started = scene.leg(case, "permanent_residence")
    assert (started.state, started.started_at) == ("ready", later)  # the wait is in nobody's time
    with pytest.raises(Conflict, match="answered"):
        record_confirmation(actor=scene.clerk, case_id=case.pk, role="household_head", agreed=True, method="desk")


def test_a_household_head_who_declines_leaves_the_leg_to_people(scene: Scene) -> None:
    case = numbered(scene, **OTHER_HOUSE)
    record_confirmation(
        actor=scene.clerk, case_id=case.pk, role="household_head", agreed=False, method="desk", now=MORNING
    )
    scene.answer(case, "health_insurance", "done")
    assert scene.state(case) == "held"
    stop_case(actor=scene.head, case_id=case.pk, reason="Chủ hộ không đồng ý", now=MORNING + HOUR)
    states = scene.states(case)
    assert (states["permanent_residence"], states["health_insurance"]) == ("cancelled", "done")
    assert scene.state(case) == "stopped"


def test_insurance_wants_another_facility_and_the_citizen_chooses_it(scene: Scene) -> None:
    case = numbered(scene)
    scene.answer(case, "health_insurance", "supplement", 1, reason="Cơ sở đã hết chỉ tiêu")
    leg = scene.leg(case, "health_insurance")
    assert (leg.state, leg.clock_of) == ("supplement", "citizen")
    assert Notice.objects.filter(reference=f"linked:{case.pk}", event="linked_supplement").count() == 1
    later = MORNING + 2 * HOUR
    correct_declaration(actor=scene.clerk, case_id=case.pk, fields={"insurance.facility": "Bệnh viện K"}, now=later)
    again = scene.leg(case, "health_insurance")
    assert (again.state, again.clock_of, again.started_at) == ("working", "agency", later)
    sent = scene.message(case, "health_insurance", "supplement")
    assert scene.payload(sent)["fields"]["facility"] == "Bệnh viện K"
    scene.answer(case, "health_insurance", "done", 2)
    assert scene.states(case)["health_insurance"] == "done"


def test_what_decided_the_legs_and_the_event_cannot_be_changed(scene: Scene) -> None:
    case = scene.birth()
    with pytest.raises(Conflict, match="subject_fixed"):
        correct_declaration(actor=scene.clerk, case_id=case.pk, fields={"birth_notice.number": "khác"}, now=MORNING)
    with pytest.raises(DomainError, match="nothing_new"):
        correct_declaration(actor=scene.clerk, case_id=case.pk, fields={"child.sex": "male"}, now=MORNING)


def test_no_acknowledgement_in_two_working_hours_is_an_incident_once(scene: Scene) -> None:
    case = numbered(scene)
    late = MORNING + 2 * HOUR + timedelta(minutes=1)
    assert sweep_clocks(now=late) == 1
    assert sweep_clocks(now=late) == 0
    kinds = scene.kinds(case)
    assert kinds.count("leg.ack_missing") == 2
    assert kinds.count("leg.sync_missing") == 2
    assert not Notice.objects.filter(event="linked_late").exists()


def test_a_late_leg_brings_one_apology_and_names_whose_clock_it_is(scene: Scene) -> None:
    case = numbered(scene)
    scene.answer(case, "permanent_residence", "accepted", 1)
    due = scene.leg(case, "permanent_residence").due_at
    assert due is not None
    for _ in range(2):
        sweep_clocks(now=due + HOUR)
    events = CaseEvent.objects.filter(case=case, kind="leg.apology", leg__key="permanent_residence")
    assert [event.data["clock_of"] for event in events] == ["agency"]
    assert Notice.objects.filter(event="linked_late", rule__contains="permanent_residence").count() == 1


def test_a_refused_insurance_leaves_the_others_valid(scene: Scene) -> None:
    case = numbered(scene)
    scene.answer(case, "health_insurance", "refused", 1, reason="Đã có thẻ")
    assert scene.states(case)["permanent_residence"] == "ready"
    scene.answer(case, "permanent_residence", "done", 1)
    assert scene.state(case) == "ended"


def test_twins_flagged_as_duplicates_wait_for_people(scene: Scene) -> None:
    case = scene.birth()
    scene.register(case)
    scene.answer(case, "personal_number", "refused", 1, reason="Nghi trùng với trẻ khác")
    assert scene.states(case)["permanent_residence"] == "cancelled"
    restart = Leg.objects.get(case=case, key="personal_number")
    assert (restart.state, restart.reason) == ("refused", "Nghi trùng với trẻ khác")


def test_an_agency_without_a_connection_is_answered_by_hand(scene: Scene) -> None:
    case = scene.birth()
    scene.register(case)
    told = {"actor": scene.clerk, "case_id": case.pk, "leg_key": "personal_number", "outcome": "done"}
    with pytest.raises(DomainError, match="outcome.number"):
        record_outcome_by_hand(**told, now=MORNING)  # type: ignore[arg-type]
    with pytest.raises(DomainError, match="outcome.fact"):
        record_outcome_by_hand(**told, number="TB-7", now=MORNING)  # type: ignore[arg-type]
    record_outcome_by_hand(**told, number="TB-7", facts={"personal_id": CHILD_NUMBER}, now=MORNING)  # type: ignore[arg-type]
    assert scene.states(case)["permanent_residence"] == "ready"
    with pytest.raises(Conflict, match="not_at_agency"):
        record_outcome_by_hand(**told, number="TB-7", facts={"personal_id": CHILD_NUMBER})  # type: ignore[arg-type]


def test_a_restart_cancels_what_was_asked_and_asks_anew(scene: Scene) -> None:
    case = numbered(scene)
    old = scene.message(case, "permanent_residence")
    AgencyMessage.objects.filter(pk=old.pk).update(
        state=MessageState.ACKNOWLEDGED, attempts=1, sent_at=MORNING, ack_at=MORNING
    )
    restart_leg(actor=scene.head, case_id=case.pk, leg_key="permanent_residence", reason="Mất tin", now=MORNING + HOUR)
    kinds = AgencyMessage.objects.filter(leg=old.leg).values_list("generation", "kind")
    assert sorted(kinds) == [(1, "cancel"), (1, "request"), (2, "request")]
    with pytest.raises(NotAllowed):
        restart_leg(actor=scene.clerk, case_id=case.pk, leg_key="permanent_residence", reason="x")


def test_stopping_withdraws_what_has_not_left(scene: Scene) -> None:
    case = numbered(scene)
    stop_case(actor=scene.head, case_id=case.pk, reason="Người dân rút", now=MORNING + HOUR)
    states = AgencyMessage.objects.filter(leg__case=case, leg__key="permanent_residence").values_list("kind", "state")
    assert list(states) == [("request", "withdrawn")]
    late = scene.reply(case, "permanent_residence", "done", 1)
    assert apply_reply(reply_id=late.pk, now=MORNING + HOUR) == ReplyState.LATE
    assert scene.states(case)["permanent_residence"] == "cancelled"


def test_a_reply_to_nothing_we_sent_is_kept_aside(scene: Scene) -> None:
    case = numbered(scene)
    stray = scene.reply(case, "permanent_residence", "done", 1)
    stray.message = None
    stray.save()
    assert apply_reply(reply_id=stray.pk, now=MORNING) == ReplyState.UNMATCHED
    assert scene.states(case)["permanent_residence"] == "ready"


def test_events_of_a_dossier_may_come_again(scene: Scene) -> None:
    case = numbered(scene)
    before = scene.kinds(case)
    scene.deliver(scene.dossier(case), MORNING + HOUR)
    hear_dossier(10**9)
    assert scene.kinds(case) == before


def test_the_number_of_somebody_else_links_nobody(scene: Scene) -> None:
    from interlink.services.decide_identity import decide_identity
    from tests.interlink.rows import make_person

    stranger = make_person("Người Khác Hẳn")
    stranger.personal_id = CHILD_NUMBER
    stranger.save()
    case = numbered(scene)
    case.refresh_from_db()
    assert case.subject_person_id is None
    assert "case.identity_doubted" in scene.kinds(case)
    child = make_person("Trần Minh An")
    decision = decide_identity(
        actor=scene.officer,
        person_id=child.pk,
        other_id=stranger.pk,
        is_same=True,
        reason="Đối chiếu giấy chứng sinh",
        case_id=case.pk,
        now=MORNING,
    )
    case.refresh_from_db()
    assert case.subject_person_id == child.pk and decision.is_same
    with pytest.raises(NotAllowed):
        decide_identity(actor=scene.clerk, person_id=child.pk, other_id=stranger.pk, is_same=True, reason="x")


def test_the_child_becomes_a_person_with_the_registers_number(scene: Scene) -> None:
    case = numbered(scene)
    case.refresh_from_db()
    assert case.subject_person is not None
    assert (case.subject_person.full_name, case.subject_person.personal_id) == ("Trần Minh An", CHILD_NUMBER)
