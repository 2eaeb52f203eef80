"""Who is told by a reminder: the officer, the leaders of the unit that works, the heads of the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache

from dossiers.models import Dossier
from dossiers.rules.reminders import ReminderRule
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Post, Unit, User
from haddong_portal.notices.selectors.staff import staff_to_tell

Holders = Callable[[int, str], tuple[int, ...]]


class Roll:
    """Whom and what one sweep looks up, each once: holders of roles, accounts, units."""

    def __init__(self, day: date) -> None:
        self.holders = holders_on(day)
        self._accounts: dict[int, User | None] = {}
        self._units: dict[int, Unit] = {}

    def account(self, user_id: int) -> User | None:
        """An account that may be told, with its ways; None when it is closed."""
        if user_id not in self._accounts:
            self._accounts[user_id] = staff_to_tell(user_id)
        return self._accounts[user_id]

    def unit(self, unit_id: int) -> Unit:
        """A unit's names and address."""
        if unit_id not in self._units:
            self._units[unit_id] = Unit.objects.only("name", "short_name", "desk_name", "address").get(pk=unit_id)
        return self._units[unit_id]


def holders_on(day: date) -> Holders:
    """Accounts that hold a role in a unit on that day; one look-up per pair while the answer is kept."""

    @cache
    def holders(unit_id: int, role: str) -> tuple[int, ...]:
        rows = Post.objects.held_on(day).filter(unit_id=unit_id, role=role).order_by("user_id")
        return tuple(rows.values_list("user_id", flat=True).distinct())

    return holders


def recipients_of(rule: ReminderRule, dossier: Dossier, holders: Holders) -> list[int]:
    """Accounts to tell, each once, in a fixed order. Nobody holds the step: its whole role in the unit is told."""
    worker = [dossier.officer_id] if dossier.officer_id else holders(dossier.owner_unit_id, dossier.current_role)
    leaders = holders(dossier.handling_unit_id, Role.LEADER)
    heads = holders(dossier.receiving_unit_id, Role.ONE_STOP_HEAD) or holders(dossier.receiving_unit_id, Role.CLERK)
    told: dict[ReminderRule, tuple[Iterable[int | None], ...]] = {
        ReminderRule.BEFORE_3_DAYS: (worker,),
        ReminderRule.GATE: (worker, leaders),
        ReminderRule.DUE_TODAY: (leaders,),
        ReminderRule.OVERDUE: (leaders, heads),
        ReminderRule.UNCOLLECTED_3: (heads,),
        ReminderRule.UNCOLLECTED_10: (heads,),
        ReminderRule.SUBMISSION_CHECK: (heads, holders(dossier.receiving_unit_id, Role.CLERK)),
        ReminderRule.SUPPLEMENT_LAPSES: (worker, heads),
        ReminderRule.OPINION_LATE: (leaders, heads),
    }
    return list(dict.fromkeys(user_id for group in told[rule] for user_id in group if user_id is not None))
