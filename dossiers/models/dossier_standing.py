"""Where a dossier is: the columns that work lists and rights read without a join."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit, User
from procedures.constants import StepAction


class StandingColumns(models.Model):
    """The units with a part in it, who works on it, and its open step."""

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

    # The open step as it stands, copied from its run so that lists and rights need no join.
    current_run_no = models.PositiveSmallIntegerField(null=True, blank=True, verbose_name="lượt hiện tại")
    current_action = models.CharField(
        max_length=15, choices=StepAction.choices, blank=True, verbose_name="loại việc hiện tại"
    )
    current_role = models.CharField(max_length=20, choices=Role.choices, blank=True, verbose_name="vai trò đang chờ")
    current_step_name = models.CharField(max_length=200, blank=True, verbose_name="tên bước hiện tại")
    step_due_at = models.DateTimeField(null=True, blank=True, verbose_name="hạn của bước")

    class Meta:
        abstract = True
