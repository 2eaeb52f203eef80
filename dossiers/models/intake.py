"""What was brought to the counter, and the clerk's unfinished intake."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from dossiers.constants import ChecklistState
from dossiers.models.dossier import Dossier
from dossiers.papers.models import Paper, PaperUse
from haddong_portal.accounts.models import Unit, User
from haddong_portal.citizens.models import ResidenceLookUp
from haddong_portal.common.crypto.fields import EncryptedTextField
from procedures.models import PaperRequirement


class ChecklistLine(models.Model):
    """One paper of a dossier: the requirement as it stood, and what the citizen brought.

    `paper_use`: nothing was brought, the store's paper was used. `look_up`: how residence or identity was looked up,
    or why it could not be and a paper had to be shown.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="checklist", verbose_name="hồ sơ")
    requirement = models.ForeignKey(
        PaperRequirement, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="thành phần"
    )
    position = models.PositiveSmallIntegerField(verbose_name="thứ tự")
    name = models.TextField(verbose_name="tên giấy tờ")
    state = models.CharField(max_length=10, choices=ChecklistState.choices, verbose_name="tình trạng")
    originals = models.PositiveSmallIntegerField(default=0, verbose_name="bản chính")
    copies = models.PositiveSmallIntegerField(default=0, verbose_name="bản sao")
    note = models.CharField(max_length=300, blank=True, verbose_name="ghi chú")
    paper_use = models.OneToOneField(
        PaperUse, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="lần dùng lại"
    )
    look_up = models.OneToOneField(
        ResidenceLookUp, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="lần tra cứu"
    )
    # The paper it became in its owner's store, when it was brought on paper and digitised.
    digitised_paper = models.ForeignKey(
        Paper, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="bản đã số hóa"
    )
    digitised_at = models.DateTimeField(null=True, blank=True, verbose_name="số hóa lúc")

    class Meta:
        verbose_name = "giấy tờ đã nộp"
        verbose_name_plural = "giấy tờ đã nộp"
        ordering = ["dossier_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "position"], name="checklist_line_position_unique"),
            models.CheckConstraint(
                condition=Q(paper_use__isnull=True) | Q(state=ChecklistState.ELECTRONIC, look_up__isnull=True),
                name="checklist_line_reuse_is_electronic",
            ),
            models.CheckConstraint(
                condition=Q(digitised_paper__isnull=True, digitised_at__isnull=True)
                | Q(digitised_paper__isnull=False, digitised_at__isnull=False),
                name="checklist_line_digitised_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name[:80]


class IntakeDraft(models.Model):
    """What a clerk has typed so far: saved field by field, so leaving and returning loses nothing.

    `key` doubles as the idempotency key of the intake, so a double submit cannot make two dossiers.
    `content` is the whole form as encrypted JSON, since it holds personal data.
    """

    clerk = models.ForeignKey(User, on_delete=models.CASCADE, related_name="intake_drafts", verbose_name="công chức")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+", verbose_name="đơn vị")
    key = models.UUIDField(unique=True, verbose_name="khóa")
    content = EncryptedTextField(blank=True, default="", verbose_name="nội dung")
    updated_at = models.DateTimeField(verbose_name="lúc lưu")

    class Meta:
        verbose_name = "bản tiếp nhận đang nhập"
        verbose_name_plural = "bản tiếp nhận đang nhập"
        indexes = [models.Index(fields=["clerk", "-updated_at"], name="intake_draft_of_clerk")]

    def __str__(self) -> str:
        return str(self.key)
