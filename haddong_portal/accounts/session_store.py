"""Django's database sessions, with the SQL of the look-up worked out once: each request of the staff begins with it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from haddong_portal.common import clock
from haddong_portal.common.prepared import PreparedModels

_sessions = PreparedModels(
    lambda session_key, now: Session.objects.filter(session_key=session_key, expire_date__gt=now),
    session_key="?session_key",
    now=datetime(1900, 1, 7, tzinfo=UTC),
)


class SessionStore(db.SessionStore):
    """Only the look-up differs; a missing or expired session is dropped as Django does."""

    def _get_session_from_db(self) -> Any:
        found = _sessions(session_key=self.session_key or "", now=clock.now())
        if found:
            return found[0]
        self._session_key = None
        return None
