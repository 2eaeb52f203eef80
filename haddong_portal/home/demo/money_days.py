"""The desk's money in the demo: an account for every desk, and each clerk's drawer counted and signed day by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from random import Random

from dossiers.models import BankAccount, Payment
from dossiers.selectors.day_end import day_bounds, day_figures
from dossiers.services.bank_accounts import AccountData, add_bank_account
from dossiers.services.close_day import close_day
from haddong_portal.accounts.constants import Role
from haddong_portal.common.clock import VIETNAM
from haddong_portal.home.demo.cast import Cast
from haddong_portal.home.demo.plan import Desk, dice_for

CLOSES_AT = time(17, 45)
SHORT_SHARE, SHORT_VND = 0.08, 1_000
BANKS = ("970405", "970415", "970436")


def open_accounts(cast: Cast, desks: Sequence[Desk], since: date) -> None:
    """An account for each desk that has none yet."""
    admin = next((cast.one(unit_id, Role.ADMINISTRATOR, 0) for unit_id in cast.units_with(Role.ADMINISTRATOR)), None)
    if admin is None:
        return
    known = set(BankAccount.objects.values_list("unit_id", flat=True))
    for number, desk in enumerate(desks):
        if desk.unit_id not in known:
            account = AccountData(
                unit_id=desk.unit_id,
                bank_bin=BANKS[number % len(BANKS)],
                account_no=f"2680{number:04d}0001",
                account_name=desk.name,
                valid_from=since,
            )
            add_bank_account(actor=admin, data=account)


def close_drawers(cast: Cast, day: date) -> None:
    """Every clerk who collected on `day` counts and signs in the evening; now and then a coin is missing."""
    start, end = day_bounds(day)
    open_ones = Payment.objects.filter(paid_at__gte=start, paid_at__lt=end, day_end__isnull=True)
    for unit_id, clerk_id in sorted(set(open_ones.values_list("unit_id", "collected_by_id"))):
        clerk = cast.person(unit_id, Role.CLERK, clerk_id)
        if clerk is None:
            continue
        figures = day_figures(unit_id=unit_id, clerk_id=clerk_id, day=day)
        short = SHORT_VND if _coin_is_missing(dice_for(clerk_id, "drawer", day.isoformat()), figures.cash_vnd) else 0
        close_day(
            actor=clerk,
            day=day,
            cash_counted_vnd=figures.cash_vnd - short,
            note="Thiếu tiền lẻ khi trả lại, đã báo trưởng bộ phận" if short else "",
            now=datetime.combine(day, CLOSES_AT, tzinfo=VIETNAM),
        )


def _coin_is_missing(dice: Random, cash_vnd: int) -> bool:
    return cash_vnd > SHORT_VND and dice.random() < SHORT_SHARE
