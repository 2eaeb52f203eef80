"""Each named constraint of accounts: one case it forbids, one it allows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from haddong_portal.accounts.constants import Role, UnitKind, UnitLevel
from haddong_portal.accounts.models import OfficeHours, Post, Unit, User

pytestmark = pytest.mark.django_db
DAY, LATER = date(2023, 1, 1), date(2025, 1, 1)


def refuses(name: str, make: Callable[..., Any], **values: Any) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make(**values)


def make_unit(key: str, **values: Any) -> Unit:
    facts = {"name": key, "short_name": key, "kind": UnitKind.WARD, "level": UnitLevel.WARD, "valid_from": DAY}
    return Unit.objects.create(key=key, **{**facts, **values})


def test_unit_code_unique_per_era() -> None:
    make_unit("phu-la", code="09552")
    make_unit("kien-hung-moi", code="09552", valid_from=LATER)
    make_unit("khong-ma-1")
    make_unit("khong-ma-2")
    refuses("unit_code_unique_per_era", make_unit, key="khac", code="09552")


def test_unit_org_code_unique() -> None:
    make_unit("a", org_code="000.01.02.H26", valid_to=LATER)
    make_unit("b", org_code="000.01.02.H26")
    refuses("unit_org_code_unique", make_unit, key="c", org_code="000.01.02.H26")


def test_unit_validity_order() -> None:
    make_unit("a", valid_to=LATER)
    refuses("unit_validity_order", make_unit, key="b", valid_to=DAY)


def make_post(**values: Any) -> Post:
    facts = {"user": User.objects.get(), "unit": Unit.objects.get(), "role": Role.CLERK, "title": "x"}
    return Post.objects.create(**{**facts, "valid_from": DAY, **values})


@pytest.fixture
def lan() -> User:
    make_unit("phuong")
    return User.objects.create_user("lan", full_name="Nguyễn Thu Lan")


def test_post_validity_order(lan: User) -> None:
    make_post(valid_to=LATER)
    refuses("post_validity_order", make_post, valid_to=DAY)


def test_post_open_once_per_unit_and_role(lan: User) -> None:
    make_post(valid_to=LATER)
    make_post(valid_from=LATER)
    make_post(role=Role.OFFICER)
    refuses("post_open_once_per_unit_and_role", make_post)


def make_hours(**values: Any) -> OfficeHours:
    facts = {"weekday": 1, "starts": time(8), "ends": time(12), "valid_from": DAY}
    return OfficeHours.objects.create(**{**facts, **values})


def test_office_hours_order() -> None:
    make_hours()
    refuses("office_hours_order", make_hours, ends=time(8))


@pytest.mark.parametrize("weekday", [0, 8])
def test_office_hours_weekday(weekday: int) -> None:
    make_hours(weekday=7)
    refuses("office_hours_weekday", make_hours, weekday=weekday)
