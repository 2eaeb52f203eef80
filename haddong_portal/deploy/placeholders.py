"""Production settings for steps that touch neither data nor servers: the deployment check, collecting browser files.

An address nobody listens on, and keys that protect nothing.
"""

from __future__ import annotations

import base64

PRODUCTION = {
    "HADDONG_MODE": "production",
    "DATABASE_URL": "postgres://portal:portal@127.0.0.1:9/portal",
    "REDIS_URL": "redis://127.0.0.1:9/0",
    "SECRET_KEY": "only-for-the-deployment-check-" + "aB3$" * 12,
    "FIELD_ENCRYPTION_KEYS": base64.b64encode(bytes(range(32))).decode(),
    "BLIND_INDEX_KEY": base64.b64encode(bytes(range(32, 64))).decode(),
    "PUBLIC_URL": "https://motcua.example.vn",
    "ALLOWED_HOSTS": "motcua.example.vn",
}
