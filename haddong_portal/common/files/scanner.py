"""ClamAV over its socket, where one is configured. It fails closed: no answer means quarantine, never clean."""

from __future__ import annotations

import io
from enum import StrEnum

from clamav_client.clamd import BufferTooLongError, ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings


class ScanAnswer(StrEnum):
    OFF = "off"  # none is configured
    OK = "ok"
    FOUND = "found"
    TOO_LARGE = "too_large"
    DOWN = "down"


def scan(content: bytes) -> ScanAnswer:
    """The scanner's word on these bytes; never raises."""
    if not is_configured():
        return ScanAnswer.OFF
    try:
        answer = _clamd().instream(io.BytesIO(content)).get("stream")
    except BufferTooLongError:
        return ScanAnswer.TOO_LARGE
    except (OSError, ClamdError, ValueError) as error:
        broken = isinstance(error.__cause__ or error, ConnectionResetError | BrokenPipeError)
        return _after_a_broken_line(len(content)) if broken else ScanAnswer.DOWN
    if answer is None:
        return _after_a_broken_line(len(content))
    return {"OK": ScanAnswer.OK, "FOUND": ScanAnswer.FOUND}.get(answer[0], ScanAnswer.DOWN)


def answers() -> bool:
    """Whether a configured scanner is there; True where none is configured (nothing waits for it)."""
    if not is_configured():
        return True
    try:
        return "PONG" in _clamd().ping()
    except (OSError, ClamdError, ValueError):
        return False


def is_configured() -> bool:
    return bool(settings.CLAMAV_SOCKET or settings.CLAMAV_ADDRESS)


def _after_a_broken_line(size: int) -> ScanAnswer:
    """Over its StreamMaxLength clamd closes the line while we still send: alive but not taking it is a refusal."""
    return ScanAnswer.TOO_LARGE if size > settings.CLAMAV_STREAM_MIN_BYTES and answers() else ScanAnswer.DOWN


def _clamd() -> ClamdNetworkSocket:
    """Raises ValueError for an address that is none."""
    seconds = settings.CLAMAV_TIMEOUT_SECONDS
    if settings.CLAMAV_SOCKET:
        return ClamdUnixSocket(path=settings.CLAMAV_SOCKET, timeout=seconds)
    host, _, port = settings.CLAMAV_ADDRESS.rpartition(":")
    return ClamdNetworkSocket(host=host.strip("[]"), port=int(port), timeout=seconds)
