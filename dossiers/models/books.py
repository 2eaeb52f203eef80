"""Books and lists of the desk: the yearly register (Mẫu 06) and hand-overs between units."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from dossiers.models.dossier import Dossier
from haddong_portal.accounts.models import Unit, User
from haddong_portal.common.crypto.fields import EncryptedTextField


class RegisterBook(models.Model):
    """A unit's register of one year (TT 01/2018 art. 10). Its lines are the dossiers; closing fixes their number."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="register_books", verbose_name="đơn vị")
    year = models.PositiveSmallIntegerField(verbose_name="năm")
    book_no = models.CharField(max_length=20, verbose_name="quyển số")
    line_count = models.PositiveIntegerField(verbose_name="số dòng")
    closed_at = models.DateTimeField(verbose_name="khóa sổ lúc")
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người khóa sổ")
    sha256 = models.CharField(max_length=64, verbose_name="dấu SHA-256 của các dòng")
    # The lines as they stood when the book was closed (JSON): what an export of a closed book prints.
    lines = EncryptedTextField(blank=True, default="", verbose_name="các dòng lúc khóa sổ")

    class Meta:
        verbose_name = "sổ theo dõi đã khóa"
        verbose_name_plural = "sổ theo dõi đã khóa"
        constraints = [models.UniqueConstraint(fields=["unit", "book_no"], name="register_book_closed_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.book_no}"


class DeliveryList(models.Model):
    """Dossiers handed from one unit to another at once, on one list that both sign."""

    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="lists_sent", verbose_name="bên giao")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="lists_received", verbose_name="bên nhận")
    year = models.PositiveSmallIntegerField(verbose_name="năm")
    number = models.PositiveIntegerField(verbose_name="số")
    handed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người giao")
    handed_at = models.DateTimeField(verbose_name="lúc giao")
    received_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="người nhận"
    )
    received_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc nhận")
    note = models.CharField(max_length=500, blank=True, verbose_name="ghi chú")

    class Meta:
        verbose_name = "danh sách bàn giao"
        verbose_name_plural = "danh sách bàn giao"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["from_unit", "year", "number"], name="delivery_list_number_unique"),
            models.CheckConstraint(condition=~Q(from_unit=F("to_unit")), name="delivery_list_two_units"),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True, received_by__isnull=True)
                | Q(received_at__isnull=False, received_by__isnull=False),
                name="delivery_list_received_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"


class DeliveryLine(models.Model):
    """One dossier of a list."""

    delivery_list = models.ForeignKey(
        DeliveryList, on_delete=models.PROTECT, related_name="lines", verbose_name="danh sách"
    )
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", verbose_name="hồ sơ")
    position = models.PositiveSmallIntegerField(verbose_name="thứ tự")
    step_name = models.CharField(max_length=200, blank=True, verbose_name="bước")
    missing = models.BooleanField(default=False, verbose_name="bên nhận không thấy")

    class Meta:
        verbose_name = "dòng bàn giao"
        verbose_name_plural = "dòng bàn giao"
        ordering = ["delivery_list_id", "position"]
        constraints = [models.UniqueConstraint(fields=["delivery_list", "dossier"], name="delivery_line_dossier_once")]

    def __str__(self) -> str:
        return f"{self.delivery_list_id}: {self.dossier_id}"
