"""Secrets of a demo or test deployment: made once, kept in HADDONG_HOME/keys (0700, files 0600).

Losing the field keys means losing the encrypted identifiers, so an existing file is never replaced.
Production gets its secrets from the environment and never comes here.
"""

from __future__ import annotations

import base64
import os
import secrets

from haddong_portal.embedded.home import Home
from haddong_portal.embedded.locks import FileLock

KEY_BYTES = 32


def _field_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


MAKERS = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(50),
    "FIELD_ENCRYPTION_KEYS": _field_key,
    "BLIND_INDEX_KEY": _field_key,
}


def load_or_make(home: Home) -> dict[str, str]:
    """The secrets by the name of their environment variable; missing ones are made under a lock."""
    home.make()
    lock = FileLock(home, "keys")
    lock.acquire(timeout_seconds=None)
    try:
        return {name: _load_or_make_one(home, name) for name in MAKERS}
    finally:
        lock.release()


def _load_or_make_one(home: Home, name: str) -> str:
    path = home.keys / name.lower()
    if not path.exists():
        home.write_private(path, MAKERS[name]() + "\n")
    return path.read_text(encoding="utf-8").strip()


def export_keys(home: Home) -> None:
    """Set what the environment leaves unset."""
    if all(os.environ.get(name) for name in MAKERS):
        return
    for name, value in load_or_make(home).items():
        if not os.environ.get(name):
            os.environ[name] = value
