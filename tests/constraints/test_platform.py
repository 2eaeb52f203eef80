"""The constraints of the platform apps: what the database refuses by name, and the nearest thing that it allows."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest

from haddong_portal.accounts.models import OfficeHours, Unit
from haddong_portal.audit.models import AuditEntry, AuditSeal
from haddong_portal.citizens.models import (
    CitizenSession,
    Consent,
    Organisation,
    Person,
    ResidenceLookUp,
    VerifiedPhone,
)
from haddong_portal.notices.models import CallAttempt, CallTask, Notice, NoticeTemplate, QuietHours
from haddong_portal.plumbing.models import EventDelivery, IdempotencyKey, NumberSequence, RetentionRule, RetentionRun
from tests.constraints.registry import breaks, refused_by
from tests.factories import LONG_AGO, MORNING, PostFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 5)


@breaks("idempotency_key_unique")
def test_a_key_is_used_once_in_its_scope() -> None:
    facts = {"key": "k", "request_hash": "0", "created_at": MORNING}
    IdempotencyKey.objects.create(scope="a", **facts)
    with refused_by("idempotency_key_unique"):
        IdempotencyKey.objects.create(scope="a", **facts)
    IdempotencyKey.objects.create(scope="b", **facts)


@breaks("number_sequence_unique", "number_sequence_positive")
def test_a_sequence_is_one_row_and_starts_at_one() -> None:
    facts = {"kind": "dossier", "holder": "1"}
    with refused_by("number_sequence_positive"):
        NumberSequence.objects.create(period="2024", last=0, **facts)
    NumberSequence.objects.create(period="2024", last=1, **facts)
    with refused_by("number_sequence_unique"):
        NumberSequence.objects.create(period="2024", last=2, **facts)
    NumberSequence.objects.create(period="2025", last=1, **facts)


def delivery(**values: Any) -> EventDelivery:
    facts = {"event_kind": "a.b", "event_source": "a", "event_id": 1, "subscriber": "s"}
    return EventDelivery.objects.create(next_attempt_at=MORNING, created_at=MORNING, **{**facts, **values})


@breaks("event_delivery_once_per_subscriber", "event_delivery_done_has_time")
def test_an_event_goes_to_a_subscriber_once_and_says_when_it_arrived() -> None:
    delivery()
    with refused_by("event_delivery_once_per_subscriber"):
        delivery()
    with refused_by("event_delivery_done_has_time"):
        delivery(subscriber="t", state="done")
    with refused_by("event_delivery_done_has_time"):
        delivery(subscriber="t", done_at=MORNING)
    delivery(subscriber="t", state="done", done_at=MORNING)


def seal(number: int, partition: str = "2024-03-05") -> AuditSeal:
    return AuditSeal.objects.create(partition=partition, number=number, entry_count=0, hash="0" * 64, sealed_at=MORNING)


def entry(**values: Any) -> AuditEntry:
    facts = {"actor_name": "Lan", "action": "a.b", "object_type": "x", "object_id": "1", "channel": "web"}
    return AuditEntry.objects.create(at=MORNING, **facts, **values)


@breaks("audit_seal_in_order")
def test_the_links_of_a_day_are_numbered_once() -> None:
    seal(1)
    with refused_by("audit_seal_in_order"):
        seal(1)
    seal(1, "2024-03-06")


@breaks("audit_entry_seal_with_position")
def test_a_sealed_entry_has_its_place() -> None:
    for half in ({"seal_position": 1}, {"seal": seal(1)}):
        with refused_by("audit_entry_seal_with_position"):
            entry(**half)
    entry(seal=seal(2), seal_position=1)


@breaks("audit_entry_append_only")
def test_an_audit_entry_can_only_be_sealed_and_only_once() -> None:
    rows = AuditEntry.objects.filter(pk=entry().pk)
    with refused_by("audit_entry_append_only"):
        rows.update(actor_name="Người khác")
    with refused_by("audit_entry_append_only"):
        rows.delete()
    with refused_by("audit_entry_append_only"):
        rows.update(seal=seal(1), seal_position=1, actor_name="Người khác")
    rows.update(seal=seal(2), seal_position=1)
    with refused_by("audit_entry_append_only"):
        rows.update(seal=None, seal_position=None)


@breaks("audit_seal_append_only")
def test_a_seal_is_neither_changed_nor_deleted() -> None:
    rows = AuditSeal.objects.filter(pk=seal(1).pk)
    with refused_by("audit_seal_append_only"):
        rows.update(hash="1" * 64)
    with refused_by("audit_seal_append_only"):
        rows.delete()


@breaks("unit_code_unique_per_era", "unit_org_code_unique", "unit_validity_order")
def test_units_codes_are_theirs_for_their_time() -> None:
    later = date(2025, 1, 1)
    UnitFactory(code="09552", org_code="000.01.02.H26", valid_to=later)
    with refused_by("unit_code_unique_per_era"):
        UnitFactory(code="09552")
    UnitFactory(code="09552", org_code="000.01.02.H26", valid_from=later)
    with refused_by("unit_org_code_unique"):
        UnitFactory(org_code="000.01.02.H26")
    with refused_by("unit_validity_order"):
        UnitFactory(valid_to=LONG_AGO)


def hours(**values: Any) -> OfficeHours:
    return OfficeHours.objects.create(
        **{"weekday": 1, "starts": time(8), "ends": time(12), "valid_from": DAY, **values}
    )


@breaks("office_hours_order", "office_hours_weekday")
def test_office_hours_end_later_on_a_day_of_the_week() -> None:
    with refused_by("office_hours_order"):
        hours(ends=time(8))
    for weekday in (0, 8):
        with refused_by("office_hours_weekday"):
            hours(weekday=weekday)
    hours(weekday=7)


@breaks("post_validity_order", "post_open_once_per_unit_and_role")
def test_a_post_is_held_once_at_a_time() -> None:
    held = PostFactory()
    same = {"user": held.user, "unit": held.unit, "role": held.role}
    with refused_by("post_open_once_per_unit_and_role"):
        PostFactory(**same)
    with refused_by("post_validity_order"):
        PostFactory(**same, valid_to=LONG_AGO)
    PostFactory(**same, valid_to=DAY)


def person(**values: Any) -> Person:
    facts = {"full_name": "Trần Văn Tú", "full_name_folded": "tran van tu", "full_name_sort": "tu tran van"}
    return Person.objects.create(created_at=MORNING, updated_at=MORNING, **facts, **values)


@breaks("person_personal_id_unique", "person_birth_year_range")
def test_a_number_is_one_persons_and_a_year_is_one_of_ours() -> None:
    person(personal_id="001090000001")
    with refused_by("person_personal_id_unique"):
        person(personal_id="001090000001")
    for year in (1849, 2201):
        with refused_by("person_birth_year_range"):
            person(birth_year=year)
    person(birth_year=1850)
    person()


@breaks("organisation_tax_code_unique")
def test_a_tax_code_is_one_organisations() -> None:
    facts = {"name": "Công ty Sen", "name_folded": "cong ty sen", "created_at": MORNING}
    Organisation.objects.create(tax_code="0100000001", **facts)
    with refused_by("organisation_tax_code_unique"):
        Organisation.objects.create(tax_code="0100000001", **facts)
    Organisation.objects.create(**facts)
    Organisation.objects.create(**facts)


@breaks("consent_open_once_per_purpose")
def test_a_consent_is_open_once_per_purpose() -> None:
    facts = {"person": person(), "purpose": "sms", "wording_version": "1", "channel": "web", "given_at": MORNING}
    Consent.objects.create(withdrawn_at=MORNING, **facts)
    Consent.objects.create(**facts)
    with refused_by("consent_open_once_per_purpose"):
        Consent.objects.create(**facts)


@breaks("notice_template_unique")
def test_an_event_has_one_template_per_channel() -> None:
    NoticeTemplate.objects.all().delete()
    NoticeTemplate.objects.create(event="result_ready", channel="sms", body="x")
    with refused_by("notice_template_unique"):
        NoticeTemplate.objects.create(event="result_ready", channel="sms", body="y")
    NoticeTemplate.objects.create(event="result_ready", channel="email", body="x")


def notice(**values: Any) -> Notice:
    facts = {"reference": "dossier:1", "rule": "result_ready", "day": DAY, "channel": "sms", "recipient": "0912345678"}
    moments = dict.fromkeys(("first_due_at", "next_attempt_at", "created_at"), MORNING)
    return Notice.objects.create(body="x", **{**facts, **moments, **values})


@breaks("notice_once_per_rule_day_channel", "notice_sent_has_time")
def test_nobody_is_told_twice_a_day_and_a_sent_notice_says_when(ward: Unit) -> None:
    notice()
    with refused_by("notice_once_per_rule_day_channel"):
        notice()
    with refused_by("notice_sent_has_time"):
        notice(channel="email", state="sent")
    with refused_by("notice_sent_has_time"):
        notice(channel="email", sent_at=MORNING)
    notice(channel="email", state="sent", sent_at=MORNING)


@breaks("notice_in_portal_has_user", "notice_read_in_portal_only")
def test_a_message_in_the_portal_belongs_to_somebody_and_only_it_is_read() -> None:
    user = UserFactory()
    with refused_by("notice_in_portal_has_user"):
        notice(channel="portal", recipient="")
    with refused_by("notice_read_in_portal_only"):
        notice(channel="email", read_at=MORNING)
    notice(channel="portal", recipient="", user=user, state="sent", sent_at=MORNING, read_at=MORNING)


@breaks("quiet_hours_once_per_channel", "quiet_hours_not_empty")
def test_a_channel_has_one_quiet_time_that_lasts() -> None:
    with refused_by("quiet_hours_not_empty"):
        QuietHours.objects.create(channel="sms", starts=time(21), ends=time(21))
    QuietHours.objects.create(channel="sms", starts=time(21), ends=time(7))
    with refused_by("quiet_hours_once_per_channel"):
        QuietHours.objects.create(channel="sms", starts=time(22), ends=time(6))
    QuietHours.objects.create(channel="email", starts=time(22), ends=time(6))


def call(unit: Unit, **values: Any) -> CallTask:
    facts = {"reference": "dossier:1", "rule": "uncollected_3", "due_on": DAY, "phone": "0912345678"}
    moments = {"waiting_since": MORNING, "created_at": MORNING}
    return CallTask.objects.create(
        unit=unit, recipient_name="Tú", subject="x", script="x", **{**facts, **moments, **values}
    )


@breaks("call_task_once_per_rule", "call_task_closed_has_time")
def test_a_rule_puts_a_person_on_the_call_list_once_and_a_closed_call_says_when(ward: Unit) -> None:
    call(ward)
    with refused_by("call_task_once_per_rule"):
        call(ward, state="done", closed_at=MORNING)
    with refused_by("call_task_closed_has_time"):
        call(ward, rule="uncollected_10", state="cancelled")
    with refused_by("call_task_closed_has_time"):
        call(ward, rule="uncollected_10", closed_at=MORNING)
    call(ward, rule="uncollected_10", state="done", closed_at=MORNING)


@breaks("call_promise_has_day")
def test_a_promise_names_its_day_and_nothing_else_does(ward: Unit) -> None:
    task = call(ward)
    facts = {"task": task, "at": MORNING, "caller_name": "Lan"}
    with refused_by("call_promise_has_day"):
        CallAttempt.objects.create(outcome="promised", **facts)
    with refused_by("call_promise_has_day"):
        CallAttempt.objects.create(outcome="answered", promised_on=DAY, **facts)
    CallAttempt.objects.create(outcome="promised", promised_on=DAY, **facts)


@breaks("retention_rule_once_per_day", "retention_rule_keeps_a_day")
def test_a_keep_time_holds_from_one_day_and_is_at_least_one_day() -> None:
    row: dict[str, Any] = {"code": "calls", "source": "x", "is_active": True, "valid_from": MORNING.date()}
    RetentionRule.objects.create(**row, keep_days=1)
    with refused_by("retention_rule_once_per_day"):
        RetentionRule.objects.create(**row, keep_days=2)
    with refused_by("retention_rule_keeps_a_day"):
        RetentionRule.objects.create(**row | {"code": "khác"}, keep_days=0)


@breaks("retention_run_ends_later", "retention_run_looks_back")
def test_a_retention_run_looks_back_and_ends_after_it_began() -> None:
    row: dict[str, Any] = {"code": "calls", "keep_days": 1, "started_at": MORNING}
    earlier = MORNING - timedelta(days=1)
    with refused_by("retention_run_ends_later"):
        RetentionRun.objects.create(**row, before=earlier, finished_at=earlier)
    with refused_by("retention_run_looks_back"):
        RetentionRun.objects.create(**row, before=MORNING)


def look_up(**values: Any) -> ResidenceLookUp:
    person = Person.objects.create(full_name="A", created_at=MORNING, updated_at=MORNING)
    facts = {"method": "vneid_shown", "purpose": "tiếp nhận hồ sơ", "reference": "dossier:1", "at": MORNING}
    return ResidenceLookUp.objects.create(**{"person": person, "read_at": MORNING, **facts, **values})


@breaks(
    "residence_look_up_has_matter",
    "residence_look_up_fallback_has_reason",
    "residence_look_up_other_is_explained",
    "residence_look_up_read_first",
)
def test_a_look_up_belongs_to_a_matter_and_falling_back_says_why() -> None:
    for nothing in ("reference", "purpose"):
        with refused_by("residence_look_up_has_matter"):
            look_up(**{nothing: ""})
    with refused_by("residence_look_up_fallback_has_reason"):
        look_up(method="fallback")
    with refused_by("residence_look_up_fallback_has_reason"):
        look_up(fallback_reason="network")
    with refused_by("residence_look_up_other_is_explained"):
        look_up(method="fallback", fallback_reason="other")
    with refused_by("residence_look_up_read_first"):
        look_up(read_at=MORNING + timedelta(seconds=1))
    look_up(method="fallback", fallback_reason="other", fallback_note="máy hỏng")
    look_up()


def make_somebody() -> Person:
    return Person.objects.create(
        full_name="Trần Văn Tú",
        full_name_folded="tran van tu",
        full_name_sort="tu",
        created_at=MORNING,
        updated_at=MORNING,
    )


def verified(person: Person, **values: Any) -> VerifiedPhone:
    facts = {"verified_by": UserFactory(), "unit": UnitFactory(), "verified_at": MORNING, "how": "seen"}
    return VerifiedPhone.objects.create(person=person, phone="0912345678", **{**facts, **values})


@breaks("verified_phone_one_open", "verified_phone_ends_later", "verified_phone_end_has_reason")
def test_a_person_has_one_open_phone_which_many_may_share_and_which_ends_with_a_reason() -> None:
    person, before = make_somebody(), MORNING - timedelta(minutes=1)
    verified(person, ended_at=MORNING, end_reason="lost")
    verified(person)
    with refused_by("verified_phone_one_open"):
        verified(person)
    verified(make_somebody())
    with refused_by("verified_phone_ends_later"):
        verified(person, ended_at=before, end_reason="lost")
    for half in ({"ended_at": MORNING}, {"end_reason": "lost"}):
        with refused_by("verified_phone_end_has_reason"):
            verified(make_somebody(), **half)


@breaks("citizen_session_seen_in_order", "citizen_session_ends_later")
def test_a_citizens_session_runs_forward() -> None:
    person, before = make_somebody(), MORNING - timedelta(minutes=1)
    facts = {"person": person, "verified_phone": verified(person), "started_at": MORNING}
    CitizenSession.objects.create(seen_at=MORNING, ended_at=MORNING, **facts)
    with refused_by("citizen_session_seen_in_order"):
        CitizenSession.objects.create(seen_at=before, **facts)
    with refused_by("citizen_session_ends_later"):
        CitizenSession.objects.create(seen_at=MORNING, ended_at=before, **facts)


@breaks("consent_withdrawn_later")
def test_a_consent_is_withdrawn_after_it_was_given() -> None:
    facts = {"person": make_somebody(), "purpose": "paper_reuse", "wording_version": "1", "channel": "web"}
    with refused_by("consent_withdrawn_later"):
        Consent.objects.create(given_at=MORNING, withdrawn_at=MORNING - timedelta(minutes=1), **facts)
    Consent.objects.create(given_at=MORNING, withdrawn_at=MORNING, **facts)
