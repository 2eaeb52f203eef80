"""The accounts a newcomer to the demo may use, with one sentence where to begin. Empty outside demo mode."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.shipped import read_data


@dataclass(frozen=True)
class DemoAccount:
    """One featured account of staff_demo.json."""

    username: str
    full_name: str
    role_label: str
    post_title: str
    start_here: str


def demo_accounts() -> tuple[DemoAccount, ...]:
    """The featured accounts in their order; none unless the portal runs as a demo."""
    return _featured() if settings.DEMO_MODE else ()


def demo_account(username: str) -> DemoAccount | None:
    """The featured account of that name, in demo mode."""
    return next((account for account in demo_accounts() if account.username == username), None)


@lru_cache(maxsize=1)
def _featured() -> tuple[DemoAccount, ...]:
    rows = [row for row in read_data("staff_demo.json")["people"] if row["featured"]]
    return tuple(
        DemoAccount(
            row["username"], row["full_name"], str(Role(row["role"]).label), row["post_title"], row["start_here"]
        )
        for row in sorted(rows, key=lambda row: row["featured_order"])
    )
