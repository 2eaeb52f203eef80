"""A linked case and its legs: one declaration, many agencies. Only services assign a state."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from dossiers.constants import Delivery
from dossiers.models import Dossier, RuleSet
from haddong_portal.accounts.models import Unit, User
from haddong_portal.citizens.models import Person
from haddong_portal.common.crypto.fields import BlindIndexField, EncryptedTextField
from interlink.constants import ENDED_LEGS, OPEN_CASES, STARTED_LEGS, CaseState, ClockOf, LegKind, LegState
from interlink.models.groups import Agency, GroupVersion, LinkedGroup
from interlink.querysets import LinkedCaseQuerySet
from procedures.constants import Channel


class LinkedCase(models.Model):
    """One declaration answered by several agencies (hồ sơ liên thông). `row_version` grows with every act."""

    code = models.CharField(max_length=40, unique=True, verbose_name="mã hồ sơ liên thông")
    group = models.ForeignKey(LinkedGroup, on_delete=models.PROTECT, related_name="cases", verbose_name="nhóm")
    version = models.ForeignKey(GroupVersion, on_delete=models.PROTECT, related_name="cases", verbose_name="bản nhóm")
    ruleset = models.ForeignKey(
        RuleSet, on_delete=models.PROTECT, related_name="linked_cases", verbose_name="bộ quy tắc"
    )
    receiving_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="linked_cases", verbose_name="nơi tiếp nhận"
    )
    requester = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="linked_cases", verbose_name="người yêu cầu"
    )
    # Who it is about (the child, the deceased), once known as a person of the administration.
    subject_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="người được giải quyết"
    )
    declaration = EncryptedTextField(verbose_name="thông tin khai")
    subject = EncryptedTextField(blank=True, default="", verbose_name="dấu nhận ra sự kiện")
    subject_index = BlindIndexField(source="subject", purpose="linked_subject")
    channel = models.PositiveSmallIntegerField(choices=Channel.choices, default=Channel.DIRECT, verbose_name="kênh nộp")
    delivery = models.CharField(
        max_length=10, choices=Delivery.choices, default=Delivery.DESK, verbose_name="cách nhận kết quả"
    )
    delivery_address = EncryptedTextField(blank=True, default="", verbose_name="địa chỉ nhận")
    declared_at = models.DateTimeField(verbose_name="lúc khai")
    deemed_at = models.DateTimeField(verbose_name="tính là tiếp nhận lúc")
    group_due_at = models.DateTimeField(null=True, blank=True, verbose_name="hạn của cả nhóm")
    due_explanation = models.JSONField(default=list, blank=True, verbose_name="cách tính hạn")
    is_verified = models.BooleanField(default=False, verbose_name="phải xác minh")
    state = models.CharField(
        max_length=12, choices=CaseState.choices, default=CaseState.RUNNING, verbose_name="trạng thái"
    )
    stop_reason = models.CharField(max_length=500, blank=True, verbose_name="lý do dừng")
    ended_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc kết thúc")
    opened_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="người tiếp nhận"
    )
    idempotency_key = models.CharField(max_length=80, verbose_name="khóa chống gửi trùng")
    intake_digest = models.CharField(max_length=32, verbose_name="dấu nội dung khai")
    tracking_token = models.CharField(max_length=40, unique=True, verbose_name="mã tra cứu")
    source_system = models.CharField(max_length=80, blank=True, verbose_name="hệ thống gửi")
    row_version = models.PositiveIntegerField(default=1, verbose_name="phiên bản dòng")

    objects = LinkedCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ liên thông"
        verbose_name_plural = "hồ sơ liên thông"
        constraints = [
            models.UniqueConstraint(
                fields=["group", "subject_index"],
                condition=Q(state__in=OPEN_CASES, subject_index__isnull=False),
                name="linked_case_subject_once_open",
            ),
            models.UniqueConstraint(
                fields=["opened_by", "idempotency_key"], name="linked_case_key_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(state__in=CaseState.values), name="linked_case_state"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_CASES, ended_at__isnull=True)
                | Q(state__in=[CaseState.ENDED, CaseState.STOPPED], ended_at__isnull=False),
                name="linked_case_ended_has_time",
            ),
            models.CheckConstraint(
                condition=Q(group_due_at__isnull=True) | Q(group_due_at__gte=F("declared_at")),
                name="linked_case_due_after_declared",
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.STOPPED) | ~Q(stop_reason=""), name="linked_case_stopped_says_why"
            ),
        ]
        indexes = [
            # the unit's list, newest first; the open ones; the requester's own
            models.Index(fields=["receiving_unit", "-id"], name="linked_case_of_unit"),
            models.Index(
                fields=["receiving_unit", "group_due_at"], condition=Q(state__in=OPEN_CASES), name="linked_case_open"
            ),
            models.Index(fields=["requester", "-id"], name="linked_case_of_requester"),
        ]

    def __str__(self) -> str:
        return self.code


class Leg(models.Model):
    """One agency's part of a case with its own clock. `generation` counts restarts; a reply to an old one is late."""

    case = models.ForeignKey(LinkedCase, on_delete=models.PROTECT, related_name="legs", verbose_name="hồ sơ liên thông")
    key = models.CharField(max_length=40, verbose_name="khóa")
    kind = models.CharField(max_length=10, choices=LegKind.choices, verbose_name="loại")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="legs", verbose_name="cơ quan")
    name = models.CharField(max_length=300, verbose_name="tên")
    procedure_code = models.CharField(max_length=30, blank=True, verbose_name="mã thủ tục")
    position = models.PositiveSmallIntegerField(verbose_name="thứ tự")
    depends_on = models.JSONField(default=list, blank=True, verbose_name="sau các bước")
    state = models.CharField(
        max_length=12, choices=LegState.choices, default=LegState.WAITING, verbose_name="trạng thái"
    )
    generation = models.PositiveSmallIntegerField(default=1, verbose_name="lượt")
    limit = models.JSONField(default=dict, blank=True, verbose_name="thời hạn")
    started_at = models.DateTimeField(null=True, blank=True, verbose_name="tính giờ từ")
    # Promised on the receipt at the start, computed again when the leg really starts.
    due_at = models.DateTimeField(null=True, blank=True, verbose_name="hạn của bước")
    explanation = models.JSONField(default=list, blank=True, verbose_name="cách tính hạn")
    # The date on the receipt, were every leg before it to end on its last day.
    promised_at = models.DateTimeField(null=True, blank=True, verbose_name="ngày hẹn trên giấy")
    # Why it is held, and the holds that somebody decided to go on without.
    hold_code = models.CharField(max_length=20, blank=True, verbose_name="mã lý do giữ")
    released = models.JSONField(default=list, blank=True, verbose_name="lý do giữ đã cho qua")
    sent_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc gửi")
    ack_due_at = models.DateTimeField(null=True, blank=True, verbose_name="phải được tiếp nhận trước")
    ack_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc cơ quan tiếp nhận")
    done_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc kết thúc")
    supplement_due_at = models.DateTimeField(null=True, blank=True, verbose_name="phải bổ sung trước")
    last_reply_no = models.PositiveIntegerField(default=0, verbose_name="số tin gần nhất")
    dossier = models.ForeignKey(
        Dossier, null=True, blank=True, on_delete=models.PROTECT, related_name="legs", verbose_name="hồ sơ"
    )
    outcome_number = models.CharField(max_length=120, blank=True, verbose_name="số kết quả")
    outcome_date = models.DateField(null=True, blank=True, verbose_name="ngày kết quả")
    outcome_text = models.CharField(max_length=1000, blank=True, verbose_name="kết quả")
    result = EncryptedTextField(blank=True, default="", verbose_name="thông tin kết quả")
    reason = models.CharField(max_length=1000, blank=True, verbose_name="lý do")
    clock_of = models.CharField(max_length=10, choices=ClockOf.choices, blank=True, verbose_name="đang tính giờ của")
    apology_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc xin lỗi")
    ack_alert_at = models.DateTimeField(null=True, blank=True, verbose_name="báo chưa tiếp nhận lúc")
    sync_alert_at = models.DateTimeField(null=True, blank=True, verbose_name="báo chưa đồng bộ lúc")

    class Meta:
        verbose_name = "nhánh liên thông"
        verbose_name_plural = "nhánh liên thông"
        ordering = ["case_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["case", "key"], name="leg_key_once"),
            models.UniqueConstraint(fields=["dossier"], name="leg_dossier_once"),
            models.CheckConstraint(condition=Q(state__in=LegState.values), name="leg_state"),
            models.CheckConstraint(condition=Q(generation__gte=1), name="leg_generation_from_one"),
            models.CheckConstraint(
                condition=Q(state__in=ENDED_LEGS, done_at__isnull=False)
                | (~Q(state__in=ENDED_LEGS) & Q(done_at__isnull=True)),
                name="leg_ended_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[*STARTED_LEGS, LegState.DONE]) | Q(started_at__isnull=False),
                name="leg_at_work_has_start",
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | Q(started_at__isnull=True) | Q(due_at__gte=F("started_at")),
                name="leg_due_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[LegState.HELD, LegState.REFUSED, LegState.RETURNED]) | ~Q(reason=""),
                name="leg_stands_with_reason",
            ),
        ]
        indexes = [
            # sweepers: late legs, missing acknowledgements, legs that wait for their start
            models.Index(
                fields=["due_at"], condition=Q(state__in=STARTED_LEGS, apology_at__isnull=True), name="leg_due"
            ),
            models.Index(fields=["ack_due_at"], condition=Q(state__in=["ready", "sent"]), name="leg_ack_due"),
            models.Index(fields=["agency", "state"], condition=~Q(state__in=ENDED_LEGS), name="leg_open_of_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.key}"


class Confirmation(models.Model):
    """Somebody's agreement that a leg needs (household head, owner, parent), with a clock of its own."""

    case = models.ForeignKey(
        LinkedCase, on_delete=models.PROTECT, related_name="confirmations", verbose_name="hồ sơ liên thông"
    )
    role = models.CharField(max_length=30, verbose_name="vai")
    role_name = models.CharField(max_length=80, verbose_name="tên vai")
    needed_by = models.JSONField(default=list, verbose_name="bước cần")
    person_name = EncryptedTextField(blank=True, default="", verbose_name="họ tên")
    personal_id = EncryptedTextField(blank=True, default="", verbose_name="số định danh")
    personal_id_index = BlindIndexField(source="personal_id")
    phone = EncryptedTextField(blank=True, default="", verbose_name="điện thoại")
    method = models.CharField(max_length=10, blank=True, verbose_name="cách xác nhận")
    state = models.CharField(max_length=10, verbose_name="trạng thái")
    asked_at = models.DateTimeField(verbose_name="lúc đề nghị")
    due_at = models.DateTimeField(null=True, blank=True, verbose_name="hạn xác nhận")
    answered_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc trả lời")
    recorded_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="người ghi"
    )
    note = models.CharField(max_length=500, blank=True, verbose_name="ghi chú")

    class Meta:
        verbose_name = "xác nhận"
        verbose_name_plural = "xác nhận"
        ordering = ["case_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "role"], name="confirmation_role_once"),
            models.CheckConstraint(
                condition=Q(state__in=["given", "declined"], answered_at__isnull=False)
                | Q(state__in=["asked", "lapsed"], answered_at__isnull=True),
                name="confirmation_answered_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["given", "declined"]) | ~Q(method=""), name="confirmation_answered_says_how"
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(state="asked"), name="confirmation_due")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.role}"


class CaseEvent(models.Model):
    """One act on one linked case. A database trigger forbids changing or deleting a row."""

    case = models.ForeignKey(
        LinkedCase, on_delete=models.PROTECT, related_name="events", verbose_name="hồ sơ liên thông"
    )
    leg = models.ForeignKey(
        Leg, null=True, blank=True, on_delete=models.PROTECT, related_name="events", verbose_name="nhánh"
    )
    kind = models.CharField(max_length=40, verbose_name="việc")
    at = models.DateTimeField(verbose_name="lúc")
    actor_user_id = models.BigIntegerField(null=True, blank=True, verbose_name="tài khoản")
    actor_name = models.CharField(max_length=200, verbose_name="người thực hiện")
    actor_title = models.CharField(max_length=120, blank=True, verbose_name="chức danh")
    unit_id = models.BigIntegerField(null=True, blank=True, verbose_name="đơn vị")
    unit_name = models.CharField(max_length=200, blank=True, verbose_name="tên đơn vị")
    from_state = models.CharField(max_length=12, blank=True, verbose_name="từ trạng thái")
    to_state = models.CharField(max_length=12, blank=True, verbose_name="sang trạng thái")
    note = models.CharField(max_length=1000, blank=True, verbose_name="ghi chú")
    data = models.JSONField(default=dict, blank=True, verbose_name="chi tiết")

    class Meta:
        verbose_name = "diễn biến liên thông"
        verbose_name_plural = "diễn biến liên thông"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"
