"""Money of a dossier: what is owed, what was paid, where to transfer it, and the clerk's day-end. All in đồng."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from dossiers.constants import ChargeKind, PaymentMethod
from dossiers.models.clock import Pause
from dossiers.models.dossier import Dossier
from haddong_portal.accounts.models import Unit, User
from haddong_portal.common.crypto.fields import EncryptedTextField


class Charge(models.Model):
    """A fee or duty owed for a dossier; `amount_vnd` None = not known yet. Exempt with a reason, or to be paid."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="charges", verbose_name="hồ sơ")
    kind = models.CharField(max_length=4, choices=ChargeKind.choices, verbose_name="loại")
    label = models.CharField(max_length=300, verbose_name="nội dung thu")
    amount_vnd = models.PositiveIntegerField(null=True, blank=True, verbose_name="số tiền (đồng)")
    exempt_reason = models.CharField(max_length=300, blank=True, verbose_name="lý do miễn, giảm")
    exempted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="người cho miễn"
    )
    # The stop that waits for it, and the paper that proves a tax paid to somebody else.
    pause = models.ForeignKey(
        Pause, null=True, blank=True, on_delete=models.PROTECT, related_name="charges", verbose_name="khoảng chờ nộp"
    )
    proof = models.CharField(max_length=200, blank=True, verbose_name="chứng từ nộp")
    created_at = models.DateTimeField(verbose_name="lúc phát sinh")
    settled_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc xong")

    class Meta:
        verbose_name = "khoản phải thu"
        verbose_name_plural = "khoản phải thu"
        ordering = ["dossier_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(exempted_by__isnull=True) | ~Q(exempt_reason=""), name="charge_exempt_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(amount_vnd__isnull=False) | ~Q(exempt_reason=""),
                name="charge_settled_has_amount",
            ),
        ]
        # what is still to be collected, anywhere: few rows among many
        indexes = [models.Index(fields=["dossier"], condition=Q(settled_at__isnull=True), name="charge_unsettled")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.label[:60]}"


class Payment(models.Model):
    """Money received for a charge, with a receipt number of the unit's yearly book. Voided, never deleted."""

    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="payments", verbose_name="khoản")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="payments", verbose_name="nơi thu")
    year = models.PositiveSmallIntegerField(verbose_name="năm")
    receipt_no = models.PositiveIntegerField(verbose_name="số biên lai")
    amount_vnd = models.PositiveIntegerField(verbose_name="số tiền (đồng)")
    method = models.CharField(max_length=10, choices=PaymentMethod.choices, verbose_name="cách nộp")
    reference = models.CharField(max_length=100, blank=True, verbose_name="mã giao dịch")
    collected_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người thu")
    paid_at = models.DateTimeField(verbose_name="lúc thu")
    voided_at = models.DateTimeField(null=True, blank=True, verbose_name="hủy lúc")
    void_reason = models.CharField(max_length=300, blank=True, verbose_name="lý do hủy")
    # The signed sheet that reckons with it: set once, and the payment is not voided any more.
    day_end = models.ForeignKey(
        "DayEnd", null=True, blank=True, on_delete=models.PROTECT, related_name="payments", verbose_name="bảng đối soát"
    )

    class Meta:
        verbose_name = "lần thu"
        verbose_name_plural = "lần thu"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "receipt_no"], name="payment_receipt_number_unique"),
            models.UniqueConstraint(
                fields=["charge"], condition=Q(voided_at__isnull=True), name="payment_one_valid_per_charge"
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | ~Q(void_reason=""), name="payment_void_has_reason"
            ),
        ]
        indexes = [models.Index(fields=["collected_by", "paid_at"], name="payment_by_clerk")]

    def __str__(self) -> str:
        return f"{self.receipt_no}/{self.year}: {self.amount_vnd}"


class BankAccount(models.Model):
    """Where a unit's fees are transferred to, from a day on: dated data of the deployment."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="bank_accounts", verbose_name="đơn vị")
    bank_bin = models.CharField(max_length=6, verbose_name="mã ngân hàng (BIN)")
    bank_name = models.CharField(max_length=120, verbose_name="tên ngân hàng")
    account_no = EncryptedTextField(verbose_name="số tài khoản")
    account_name = models.CharField(max_length=120, verbose_name="tên tài khoản")
    valid_from = models.DateField(verbose_name="dùng từ")
    valid_to = models.DateField(null=True, blank=True, verbose_name="đến hết ngày")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "tài khoản thu"
        verbose_name_plural = "tài khoản thu"
        constraints = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="bank_account_start_unique"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="bank_account_validity_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.bank_name}"


class DayEnd(models.Model):
    """A clerk's day closed with one signature: what the books say, what was counted, and why they differ."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="day_ends", verbose_name="nơi thu")
    clerk = models.ForeignKey(User, on_delete=models.PROTECT, related_name="day_ends", verbose_name="công chức")
    day = models.DateField(verbose_name="ngày")
    figures = models.JSONField(default=dict, verbose_name="số liệu")
    cash_expected_vnd = models.PositiveIntegerField(verbose_name="tiền mặt theo sổ (đồng)")
    cash_counted_vnd = models.PositiveIntegerField(verbose_name="tiền mặt kiểm đếm (đồng)")
    note = models.CharField(max_length=500, blank=True, verbose_name="giải trình chênh lệch")
    signed_at = models.DateTimeField(verbose_name="lúc ký")

    class Meta:
        verbose_name = "đối soát cuối ngày"
        verbose_name_plural = "đối soát cuối ngày"
        constraints = [
            models.UniqueConstraint(fields=["unit", "clerk", "day"], name="day_end_once_per_clerk_day"),
            models.CheckConstraint(
                condition=Q(cash_counted_vnd=F("cash_expected_vnd")) | ~Q(note=""), name="day_end_difference_has_note"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clerk_id} {self.day:%d/%m/%Y}"
