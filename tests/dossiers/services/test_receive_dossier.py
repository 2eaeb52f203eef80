"""Receiving a dossier: what is written, what is refused, and that once is once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from dossiers.models import ChecklistLine, Dossier, DossierEvent, StepRun
from dossiers.rules.papers import ChecklistAnswer
from dossiers.services.intake_data import OrganisationData, PersonData
from dossiers.services.receive_dossier import receive_dossier
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.citizens.models import Person
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.errors import DomainError, NotAllowed
from haddong_portal.notices.models import Notice
from procedures.constants import PublicationState
from procedures.models import Procedure, ProcedureCase, ProcedureVersion, UnitProcedure
from tests.factories import (
    MORNING,
    SAME_DAY,
    PublishedProcedure,
    UnitFactory,
    citizen,
    intake_for,
    make_actor,
    make_process,
    publish_procedure,
    receive,
)

pytestmark = pytest.mark.django_db


def refusal_of(actor: Actor, procedure: PublishedProcedure, **data: Any) -> DomainError:
    with pytest.raises(DomainError) as refusal:
        receive(actor, procedure, **data)
    assert not Dossier.objects.filter(intake_key="refused").exists()
    return refusal.value


# -- what is written ---------------------------------------------------------------------------------


def test_a_complete_intake_becomes_an_accepted_dossier_with_its_promise(
    desk_clerk_lan: Actor, ward: Unit, procedure: PublishedProcedure
) -> None:
    received = receive(desk_clerk_lan, procedure)
    dossier = Dossier.objects.get(pk=received.dossier_id)
    assert dossier.code == received.code == f"{ward.org_code}-240305-0001"
    assert (dossier.status, dossier.row_version) == ("ACCEPTED", 1)
    assert dossier.due_at == received.due_at == datetime(2024, 3, 8, 17, 0, tzinfo=VIETNAM)
    assert tuple(dossier.due_explanation) == received.explanation
    assert received.explanation[-1] == "Hẹn trả: thứ Sáu, 08/03/2024, trước 17:00."
    assert (dossier.duty_vnd, dossier.fee_vnd, dossier.fee_note) == (8000, None, "8.000 đồng/bản")
    assert (dossier.book_no, dossier.line_no) == ("01/2024", 1)
    assert (dossier.ruleset.code, dossier.calendar_version) == ("R2", 0)
    assert dossier.procedure_version == procedure.version
    assert not received.already


def test_the_next_steps_officer_sees_it_at_once(
    desk_clerk_lan: Actor, officer_minh: Actor, ward: Unit, procedure: PublishedProcedure
) -> None:
    dossier = Dossier.objects.get(pk=receive(desk_clerk_lan, procedure).dossier_id)
    runs = list(StepRun.objects.filter(dossier=dossier).order_by("run_no").values_list("action", "state", "officer_id"))
    clerk = desk_clerk_lan.user_id
    assert runs == [("receive", "done", clerk), ("transfer", "done", clerk), ("examine", "waiting", None)]
    assert (dossier.owner_unit_id, dossier.officer_id) == (ward.pk, None)
    assert (dossier.current_run_no, dossier.current_action, dossier.current_role) == (3, "examine", "officer")
    assert dossier in Dossier.objects.visible_to(officer_minh)


def test_the_work_goes_to_the_handling_and_signing_units(desk_clerk_lan: Actor, ward: Unit) -> None:
    department, district = UnitFactory(), UnitFactory()
    procedure = publish_procedure(at=ward, handling=department, signing=district)
    dossier = Dossier.objects.get(pk=receive(desk_clerk_lan, procedure).dossier_id)
    units = (dossier.receiving_unit_id, dossier.owner_unit_id, dossier.handling_unit_id, dossier.signing_unit_id)
    assert units == (ward.pk, department.pk, department.pk, district.pk)


def test_received_after_three_the_step_starts_the_next_working_day(
    desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    friday_late = datetime(2024, 3, 8, 15, 1, tzinfo=VIETNAM)
    dossier = Dossier.objects.get(pk=receive(desk_clerk_lan, procedure, now=friday_late).dossier_id)
    run = StepRun.objects.get(dossier=dossier, state="waiting")
    assert run.starts_at == datetime(2024, 3, 11, 8, 0, tzinfo=VIETNAM)
    assert dossier.due_at == datetime(2024, 3, 13, 17, 0, tzinfo=VIETNAM)


def test_received_at_exactly_three_the_step_starts_at_once(
    desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    friday_three = datetime(2024, 3, 8, 15, 0, tzinfo=VIETNAM)
    dossier = Dossier.objects.get(pk=receive(desk_clerk_lan, procedure, now=friday_three).dossier_id)
    assert StepRun.objects.get(dossier=dossier, state="waiting").starts_at == friday_three


def test_a_same_day_case_received_late_is_promised_for_the_next_working_day(desk_clerk_lan: Actor, ward: Unit) -> None:
    procedure = publish_procedure(at=ward, limit=SAME_DAY)
    before_the_holidays = datetime(2023, 4, 28, 15, 20, tzinfo=VIETNAM)
    received = receive(desk_clerk_lan, procedure, now=before_the_holidays)
    assert received.due_at == datetime(2023, 5, 4, 17, 0, tzinfo=VIETNAM)


def test_a_case_whose_limit_needs_review_is_promised_by_its_process(desk_clerk_lan: Actor, ward: Unit) -> None:
    received = receive(desk_clerk_lan, publish_procedure(at=ward, limit=None))
    assert "đang chờ rà soát" in received.explanation[0]
    assert received.due_at == datetime(2024, 3, 8, 9, 0, tzinfo=VIETNAM)  # 24 hours of office time


def test_a_procedure_without_a_process_of_its_own_follows_the_default(desk_clerk_lan: Actor, ward: Unit) -> None:
    default = make_process(None)
    procedure = publish_procedure(at=ward, own_process=False, limit={"amount": "6", "unit": "working_day"})
    dossier = Dossier.objects.get(pk=receive(desk_clerk_lan, procedure).dossier_id)
    assert dossier.iso_process == default
    # The default is written for 24 hours; six days and seven hours were promised.
    planned = StepRun.objects.get(dossier=dossier, state="waiting").planned_minutes
    assert planned == round(1140 * (6 * 480 + 420) / 1440)


def test_every_component_is_kept_with_its_answer(desk_clerk_lan: Actor, procedure: PublishedProcedure) -> None:
    answers = (ChecklistAnswer(procedure.papers[0].pk, state="paper", originals=1, note="có xác nhận"),)
    dossier_id = receive(desk_clerk_lan, procedure, checklist=answers).dossier_id
    lines = ChecklistLine.objects.filter(dossier_id=dossier_id).values_list("position", "state", "originals", "note")
    assert list(lines) == [(1, "paper", 1, "có xác nhận"), (2, "missing", 0, "")]


def test_the_intake_is_told_audited_and_recorded_once(desk_clerk_lan: Actor, procedure: PublishedProcedure) -> None:
    received = receive(desk_clerk_lan, procedure)
    event = DossierEvent.objects.get()
    assert (event.kind, event.from_status, event.to_status) == ("dossier.received", "", "ACCEPTED")
    assert (event.actor_name, event.at) == ("Nguyễn Thị Lan", MORNING)
    notice = Notice.objects.get()
    assert (notice.reference, notice.rule, notice.channel) == (
        f"dossier:{received.dossier_id}",
        "dossier_received",
        "sms",
    )
    assert notice.recipient == "0912345678"
    assert received.code in notice.body
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.person_id) == ("dossier.receive", Person.objects.get().pk)


def test_without_a_mobile_number_the_applicant_is_told_by_mail(
    desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    receive(desk_clerk_lan, procedure, phone="024 3382 4567", email="tu@example.vn")
    assert (Notice.objects.get().channel, Notice.objects.get().recipient) == ("email", "tu@example.vn")


def test_whoever_left_no_way_to_be_told_is_not_told(desk_clerk_lan: Actor, procedure: PublishedProcedure) -> None:
    receive(desk_clerk_lan, procedure, phone="")
    assert not Notice.objects.exists()


def test_an_organisation_may_file_through_a_representative(
    desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    received = receive(
        desk_clerk_lan,
        procedure,
        person=None,
        organisation=OrganisationData("Công ty TNHH Lụa Vạn Phúc", "0101234567"),
        representative=citizen("Đỗ Thị Mai", 7),
        representative_relation="Giấy giới thiệu số 12",
    )
    dossier = Dossier.objects.get(pk=received.dossier_id)
    assert (dossier.applicant_name, dossier.person_id) == ("Công ty TNHH Lụa Vạn Phúc", None)
    assert dossier.representative is not None
    assert dossier.representative.full_name == "Đỗ Thị Mai"


def test_no_identifier_lies_in_plain_text(desk_clerk_lan: Actor, procedure: PublishedProcedure) -> None:
    receive(
        desk_clerk_lan,
        procedure,
        person=citizen(address="Số 7 phố Lụa"),
        email="tu@example.vn",
        delivery="postal",
        delivery_address="Số 9 phố Lụa",
    )
    with connection.cursor() as cursor:
        for table in ("dossiers_dossier", "citizens_person", "citizens_historicalperson", "dossiers_dossierevent"):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            stored = " ".join(row[0] for row in cursor.fetchall())
            for secret in ("001090000001", "0912345678", "phố Lụa", "tu@example.vn"):
                assert secret not in stored, table


# -- once is once ------------------------------------------------------------------------------------


def test_the_same_key_gets_the_same_answer_and_writes_nothing(
    desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    first = receive(desk_clerk_lan, procedure, key="k1")
    again = receive(desk_clerk_lan, procedure, key="k1", now=MORNING + timedelta(days=1))
    assert (again.code, again.due_at, again.explanation) == (first.code, first.due_at, first.explanation)
    assert again.already
    assert (Dossier.objects.count(), DossierEvent.objects.count(), Notice.objects.count()) == (1, 1, 1)


def test_the_same_key_with_other_content_is_refused(desk_clerk_lan: Actor, procedure: PublishedProcedure) -> None:
    receive(desk_clerk_lan, procedure, key="k1")
    refusal = refusal_of(desk_clerk_lan, procedure, key="k1", request_note="thêm một bản")
    assert (refusal.code, refusal.status) == ("idempotency.other_content", 409)


def test_another_accounts_key_is_another_key(desk_clerk_lan: Actor, ward: Unit, procedure: PublishedProcedure) -> None:
    first = receive(desk_clerk_lan, procedure, key="k1")
    colleague = make_actor(ward, Role.CLERK, "Hoàng Thị Yến")
    other = receive(colleague, procedure, key="k1", person=citizen("Ngô Văn Sơn", 2))
    assert (other.already, other.code == first.code) == (False, False)


def test_an_open_dossier_of_the_same_person_and_procedure_is_asked_about(
    desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    first = receive(desk_clerk_lan, procedure)
    refusal = refusal_of(desk_clerk_lan, procedure)
    assert (refusal.code, refusal.status) == ("dossier.duplicate_open", 409)
    assert refusal.data["dossier_code"] == first.code
    assert receive(desk_clerk_lan, procedure, confirmed_duplicate=True).code != first.code


@pytest.mark.parametrize("which", ["another person", "another procedure", "already closed"])
def test_what_is_no_duplicate_is_received(which: str, story: Any, ward: Unit) -> None:
    procedure = story.procedure
    if which == "already closed":
        story.returned()
    else:
        story.received()
    if which == "another procedure":
        procedure = publish_procedure(at=ward)
    person = citizen("Ngô Văn Sơn", 2) if which == "another person" else citizen()
    assert receive(story.clerk, procedure, person=person)


def test_a_refused_intake_gives_its_numbers_back(
    desk_clerk_lan: Actor, procedure: PublishedProcedure, monkeypatch: Any
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("after the numbers were taken")

    with monkeypatch.context() as patch, pytest.raises(RuntimeError):
        patch.setattr("dossiers.services.receive_dossier.record_event", fail)
        receive(desk_clerk_lan, procedure)
    assert receive(desk_clerk_lan, procedure).code.endswith("-0001")


# -- what is refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEADER, Role.DISTRICT_MANAGER, Role.CATALOGUE_EDITOR])
def test_only_the_desk_receives(role: Role, ward: Unit, procedure: PublishedProcedure) -> None:
    with pytest.raises(NotAllowed):
        receive(make_actor(ward, role, "Người khác"), procedure)


def test_the_head_of_the_desk_receives_too(ward: Unit, procedure: PublishedProcedure) -> None:
    assert receive(make_actor(ward, Role.ONE_STOP_HEAD, "Trưởng bộ phận"), procedure)


def test_a_unit_without_a_desk_receives_nothing(procedure: PublishedProcedure) -> None:
    department = UnitFactory()
    UnitProcedure.objects.create(unit=department, procedure=procedure.procedure)
    refusal = refusal_of(make_actor(department, Role.CLERK, "Người khác"), procedure)
    assert refusal.code == "dossier.no_desk"


def test_a_procedure_of_another_unit_is_not_performed_here(stranger_nga: Actor, procedure: PublishedProcedure) -> None:
    assert refusal_of(stranger_nga, procedure).code == "dossier.not_performed"


def test_a_procedure_not_performed_here_says_why(desk_clerk_lan: Actor, procedure: PublishedProcedure) -> None:
    UnitProcedure.objects.update(performed=False, reason="chuyển về quận")
    refusal = refusal_of(desk_clerk_lan, procedure)
    assert refusal.code == "dossier.not_performed"
    assert "chuyển về quận" in refusal.message


def test_an_unpublished_procedure_is_refused(desk_clerk_lan: Actor, procedure: PublishedProcedure) -> None:
    ProcedureVersion.objects.update(state=PublicationState.ABOLISHED)
    assert refusal_of(desk_clerk_lan, procedure).code == "dossier.not_published"


def test_a_case_of_an_older_version_is_refused(desk_clerk_lan: Actor, procedure: PublishedProcedure) -> None:
    ProcedureVersion.objects.update(state=PublicationState.AMENDED)
    newer = ProcedureVersion.objects.create(
        procedure=procedure.procedure,
        number=2,
        state=PublicationState.PUBLISHED,
        source="test",
        content_hash="2",
        name="Bản mới",
        created_at=MORNING,
    )
    Procedure.objects.update(current_version=newer)
    ProcedureCase.objects.create(version=newer, position=1, name="Trường hợp chung")
    assert refusal_of(desk_clerk_lan, procedure).code == "dossier.case_not_current"


def test_without_any_process_nothing_can_be_received(desk_clerk_lan: Actor, ward: Unit) -> None:
    procedure = publish_procedure(at=ward, own_process=False)
    assert refusal_of(desk_clerk_lan, procedure).code == "dossier.no_process"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"checklist": ()}, "dossier.paper_missing", "checklist"),
        ({"checklist": (ChecklistAnswer(None, "Sổ hộ khẩu"),)}, "dossier.paper_unpublished", "checklist"),
        ({"person": citizen("  ")}, "person.name_missing", "full_name"),
        ({"person": PersonData("Trần Văn Tú")}, "person.id_missing", "personal_id"),
        ({"person": PersonData("Trần Văn Tú", "00109000")}, "identifiers.id_length", "personal_id"),
        ({"person": None}, "dossier.one_applicant", "person"),
        ({"organisation": OrganisationData("Công ty")}, "dossier.one_applicant", "person"),
        (
            {"person": None, "organisation": OrganisationData("Công ty", "12")},
            "organisation.tax_code",
            "tax_code",
        ),
        ({"phone": "12345"}, "phones.invalid", "phone"),
        ({"representative": citizen("", 9)}, "person.name_missing", "representative_name"),
        (
            {"representative": citizen("Mai", 9, personal_id="12")},
            "identifiers.id_length",
            "representative_personal_id",
        ),
        ({"channel": 9}, "dossier.channel", "channel"),
        ({"delivery": "pigeon"}, "dossier.delivery", "delivery"),
        ({"delivery": "postal"}, "dossier.delivery_address", "delivery_address"),
        ({"copies": 0}, "dossier.copies", "copies"),
    ],
)
def test_what_is_wrong_is_named_with_its_field(
    changes: dict[str, Any], code: str, field: str, desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    refusal = refusal_of(desk_clerk_lan, procedure, **changes)
    assert (refusal.code, refusal.field) == (code, field)
    assert not Dossier.objects.exists()
    assert not Person.objects.exists()


@pytest.mark.parametrize("key", ["", "x" * 81])
def test_a_key_must_be_there_and_short(key: str, desk_clerk_lan: Actor, procedure: PublishedProcedure) -> None:
    with pytest.raises(DomainError) as refusal:
        receive_dossier(actor=desk_clerk_lan, intake=intake_for(procedure), idempotency_key=key, now=MORNING)
    assert refusal.value.code == "idempotency.bad_key"


# -- days and years ----------------------------------------------------------------------------------


def test_codes_start_anew_each_day_and_book_lines_each_year(
    desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    moments = [
        datetime(2024, 12, 31, 23, 59, tzinfo=VIETNAM),
        datetime(2024, 12, 31, 23, 59, 59, tzinfo=VIETNAM),
        datetime(2025, 1, 1, 0, 0, tzinfo=VIETNAM),
        datetime(2025, 1, 2, 8, 0, tzinfo=VIETNAM),
    ]
    rows = [
        Dossier.objects.get(
            pk=receive(desk_clerk_lan, procedure, now=moment, person=citizen("Người nộp", number)).dossier_id
        )
        for number, moment in enumerate(moments)
    ]
    assert [row.code[-11:] for row in rows] == ["241231-0001", "241231-0002", "250101-0001", "250102-0001"]
    assert [(row.book_no, row.line_no) for row in rows] == [
        ("01/2024", 1),
        ("01/2024", 2),
        ("01/2025", 1),
        ("01/2025", 2),
    ]


def test_each_unit_counts_for_itself(desk_clerk_lan: Actor, stranger_nga: Actor, procedure: PublishedProcedure) -> None:
    elsewhere = publish_procedure(at=Unit.objects.get(pk=stranger_nga.unit_id))
    codes = [receive(desk_clerk_lan, procedure).code, receive(stranger_nga, elsewhere).code]
    assert [code[-4:] for code in codes] == ["0001", "0001"]
    assert len(set(codes)) == 2


def test_the_day_is_vietnams(desk_clerk_lan: Actor, procedure: PublishedProcedure) -> None:
    evening_in_london = datetime(2024, 3, 5, 18, 30, tzinfo=UTC)
    received = receive(desk_clerk_lan, procedure, now=evening_in_london)
    assert f"{date(2024, 3, 6):%y%m%d}" in received.code
