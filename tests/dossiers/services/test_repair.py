"""Mistakes put right with a trace, lost papers, and the receipt handed out anew."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from dossiers.constants import FormKind, Status
from dossiers.models import Correction, Dossier, DossierEvent, LossReport, ResultFile, Slip
from dossiers.selectors.slip_pdf import slip_pdf
from dossiers.services.correct_mistake import FieldChange, ResultChange, correct_mistake
from dossiers.services.record_result import ResultData
from dossiers.services.reissue_receipt import reissue_receipt
from dossiers.services.report_loss import report_loss
from dossiers.services.request_withdrawal import request_withdrawal
from haddong_portal.accounts.constants import DayKindChoice, Role
from haddong_portal.accounts.models import CalendarDay, Post, Unit
from haddong_portal.accounts.services.load_calendar import load_calendar
from haddong_portal.accounts.services.new_calendar_version import new_calendar_version
from haddong_portal.common.actors import Actor
from haddong_portal.common.crypto.blind_index import blind_index
from haddong_portal.common.errors import Conflict, DomainError, NotAllowed, NotFound
from haddong_portal.notices.models import Notice
from tests.dossiers.conftest import PDF, Story
from tests.factories import MORNING, make_actor
from tests.flows.desk import text_of

pytestmark = pytest.mark.django_db


def correct(
    actor: Actor, dossier: Dossier, field: str = "applicant_address", new: str = "Số 9 phố Lụa", **more: Any
) -> Any:
    facts = {"change": FieldChange(field, new), "mistake_by": "agency", "reason": "Gõ nhầm số nhà", **more}
    facts.setdefault("now", MORNING + timedelta(hours=1))
    return correct_mistake(actor=actor, dossier_id=dossier.pk, **facts)


def right_result(result: ResultFile, name: str = "Giấy xác nhận (bản đúng)") -> ResultChange:
    return ResultChange(result.pk, ResultData(name=name, number="12/KQ", file=ContentFile(PDF, name="dung.pdf")))


def lose(actor: Actor, dossier: Dossier, **more: Any) -> Any:
    facts = {
        "what": "Bản chính tờ khai",
        "reason": "Thất lạc khi chuyển kho",
        "remedy": "Cơ quan in lại, công chức đến nhà lấy chữ ký",
        "now": MORNING + timedelta(hours=1),
        **more,
    }
    return report_loss(actor=actor, dossier_id=dossier.pk, **facts)


def test_a_corrected_word_keeps_its_trace_and_prints_a_new_receipt(story: Story) -> None:
    dossier = story.received()
    old_due, before = dossier.printed_due_at, dossier.applicant_address
    event = correct(story.clerk, dossier)
    dossier = story.fresh(dossier.pk)
    assert dossier.applicant_address == "Số 9 phố Lụa" and dossier.status == Status.ACCEPTED
    made = Correction.objects.get()
    assert (made.field, made.old_value, made.new_value) == ("applicant_address", before, "Số 9 phố Lụa")
    assert made.slip is not None and made.slip.form_kind == FormKind.APOLOGY_LETTER
    assert made.slip.signer_name == "Phạm Thị Hoa", "the head apologises, not the clerk"
    receipts = list(Slip.objects.filter(dossier=dossier, form_kind=FormKind.RECEIPT).order_by("id"))
    assert receipts[1].replaces_id == receipts[0].pk and receipts[1].due_at == old_due == dossier.printed_due_at
    assert "Số 9" not in event.note and "Số 9" not in str(event.data), "no personal data in the story"


def test_an_old_slip_prints_what_it_printed_then(story: Story) -> None:
    dossier = story.received()
    correct(story.clerk, dossier, "applicant_name", "Trần Văn Tuấn")
    first, second = Slip.objects.filter(dossier=dossier, form_kind=FormKind.RECEIPT).order_by("id")
    told = {
        slip.pk: text_of(slip_pdf(actor=story.clerk, code=dossier.code, slip_id=slip.pk, now=MORNING))
        for slip in (first, second)
    }
    assert "Trần Văn Tú" in told[first.pk] and "Trần Văn Tuấn" not in told[first.pk]
    assert "Trần Văn Tuấn" in told[second.pk] and "đính chính tên người nộp" in told[second.pk]


def test_a_corrected_name_and_phone_are_found_again(story: Story) -> None:
    dossier = story.received()
    correct(story.clerk, dossier, "applicant_name", "Đỗ Thị Yến")
    correct(story.clerk, dossier, "phone", "0987 654 321", mistake_by="applicant")
    dossier = story.fresh(dossier.pk)
    assert dossier.applicant_name_folded == "do thi yen"
    assert dossier.phone_index == blind_index(dossier.phone, "phone")
    assert Correction.objects.get(field="phone").slip is None, "the applicant's own mistake needs no apology"


def test_after_the_result_words_are_put_right_without_a_receipt(story: Story) -> None:
    dossier = story.returned()
    count = Slip.objects.filter(form_kind=FormKind.RECEIPT).count()
    correct(story.clerk, dossier)
    assert Slip.objects.filter(form_kind=FormKind.RECEIPT).count() == count
    assert story.fresh(dossier.pk).status == Status.RETURNED


def test_a_wrong_result_is_replaced_with_apology_and_message(story: Story) -> None:
    dossier = story.returned()
    wrong = ResultFile.objects.get(dossier=dossier)
    event = correct(story.leader, dossier, change=right_result(wrong), reason="Sai năm sinh")
    wrong.refresh_from_db()
    made = Correction.objects.get()
    assert wrong.superseded_at == event.at and made.old_result_id == wrong.pk
    assert made.new_result is not None and made.new_result.number == "12/KQ" and made.new_result.sha256
    assert Notice.objects.filter(event="correction_made").count() == 1
    text = text_of(slip_pdf(actor=story.clerk, code=dossier.code, slip_id=made.slip_id or 0, now=MORNING))
    for expected in (
        "Sai năm sinh",
        "có sai sót do lỗi",
        "Cấp lại kết quả đúng: Giấy xác nhận (bản đúng)",
        "Phạm Thị Hoa",
    ):
        assert expected in text, text
    with pytest.raises(DomainError) as refusal:
        correct(story.leader, dossier, change=right_result(wrong))
    assert refusal.value.code == "correction.already_replaced"
    assert ResultFile.objects.count() == 2


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"reason": " "}, "correction.reason_missing"),
        ({"mistake_by": "nobody"}, "correction.mistake_by"),
        ({"change": FieldChange("status", "DONE")}, "correction.unknown_field"),
        ({"change": FieldChange("applicant_name", " ")}, "correction.empty"),
        ({"change": FieldChange("applicant_name", "x" * 251)}, "correction.too_long"),
        ({"change": FieldChange("applicant_name", "Trần Văn Tú")}, "correction.same_value"),
        ({"change": FieldChange("phone", "12")}, "phones.invalid"),
        ({"change": ResultChange(0, ResultData(name="Giấy"))}, "correction.no_result"),
        ({"change": ResultChange(0, ResultData(name=" "))}, "result.name_missing"),
    ],
)
def test_what_a_correction_may_not_be(story: Story, more: dict[str, Any], code: str) -> None:
    dossier = story.received()
    with pytest.raises(DomainError) as refusal:
        correct(story.clerk, dossier, **more)
    assert refusal.value.code == code
    assert not Correction.objects.exists() and story.fresh(dossier.pk).row_version == dossier.row_version


def test_a_result_file_of_a_refused_correction_is_not_kept(story: Story, settings: Any) -> None:
    dossier = story.done()
    kept = sorted(Path(settings.MEDIA_ROOT).rglob("*.pdf"))
    change = ResultChange(0, ResultData(name="Giấy", file=ContentFile(PDF, name="a.pdf")))
    with pytest.raises(DomainError):
        correct(story.clerk, dossier, change=change)
    assert sorted(Path(settings.MEDIA_ROOT).rglob("*.pdf")) == kept


def test_who_has_no_part_in_the_dossier_corrects_nothing(story: Story, stranger_nga: Actor, ward: Unit) -> None:
    dossier = story.received()
    for act in (correct, lose):
        with pytest.raises(NotFound):
            act(stranger_nga, dossier)
        with pytest.raises(NotAllowed):
            act(make_actor(ward, Role.INSPECTOR, "Đỗ Văn Thanh"), dossier)
    Dossier.objects.filter(pk=dossier.pk).update(reader_unit_ids=[stranger_nga.unit_id])
    for act in (correct, lose):
        with pytest.raises(NotAllowed) as refusal:
            act(stranger_nga, dossier)
        assert refusal.value.code == "dossier.other_unit"
    assert not Correction.objects.exists() and not LossReport.objects.exists()


def test_a_stale_form_corrects_nothing(story: Story) -> None:
    dossier = story.received()
    correct(story.clerk, dossier, row_version=dossier.row_version)
    with pytest.raises(Conflict) as refusal:
        correct(story.officer, dossier, "email", "tu@example.vn", row_version=dossier.row_version)
    assert refusal.value.code == "dossier.changed" and "Nguyễn Thị Lan" in refusal.value.message


def test_lost_papers_bring_an_apology_at_the_agencys_cost(story: Story) -> None:
    dossier = story.taken()
    event = lose(story.officer, dossier, cost_vnd=250_000)
    report = LossReport.objects.get()
    assert (report.what, report.cost_vnd, report.slip.signer_name) == ("Bản chính tờ khai", 250_000, "Phạm Thị Hoa")
    assert event.data["slip_id"] == report.slip_id and story.fresh(dossier.pk).due_at == dossier.due_at
    assert Notice.objects.filter(event="papers_lost").count() == 1
    text = text_of(slip_pdf(actor=story.clerk, code=dossier.code, slip_id=report.slip_id, now=MORNING))
    for expected in ("làm mất, thất lạc hoặc hư hỏng", "Bản chính tờ khai", "250.000 đồng", "công chức đến nhà"):
        assert expected in text, text
    lose(story.officer, dossier, what="Ảnh thẻ")
    assert "toàn bộ chi phí" in LossReport.objects.latest("pk").slip.contents["cost"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"what": " "}, "loss.what_missing"),
        ({"reason": ""}, "loss.reason_missing"),
        ({"remedy": ""}, "loss.remedy_missing"),
        ({"cost_vnd": -1}, "loss.cost"),
    ],
)
def test_what_a_loss_must_say(story: Story, more: dict[str, Any], code: str) -> None:
    dossier = story.received()
    with pytest.raises(DomainError) as refusal:
        lose(story.clerk, dossier, **more)
    assert refusal.value.code == code
    assert not LossReport.objects.exists() and Slip.objects.filter(form_kind=FormKind.APOLOGY_LETTER).count() == 0


def test_nothing_is_lost_of_what_was_handed_over(story: Story) -> None:
    with pytest.raises(DomainError) as refusal:
        lose(story.clerk, story.returned())
    assert refusal.value.code == "dossier.illegal_move"


def test_a_unit_without_a_head_cannot_apologise(story: Story) -> None:
    dossier = story.received()
    Post.objects.filter(role=Role.LEADER).delete()
    for act in (correct, lose):
        with pytest.raises(DomainError) as refusal:
            act(story.clerk, dossier)
        assert refusal.value.code == "apology.no_head"
    assert not Correction.objects.exists() and not LossReport.objects.exists()


@transaction.atomic
def day_off() -> None:
    """The first working day after acceptance is declared a holiday: Friday's promise moves to Monday."""
    load_calendar()
    CalendarDay.objects.create(on=date(2024, 3, 6), kind=DayKindChoice.HOLIDAY, name="Nghỉ", legal_source="CV 1")
    new_calendar_version(note="thêm ngày nghỉ", now=MORNING)


