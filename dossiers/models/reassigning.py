"""Work given to other people in bulk: the order, and per dossier what became of it. The rows are the job."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from dossiers.models.dossier import Dossier
from haddong_portal.accounts.models import Post, Unit, User


class Reassignment(models.Model):
    """One order to give a person's open work in a unit (or chosen dossiers) to others; a worker carries it out."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reassignments", verbose_name="đơn vị")
    from_user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="người bàn giao việc"
    )
    ordered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người giao lại")
    # The post in which it was ordered: each dossier is moved with its rights.
    ordered_in = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", verbose_name="với vị trí")
    reason = models.CharField(max_length=500, verbose_name="lý do")
    total = models.PositiveIntegerField(verbose_name="số hồ sơ")
    created_at = models.DateTimeField(verbose_name="lúc giao")
    touched_at = models.DateTimeField(verbose_name="lúc có tiến triển")
    finished_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc xong")

    class Meta:
        verbose_name = "lượt giao lại việc"
        verbose_name_plural = "lượt giao lại việc"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "from_user"],
                condition=Q(finished_at__isnull=True, from_user__isnull=False),
                name="reassignment_one_open_per_person",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="reassignment_has_reason"),
        ]
        indexes = [models.Index(fields=["touched_at"], condition=Q(finished_at__isnull=True), name="reassignment_open")]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.total}"


class ReassignmentLine(models.Model):
    """One dossier of an order: from whom to whom; waiting, moved, or not moved with the reason."""

    class State(models.TextChoices):
        WAITING = "waiting", "chờ giao"
        MOVED = "moved", "đã giao"
        REFUSED = "refused", "chưa giao được"

    reassignment = models.ForeignKey(
        Reassignment, on_delete=models.CASCADE, related_name="lines", verbose_name="lượt giao lại"
    )
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", verbose_name="hồ sơ")
    from_user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="đang ở"
    )
    to_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="giao cho")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING, verbose_name="trạng thái")
    code = models.CharField(max_length=60, blank=True, verbose_name="mã lý do")
    message = models.CharField(max_length=500, blank=True, verbose_name="lý do chưa giao được")

    class Meta:
        verbose_name = "dòng giao lại việc"
        verbose_name_plural = "dòng giao lại việc"
        ordering = ["reassignment_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["reassignment", "dossier"], name="reassignment_line_dossier_once"),
            models.CheckConstraint(
                condition=Q(state="refused") & ~Q(message="") | ~Q(state="refused") & Q(message="", code=""),
                name="reassignment_line_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reassignment_id}: {self.dossier_id}"
