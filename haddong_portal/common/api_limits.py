"""How often one account may call the REST API: so many writes and so many reads a minute, from settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from haddong_portal.common.attempts import too_many_attempts

if TYPE_CHECKING:
    from rest_framework.views import APIView

WINDOW_S = 60


class AccountThrottle(BaseThrottle):
    """Counts for the account, whatever token or address it comes with; a minute begins with its first call.

    While the counter's server is away nothing is limited. Whoever has no account is refused before, by the right.
    """

    def allow_request(self, request: Request, view: APIView) -> bool:
        reads = request.method in SAFE_METHODS
        kind, most = (
            ("api-read", settings.API_READS_PER_MINUTE_MAX)
            if reads
            else ("api-write", settings.API_WRITES_PER_MINUTE_MAX)
        )
        return not too_many_attempts(kind, str(request.user.pk), most=most, window_s=WINDOW_S)

    def wait(self) -> float:
        """Seconds until a call is sure to count anew (the Retry-After header)."""
        return WINDOW_S