def test_a_later_date_binds_once_it_is_printed(story: Story) -> None:
    dossier = story.taken()
    with pytest.raises(DomainError) as refusal:
        reissue_receipt(actor=story.clerk, dossier_id=dossier.pk, reason="lịch đổi", now=story.now())
    assert refusal.value.code == "receipt.nothing_new"
    printed = dossier.printed_due_at
    day_off()
    event = reissue_receipt(actor=story.clerk, dossier_id=dossier.pk, reason="lịch đổi", now=story.now())
    dossier = story.fresh(dossier.pk)
    assert printed is not None and dossier.due_at == dossier.printed_due_at == printed + timedelta(days=3)
    assert dossier.recomputed_due_at is None and event.data["old_due_at"] == printed.isoformat()
    receipt = Slip.objects.filter(dossier=dossier, form_kind=FormKind.RECEIPT).latest("pk")
    assert receipt.due_at == dossier.due_at and receipt.replaces is not None
    told = Notice.objects.get(event="receipt_reissued")
    assert "lịch đổi" in told.body
    with pytest.raises(DomainError) as again:
        reissue_receipt(actor=story.clerk, dossier_id=dossier.pk, reason="lịch đổi", now=story.now())
    assert again.value.code == "receipt.nothing_new"


def test_no_receipt_while_the_clock_stands_and_none_by_others(story: Story) -> None:
    dossier = story.taken()
    day_off()
    for actor, code in ((story.officer, "NotAllowed"), (story.leader, "NotAllowed")):
        with pytest.raises(NotAllowed):
            reissue_receipt(actor=actor, dossier_id=dossier.pk, reason=code, now=story.now())
    with pytest.raises(DomainError) as refusal:
        reissue_receipt(actor=story.clerk, dossier_id=dossier.pk, reason=" ", now=story.now())
    assert refusal.value.code == "receipt.reason_missing"
    request_withdrawal(actor=story.clerk, dossier_id=dossier.pk, now=story.now())
    with pytest.raises(DomainError) as refusal:
        reissue_receipt(actor=story.clerk, dossier_id=dossier.pk, reason="lịch đổi", now=story.now())
    assert refusal.value.code == "dossier.illegal_move"
    assert DossierEvent.objects.filter(kind="dossier.receipt_reissued").count() == 0
