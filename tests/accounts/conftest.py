"""Personas of accounts' tests: units, one person per role, a person with two posts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from haddong_portal.accounts.constants import Role, UnitKind, UnitLevel
from haddong_portal.accounts.models import Post, Unit, User
from haddong_portal.accounts.selectors.calendar import forget_calendar
from haddong_portal.accounts.services.load_calendar import load_calendar

PASSPHRASE = "sen-hong-2024"
SINCE = date(2023, 1, 1)


@pytest.fixture(autouse=True)
def _fresh_calendar() -> None:
    forget_calendar()


@pytest.fixture
def ward(db: None) -> Unit:
    return Unit.objects.create(
        key="phuong-thu",
        code="09999",
        name="Phường Thử",
        short_name="Thử",
        kind=UnitKind.WARD,
        level=UnitLevel.WARD,
        has_one_stop_desk=True,
        valid_from=SINCE,
    )


@pytest.fixture
def department(db: None) -> Unit:
    return Unit.objects.create(
        key="phong-thu",
        name="Phòng Thử",
        short_name="Phòng Thử",
        kind=UnitKind.DEPARTMENT,
        level=UnitLevel.DISTRICT,
        valid_from=SINCE,
    )


@pytest.fixture
def person_in(ward: Unit) -> Callable[..., User]:
    """`person_in(Role.CLERK, Role.LEADER)`: one person holding these posts in the ward."""

    def make(*roles: Role, username: str = "lan.nt", full_name: str = "Nguyễn Thu Lan") -> User:
        user = User.objects.create_user(username, password=PASSPHRASE, full_name=full_name)
        for role in roles:
            Post.objects.create(user=user, unit=ward, role=role, title=str(role.label), valid_from=SINCE)
        return user

    return make


@pytest.fixture
def foundation_calendar(db: None) -> None:
    load_calendar()
