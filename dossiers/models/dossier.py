"""A dossier: who asked for what, where it is, when it is promised. Only services assign `status`."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from dossiers.constants import Delivery, LateReason, Status, StopReason
from dossiers.models.rulesets import RuleSet
from dossiers.querysets import DossierQuerySet
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit, User
from haddong_portal.citizens.models import Organisation, Person
from haddong_portal.common.crypto.fields import BlindIndexField, EncryptedTextField
from procedures.constants import Channel, StepAction
from procedures.models import IsoProcess, Procedure, ProcedureCase, ProcedureVersion


class Dossier(models.Model):
    """One case (hồ sơ). Names and addresses are kept as they stood at intake; identifiers are encrypted.

    `owner_unit` is the unit whose step it is now: the indexed column that work lists and rights read.
    `row_version` grows with every act: it is the ETag and the check against a stale form.
    """

    code = models.CharField(max_length=40, unique=True, verbose_name="mã hồ sơ")
    status = models.CharField(max_length=20, choices=Status.choices, verbose_name="trạng thái")
    row_version = models.PositiveIntegerField(default=1, verbose_name="phiên bản dòng")

    receiving_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="received_dossiers", verbose_name="nơi tiếp nhận"
    )
    owner_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="owned_dossiers", verbose_name="đơn vị đang giữ"
    )
    handling_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="handled_dossiers", verbose_name="đơn vị thụ lý"
    )
    signing_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="signed_dossiers", verbose_name="đơn vị ký"
    )
    officer = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dossiers_in_hand",
        verbose_name="người đang làm",
    )
    received_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dossiers_received",
        verbose_name="người tiếp nhận",
    )
    # Units with a right to read beside the four above: asked for an opinion, past steps, linked agencies.
    reader_unit_ids = ArrayField(models.BigIntegerField(), default=list, blank=True, verbose_name="đơn vị được xem")

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="dossiers", verbose_name="thủ tục")
    procedure_version = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, related_name="dossiers", verbose_name="bản thủ tục"
    )
    procedure_case = models.ForeignKey(
        ProcedureCase, on_delete=models.PROTECT, related_name="dossiers", verbose_name="trường hợp"
    )
    procedure_name = models.CharField(max_length=2000, verbose_name="tên thủ tục")
    iso_process = models.ForeignKey(
        IsoProcess, null=True, blank=True, on_delete=models.PROTECT, related_name="dossiers", verbose_name="quy trình"
    )
    ruleset = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="dossiers", verbose_name="bộ quy tắc")
    calendar_version = models.PositiveIntegerField(null=True, blank=True, verbose_name="phiên bản lịch")

    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="dossiers", verbose_name="người nộp"
    )
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dossiers",
        verbose_name="tổ chức nộp",
    )
    applicant_name = models.CharField(max_length=250, verbose_name="tên người nộp")
    applicant_name_folded = models.CharField(max_length=250, editable=False, verbose_name="tên không dấu")
    applicant_address = EncryptedTextField(blank=True, default="", verbose_name="địa chỉ người nộp")
    phone = EncryptedTextField(blank=True, default="", verbose_name="điện thoại liên hệ")
    phone_index = BlindIndexField(source="phone")
    email = EncryptedTextField(blank=True, default="", verbose_name="thư điện tử")
    representative = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="represented_dossiers",
        verbose_name="người được uỷ quyền",
    )
    representative_relation = models.CharField(max_length=120, blank=True, verbose_name="giấy uỷ quyền, quan hệ")
    request_note = models.CharField(max_length=500, blank=True, verbose_name="nội dung yêu cầu")

    channel = models.PositiveSmallIntegerField(choices=Channel.choices, default=Channel.DIRECT, verbose_name="kênh nộp")
    delivery = models.CharField(
        max_length=10, choices=Delivery.choices, default=Delivery.DESK, verbose_name="cách nhận kết quả"
    )
    delivery_address = EncryptedTextField(blank=True, default="", verbose_name="địa chỉ nhận")
    copies = models.PositiveSmallIntegerField(default=1, verbose_name="số bộ hồ sơ")

    # Filed online: when, and until when the desk must have checked it. Empty at the counter.
    submitted_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc nộp trực tuyến")
    check_due_at = models.DateTimeField(null=True, blank=True, verbose_name="hạn kiểm tra hồ sơ trực tuyến")
    accepted_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc tiếp nhận")
    due_at = models.DateTimeField(null=True, blank=True, verbose_name="hẹn trả")
    limit = models.JSONField(null=True, blank=True, verbose_name="thời hạn")
    limit_text = models.CharField(max_length=300, blank=True, verbose_name="thời hạn (chữ)")
    due_explanation = models.JSONField(default=list, verbose_name="vì sao hẹn ngày này")
    # The promise of the newest paper in the citizen's hand; the clock never lengthens it without a new one.
    printed_due_at = models.DateTimeField(null=True, blank=True, verbose_name="ngày hẹn đã in")
    # A later date that a change of the calendar gives, until a new paper is handed out.
    recomputed_due_at = models.DateTimeField(null=True, blank=True, verbose_name="ngày hẹn tính lại, chờ phiếu mới")
    # The state to go back to when the stop is over.
    resume_status = models.CharField(
        max_length=20, choices=Status.choices, blank=True, verbose_name="trạng thái trước khi dừng"
    )
    paused_at = models.DateTimeField(null=True, blank=True, verbose_name="đồng hồ dừng từ")
    supplement_until = models.DateTimeField(null=True, blank=True, verbose_name="hạn bổ sung")
    is_reappointed = models.BooleanField(default=False, verbose_name="đã hẹn lại")
    on_time_confirmed_due_at = models.DateTimeField(null=True, blank=True, verbose_name="cam kết đúng hẹn cho ngày")
    overdue_recorded_at = models.DateTimeField(null=True, blank=True, verbose_name="ghi nhận quá hạn lúc")
    overdue_reason = models.CharField(
        max_length=12, choices=LateReason.choices, blank=True, verbose_name="lý do quá hạn"
    )
    overdue_note = models.CharField(max_length=500, blank=True, verbose_name="diễn giải quá hạn")
    stop_reason = models.CharField(max_length=20, choices=StopReason.choices, blank=True, verbose_name="lý do dừng")
    is_refused = models.BooleanField(default=False, verbose_name="kết quả là từ chối")
    # When a reminder rule speaks next; the sweep reads nothing else.
    next_reminder_at = models.DateTimeField(null=True, blank=True, verbose_name="lần nhắc kế tiếp")
    unpaid_vnd = models.PositiveIntegerField(default=0, verbose_name="còn phải thu (đồng)")
    finished_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc xử lý xong")
    returned_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc trả kết quả")
    closed_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc kết thúc")

    # The open step as it stands, copied from its run so that lists and rights need no join.
    current_run_no = models.PositiveSmallIntegerField(null=True, blank=True, verbose_name="lượt hiện tại")
    current_action = models.CharField(
        max_length=15, choices=StepAction.choices, blank=True, verbose_name="loại việc hiện tại"
    )
    current_role = models.CharField(max_length=20, choices=Role.choices, blank=True, verbose_name="vai trò đang chờ")
    current_step_name = models.CharField(max_length=200, blank=True, verbose_name="tên bước hiện tại")
    step_due_at = models.DateTimeField(null=True, blank=True, verbose_name="hạn của bước")

    fee_vnd = models.PositiveIntegerField(null=True, blank=True, verbose_name="phí (đồng)")
    duty_vnd = models.PositiveIntegerField(null=True, blank=True, verbose_name="lệ phí (đồng)")
    fee_note = models.CharField(max_length=500, blank=True, verbose_name="diễn giải phí, lệ phí")
    book_no = models.CharField(max_length=20, blank=True, verbose_name="quyển số")
    line_no = models.PositiveIntegerField(null=True, blank=True, verbose_name="số thứ tự trong sổ")

    # A second request with the same key is the same intake; the digest tells a reused key from a repeated one.
    intake_key = models.CharField(max_length=80, verbose_name="khoá chống gửi trùng")
    intake_digest = models.CharField(max_length=32, verbose_name="dấu nội dung tiếp nhận")

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ"
        verbose_name_plural = "hồ sơ"
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation__isnull=True)
                | Q(person__isnull=True, organisation__isnull=False),
                name="dossier_one_applicant",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["REFUSED_INTAKE", "STOPPED", "RETURNED"], closed_at__isnull=False)
                | (~Q(status__in=["REFUSED_INTAKE", "STOPPED", "RETURNED"]) & Q(closed_at__isnull=True)),
                name="dossier_closed_when_final",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["DONE", "RETURNED"]) | Q(finished_at__isnull=False),
                name="dossier_done_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(status="RETURNED") | Q(returned_at__isnull=False), name="dossier_returned_has_time"
            ),
            models.UniqueConstraint(
                fields=["receiving_unit", "book_no", "line_no"], name="dossier_register_line_unique"
            ),
            models.UniqueConstraint(fields=["received_by", "intake_key"], name="dossier_intake_key_unique"),
            models.UniqueConstraint(
                fields=["intake_key"], condition=Q(submitted_at__isnull=False), name="dossier_filing_key_unique"
            ),
            # Accepted = somebody received it, into a book, under a process and a calendar; only filings lack that.
            models.CheckConstraint(
                condition=Q(
                    accepted_at__isnull=False,
                    received_by__isnull=False,
                    iso_process__isnull=False,
                    calendar_version__isnull=False,
                    line_no__isnull=False,
                )
                | Q(
                    accepted_at__isnull=True,
                    line_no__isnull=True,
                    submitted_at__isnull=False,
                    status__in=["SUBMITTED", "WAIT_SUPPLEMENT", "REFUSED_INTAKE", "STOPPED"],
                ),
                name="dossier_accepted_has_facts",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["WAIT_SUPPLEMENT", "WAIT_PAYMENT", "WITHDRAW_REQUESTED"])
                | Q(accepted_at__isnull=True)
                | ~Q(resume_status=""),
                name="dossier_stop_knows_the_way_back",
            ),
            models.CheckConstraint(
                condition=Q(overdue_recorded_at__isnull=True) | ~Q(overdue_reason=""), name="dossier_overdue_has_reason"
            ),
        ]
        indexes = [
            # the work list of a unit, most urgent first
            models.Index(
                fields=["owner_unit", "due_at", "id"], condition=Q(closed_at__isnull=True), name="dossier_work_unit"
            ),
            models.Index(
                fields=["officer", "due_at", "id"], condition=Q(closed_at__isnull=True), name="dossier_work_mine"
            ),
            models.Index(fields=["receiving_unit", "-id"], name="dossier_by_receiving_unit"),
            models.Index(fields=["handling_unit", "-id"], name="dossier_by_handling_unit"),
            # the desk's day: what came in, and what it has promised
            models.Index(fields=["receiving_unit", "accepted_at"], name="dossier_received_at_desk"),
            models.Index(
                fields=["receiving_unit", "due_at", "id"],
                condition=Q(closed_at__isnull=True),
                name="dossier_open_at_desk",
            ),
            # the desk's list of results to hand over
            models.Index(
                fields=["receiving_unit", "finished_at"], condition=Q(status="DONE"), name="dossier_ready_at_desk"
            ),
            # "same person, same procedure, still open"
            models.Index(
                fields=["person", "procedure"], condition=Q(closed_at__isnull=True), name="dossier_open_of_person"
            ),
            models.Index(
                fields=["organisation", "procedure"],
                condition=Q(closed_at__isnull=True, organisation__isnull=False),
                name="dossier_open_of_organisation",
            ),
            models.Index(fields=["phone_index"], name="dossier_by_phone"),
            # filed online, waiting for the desk's check
            models.Index(
                fields=["receiving_unit", "check_due_at"],
                condition=Q(status="SUBMITTED"),
                name="dossier_filed_at_desk",
            ),
            # papers sent from home for an accepted dossier, waiting for the desk
            models.Index(
                fields=["receiving_unit", "check_due_at"],
                condition=Q(status="WAIT_SUPPLEMENT", check_due_at__isnull=False),
                name="dossier_sent_to_desk",
            ),
            # the reminder sweep: only what is due costs anything
            models.Index(
                fields=["next_reminder_at"],
                condition=Q(next_reminder_at__isnull=False),
                name="dossier_reminder_due",
            ),
            models.Index(fields=["receiving_unit", "id"], condition=Q(unpaid_vnd__gt=0), name="dossier_unpaid_at_desk"),
            # the leader's signing desk
            models.Index(
                fields=["owner_unit", "due_at"], condition=Q(status="SIGNING"), name="dossier_waiting_signature"
            ),
            GinIndex(fields=["reader_unit_ids"], name="dossier_by_reader_unit"),
        ]

    def __str__(self) -> str:
        return self.code
