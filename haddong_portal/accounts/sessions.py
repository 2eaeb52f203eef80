"""What a staff session remembers: the post in use, the last touch, the lock. The one place that reads these keys."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.utils.http import url_has_allowed_host_and_scheme

from haddong_portal.accounts.constants import IDLE_LOCK_AFTER

POST_KEY = "post_id"
SEEN_KEY = "seen_at"
LOCKED_KEY = "locked"
# A touch is written at most this often, so that reading pages costs no write.
TOUCH_EVERY = timedelta(minutes=1)


def chosen_post_id(session: SessionBase) -> int | None:
    """The post chosen for this session."""
    found = session.get(POST_KEY)
    return found if isinstance(found, int) else None


def choose(session: SessionBase, post_id: int) -> None:
    session[POST_KEY] = post_id


def touch(session: SessionBase, now: datetime) -> None:
    """Remember that somebody is there."""
    seen_s = session.get(SEEN_KEY)
    if seen_s is None or now.timestamp() - seen_s >= TOUCH_EVERY.total_seconds():
        session[SEEN_KEY] = int(now.timestamp())


def is_locked(session: SessionBase, now: datetime) -> bool:
    """Whether the password must be asked again: locked by hand, or untouched for IDLE_LOCK_AFTER."""
    seen_s = session.get(SEEN_KEY)
    idle = seen_s is not None and now.timestamp() - seen_s >= IDLE_LOCK_AFTER.total_seconds()
    return bool(session.get(LOCKED_KEY)) or idle


def lock(session: SessionBase) -> None:
    session[LOCKED_KEY] = True


def unlock(session: SessionBase, now: datetime) -> None:
    """Open the session again; its key and its CSRF secret stay, so forms in open pages can still be sent."""
    session.pop(LOCKED_KEY, None)
    session[SEEN_KEY] = int(now.timestamp())


def safe_next(path: str, host: str, *, secure: bool) -> str:
    """`path` when it leads to this portal, else ""."""
    return path if path and url_has_allowed_host_and_scheme(path, {host}, require_https=secure) else ""
