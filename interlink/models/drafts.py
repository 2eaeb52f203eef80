"""A clerk's unfinished declaration."""

from __future__ import annotations

from django.db import models

from haddong_portal.accounts.models import Unit, User
from haddong_portal.common.crypto.fields import EncryptedTextField


class DeclarationDraft(models.Model):
    """What a clerk has declared so far: saved field by field, so leaving and returning loses nothing.

    `key` doubles as the idempotency key of the case, so a double submit cannot open two. `content` is the whole form as
    encrypted JSON, since it holds personal data.
    """

    clerk = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name="công chức")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+", verbose_name="đơn vị")
    version = models.ForeignKey(
        "interlink.GroupVersion", on_delete=models.CASCADE, related_name="+", verbose_name="phiên bản nhóm"
    )
    key = models.UUIDField(unique=True, verbose_name="khóa")
    content = EncryptedTextField(blank=True, default="", verbose_name="nội dung")
    updated_at = models.DateTimeField(verbose_name="lúc lưu")

    class Meta:
        verbose_name = "tờ khai đang nhập"
        verbose_name_plural = "tờ khai đang nhập"
        indexes = [models.Index(fields=["clerk", "-updated_at"], name="declaration_draft_of_clerk")]

    def __str__(self) -> str:
        return str(self.key)
