"""Who read or changed what. Rows are appended in the request without any lock; seals chain them afterwards."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class AuditSeal(models.Model):
    """A link of the chain: the hash over the previous link and this link's entries, per partition (day)."""

    partition = models.CharField(max_length=10, verbose_name="phần sổ")
    number = models.PositiveIntegerField(verbose_name="số thứ tự")
    entry_count = models.PositiveIntegerField(verbose_name="số dòng")
    previous_hash = models.CharField(max_length=64, blank=True, verbose_name="dấu trước")
    hash = models.CharField(max_length=64, verbose_name="dấu")
    sealed_at = models.DateTimeField(verbose_name="lúc niêm")

    class Meta:
        verbose_name = "dấu niêm nhật ký"
        verbose_name_plural = "dấu niêm nhật ký"
        constraints = [models.UniqueConstraint(fields=["partition", "number"], name="audit_seal_in_order")]

    def __str__(self) -> str:
        return f"{self.partition} #{self.number}"


class AuditEntry(models.Model):
    """One read or change by one actor. `data` never holds personal data, only what and why."""

    at = models.DateTimeField(verbose_name="lúc")
    actor_user_id = models.BigIntegerField(null=True, blank=True, verbose_name="tài khoản")
    actor_name = models.CharField(max_length=200, verbose_name="người thực hiện")
    post_id = models.BigIntegerField(null=True, blank=True, verbose_name="chức vụ")
    unit_id = models.BigIntegerField(null=True, blank=True, verbose_name="đơn vị")
    action = models.CharField(max_length=80, verbose_name="việc")
    object_type = models.CharField(max_length=40, verbose_name="loại đối tượng")
    object_id = models.CharField(max_length=60, verbose_name="đối tượng")
    person_id = models.BigIntegerField(null=True, blank=True, verbose_name="người có dữ liệu")
    purpose = models.CharField(max_length=200, blank=True, verbose_name="mục đích")
    channel = models.CharField(max_length=10, verbose_name="kênh")
    ip = models.GenericIPAddressField(null=True, blank=True, verbose_name="địa chỉ mạng")
    request_id = models.CharField(max_length=36, blank=True, verbose_name="số yêu cầu")
    data = models.JSONField(default=dict, blank=True, verbose_name="chi tiết")
    seal = models.ForeignKey(
        AuditSeal, null=True, blank=True, on_delete=models.PROTECT, related_name="entries", verbose_name="dấu niêm"
    )
    seal_position = models.PositiveIntegerField(null=True, blank=True, verbose_name="vị trí trong dấu")

    class Meta:
        verbose_name = "dòng nhật ký"
        verbose_name_plural = "dòng nhật ký"
        constraints = [
            models.CheckConstraint(
                condition=Q(seal__isnull=True, seal_position__isnull=True)
                | Q(seal__isnull=False, seal_position__isnull=False),
                name="audit_entry_seal_with_position",
            ),
        ]
        indexes = [
            models.Index(fields=["object_type", "object_id", "-at"], name="audit_entry_by_object"),
            models.Index(
                fields=["person_id", "-at"], condition=Q(person_id__isnull=False), name="audit_entry_by_person"
            ),
            models.Index(fields=["actor_user_id", "-at"], name="audit_entry_by_actor"),
            # the inspector's page without a filter, or of one day
            models.Index(fields=["-at", "-id"], name="audit_entry_by_time"),
            # the sealer's query
            models.Index(fields=["id"], condition=Q(seal__isnull=True), name="audit_entry_unsealed"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M} {self.actor_name} {self.action}"
