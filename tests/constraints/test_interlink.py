"""What the database refuses of linked workflows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from haddong_portal.accounts.constants import Role
from interlink.constants import (
    CaseState,
    ClockOf,
    GroupState,
    LegState,
    MessageState,
    ReplyState,
    Transport,
)
from interlink.models import (
    Agency,
    AgencyMessage,
    AgencyReply,
    CaseEvent,
    Confirmation,
    GroupVersion,
    IdentityDecision,
    Leg,
    LinkedCase,
)
from tests.constraints.registry import breaks, refused_by
from tests.factories import MORNING, RuleSetFactory, UnitFactory, UserFactory, make_actor, publish_procedure, receive
from tests.interlink.rows import (
    make_agency,
    make_case,
    make_leg,
    make_message,
    make_person,
    make_reply,
    make_version,
    published,
)

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=1)
BEFORE = MORNING - timedelta(hours=1)


@breaks("agency_connected_has_address", "agency_transport")
def test_the_database_keeps_agencies_sound() -> None:
    with refused_by("agency_connected_has_address"):
        make_agency("a", transport=Transport.REST)
    with refused_by("agency_transport"):
        make_agency("b", transport="pigeon")
    make_agency("c", transport=Transport.REST, base_url="https://127.0.0.1:1")


@breaks("group_version_number_once", "group_version_validity_order", "group_version_published_was_checked")
@breaks("group_version_state", "group_version_no_overlap")
def test_the_database_keeps_templates_sound() -> None:
    first = published(effective_to=date(2024, 6, 9))
    for name, values in (
        ("group_version_number_once", {}),
        ("group_version_validity_order", {"version": 2, "effective_to": date(2023, 1, 1)}),
        ("group_version_published_was_checked", {"version": 2, "state": GroupState.PUBLISHED}),
        ("group_version_state", {"version": 2, "state": "x", "checked_at": MORNING, "published_at": MORNING}),
    ):
        with refused_by(name):
            make_version(**values)  # type: ignore[arg-type]
    with refused_by("group_version_no_overlap"):
        published(version=2, effective_from=date(2024, 6, 9))
    published(version=2, effective_from=date(2024, 6, 10))
    make_version(version=3, effective_from=date(2024, 1, 1))
    assert first.group.versions.count() == 3


@breaks("group_version_published_frozen")
def test_the_database_keeps_a_published_template_as_it_was() -> None:
    version, draft = published(), make_version(version=2)
    rows = GroupVersion.objects.filter(pk=version.pk)
    changes: tuple[dict[str, Any], ...] = ({"definition": {"a": 1}}, {"effective_from": date(2023, 1, 1)})
    for change in (*changes, {"state": GroupState.DRAFT}):
        with refused_by("group_version_published_frozen"):
            rows.update(**change)
    with refused_by("group_version_published_frozen"):
        version.delete()
    rows.update(state=GroupState.RETIRED, effective_to=date(2024, 6, 9))
    with refused_by("group_version_published_frozen"):
        rows.update(definition={"a": 1})
    GroupVersion.objects.filter(pk=draft.pk).update(definition={"a": 1})
    draft.delete()


@breaks("linked_case_subject_once_open", "linked_case_key_once")
def test_the_database_keeps_one_open_case_for_one_event() -> None:
    clerk = UserFactory()
    case = make_case(subject="GCS-1", opened_by=clerk, idempotency_key="k")
    with refused_by("linked_case_subject_once_open"):
        make_case(subject="gcs 1", opened_by=clerk)
    with refused_by("linked_case_key_once"):
        make_case(opened_by=clerk, idempotency_key="k")
    make_case(idempotency_key="k")
    with refused_by("linked_case_key_once"):
        make_case(idempotency_key="k")
    LinkedCase.objects.filter(pk=case.pk).update(state=CaseState.ENDED, ended_at=MORNING)
    make_case(subject="GCS-1")


@breaks("linked_case_state", "linked_case_ended_has_time", "linked_case_due_after_declared")
@breaks("linked_case_stopped_says_why")
def test_the_database_keeps_a_case_sound() -> None:
    for name, values in (
        ("linked_case_state", {"state": "x"}),
        ("linked_case_ended_has_time", {"state": CaseState.ENDED}),
        ("linked_case_ended_has_time", {"ended_at": MORNING}),
        ("linked_case_due_after_declared", {"group_due_at": BEFORE}),
        ("linked_case_stopped_says_why", {"state": CaseState.STOPPED, "ended_at": MORNING}),
    ):
        match = "linked_case_(state|ended_has_time)" if name == "linked_case_state" else name
        with refused_by(match):
            make_case(**values)  # type: ignore[arg-type]


@breaks("leg_key_once", "leg_state", "leg_generation_from_one", "leg_ended_has_time", "leg_at_work_has_start")
@breaks("leg_due_after_start", "leg_stands_with_reason")
def test_the_database_keeps_a_leg_sound() -> None:
    leg = make_leg()
    with refused_by("leg_key_once"):
        make_leg(leg.case)
    rows = Leg.objects.filter(pk=leg.pk)
    for name, change in (
        ("leg_state", {"state": "x"}),
        ("leg_generation_from_one", {"generation": 0}),
        ("leg_ended_has_time", {"state": LegState.SKIPPED}),
        ("leg_ended_has_time", {"done_at": MORNING}),
        ("leg_at_work_has_start", {"state": LegState.SENT, "clock_of": ClockOf.AGENCY}),
        ("leg_due_after_start", {"started_at": MORNING, "due_at": BEFORE}),
        ("leg_stands_with_reason", {"state": LegState.HELD}),
    ):
        with refused_by(name):
            rows.update(**change)
    rows.update(state=LegState.DONE, started_at=MORNING, done_at=LATER, due_at=LATER)


@breaks("leg_dossier_once")
def test_the_database_keeps_a_dossier_in_one_leg() -> None:
    ward = UnitFactory(ward=True, desk=True)
    RuleSetFactory()
    clerk = make_actor(ward, Role.CLERK, "Nguyễn Thị Lan")
    received = receive(clerk, publish_procedure(at=ward))
    leg = make_leg(dossier_id=received.dossier_id)
    with refused_by("leg_dossier_once"):
        make_leg(leg.case, key="other", dossier_id=received.dossier_id)


@breaks("confirmation_role_once", "confirmation_answered_has_time", "confirmation_answered_says_how")
def test_the_database_keeps_confirmations_sound() -> None:
    case = make_case()
    row: dict[str, Any] = {"case": case, "role": "owner", "state": "asked", "asked_at": MORNING}
    Confirmation.objects.create(**row)
    with refused_by("confirmation_role_once"):
        Confirmation.objects.create(**row)
    rows = Confirmation.objects.filter(case=case)
    with refused_by("confirmation_answered_has_time"):
        rows.update(state="given", method="desk")
    with refused_by("confirmation_answered_has_time"):
        rows.update(answered_at=MORNING)
    with refused_by("confirmation_answered_says_how"):
        rows.update(state="declined", answered_at=MORNING)


@breaks("case_event_append_only")
def test_the_database_keeps_the_ledger() -> None:
    event = CaseEvent.objects.create(case=make_case(), kind="case.opened", at=MORNING, actor_name="Lan")
    with refused_by("case_event_append_only"):
        CaseEvent.objects.update(note="khác")
    with refused_by("case_event_append_only"):
        event.delete()


@breaks("agency_message_once", "agency_message_state", "agency_message_acknowledged_has_time")
@breaks("agency_message_given_up_says_why")
def test_the_database_sends_a_leg_once() -> None:
    message = make_message()
    with refused_by("agency_message_once"):
        make_message(message.leg)
    make_message(message.leg, generation=2)
    rows = AgencyMessage.objects.filter(pk=message.pk)
    for name, change in (
        ("agency_message_state", {"state": "x"}),
        ("agency_message_acknowledged_has_time", {"state": MessageState.ACKNOWLEDGED, "sent_at": MORNING}),
        ("agency_message_given_up_says_why", {"state": MessageState.DEAD}),
    ):
        with refused_by(name):
            rows.update(**change)


@breaks("agency_reply_once", "agency_reply_state", "agency_reply_applied_has_time_and_message")
def test_the_database_keeps_a_reply_once() -> None:
    reply = make_reply(wire_id="r-1")
    with refused_by("agency_reply_once"):
        make_reply(reply.message, wire_id="r-1")
    rows = AgencyReply.objects.filter(pk=reply.pk)
    with refused_by("agency_reply_state"):
        rows.update(state="x")
    with refused_by("agency_reply_applied_has_time_and_message"):
        rows.update(state=ReplyState.APPLIED)
    with refused_by("agency_reply_applied_has_time_and_message"):
        rows.update(state=ReplyState.LATE, applied_at=MORNING, message=None)
    assert Agency.objects.count() == 1


@breaks("identity_decision_pair_ordered", "identity_decision_has_reason")
def test_the_database_keeps_identity_decisions_sound() -> None:
    one, other = make_person("A"), make_person("B")
    row: dict[str, Any] = {"is_same": True, "decided_by": UserFactory(), "decided_at": MORNING, "reason": "CCCD"}
    with refused_by("identity_decision_pair_ordered"):
        IdentityDecision.objects.create(one=other, other=one, **row)
    with refused_by("identity_decision_has_reason"):
        IdentityDecision.objects.create(one=one, other=other, **row | {"reason": ""})
