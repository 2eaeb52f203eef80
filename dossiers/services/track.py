"""A citizen opens a dossier: by the receipt's signed link, by code and the phone's last digits, or by code alone.

Anybody; reads only, leaves an audit row. Attempts are counted per address and per code, so neither phones nor codes
can be guessed; "not found" and "not yours" get the same answer after the same work (domain.md §1.10).
"""

from __future__ import annotations

import hmac
import logging
from datetime import timedelta

from django.core.cache import cache

from dossiers.models import Dossier
from dossiers.selectors.links import TRACKING_PURPOSE
from dossiers.selectors.tracking import PublicProgress, progress_of, tracked_dossier
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.signed_codes import read

logger = logging.getLogger("haddong.tracking")

DIGITS_LENGTH = 4
WINDOW = timedelta(minutes=15)
TRIES_PER_ADDRESS_MAX = 30
FAILURES_PER_CODE_MAX = 5
NOBODY = "0000000000"


def open_by_link(*, token: str, client_ip: str) -> PublicProgress:
    """Full progress for the holder of the receipt; NotFound tracking.no_match for any other token."""
    _count("address", client_ip, TRIES_PER_ADDRESS_MAX)
    try:
        code = read(TRACKING_PURPOSE, token)
    except DomainError:
        raise _no_match() from None
    return _opened(tracked_dossier(code), client_ip, full=True, way="mã QR trên giấy tiếp nhận")


def open_by_phone(*, code: str, last_digits: str, client_ip: str) -> PublicProgress:
    """Full progress when the digits end the registered phone; five failures lock the code for fifteen minutes."""
    _count("address", client_ip, TRIES_PER_ADDRESS_MAX)
    _refuse_locked(code)
    dossier = tracked_dossier(code)
    phone = (dossier.phone if dossier else "") or NOBODY
    same = hmac.compare_digest(phone[-DIGITS_LENGTH:].encode(), last_digits.encode())
    if dossier is None or not dossier.phone or len(last_digits) != DIGITS_LENGTH or not same:
        _count("failed-code", code, FAILURES_PER_CODE_MAX)
        raise _no_match()
    return _opened(dossier, client_ip, full=True, way="mã hồ sơ và số điện thoại")


def open_by_code(*, code: str, client_ip: str) -> PublicProgress:
    """What the dossier's rule-set shows to anybody: state and degree."""
    _count("address", client_ip, TRIES_PER_ADDRESS_MAX)
    return _opened(tracked_dossier(code), client_ip, full=False, way="mã hồ sơ")


def _opened(dossier: Dossier | None, client_ip: str, *, full: bool, way: str) -> PublicProgress:
    if dossier is None:
        raise _no_match()
    record_access(
        actor=Actor(name="Người dân", channel="public", ip=client_ip or None),
        action="dossier.track",
        object_type="dossier",
        object_id=dossier.pk,
        person_id=dossier.person_id if full else None,
        purpose=way,
    )
    return progress_of(dossier, full=full)


def _no_match() -> NotFound:
    return NotFound(
        "Không tìm thấy hồ sơ khớp với thông tin đã nhập. Xin xem lại mã trên giấy tiếp nhận.", code="tracking.no_match"
    )


def _too_many() -> DomainError:
    return DomainError("tracking.too_many", "Đã tra cứu quá nhiều lần. Xin thử lại sau 15 phút.", status=429)


def _refuse_locked(code: str) -> None:
    if _cached(f"track:failed-code:{code}") >= FAILURES_PER_CODE_MAX:
        raise _too_many()


def _count(kind: str, value: str, most: int) -> None:
    """One more attempt; raises 429 above `most` in the window."""
    key = f"track:{kind}:{value}"
    try:
        cache.add(key, 0, int(WINDOW.total_seconds()))
        tries = cache.incr(key)
    except Exception:  # the counter lives in the broker's server: without it tracking goes on, unlimited
        logger.warning("tracking attempts are not counted", exc_info=True)
        return
    if tries > most:
        raise _too_many()


def _cached(key: str) -> int:
    try:
        return int(cache.get(key) or 0)
    except Exception:  # as above
        return 0
