"""What look-ups a matter has, and the month's exceptions: papers asked for because no way of looking up worked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count

from haddong_portal.citizens.constants import FallbackReason, LookUpMethod
from haddong_portal.citizens.models import ResidenceLookUp
from haddong_portal.common.clock import VIETNAM


@dataclass(frozen=True, slots=True)
class FallbackCount:
    """How often a unit had to fall back for one reason."""

    unit_id: int | None
    reason: str
    label: str
    count: int


def look_ups_of(reference: str) -> list[ResidenceLookUp]:
    """The look-ups of a matter, first to last. The caller has checked that the actor may see the matter."""
    return list(ResidenceLookUp.objects.filter(reference=reference).select_related("clerk").order_by("at", "id"))


def shown_of(look_up: ResidenceLookUp) -> Mapping[str, str]:
    """What the look-up showed, label → value; empty when nothing was stated or its time to be kept is over."""
    return json.loads(look_up.shown) if look_up.shown else {}


def fallback_counts(*, month: date) -> list[FallbackCount]:
    """The exceptions of the month in which `month` lies, by unit and reason: the numbers that must go to zero."""
    first = month.replace(day=1)
    begin, end = _start_of(first), _start_of((first + timedelta(days=32)).replace(day=1))
    rows = ResidenceLookUp.objects.filter(method=LookUpMethod.FALLBACK, at__gte=begin, at__lt=end)
    counted = rows.values_list("unit_id", "fallback_reason").annotate(count=Count("id"))
    return [
        FallbackCount(unit_id, reason, str(FallbackReason(reason).label), count)
        for unit_id, reason, count in counted.order_by("unit_id", "fallback_reason")
    ]


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)
