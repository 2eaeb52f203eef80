"""People and organisations as the administration knows them. Identifiers are encrypted from the first migration."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from haddong_portal.citizens.constants import DataSource, Sex
from haddong_portal.common.crypto.fields import BlindIndexField, EncryptedTextField


class Person(models.Model):
    """A natural person, identified by the personal ID number and never by phone or name (domain.md §10)."""

    full_name = models.CharField(max_length=120, verbose_name="họ và tên")
    full_name_folded = models.CharField(max_length=120, editable=False, verbose_name="tên không dấu")
    full_name_sort = models.CharField(max_length=240, editable=False, verbose_name="khóa sắp xếp")
    personal_id = EncryptedTextField(blank=True, default="", verbose_name="số định danh cá nhân")
    personal_id_index = BlindIndexField(source="personal_id")
    old_id = EncryptedTextField(blank=True, default="", verbose_name="số CMND cũ")
    old_id_index = BlindIndexField(source="old_id")
    birth_date = models.DateField(null=True, blank=True, verbose_name="ngày sinh")
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True, verbose_name="năm sinh")
    sex = models.CharField(max_length=3, choices=Sex.choices, blank=True, verbose_name="giới tính")
    address = EncryptedTextField(blank=True, default="", verbose_name="nơi thường trú")
    phone = EncryptedTextField(blank=True, default="", verbose_name="điện thoại")
    phone_index = BlindIndexField(source="phone")
    email = EncryptedTextField(blank=True, default="", verbose_name="thư điện tử")
    id_issued_on = models.DateField(null=True, blank=True, verbose_name="ngày cấp thẻ")
    source = models.CharField(max_length=10, choices=DataSource.choices, default=DataSource.TYPED, verbose_name="nguồn")
    created_at = models.DateTimeField(verbose_name="lúc ghi nhận")
    updated_at = models.DateTimeField(verbose_name="lúc cập nhật")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "người dân"
        verbose_name_plural = "người dân"
        ordering = ["full_name_sort", "id"]
        constraints = [
            # One number, one person. A person without a number (a newborn, a deceased) may exist.
            models.UniqueConstraint(
                fields=["personal_id_index"],
                condition=Q(personal_id_index__isnull=False),
                name="person_personal_id_unique",
            ),
            models.CheckConstraint(
                condition=Q(birth_year__isnull=True) | Q(birth_year__gte=1850, birth_year__lte=2200),
                name="person_birth_year_range",
            ),
        ]
        indexes = [
            models.Index(fields=["phone_index"], name="person_by_phone"),
            models.Index(fields=["old_id_index"], name="person_by_old_id"),
        ]

    def __str__(self) -> str:
        return self.full_name


class Organisation(models.Model):
    """An organisation or business that files dossiers, identified by its tax or establishment number."""

    name = models.CharField(max_length=250, verbose_name="tên tổ chức")
    name_folded = models.CharField(max_length=250, editable=False, verbose_name="tên không dấu")
    tax_code = models.CharField(max_length=14, blank=True, verbose_name="mã số thuế")
    address = models.CharField(max_length=300, blank=True, verbose_name="địa chỉ")
    phone = EncryptedTextField(blank=True, default="", verbose_name="điện thoại")
    email = EncryptedTextField(blank=True, default="", verbose_name="thư điện tử")
    created_at = models.DateTimeField(verbose_name="lúc ghi nhận")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "tổ chức"
        verbose_name_plural = "tổ chức"
        constraints = [
            models.UniqueConstraint(fields=["tax_code"], condition=~Q(tax_code=""), name="organisation_tax_code_unique")
        ]

    def __str__(self) -> str:
        return self.name


class Consent(models.Model):
    """A person's consent for one purpose, in one wording, by one channel; can be withdrawn (NĐ 13/2023, art. 11)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents", verbose_name="người đồng ý")
    purpose = models.CharField(max_length=40, verbose_name="mục đích")
    wording_version = models.CharField(max_length=20, verbose_name="phiên bản lời văn")
    channel = models.CharField(max_length=10, verbose_name="kênh")
    given_at = models.DateTimeField(verbose_name="lúc đồng ý")
    withdrawn_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc rút")

    class Meta:
        verbose_name = "sự đồng ý"
        verbose_name_plural = "sự đồng ý"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_open_once_per_purpose",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_withdrawn_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.purpose}"
