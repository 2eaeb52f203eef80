"""Who comes to which desk when, for what, and how their case will go. Pure: the same number gives the same plan."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from random import Random

from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.worktime import WorkCalendar
from haddong_portal.home.demo.people import Citizen, invent_citizen, words

SEED = "ha-dong"
# The recent past is busier than the far one, so that the work lists of today are full.
RECENT_BIAS = 2.4
MORNING, AFTERNOON = (time(8, 5), 190), (time(13, 5), 200)
"""From when on, and for how many minutes, people come."""
DISTRICT_EVERY = 4
REPRESENTED_SHARE, POSTAL_SHARE, WITHOUT_PHONE_SHARE, SLOW_SHARE, STUCK_SHARE = 0.12, 0.15, 0.08, 0.22, 0.07


class Pace(StrEnum):
    """How a case goes through the steps."""

    SWIFT = "swift"
    STEADY = "steady"
    SLOW = "slow"
    STUCK = "stuck"


@dataclass(frozen=True)
class Desk:
    """A one-stop desk and what it performs, as (procedure id, case ids, weight)."""

    unit_id: int
    name: str
    offers: tuple[tuple[int, tuple[int, ...], int], ...]


@dataclass(frozen=True)
class PlannedVisit:
    """One citizen's visit; `collects` False = the result stays at the desk."""

    number: int
    at: datetime
    desk: Desk
    procedure_id: int
    case_id: int
    citizen: Citizen
    representative: Citizen | None
    relation: str
    by_post: bool
    has_phone: bool
    pace: Pace
    collects: bool


@lru_cache(maxsize=1)
def popularity() -> dict[str, int]:
    """National code → how often it is asked for."""
    loaded: dict[str, int] = json.loads(Path(__file__).with_name("popular.json").read_text(encoding="utf-8"))["weights"]
    return loaded


def working_days_back(calendar: WorkCalendar, until: date, count: int) -> list[date]:
    """The last `count` working days up to `until`, newest first."""
    days = [until if calendar.is_working_day(until) else calendar.previous_working_day(until)]
    while len(days) < count:
        days.append(calendar.previous_working_day(days[-1]))
    return days


def plan_visits(desks: Sequence[Desk], days: Sequence[date], count: int, horizon: datetime) -> list[PlannedVisit]:
    """`count` visits over `days` (newest first), none after `horizon`; `desks` starts with the district's."""
    visits = (plan_visit(number, desks, days, horizon) for number in range(1, count + 1))
    return sorted(visits, key=lambda visit: (visit.at, visit.number))


def plan_visit(number: int, desks: Sequence[Desk], days: Sequence[date], horizon: datetime) -> PlannedVisit:
    """The visit with this number."""
    dice = dice_for(number)
    desk = desks[0] if number % DISTRICT_EVERY == 0 else desks[1 + number % (len(desks) - 1)]
    procedure_id, cases, _ = dice.choices(desk.offers, [offer[2] for offer in desk.offers])[0]
    place = desk.name.replace("Phường", "phường") if "Phường" in desk.name else "phường Quang Trung"
    citizen = invent_citizen(dice, place)
    other = invent_citizen(dice, place) if dice.random() < REPRESENTED_SHARE else None
    return PlannedVisit(
        number=number,
        at=_moment(dice, days, horizon),
        desk=desk,
        procedure_id=procedure_id,
        # Most people come with the common case.
        case_id=cases[0] if dice.random() < 0.7 else dice.choice(cases),
        citizen=citizen,
        representative=other,
        relation=dice.choice(words()["relations"]) if other else "",
        by_post=dice.random() < POSTAL_SHARE,
        has_phone=dice.random() >= WITHOUT_PHONE_SHARE,
        pace=_pace(dice.random()),
        collects=dice.random() < 0.8,
    )


def dice_for(number: int, *more: object) -> Random:
    """Dice that fall the same way for the same question, so that a run that was cut off goes on as it would have."""
    return Random(":".join(map(str, (SEED, number, *more))))  # noqa: S311 - a play, not a secret


def _pace(fall: float) -> Pace:
    if fall < STUCK_SHARE:
        return Pace.STUCK
    if fall < SLOW_SHARE:
        return Pace.SLOW
    return Pace.STEADY if fall < 0.5 else Pace.SWIFT


def _moment(dice: Random, days: Sequence[date], horizon: datetime) -> datetime:
    index = int(len(days) * dice.random() ** RECENT_BIAS)
    begins, minutes = MORNING if dice.random() < 0.6 else AFTERNOON
    offset = timedelta(minutes=dice.randrange(minutes), seconds=dice.randrange(60))
    at = datetime.combine(days[index], begins, tzinfo=VIETNAM) + offset
    if at <= horizon:
        return at
    return datetime.combine(days[min(index + 1, len(days) - 1)], begins, tzinfo=VIETNAM) + offset
