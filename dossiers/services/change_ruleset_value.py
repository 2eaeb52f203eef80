"""Change a value of a rule-set: an administrator's act, with its reason and the day of acceptance it counts from.

Dossiers finish under the version they were accepted under: a change makes the series' next version, or is written into
the newest one while that begins on the same day and no dossier was accepted under it. The history tells who and why.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from dossiers.constants import FormKind
from dossiers.models import Dossier, RuleSet, Slip
from dossiers.permissions import RULESETS
from dossiers.rules.clock_policy import ClockPolicy
from dossiers.rules.forms import form_of
from dossiers.rules.ruleset_terms import PRINTS_ID, SECTORS, UNITS, parse_form_field, parse_value, read_keys
from dossiers.selectors.rulesets import forget_rules
from haddong_portal.accounts.models import User
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.dates import short_date
from haddong_portal.common.errors import Conflict, DomainError, NotFound
from haddong_portal.common.text import clean_text

REASON_MIN, REASON_LENGTH_MAX = 10, 100
CERTAINTIES = ("high", "medium", "low", "design")
FORM_PREFIX = "form"
# Another counter would give numbers again that were given earlier the same day.
FROM_TOMORROW = frozenset({"dossier_code_serial_period"})


@dataclass(frozen=True, kw_only=True)
class ValueChange:
    """What is asked for. `path`: a value's key, or "form:KIND:FIELD"; `given`: the text, or the chosen words.

    `unit` only for values that may be counted in another one; `certainty` empty = as it is.
    """

    path: str
    given: Sequence[str]
    applies_from: date
    reason: str
    unit: str = ""
    certainty: str = ""


@transaction.atomic
def change_ruleset_value(
    *, actor: Actor, series: str, seen_version: int, change: ValueChange, now: datetime | None = None
) -> RuleSet:
    """The version that holds the new value.

    Raises NotFound ruleset.not_found, Conflict ruleset.changed, DomainError ruleset.reason, ruleset.past,
    ruleset.not_today, ruleset.later_version, ruleset.unknown_value, ruleset.bad_value, ruleset.unchanged,
    ruleset.unreadable.
    """
    actor.require(RULESETS)
    newest = _lock_newest(series, seen_version)
    reason = _checked(change, newest, clock.local(now or clock.now()).date())
    policy, forms = copy.deepcopy(newest.policy), copy.deepcopy(newest.forms)
    _write(policy, forms, change)
    if (policy, forms) == (newest.policy, newest.forms):
        raise DomainError("ruleset.unchanged", "Giá trị vốn đã như vậy, không có gì để sửa.", "value")
    _check_readable(newest.code, policy, forms)
    target = newest if _may_write_into(newest, change.applies_from) else _next(newest, change.applies_from)
    target.policy, target.forms = policy, forms
    target._change_reason = reason
    target._history_user = User.objects.filter(pk=actor.user_id or 0).first()
    target.save()
    transaction.on_commit(forget_rules)
    return target


def _lock_newest(series: str, seen_version: int) -> RuleSet:
    """All versions are locked, so two administrators never make the same next one."""
    rows = list(RuleSet.objects.select_for_update().filter(series=series).order_by("version"))
    if not rows:
        raise NotFound("Không tìm thấy bộ quy tắc này.", code="ruleset.not_found")
    newest = rows[-1]
    if newest.version != seen_version:
        raise Conflict("ruleset.changed", f"Bộ quy tắc vừa có lần sửa {newest.version}. Xin xem lại rồi sửa tiếp.")
    return newest


def _checked(change: ValueChange, newest: RuleSet, today: date) -> str:
    reason = clean_text(change.reason)
    if len(reason) < REASON_MIN:
        raise DomainError("ruleset.reason", "Xin ghi rõ lý do và văn bản xác nhận (ít nhất 10 chữ).", "reason")
    if change.applies_from < today:
        raise DomainError("ruleset.past", "Chỉ áp dụng được từ hôm nay trở đi.", "applies_from")
    if change.path in FROM_TOMORROW and change.applies_from == today:
        raise DomainError(
            "ruleset.not_today", "Hôm nay đã cấp mã hồ sơ theo cách đếm cũ; chỉ đổi được từ ngày mai.", "applies_from"
        )
    if newest.applies_from and change.applies_from < newest.applies_from:
        raise DomainError(
            "ruleset.later_version",
            f"Đã có lần sửa áp dụng từ {short_date(newest.applies_from)}; xin chọn ngày đó hoặc sau đó.",
            "applies_from",
        )
    if change.certainty and change.certainty not in CERTAINTIES:
        raise DomainError("ruleset.bad_value", "Mức chắc chắn không hợp lệ.", "certainty")
    return reason[:REASON_LENGTH_MAX]


def _write(policy: dict[str, Any], forms: list[dict[str, Any]], change: ValueChange) -> None:
    kind, _, rest = change.path.partition(":")
    if kind == FORM_PREFIX and rest:
        entry = _form_entry(forms, rest.partition(":")[0])
        field = rest.partition(":")[2]
        _check_has(entry, field)
        entry[field] = parse_form_field(field, change.given[0] if change.given else "")
    else:
        entry = _value_entry(policy, change.path)
        entry["value"] = parse_value(change.path, entry, change.given)
        _write_unit(entry, change.unit)
    if change.certainty:
        entry["certainty"] = change.certainty


def _value_entry(policy: dict[str, Any], key: str) -> dict[str, Any]:
    """Only values that the software reads: any other would change nothing."""
    entry = policy.get(key)
    if key not in read_keys() or not isinstance(entry, dict):
        raise DomainError("ruleset.unknown_value", "Giá trị này không đổi được ở đây.", "value")
    return entry


def _form_entry(forms: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    found = next((form for form in forms if form.get("form_kind") == kind), None)
    if found is None:
        raise DomainError("ruleset.unknown_value", "Bộ quy tắc không có giấy này.", "value")
    return found


def _check_has(entry: dict[str, Any], field: str) -> None:
    """Two facts belong to some forms only."""
    if (field == SECTORS and not entry.get("replaces")) or (field == PRINTS_ID and PRINTS_ID not in entry):
        raise DomainError("ruleset.unknown_value", "Giấy này không có mục đó.", "value")


def _write_unit(entry: dict[str, Any], unit: str) -> None:
    if not unit or unit == entry.get("unit"):
        return
    if unit not in UNITS or entry.get("unit") not in UNITS:
        raise DomainError("ruleset.bad_value", "Đơn vị tính không hợp lệ.", "unit")
    entry["unit"] = unit


def _check_readable(code: str, policy: dict[str, Any], forms: list[dict[str, Any]]) -> None:
    """Whatever reads a rule-set must be able to read this one."""
    values = {key: entry for key, entry in policy.items() if isinstance(entry, dict)}
    try:
        ClockPolicy.from_rule_set(code, values)
        for kind in FormKind:
            form_of(forms, kind)
    except (ValueError, KeyError, ArithmeticError) as error:
        raise DomainError("ruleset.unreadable", "Phần mềm không đọc được giá trị này.", "value") from error


def _may_write_into(newest: RuleSet, applies_from: date) -> bool:
    """The newest version is still to come, or begins today and nothing rests on it yet."""
    if newest.applies_from != applies_from:
        return False
    return not Dossier.objects.filter(ruleset=newest).exists() and not Slip.objects.filter(ruleset=newest).exists()


def _next(newest: RuleSet, applies_from: date) -> RuleSet:
    return RuleSet(
        code=f"{newest.series}.{newest.version + 1}",
        series=newest.series,
        version=newest.version + 1,
        applies_from=applies_from,
        name=newest.name,
        effective_from=newest.effective_from,
        effective_to=newest.effective_to,
        sources=newest.sources,
    )
