"""One-time codes by phone: who holds the phone proves it by reading six digits back."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from haddong_portal.common.crypto.fields import BlindIndexField, EncryptedTextField


class PhoneChallenge(models.Model):
    """One code sent to one phone for one purpose.

    The code itself is nowhere: `code_digest` is a keyed hash over it and the challenge. `address_index` is the blind
    index of the network address that asked, for the limit per address. `used_at`: confirmed; `ended_at`: a newer code
    took its place.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    phone = EncryptedTextField(verbose_name="điện thoại")
    phone_index = BlindIndexField(source="phone")
    purpose = models.CharField(max_length=40, verbose_name="mục đích")
    reference = models.CharField(max_length=60, blank=True, verbose_name="về việc")
    code_digest = models.CharField(max_length=64, editable=False, verbose_name="dấu vết mã")
    address_index = models.CharField(max_length=32, blank=True, editable=False, verbose_name="dấu vết địa chỉ mạng")
    attempts = models.PositiveSmallIntegerField(default=0, verbose_name="số lần nhập sai")
    created_at = models.DateTimeField(verbose_name="lúc gửi")
    expires_at = models.DateTimeField(verbose_name="hết hạn lúc")
    used_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc xác nhận")
    ended_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc bị thay thế")

    class Meta:
        verbose_name = "mã xác nhận số điện thoại"
        verbose_name_plural = "mã xác nhận số điện thoại"
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="phone_challenge_ends_later"),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(used_at__lte=F("expires_at")), name="phone_challenge_used_in_time"
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(ended_at__isnull=True), name="phone_challenge_used_or_ended"
            ),
            # One open code for one phone and matter: an older one ends when a newer is sent.
            models.UniqueConstraint(
                fields=["phone_index", "purpose", "reference"],
                condition=Q(used_at__isnull=True, ended_at__isnull=True),
                name="phone_challenge_one_open",
            ),
        ]
        indexes = [
            models.Index(fields=["phone_index", "-created_at"], name="phone_challenge_of_phone"),
            models.Index(fields=["address_index", "-created_at"], name="phone_challenge_of_address"),
            # the limit per person who signs in, whether known here or not
            models.Index(fields=["purpose", "reference", "-created_at"], name="phone_challenge_of_matter"),
            # what retention erases
            models.Index(fields=["expires_at"], name="phone_challenge_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.created_at:%d/%m/%Y %H:%M}"
