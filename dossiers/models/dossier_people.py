"""Who asks: the columns of a dossier about its applicant and whoever files for them."""

from __future__ import annotations

from django.db import models

from haddong_portal.accounts.models import User
from haddong_portal.citizens.models import Organisation, Person
from haddong_portal.common.crypto.fields import BlindIndexField, EncryptedTextField


class ApplicantColumns(models.Model):
    """The applicant, one person or one organisation, as they stood at intake; identifiers are encrypted."""

    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="dossiers", verbose_name="người nộp"
    )
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dossiers",
        verbose_name="tổ chức nộp",
    )
    applicant_name = models.CharField(max_length=250, verbose_name="tên người nộp")
    applicant_name_folded = models.CharField(max_length=250, editable=False, verbose_name="tên không dấu")
    applicant_address = EncryptedTextField(blank=True, default="", verbose_name="địa chỉ người nộp")
    phone = EncryptedTextField(blank=True, default="", verbose_name="điện thoại liên hệ")
    phone_index = BlindIndexField(source="phone")
    email = EncryptedTextField(blank=True, default="", verbose_name="thư điện tử")
    representative = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="represented_dossiers",
        verbose_name="người được ủy quyền",
    )
    # The connected system that filed it for the applicant, which may read it back and act on it.
    filed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="hệ thống nộp thay"
    )
    representative_relation = models.CharField(max_length=120, blank=True, verbose_name="giấy ủy quyền, quan hệ")

    class Meta:
        abstract = True
