"""Everything of accounts that a new portal needs before its first dossier. System; may be run again at any time."""

from __future__ import annotations

from datetime import datetime

from haddong_portal.accounts.services.load_calendar import load_calendar
from haddong_portal.accounts.services.load_units import load_succession_plans, load_units
from haddong_portal.accounts.shipped import Loaded


def load_foundation(*, now: datetime | None = None) -> list[Loaded]:
    """Units, succession plans (planned, not applied), calendar days, office hours and the first calendar version."""
    return [load_units(), load_succession_plans(), load_calendar(now=now)]
