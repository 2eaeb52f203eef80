"""What goes to agencies and comes back: durable rows first, the wire afterwards."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from haddong_portal.common.crypto.fields import EncryptedTextField
from interlink.constants import MessageKind, MessageState, ReplyKind, ReplyState
from interlink.models.cases import Leg
from interlink.models.groups import Agency


class AgencyMessage(models.Model):
    """The outbox. `id` is the message id on the wire; (leg, generation, kind, number) can be written only once."""

    id = models.UUIDField(primary_key=True, verbose_name="mã tin")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="messages", verbose_name="cơ quan")
    leg = models.ForeignKey(Leg, on_delete=models.PROTECT, related_name="messages", verbose_name="nhánh")
    generation = models.PositiveSmallIntegerField(verbose_name="lượt")
    kind = models.CharField(max_length=12, choices=MessageKind.choices, verbose_name="loại")
    number = models.PositiveSmallIntegerField(default=1, verbose_name="số thứ tự")
    payload = EncryptedTextField(verbose_name="nội dung")
    state = models.CharField(
        max_length=12, choices=MessageState.choices, default=MessageState.PENDING, verbose_name="trạng thái"
    )
    attempts = models.PositiveSmallIntegerField(default=0, verbose_name="số lần thử")
    next_attempt_at = models.DateTimeField(verbose_name="lần thử kế tiếp")
    last_error = models.CharField(max_length=1000, blank=True, verbose_name="lỗi gần nhất")
    receipt = models.TextField(blank=True, verbose_name="biên nhận có ký")
    created_at = models.DateTimeField(verbose_name="lúc tạo")
    sent_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc gửi")
    ack_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc có biên nhận")

    class Meta:
        verbose_name = "tin gửi cơ quan"
        verbose_name_plural = "tin gửi cơ quan"
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["leg", "generation", "kind", "number"], name="agency_message_once"),
            models.CheckConstraint(condition=Q(state__in=MessageState.values), name="agency_message_state"),
            models.CheckConstraint(
                condition=~Q(state=MessageState.ACKNOWLEDGED) | Q(ack_at__isnull=False, sent_at__isnull=False),
                name="agency_message_acknowledged_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[MessageState.DEAD, MessageState.REJECTED]) | ~Q(last_error=""),
                name="agency_message_given_up_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"], condition=Q(state__in=["pending", "sent"]), name="agency_message_due"
            ),
            models.Index(fields=["agency", "state"], condition=Q(state="dead"), name="agency_message_dead"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class AgencyReply(models.Model):
    """The inbox. A reply is kept before it is applied, once per agency and message id."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="replies", verbose_name="cơ quan")
    wire_id = models.CharField(max_length=80, verbose_name="mã tin của cơ quan")
    # What it says it answers; `message` is ours if we know it.
    correlation = models.CharField(max_length=80, blank=True, verbose_name="trả lời tin")
    message = models.ForeignKey(
        AgencyMessage, null=True, blank=True, on_delete=models.PROTECT, related_name="replies", verbose_name="tin"
    )
    sequence = models.PositiveIntegerField(verbose_name="số thứ tự trong yêu cầu")
    kind = models.CharField(max_length=12, choices=ReplyKind.choices, verbose_name="loại")
    payload = EncryptedTextField(blank=True, default="", verbose_name="nội dung")
    jws = EncryptedTextField(blank=True, default="", verbose_name="bản có ký")
    received_at = models.DateTimeField(verbose_name="lúc nhận")
    state = models.CharField(
        max_length=10, choices=ReplyState.choices, default=ReplyState.WAITING, verbose_name="trạng thái"
    )
    applied_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc áp dụng")
    note = models.CharField(max_length=500, blank=True, verbose_name="ghi chú")

    class Meta:
        verbose_name = "tin của cơ quan"
        verbose_name_plural = "tin của cơ quan"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "wire_id"], name="agency_reply_once"),
            models.CheckConstraint(condition=Q(state__in=ReplyState.values), name="agency_reply_state"),
            models.CheckConstraint(
                condition=~Q(state__in=[ReplyState.APPLIED, ReplyState.LATE])
                | Q(applied_at__isnull=False, message__isnull=False),
                name="agency_reply_applied_has_time_and_message",
            ),
        ]
        indexes = [models.Index(fields=["received_at"], condition=Q(state="waiting"), name="agency_reply_waiting")]

    def __str__(self) -> str:
        return f"{self.kind} {self.wire_id}"
