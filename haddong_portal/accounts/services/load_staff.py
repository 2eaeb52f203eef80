"""Load the invented demo staff with one shared password. System, demo and tests only: production refuses.

An account that exists is left alone, so a password changed in the demo stays changed.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from simple_history.utils import bulk_create_with_history

from haddong_portal.accounts.constants import ADMIN_SITE_ROLES, DEMO_PASSPHRASE
from haddong_portal.accounts.models import Post, Unit, User
from haddong_portal.accounts.shipped import Loaded, day, read_data
from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import person_sort_key


@transaction.atomic
def load_staff(*, passphrase: str = DEMO_PASSPHRASE) -> Loaded:
    """Accounts and posts of staff_demo.json. DomainError `staff.not_in_production`."""
    if settings.PORTAL_MODE == "production":
        raise DomainError("staff.not_in_production", "Tài khoản trình diễn không được nạp vào hệ thống thật.")
    rows = read_data("staff_demo.json")["people"]
    known = set(User.objects.values_list("username", flat=True))
    missing = [row for row in rows if row["username"] not in known]
    # Hashing is slow on purpose: once for all, since they share the password anyway.
    hashed = make_password(passphrase)
    people = User.objects.bulk_create(_user(row, hashed) for row in _one_a_person(missing))
    _create_posts(missing, {person.username: person for person in people})
    return Loaded("tài khoản", len(people), len(known & {row["username"] for row in rows}))


def _one_a_person(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A person with two posts has two rows; an account is made of the first, with the rights of all."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        first = found.setdefault(row["username"], {**row, "roles": set()})
        first["roles"].add(row["role"])
    return list(found.values())


def _user(row: dict[str, Any], hashed: str) -> User:
    return User(
        username=row["username"],
        full_name=row["full_name"],
        full_name_sort=person_sort_key(row["full_name"]),
        password=hashed,
        is_staff=bool(ADMIN_SITE_ROLES & row["roles"]),
    )


def _create_posts(rows: list[dict[str, Any]], people: dict[str, User]) -> None:
    units = {unit.key: unit for unit in Unit.objects.all()}
    posts = [
        Post(
            user=people[row["username"]],
            unit=units[row["unit"]],
            role=row["role"],
            title=row["post_title"],
            valid_from=date.fromisoformat(row["from_on"]),
            valid_to=day(row["to_on"]),
        )
        for row in rows
    ]
    bulk_create_with_history(posts, Post)
