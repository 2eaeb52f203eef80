"""The only clock of the house. Everything is kept in UTC by the database and shown in Vietnam time."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The current moment, aware, in Vietnam time (+07:00)."""
    return datetime.now(tz=VIETNAM)


def today() -> date:
    """The current day in Vietnam."""
    return now().date()


def local(moment: datetime) -> datetime:
    """The same moment in Vietnam time; raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("naive datetime")
    return moment.astimezone(VIETNAM)
