"""What people of the demo have settled for themselves: filters kept under a name, one value of the rule-set changed."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from dossiers.models import RuleSet, SavedFilter
from dossiers.services.change_ruleset_value import ValueChange, change_ruleset_value
from dossiers.services.save_filter import save_filter
from haddong_portal.accounts.constants import Role
from haddong_portal.common.actors import Actor
from haddong_portal.home.demo.cast import Cast

# name, query of the work list, shared with the unit, opens first
FILTERS: dict[str, tuple[tuple[str, str, bool, bool], ...]] = {
    Role.OFFICER: (
        ("Việc của tôi, sắp đến hạn", "pham-vi=cua-toi&loc=sap-den-han", False, False),
        ("Cả đơn vị quá hạn", "pham-vi=don-vi&loc=qua-han", True, False),
        ("Chờ bổ sung giấy tờ", "pham-vi=don-vi&trang-thai=WAIT_SUPPLEMENT", False, False),
    ),
    Role.LEADER: (("Chờ tôi ký", "pham-vi=don-vi&trang-thai=SIGNING", False, True),),
    Role.CLERK: (("Đã có kết quả, chưa trả", "pham-vi=don-vi&trang-thai=DONE", True, False),),
}
CHANGED = "online_check_reminder_before"
HOURS_BEFORE, WHY = "4", "Bộ phận Một cửa đề nghị nhắc sớm hơn, biên bản họp giao ban"


def keep_filters(cast: Cast, *, now: datetime) -> None:
    """The first person of each role in each unit; whoever keeps filters already is left alone."""
    for role, wanted in FILTERS.items():
        for unit_id in cast.units_with(role):
            actor = cast.one(unit_id, role, 0)
            if actor is not None and not SavedFilter.objects.filter(user_id=actor.user_id or 0).exists():
                _keep(actor, wanted, now)


def _keep(actor: Actor, wanted: tuple[tuple[str, str, bool, bool], ...], now: datetime) -> None:
    for name, query, share, opens_first in wanted:
        save_filter(actor=actor, name=name, query=query, share=share, opens_first=opens_first, now=now)


def change_a_rule(cast: Cast, *, now: datetime) -> None:
    """An administrator's change before the first dossier, once: the second version of the demo's rule-set."""
    series = settings.PORTAL_RULESET
    admins = cast.units_with(Role.ADMINISTRATOR)
    administrator = cast.one(admins[0], Role.ADMINISTRATOR, 0) if admins else None
    if administrator is None or RuleSet.objects.filter(series=series).count() != 1:
        return
    change = ValueChange(path=CHANGED, given=[HOURS_BEFORE], applies_from=now.date(), reason=WHY)
    change_ruleset_value(actor=administrator, series=series, seen_version=1, change=change, now=now)
