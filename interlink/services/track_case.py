"""A citizen opens a linked case: by the receipt's code, or by the case's code and the phone's last digits.

Anybody; reads only, leaves an audit row. Attempts are counted per address and per code, so neither phones nor codes can
be guessed; "not found" and "not yours" get the same answer after the same work (domain.md §1.10).
"""

from __future__ import annotations

import hmac
from datetime import datetime

from django.conf import settings
from django.core.cache import cache

from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.attempts import too_many_attempts
from haddong_portal.common.errors import DomainError, NotFound
from interlink.models import LinkedCase
from interlink.selectors.case_tracking import CaseProgress, case_progress, tracked_case

DIGITS_LENGTH = 4
WINDOW_S = 900
FAILURES_PER_CODE_MAX = 5
NOBODY = "0000000000"


def open_case_by_link(*, token: str, client_ip: str, now: datetime | None = None) -> CaseProgress:
    """Progress for the holder of the receipt; NotFound tracking.no_match for any other token."""
    _count_address(client_ip)
    return _opened(tracked_case(tracking_token=token), client_ip, "mã QR trên giấy tiếp nhận", now)


def open_case_by_phone(*, code: str, last_digits: str, client_ip: str, now: datetime | None = None) -> CaseProgress:
    """Progress when the digits end the requester's phone; five failures lock the code for fifteen minutes."""
    _count_address(client_ip)
    if _failures(code) >= FAILURES_PER_CODE_MAX:
        raise _too_many()
    case = tracked_case(code=code)
    phone = (case.requester.phone if case else "") or NOBODY
    same = hmac.compare_digest(phone[-DIGITS_LENGTH:].encode(), last_digits.encode())
    if case is None or not case.requester.phone or len(last_digits) != DIGITS_LENGTH or not same:
        too_many_attempts("linked-code", code, most=FAILURES_PER_CODE_MAX, window_s=WINDOW_S)
        raise _no_match()
    return _opened(case, client_ip, "mã hồ sơ và số điện thoại", now)


def _opened(case: LinkedCase | None, client_ip: str, way: str, now: datetime | None) -> CaseProgress:
    if case is None:
        raise _no_match()
    record_access(
        actor=Actor(name="Người dân", channel="public", ip=client_ip or None),
        action="interlink.track",
        object_type="linked_case",
        object_id=case.pk,
        person_id=case.requester_id,
        purpose=way,
    )
    return case_progress(case, now=now or clock.now())


def _count_address(client_ip: str) -> None:
    if too_many_attempts("linked-address", client_ip, most=settings.LINKED_TRIES_PER_ADDRESS_MAX, window_s=WINDOW_S):
        raise _too_many()


def _failures(code: str) -> int:
    try:
        return int(cache.get(f"attempts:linked-code:{code}") or 0)
    except Exception:  # the counter lives in the broker's server: without it tracking goes on, unlimited
        return 0


def _no_match() -> NotFound:
    return NotFound(
        "Không tìm thấy hồ sơ khớp với thông tin đã nhập. Xin xem lại mã trên giấy tiếp nhận.", code="tracking.no_match"
    )


def _too_many() -> DomainError:
    return DomainError("tracking.too_many", "Đã tra cứu quá nhiều lần. Xin thử lại sau 15 phút.", status=429)
