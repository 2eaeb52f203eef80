"""The constraints of slips, clock, money, books and filings: what is refused by name, and what next to it is not."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from dossiers.models import (
    BankAccount,
    Charge,
    Correction,
    DayEnd,
    DeliveryLine,
    DeliveryList,
    Dossier,
    Extension,
    FiledPaper,
    FilingDraft,
    LossReport,
    OpinionRequest,
    Outage,
    Pause,
    Payment,
    Reassignment,
    ReassignmentLine,
    Recomputation,
    RecomputedLine,
    RegisterBook,
    Reminder,
    ResultFile,
    SavedFilter,
    Slip,
    SlipLine,
    Verification,
    WithdrawalRequest,
)
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from tests.constraints.registry import breaks, refused_by
from tests.factories import MORNING, PublishedProcedure, RuleSetFactory, UnitFactory, citizen, receive

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=1)
TODAY = MORNING.date()


@pytest.fixture
def dossier(desk_clerk_lan: Actor, procedure: PublishedProcedure) -> Dossier:
    return Dossier.objects.get(pk=receive(desk_clerk_lan, procedure).dossier_id)


@pytest.fixture
def other(dossier: Dossier, desk_clerk_lan: Actor, procedure: PublishedProcedure) -> Dossier:
    return Dossier.objects.get(pk=receive(desk_clerk_lan, procedure, person=citizen("Lê Thị Bé", 2)).dossier_id)


def write(row: Any, **values: Any) -> None:
    """Past the services, as only a mistake could."""
    type(row)._default_manager.filter(pk=row.pk).update(**values)


def make_slip(dossier: Dossier | None, unit: Unit, number: int = 900, **values: Any) -> Slip:
    facts = {"form_kind": "apology_letter", "year": 2024, "issued_at": MORNING, "ruleset": RuleSetFactory()}
    return Slip.objects.create(**{**facts, "dossier": dossier, "unit": unit, "number": number, **values})


def each_refused(name: str, row: Any, cases: Iterable[dict[str, Any]]) -> None:
    for values in cases:
        with refused_by(name):
            write(row, **values)


@breaks("dossier_filing_key_unique")
def test_a_filing_makes_one_dossier(dossier: Dossier, other: Dossier) -> None:
    filed = {"submitted_at": MORNING, "status": "SUBMITTED", "received_by": None, "accepted_at": None, "line_no": None}
    write(dossier, **filed)
    with refused_by("dossier_filing_key_unique"):
        write(other, intake_key=dossier.intake_key, **filed)
    write(other, **filed)


@breaks("dossier_accepted_has_facts")
def test_only_a_filing_may_lack_what_acceptance_gives(dossier: Dossier) -> None:
    each_refused(
        "dossier_accepted_has_facts",
        dossier,
        (
            {"received_by": None},
            {"line_no": None},
            {"iso_process": None},
            {"calendar_version": None},
            {"accepted_at": None, "line_no": None},
            {"accepted_at": None, "line_no": None, "submitted_at": MORNING},
        ),
    )
    write(dossier, accepted_at=None, line_no=None, submitted_at=MORNING, status="SUBMITTED")


@breaks("dossier_stop_knows_the_way_back")
def test_a_stopped_clock_knows_where_to_go_on(dossier: Dossier) -> None:
    for status in ("WAIT_SUPPLEMENT", "WAIT_PAYMENT", "WITHDRAW_REQUESTED"):
        with refused_by("dossier_stop_knows_the_way_back"):
            write(dossier, status=status)
    write(dossier, status="WAIT_SUPPLEMENT", resume_status="PROCESSING")


@breaks("dossier_overdue_has_reason")
def test_a_recorded_delay_says_why(dossier: Dossier) -> None:
    with refused_by("dossier_overdue_has_reason"):
        write(dossier, overdue_recorded_at=LATER)
    write(dossier, overdue_recorded_at=LATER, overdue_reason="workload")


@breaks("slip_number_unique", "slip_number_positive", "slip_is_for_somebody")
def test_a_slip_has_its_own_number_and_somebody_to_go_to(dossier: Dossier, ward: Unit) -> None:
    make_slip(dossier, ward)
    with refused_by("slip_number_unique"):
        make_slip(dossier, ward)
    with refused_by("slip_number_positive"):
        make_slip(dossier, ward, number=0)
    with refused_by("slip_is_for_somebody"):
        make_slip(None, ward, number=901)
    make_slip(dossier, ward, year=2025)
    make_slip(None, ward, number=901, applicant_name="Trần Văn Tú")


@breaks("slip_intake_key_unique")
def test_a_form_of_the_counter_sent_twice_is_one_slip(ward: Unit, desk_clerk_lan: Actor) -> None:
    facts = {"issued_by_id": desk_clerk_lan.user_id, "applicant_name": "Trần Văn Tú"}
    make_slip(None, ward, 903, intake_key="mot-khoa", **facts)
    with refused_by("slip_intake_key_unique"):
        make_slip(None, ward, 904, intake_key="mot-khoa", **facts)
    make_slip(None, ward, 904, intake_key="khoa-khac", **facts)
    for number in (905, 906):
        make_slip(None, ward, number, **facts)


@breaks("slip_line_position_unique", "slip_line_same_reason_once")
def test_no_paper_is_asked_for_twice_for_the_same_fault(dossier: Dossier, other: Dossier, ward: Unit) -> None:
    first, second = make_slip(dossier, ward, 910), make_slip(dossier, ward, 911)
    line = {"name": "Tờ khai", "fault": "missing", "fault_key": "missing:to khai"}
    SlipLine.objects.create(slip=first, dossier=dossier, position=1, **line)
    with refused_by("slip_line_position_unique"):
        SlipLine.objects.create(slip=first, position=1, **line)
    with refused_by("slip_line_same_reason_once"):
        SlipLine.objects.create(slip=second, dossier=dossier, position=1, **line)
    SlipLine.objects.create(slip=second, dossier=dossier, position=1, **{**line, "fault_key": "wrong:to khai"})
    SlipLine.objects.create(slip=make_slip(other, ward, 912), dossier=other, position=1, **line)


@breaks("pause_ends_after_start", "pause_one_open_per_kind")
def test_a_stop_ends_after_it_began_and_one_of_a_kind_is_open(dossier: Dossier) -> None:
    pause = Pause.objects.create(dossier=dossier, kind="supplement", started_at=MORNING)
    with refused_by("pause_ends_after_start"):
        write(pause, ended_at=MORNING - timedelta(seconds=1))
    with refused_by("pause_one_open_per_kind"):
        Pause.objects.create(dossier=dossier, kind="supplement", started_at=LATER)
    Pause.objects.create(dossier=dossier, kind="outage", started_at=LATER)
    write(pause, ended_at=MORNING)
    Pause.objects.create(dossier=dossier, kind="supplement", started_at=LATER)


@breaks("extension_number_unique", "extension_moves_forward")
def test_a_re_appointment_is_numbered_and_later(dossier: Dossier, leader_hoa: Actor, ward: Unit) -> None:
    facts = {
        "dossier": dossier,
        "slip": make_slip(dossier, ward, 920),
        "reason": "Khối lượng lớn",
        "old_due_at": MORNING,
        "decided_by_id": leader_hoa.user_id,
        "decided_at": MORNING,
    }
    with refused_by("extension_moves_forward"):
        Extension.objects.create(new_due_at=MORNING, **facts)
    Extension.objects.create(new_due_at=LATER, **facts)
    with refused_by("extension_number_unique"):
        Extension.objects.create(new_due_at=LATER, **facts)
    Extension.objects.create(new_due_at=LATER, sequence_no=2, **facts)


@breaks("reminder_once_per_rule_day")
def test_a_rule_speaks_once_a_day(dossier: Dossier) -> None:
    Reminder.objects.create(dossier=dossier, rule="overdue", day=TODAY, at=MORNING)
    with refused_by("reminder_once_per_rule_day"):
        Reminder.objects.create(dossier=dossier, rule="overdue", day=TODAY, at=LATER)
    Reminder.objects.create(dossier=dossier, rule="overdue", day=TODAY + timedelta(days=1), at=LATER)


@breaks("opinion_due_after_asked", "opinion_answer_has_author", "opinion_one_open_per_unit", "opinion_answer_is_clear")
def test_an_opinion_has_a_deadline_an_author_and_is_asked_once(
    dossier: Dossier, officer_minh: Actor, ward: Unit
) -> None:
    facts = {"dossier": dossier, "unit": ward, "question": "Ý kiến?", "asked_by_id": officer_minh.user_id}
    with refused_by("opinion_due_after_asked"):
        OpinionRequest.objects.create(asked_at=MORNING, due_at=MORNING, **facts)
    opinion = OpinionRequest.objects.create(asked_at=MORNING, due_at=LATER, **facts)
    told = {"agrees": True, "answer": "Đồng ý", "late_minutes": 0}
    with refused_by("opinion_answer_has_author"):
        write(opinion, answered_at=LATER, **told)
    answered = {"answered_at": LATER, "answered_by": officer_minh.user_id}
    each_refused(
        "opinion_answer_is_clear",
        opinion,
        (
            answered,
            {"agrees": True},
            {"declined": True},
            {**answered, **told, "answer": ""},
            {**answered, **told, "late_minutes": None},
            {**answered, **told, "declined": True},
            {**answered, **told, "agrees": None},
        ),
    )
    with refused_by("opinion_one_open_per_unit"):
        OpinionRequest.objects.create(asked_at=MORNING, due_at=LATER, **facts)
    write(opinion, **answered, **told)
    OpinionRequest.objects.create(asked_at=MORNING, due_at=LATER, **facts)


@breaks("verification_one_open_per_dossier", "verification_ends_with_minutes", "verification_end_is_measured")
def test_a_verification_ends_with_minutes_before_the_next(dossier: Dossier, officer_minh: Actor) -> None:
    facts = {"dossier": dossier, "subject": "Nơi ở", "started_by_id": officer_minh.user_id, "started_at": MORNING}
    one = Verification.objects.create(**facts)
    with refused_by("verification_one_open_per_dossier"):
        Verification.objects.create(**facts)
    with refused_by("verification_ends_with_minutes"):
        write(one, finished_at=LATER, actual_minutes=60)
    each_refused(
        "verification_end_is_measured",
        one,
        ({"finished_at": LATER, "minutes": "Đúng"}, {"actual_minutes": 60}, {"confirmed": True}),
    )
    write(one, finished_at=LATER, minutes="Đúng thực tế", actual_minutes=60, confirmed=True)
    Verification.objects.create(**facts)


@breaks("withdrawal_one_open_per_dossier", "withdrawal_decided_has_answer")
def test_a_withdrawal_is_decided_before_the_next(dossier: Dossier) -> None:
    one = WithdrawalRequest.objects.create(dossier=dossier, asked_at=MORNING)
    with refused_by("withdrawal_one_open_per_dossier"):
        WithdrawalRequest.objects.create(dossier=dossier, asked_at=LATER)
    each_refused("withdrawal_decided_has_answer", one, ({"decided_at": LATER}, {"accepted": True}))
    write(one, decided_at=LATER, accepted=False)
    WithdrawalRequest.objects.create(dossier=dossier, asked_at=LATER)


@breaks("correction_result_has_new_one", "correction_by_agency_has_apology")
def test_a_corrected_result_has_a_new_one_and_an_apology(dossier: Dossier, officer_minh: Actor, ward: Unit) -> None:
    result = ResultFile.objects.create(
        dossier=dossier, name="KQ", size_bytes=0, recorded_by_id=officer_minh.user_id, recorded_at=MORNING
    )
    facts = {
        "dossier": dossier,
        "reason": "Sai tên",
        "corrected_by_id": officer_minh.user_id,
        "corrected_at": MORNING,
        "mistake_by": "agency",
    }
    with refused_by("correction_result_has_new_one"):
        Correction.objects.create(kind="result", slip=make_slip(dossier, ward, 930), **facts)
    with refused_by("correction_by_agency_has_apology"):
        Correction.objects.create(kind="result", new_result=result, **facts)
    Correction.objects.create(kind="field", field="phone", **facts)
    Correction.objects.create(kind="result", new_result=result, slip=make_slip(dossier, ward, 931), **facts)
    LossReport.objects.create(
        dossier=dossier,
        what="Bản chính",
        reason="Thất lạc",
        remedy="Làm lại",
        slip=make_slip(dossier, ward, 932),
        reported_by_id=officer_minh.user_id,
        reported_at=MORNING,
    )


@breaks("charge_exempt_has_reason", "charge_settled_has_amount")
def test_a_charge_is_exempt_for_a_reason_and_settled_with_an_amount(dossier: Dossier, desk_clerk_lan: Actor) -> None:
    charge = Charge.objects.create(dossier=dossier, kind="duty", label="Lệ phí", created_at=MORNING)
    with refused_by("charge_exempt_has_reason"):
        write(charge, exempted_by=desk_clerk_lan.user_id)
    with refused_by("charge_settled_has_amount"):
        write(charge, settled_at=LATER)
    write(charge, exempted_by=desk_clerk_lan.user_id, exempt_reason="Hộ nghèo", settled_at=LATER)


@breaks("payment_receipt_number_unique", "payment_one_valid_per_charge", "payment_void_has_reason")
def test_a_payment_has_its_own_receipt_and_is_voided_for_a_reason(
    dossier: Dossier, desk_clerk_lan: Actor, ward: Unit
) -> None:
    first, second = (
        Charge.objects.create(dossier=dossier, kind="duty", label=label, amount_vnd=8000, created_at=MORNING)
        for label in ("Một", "Hai")
    )
    facts = {
        "unit": ward,
        "year": 2024,
        "amount_vnd": 8000,
        "method": "cash",
        "collected_by_id": desk_clerk_lan.user_id,
        "paid_at": MORNING,
    }
    paid = Payment.objects.create(charge=first, receipt_no=1, **facts)
    with refused_by("payment_receipt_number_unique"):
        Payment.objects.create(charge=second, receipt_no=1, **facts)
    with refused_by("payment_one_valid_per_charge"):
        Payment.objects.create(charge=first, receipt_no=2, **facts)
    with refused_by("payment_void_has_reason"):
        write(paid, voided_at=LATER)
    write(paid, voided_at=LATER, void_reason="Thu nhầm")
    Payment.objects.create(charge=first, receipt_no=2, **facts)


@breaks("bank_account_start_unique", "bank_account_validity_order")
def test_an_account_is_valid_from_a_day_on(ward: Unit) -> None:
    facts = {"unit": ward, "bank_bin": "970436", "bank_name": "VCB", "account_no": "0011", "account_name": "UBND"}
    account = BankAccount.objects.create(valid_from=date(2024, 1, 2), **facts)
    with refused_by("bank_account_start_unique"):
        BankAccount.objects.create(valid_from=date(2024, 1, 2), **facts)
    with refused_by("bank_account_validity_order"):
        write(account, valid_to=date(2024, 1, 1))
    write(account, valid_to=date(2024, 1, 2))


@breaks("day_end_once_per_clerk_day", "day_end_difference_has_note")
def test_a_day_is_closed_once_and_a_difference_explained(desk_clerk_lan: Actor, ward: Unit) -> None:
    facts = {"unit": ward, "clerk_id": desk_clerk_lan.user_id, "cash_expected_vnd": 8000, "signed_at": LATER}
    with refused_by("day_end_difference_has_note"):
        DayEnd.objects.create(day=TODAY, cash_counted_vnd=7000, **facts)
    DayEnd.objects.create(day=TODAY, cash_counted_vnd=7000, note="Thối nhầm", **facts)
    with refused_by("day_end_once_per_clerk_day"):
        DayEnd.objects.create(day=TODAY, cash_counted_vnd=8000, **facts)
    DayEnd.objects.create(day=TODAY + timedelta(days=1), cash_counted_vnd=8000, **facts)


@breaks("day_end_append_only", "payment_of_closed_day")
def test_a_signed_day_and_its_receipts_stay_as_they_are(dossier: Dossier, desk_clerk_lan: Actor, ward: Unit) -> None:
    charge = Charge.objects.create(dossier=dossier, kind="duty", label="Một", amount_vnd=8000, created_at=MORNING)
    facts = {"unit": ward, "amount_vnd": 8000, "method": "cash", "collected_by_id": desk_clerk_lan.user_id}
    paid = Payment.objects.create(charge=charge, receipt_no=1, year=2024, paid_at=MORNING, **facts)
    sums = {"cash_expected_vnd": 8000, "cash_counted_vnd": 8000, "signed_at": LATER}
    sheet = DayEnd.objects.create(unit=ward, clerk_id=desk_clerk_lan.user_id, day=TODAY, **sums)
    write(paid, day_end=sheet)
    with refused_by("payment_of_closed_day"):
        write(paid, amount_vnd=9000)
    with refused_by("payment_of_closed_day"):
        Payment.objects.filter(pk=paid.pk).delete()
    with refused_by("day_end_append_only"):
        write(sheet, cash_counted_vnd=9000, note="x")
    with refused_by("day_end_append_only"):
        DayEnd.objects.raw("DELETE FROM dossiers_dayend RETURNING id")[0]


@breaks("register_book_append_only")
def test_a_closed_book_stays_as_it_is(ward: Unit, desk_clerk_lan: Actor) -> None:
    facts = {"unit": ward, "line_count": 1, "closed_at": LATER, "closed_by_id": desk_clerk_lan.user_id}
    book = RegisterBook.objects.create(year=2023, book_no="01/2023", sha256="0" * 64, **facts)
    with refused_by("register_book_append_only"):
        write(book, line_count=2)
    with refused_by("register_book_append_only"):
        RegisterBook.objects.filter(pk=book.pk).delete()


@breaks("register_book_closed_once")
def test_a_book_is_closed_once(ward: Unit, desk_clerk_lan: Actor) -> None:
    facts = {"unit": ward, "line_count": 1, "closed_at": LATER, "closed_by_id": desk_clerk_lan.user_id}
    RegisterBook.objects.create(year=2023, book_no="01/2023", sha256="0" * 64, **facts)
    with refused_by("register_book_closed_once"):
        RegisterBook.objects.create(year=2023, book_no="01/2023", sha256="1" * 64, **facts)
    RegisterBook.objects.create(year=2024, book_no="01/2024", sha256="0" * 64, **facts)


@breaks(
    "delivery_list_number_unique",
    "delivery_list_two_units",
    "delivery_list_received_by_somebody",
    "delivery_line_dossier_once",
)
def test_a_list_goes_from_one_unit_to_another(dossier: Dossier, ward: Unit, desk_clerk_lan: Actor) -> None:
    facts = {"from_unit": ward, "year": 2024, "handed_by_id": desk_clerk_lan.user_id, "handed_at": MORNING}
    office = UnitFactory()
    with refused_by("delivery_list_two_units"):
        DeliveryList.objects.create(to_unit=ward, number=1, **facts)
    listed = DeliveryList.objects.create(to_unit=office, number=1, **facts)
    with refused_by("delivery_list_number_unique"):
        DeliveryList.objects.create(to_unit=office, number=1, **facts)
    with refused_by("delivery_list_received_by_somebody"):
        write(listed, received_at=LATER)
    write(listed, received_at=LATER, received_by=desk_clerk_lan.user_id)
    DeliveryLine.objects.create(delivery_list=listed, dossier=dossier, position=1)
    with refused_by("delivery_line_dossier_once"):
        DeliveryLine.objects.create(delivery_list=listed, dossier=dossier, position=2)


@breaks("filed_paper_belongs_somewhere")
def test_an_upload_belongs_to_a_filing_or_a_dossier(dossier: Dossier, procedure: PublishedProcedure) -> None:
    facts = {"name": "a.pdf", "content_type": "application/pdf", "size_bytes": 1, "sha256": "0", "uploaded_at": MORNING}
    with refused_by("filed_paper_belongs_somewhere"):
        FiledPaper.objects.create(**facts)
    FiledPaper.objects.create(dossier=dossier, **facts)
    draft = FilingDraft.objects.create(
        key=uuid.uuid4(), procedure=procedure.procedure, created_at=MORNING, updated_at=MORNING
    )
    FiledPaper.objects.create(draft=draft, **facts)


@breaks("filed_paper_state", "filed_paper_refused_with_code")
def test_an_upload_may_be_opened_or_not_and_says_why_not(dossier: Dossier) -> None:
    facts = {"name": "a.pdf", "content_type": "application/pdf", "size_bytes": 1, "sha256": "0", "uploaded_at": MORNING}
    with refused_by("filed_paper_state"):
        FiledPaper.objects.create(dossier=dossier, state="unknown", **facts)
    with refused_by("filed_paper_refused_with_code"):
        FiledPaper.objects.create(dossier=dossier, state="refused", **facts)
    FiledPaper.objects.create(dossier=dossier, state="refused", check_code="file.infected", **facts)


@breaks("saved_filter_name_once")
def test_a_filter_name_is_used_once(desk_clerk_lan: Actor, officer_minh: Actor) -> None:
    facts = {"name": "Quá hạn", "query": "loc=overdue", "created_at": MORNING}
    SavedFilter.objects.create(user_id=desk_clerk_lan.user_id, **facts)
    with refused_by("saved_filter_name_once"):
        SavedFilter.objects.create(user_id=desk_clerk_lan.user_id, **facts)
    SavedFilter.objects.create(user_id=officer_minh.user_id, **facts)


@breaks("saved_filter_one_opens_first")
def test_one_filter_of_a_person_opens_first(desk_clerk_lan: Actor, officer_minh: Actor) -> None:
    facts = {"query": "loc=qua-han", "created_at": MORNING, "is_default": True}
    SavedFilter.objects.create(user_id=desk_clerk_lan.user_id, name="Quá hạn", **facts)
    with refused_by("saved_filter_one_opens_first"):
        SavedFilter.objects.create(user_id=desk_clerk_lan.user_id, name="Của tôi", **facts)
    SavedFilter.objects.create(user_id=officer_minh.user_id, name="Quá hạn", **facts)


@breaks("reassignment_one_open_per_person", "reassignment_has_reason")
def test_a_persons_work_is_given_on_once_at_a_time_and_with_a_reason(
    ward: Unit, officer_minh: Actor, leader_hoa: Actor
) -> None:
    facts = {
        **{"unit": ward, "ordered_by_id": leader_hoa.user_id, "ordered_in_id": leader_hoa.post_id, "total": 1},
        **{"created_at": MORNING, "touched_at": MORNING},
    }
    with refused_by("reassignment_has_reason"):
        Reassignment.objects.create(reason="", **facts)
    one = Reassignment.objects.create(reason="Nghỉ", from_user_id=officer_minh.user_id, **facts)
    with refused_by("reassignment_one_open_per_person"):
        Reassignment.objects.create(reason="Nghỉ", from_user_id=officer_minh.user_id, **facts)
    write(one, finished_at=LATER)
    Reassignment.objects.create(reason="Nghỉ", from_user_id=officer_minh.user_id, **facts)


@breaks("reassignment_line_dossier_once", "reassignment_line_says_why")
def test_a_line_of_it_says_why_it_was_not_moved(dossier: Dossier, ward: Unit, leader_hoa: Actor) -> None:
    order = Reassignment.objects.create(
        **{"unit": ward, "ordered_by_id": leader_hoa.user_id, "ordered_in_id": leader_hoa.post_id, "total": 1},
        **{"created_at": MORNING, "touched_at": MORNING, "reason": "Nghỉ"},
    )
    facts = {"reassignment": order, "dossier": dossier, "to_user_id": leader_hoa.user_id}
    line = ReassignmentLine.objects.create(**facts)
    with refused_by("reassignment_line_dossier_once"):
        ReassignmentLine.objects.create(**facts)
    each_refused("reassignment_line_says_why", line, ({"state": "refused"}, {"message": "Vì sao"}, {"code": "x"}))
    write(line, state="refused", code="dossier.taken", message="Đã có người nhận.")


def make_outage(head: Actor, **values: Any) -> Outage:
    facts = {"started_at": MORNING, "ended_at": LATER, "reason": "Mất điện", "recorded_at": LATER}
    return Outage.objects.create(**{"system": "Cổng", "recorded_by_id": head.user_id, **facts, **values})


@breaks("outage_ends_after_start", "outage_recorded_once")
def test_an_outage_has_an_end_and_is_recorded_once(desk_clerk_lan: Actor, ward: Unit) -> None:
    row = make_outage(desk_clerk_lan)
    with refused_by("outage_ends_after_start"):
        write(row, ended_at=MORNING)
    with refused_by("outage_recorded_once"):
        make_outage(desk_clerk_lan)
    make_outage(desk_clerk_lan, unit=ward)
    make_outage(desk_clerk_lan, system="Phần mềm khác")


@breaks("pause_once_per_outage")
def test_an_outage_stops_a_dossier_once(dossier: Dossier, other: Dossier, desk_clerk_lan: Actor) -> None:
    row = make_outage(desk_clerk_lan)
    facts = {"kind": "outage", "started_at": MORNING, "ended_at": LATER, "outage": row}
    Pause.objects.create(dossier=dossier, **facts)
    with refused_by("pause_once_per_outage"):
        Pause.objects.create(dossier=dossier, **facts)
    Pause.objects.create(dossier=other, **facts)


@breaks("recomputation_one_per_calendar", "recomputation_one_per_outage", "recomputation_has_its_cause")
def test_a_run_has_one_cause_and_each_cause_one_run(desk_clerk_lan: Actor) -> None:
    row, facts = make_outage(desk_clerk_lan), {"calendar_version": 7, "started_at": MORNING}
    Recomputation.objects.create(cause="calendar", **facts)
    with refused_by("recomputation_one_per_calendar"):
        Recomputation.objects.create(cause="calendar", **facts)
    run = Recomputation.objects.create(cause="outage", outage=row, **facts)
    with refused_by("recomputation_one_per_outage"):
        Recomputation.objects.create(cause="outage", outage=row, **facts)
    each_refused("recomputation_has_its_cause", run, [{"outage": None}, {"cause": "calendar", "calendar_version": 8}])


@breaks("recomputed_line_once")
def test_a_run_moves_a_dossier_once(dossier: Dossier, other: Dossier) -> None:
    run = Recomputation.objects.create(cause="calendar", calendar_version=7, started_at=MORNING)
    facts = {"run": run, "old_due_at": MORNING, "new_due_at": LATER, "waits": True, "at": LATER}
    RecomputedLine.objects.create(dossier=dossier, **facts)
    with refused_by("recomputed_line_once"):
        RecomputedLine.objects.create(dossier=dossier, **facts)
    RecomputedLine.objects.create(dossier=other, **facts)
