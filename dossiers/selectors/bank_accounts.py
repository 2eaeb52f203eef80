"""Where a unit's fees are transferred to on a day, and all accounts for their administrator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from dossiers.models import BankAccount
from haddong_portal.accounts.models import Unit
from haddong_portal.common.web.looks import Look

IN_FORCE, LATER, ENDED = (
    Look("Đang dùng", "circle-check", "ok"),
    Look("Sắp dùng", "clock", "info"),
    Look("Thôi dùng", "circle-dashed", "none"),
)


@dataclass(frozen=True)
class AccountLine:
    """One account as its administrator sees it."""

    account: BankAccount
    unit_name: str
    look: Look

    @property
    def is_open(self) -> bool:
        return self.account.valid_to is None


def account_on(unit_id: int, day: date) -> BankAccount | None:
    """The unit's account in force on `day`."""
    in_force = Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    return BankAccount.objects.filter(in_force, unit_id=unit_id).order_by("-valid_from").first()


def account_lines(*, today: date) -> list[AccountLine]:
    """Every account, by unit, newest first."""
    rows = BankAccount.objects.select_related("unit").order_by("unit__name", "-valid_from")
    return [AccountLine(row, row.unit.name, _look(row, today)) for row in rows]


def desk_choices() -> list[tuple[int, str]]:
    """The units that have a one-stop desk, by name."""
    rows = Unit.objects.filter(has_one_stop_desk=True).order_by("name")
    return list(rows.values_list("pk", "name"))


def _look(row: BankAccount, today: date) -> Look:
    if row.valid_from > today:
        return LATER
    return IN_FORCE if row.valid_to is None or row.valid_to >= today else ENDED
