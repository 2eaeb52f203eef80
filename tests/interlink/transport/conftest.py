"""The scene's agencies connected to real processes of the sandbox, and the door called as agencies call it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from interlink.models import Agency
from interlink.sandbox.directory import BY_CODE
from interlink.sandbox.keys import Keys
from tests.interlink.sandbox.conftest import Line, sandbox_keys, start_agency

__all__ = ["sandbox_keys", "start_agency"]


@pytest.fixture
def portal_keys(sandbox_keys: Keys, settings: Any) -> Keys:
    settings.INTERLINK_HOME = str(sandbox_keys.home)
    settings.INTERLINK_CA = str(sandbox_keys.authority)
    settings.INTERLINK_CERTIFICATE = str(sandbox_keys.certificate("portal"))
    settings.INTERLINK_KEY = str(sandbox_keys.private_key("portal"))
    settings.INTERLINK_SIGNING_KEY = str(sandbox_keys.signing("portal"))
    settings.INTERLINK_FIRST_WAIT_SECONDS = 10.0
    return sandbox_keys


@pytest.fixture
def connect(portal_keys: Keys, start_agency: Callable[..., Line]) -> Callable[..., Line]:
    def connected(code: str, **words: Any) -> Line:
        line = start_agency(code, **words)
        know(code, portal_keys, f"https://127.0.0.1:{line.port}")
        return line

    return connected


def know(code: str, keys: Keys, address: str = "https://127.0.0.1:9") -> Agency:
    """The agency as connected, whether or not anybody listens."""
    whose = BY_CODE[code]
    told = {
        "name": whose.name,
        "transport": "rest",
        "base_url": address,
        "member_code": whose.member,
        "service_code": whose.service,
        "jwks": keys.signing_key(code).public,
    }
    return Agency.objects.update_or_create(code=code, defaults=told)[0]
