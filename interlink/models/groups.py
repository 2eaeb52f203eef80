"""Templates as data: a linked group, its versions over time, and the agencies that carry its legs."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value

from haddong_portal.accounts.models import User
from interlink.constants import GroupState, Transport


class Agency(models.Model):
    """An agency that carries legs, how it is reached, and how well that goes. `paused_until` breaks the circuit."""

    code = models.CharField(max_length=30, unique=True, verbose_name="mã")
    name = models.CharField(max_length=200, verbose_name="tên")
    transport = models.CharField(max_length=10, choices=Transport.choices, verbose_name="cách kết nối")
    base_url = models.CharField(max_length=300, blank=True, verbose_name="địa chỉ kết nối")
    member_code = models.CharField(max_length=80, blank=True, verbose_name="mã thành viên")
    service_code = models.CharField(max_length=80, blank=True, verbose_name="mã dịch vụ")
    jwks = models.JSONField(default=dict, blank=True, verbose_name="khóa công khai")
    is_active = models.BooleanField(default=True, verbose_name="đang dùng")
    # Where the next poll of its replies goes on.
    reply_cursor = models.CharField(max_length=80, blank=True, verbose_name="đã đọc đến")
    last_ok_at = models.DateTimeField(null=True, blank=True, verbose_name="lần thông gần nhất")
    last_failed_at = models.DateTimeField(null=True, blank=True, verbose_name="lần lỗi gần nhất")
    failures_in_row = models.PositiveIntegerField(default=0, verbose_name="số lần lỗi liền nhau")
    paused_until = models.DateTimeField(null=True, blank=True, verbose_name="tạm ngừng gửi đến")

    class Meta:
        verbose_name = "cơ quan liên thông"
        verbose_name_plural = "cơ quan liên thông"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(transport=Transport.REST) | ~Q(base_url=""), name="agency_connected_has_address"
            ),
            models.CheckConstraint(condition=Q(transport__in=Transport.values), name="agency_transport"),
        ]

    def __str__(self) -> str:
        return self.name


class LinkedGroup(models.Model):
    """One life event that several agencies answer together (NĐ 63/2024 art. 1)."""

    code = models.CharField(max_length=40, unique=True, verbose_name="mã")
    name = models.CharField(max_length=300, verbose_name="tên")

    class Meta:
        verbose_name = "nhóm liên thông"
        verbose_name_plural = "nhóm liên thông"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class GroupVersion(models.Model):
    """What a group asks and who does what, for a time. A published one never changes: a case keeps its own.

    `definition` is read by `rules/template.py`. A trigger lets a published version only end (`effective_to`, retired).
    """

    group = models.ForeignKey(LinkedGroup, on_delete=models.PROTECT, related_name="versions", verbose_name="nhóm")
    version = models.PositiveSmallIntegerField(verbose_name="lần")
    procedure_code = models.CharField(max_length=30, blank=True, verbose_name="mã thủ tục liên thông")
    ruleset_code = models.CharField(max_length=10, blank=True, verbose_name="bộ quy tắc")
    legal_key = models.CharField(max_length=40, blank=True, verbose_name="căn cứ")
    effective_from = models.DateField(verbose_name="hiệu lực từ")
    effective_to = models.DateField(null=True, blank=True, verbose_name="đến hết ngày")
    state = models.CharField(
        max_length=10, choices=GroupState.choices, default=GroupState.DRAFT, verbose_name="trạng thái"
    )
    definition = models.JSONField(verbose_name="nội dung")
    # The fingerprint of the shipped definition, so that loading it again changes nothing.
    source_digest = models.CharField(max_length=64, blank=True, verbose_name="dấu nội dung")
    created_at = models.DateTimeField(verbose_name="lúc tạo")
    checked_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc kiểm tra")
    published_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc công bố")
    published_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="người công bố"
    )

    class Meta:
        verbose_name = "bản nhóm liên thông"
        verbose_name_plural = "bản nhóm liên thông"
        ordering = ["group_id", "version"]
        constraints = [
            models.UniqueConstraint(fields=["group", "version"], name="group_version_number_once"),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gte=F("effective_from")),
                name="group_version_validity_order",
            ),
            models.CheckConstraint(
                condition=Q(state=GroupState.DRAFT) | Q(checked_at__isnull=False, published_at__isnull=False),
                name="group_version_published_was_checked",
            ),
            models.CheckConstraint(condition=Q(state__in=GroupState.values), name="group_version_state"),
            # A range of one number stands for "equal": the plain index needs no extension then.
            ExclusionConstraint(
                name="group_version_no_overlap",
                expressions=[
                    (Func(F("group_id"), F("group_id"), Value("[]"), function="int8range"), "&&"),
                    (Func(F("effective_from"), F("effective_to"), Value("[]"), function="daterange"), "&&"),
                ],
                condition=Q(state=GroupState.PUBLISHED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.version}"
