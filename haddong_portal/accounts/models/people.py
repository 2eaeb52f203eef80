"""Accounts and the posts that people hold over time."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models.units import Unit
from haddong_portal.common.text import person_sort_key


class User(AbstractUser):
    """A member of staff, or a REST client's service account. What they may do comes from posts."""

    first_name = None  # type: ignore[assignment]  # Vietnamese names are kept whole, in full_name
    last_name = None  # type: ignore[assignment]  # as above
    full_name = models.CharField(max_length=120, verbose_name="họ và tên")
    full_name_sort = models.CharField(max_length=200, blank=True, editable=False, verbose_name="khóa sắp xếp")
    phone = models.CharField(max_length=20, blank=True, verbose_name="điện thoại cơ quan")
    is_service_account = models.BooleanField(default=False, verbose_name="tài khoản kết nối")

    REQUIRED_FIELDS = ["full_name"]
    # Posts held today, when the sign-in has loaded them with the account (accounts.backends); for one request.
    loaded_posts: list[Post] | None = None

    class Meta(AbstractUser.Meta):
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"
        ordering = ["full_name_sort", "id"]

    def __str__(self) -> str:
        return self.full_name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the sort key beside the name it is made of."""
        self.full_name_sort = person_sort_key(self.full_name)
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name


class PostQuerySet(models.QuerySet["Post"]):
    def held_on(self, day: date) -> PostQuerySet:
        """Posts in force on `day`."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))


class Post(models.Model):
    """A role that a person holds in a unit from a day to a day (chức vụ, vị trí)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts", verbose_name="người giữ")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts", verbose_name="đơn vị")
    role = models.CharField(max_length=20, choices=Role.choices, verbose_name="vai trò")
    title = models.CharField(max_length=120, verbose_name="chức danh")
    valid_from = models.DateField(verbose_name="từ ngày")
    valid_to = models.DateField(null=True, blank=True, verbose_name="đến trước ngày")

    objects = PostQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "vị trí công tác"
        verbose_name_plural = "vị trí công tác"
        ordering = ["unit__sort_order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="post_validity_order"
            ),
            models.UniqueConstraint(
                fields=["user", "unit", "role"],
                condition=Q(valid_to__isnull=True),
                name="post_open_once_per_unit_and_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.unit}"
