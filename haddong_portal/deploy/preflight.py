"""Before a production process starts: its settings are there and can be read, or one sentence says what is wrong.

No value is ever told: it may be a secret.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from haddong_portal.common.crypto.keys import decode_key

SCHEMES: Mapping[str, tuple[str, ...]] = {
    "DATABASE_URL": ("postgres", "postgresql"),
    "REDIS_URL": ("redis", "rediss"),
    "PUBLIC_URL": ("https", "http"),
}
REFUSED = 2


def complaint() -> str:
    """What keeps a production process from starting, as one line; "" when nothing does or it is no production."""
    if os.environ.get("HADDONG_MODE") != "production":
        return ""
    for check in (_required, _addresses, _keys, _settings):
        found = check()
        if found:
            return f"Chưa khởi động được (deploy.settings): {' '.join(found.split())}"
    return ""


def _required() -> str:
    return _refusal_of(_load_environment)


def _load_environment() -> None:
    import haddong_portal.settings.environment  # noqa: F401 - it refuses by itself


def _addresses() -> str:
    for name, schemes in SCHEMES.items():
        parts = urlsplit(os.environ[name])
        if parts.scheme not in schemes or not parts.hostname:
            return f"{name} phải là một địa chỉ dạng {schemes[0]}://…"
    return ""


def _keys() -> str:
    names = [("FIELD_ENCRYPTION_KEYS", key) for key in os.environ["FIELD_ENCRYPTION_KEYS"].split(",")]
    for name, key in [*names, ("BLIND_INDEX_KEY", os.environ["BLIND_INDEX_KEY"])]:
        try:
            decode_key(key, name)
        except ImproperlyConfigured:
            return f"{name}: mỗi khóa là 32 byte viết bằng base64, các khóa cách nhau bằng dấu phẩy (xem .env.example)"
    return ""


def _settings() -> str:
    return _refusal_of(_load_settings)


def _load_settings() -> None:
    import haddong_portal.settings  # noqa: F401 - as every process does


def _refusal_of(load: Callable[[], None]) -> str:
    try:
        load()
    except (ImproperlyConfigured, ValueError) as refusal:
        return str(refusal) or type(refusal).__name__
    return ""
