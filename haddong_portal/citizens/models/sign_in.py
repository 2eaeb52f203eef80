"""How a citizen signs in: a phone that a clerk verified for exactly this person, and the session it opened."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from haddong_portal.citizens.constants import PhoneEnd, PhoneProof
from haddong_portal.common.crypto.fields import BlindIndexField, EncryptedTextField


class VerifiedPhone(models.Model):
    """A phone that a clerk verified with this person present. Many people may share one: it is no identity.

    Only the open row of the person whose personal ID was typed counts (domain.md §10.4).
    """

    person = models.ForeignKey(
        "citizens.Person", on_delete=models.PROTECT, related_name="verified_phones", verbose_name="người dân"
    )
    phone = EncryptedTextField(verbose_name="điện thoại")
    phone_index = BlindIndexField(source="phone")
    how = models.CharField(max_length=10, choices=PhoneProof.choices, verbose_name="cách xác nhận")
    verified_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name="công chức xác nhận"
    )
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="tại đơn vị")
    verified_at = models.DateTimeField(verbose_name="lúc xác nhận")
    ended_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc thôi dùng")
    end_reason = models.CharField(
        max_length=10, choices=PhoneEnd.choices, blank=True, default="", verbose_name="lý do thôi dùng"
    )

    class Meta:
        verbose_name = "điện thoại đã xác nhận"
        verbose_name_plural = "điện thoại đã xác nhận"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="verified_phone_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("verified_at")), name="verified_phone_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end_reason="") | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
                name="verified_phone_end_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["phone_index"], name="verified_phone_by_phone")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_how_display()}"


class CitizenSession(models.Model):
    """A citizen's visit after signing in; the browser holds only its signed key. It ends by itself when idle."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("citizens.Person", on_delete=models.PROTECT, related_name="+", verbose_name="người dân")
    verified_phone = models.ForeignKey(
        VerifiedPhone, on_delete=models.PROTECT, related_name="sessions", verbose_name="bằng điện thoại"
    )
    started_at = models.DateTimeField(verbose_name="lúc đăng nhập")
    seen_at = models.DateTimeField(verbose_name="lúc dùng gần nhất")
    ended_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc thoát")

    class Meta:
        verbose_name = "phiên của công dân"
        verbose_name_plural = "phiên của công dân"
        constraints = [
            models.CheckConstraint(condition=Q(seen_at__gte=F("started_at")), name="citizen_session_seen_in_order"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="citizen_session_ends_later",
            ),
        ]
        indexes = [
            # what ends with a phone, and what retention erases
            models.Index(fields=["verified_phone", "ended_at"], name="citizen_session_of_phone"),
            models.Index(fields=["started_at"], name="citizen_session_by_start"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.started_at:%d/%m/%Y %H:%M}"
