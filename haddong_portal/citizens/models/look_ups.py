"""What a look-up of residence or identity showed, as it stood at that moment."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from haddong_portal.accounts.models import Unit, User
from haddong_portal.citizens.constants import LOOK_UP_NOTE_MAX, FallbackReason, LookUpMethod
from haddong_portal.citizens.models.people import Person
from haddong_portal.common.crypto.fields import EncryptedTextField


class ResidenceLookUp(models.Model):
    """One look-up in place of a paper (tra cứu thông tin cư trú, ND104-2022-D14): who, whose data, how, which matter.

    `reference` names the matter ("dossier:<code>"): without one there is no look-up. `shown` is the result as JSON,
    kept as it stood; retention empties it. `read_at` is when the register was read: earlier than `at` when a fresh
    result was used again.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="look_ups", verbose_name="tra về người")
    method = models.CharField(max_length=12, choices=LookUpMethod.choices, verbose_name="cách tra cứu")
    purpose = models.CharField(max_length=120, verbose_name="mục đích")
    reference = models.CharField(max_length=80, verbose_name="về việc")
    requirement_name = models.CharField(max_length=300, blank=True, verbose_name="thay cho giấy tờ")
    fallback_reason = models.CharField(
        max_length=10, choices=FallbackReason.choices, blank=True, verbose_name="vì sao không tra được"
    )
    fallback_note = models.CharField(max_length=LOOK_UP_NOTE_MAX, blank=True, verbose_name="diễn giải")
    shown = EncryptedTextField(blank=True, default="", verbose_name="kết quả tra cứu")
    clerk = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="người tra cứu"
    )
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị"
    )
    at = models.DateTimeField(verbose_name="lúc tra cứu")
    read_at = models.DateTimeField(verbose_name="lúc đọc dữ liệu")

    class Meta:
        verbose_name = "lần tra cứu thông tin cư trú"
        verbose_name_plural = "lần tra cứu thông tin cư trú"
        constraints = [
            models.CheckConstraint(condition=~Q(reference="") & ~Q(purpose=""), name="residence_look_up_has_matter"),
            models.CheckConstraint(
                condition=Q(method="fallback") & ~Q(fallback_reason="")
                | ~Q(method="fallback") & Q(fallback_reason="", fallback_note=""),
                name="residence_look_up_fallback_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(fallback_reason="other") | ~Q(fallback_note=""),
                name="residence_look_up_other_is_explained",
            ),
            models.CheckConstraint(condition=Q(read_at__lte=models.F("at")), name="residence_look_up_read_first"),
        ]
        indexes = [
            models.Index(fields=["reference"], name="residence_look_up_by_matter"),
            models.Index(fields=["person", "-read_at"], name="residence_look_up_of_person"),
            models.Index(fields=["unit", "at"], condition=Q(method="fallback"), name="residence_look_up_fallbacks"),
            # what retention empties
            models.Index(fields=["at"], name="residence_look_up_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()} {self.at:%d/%m/%Y %H:%M}"
