"""What the environment says, read once, and what production may not lack."""

from __future__ import annotations

import os
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

MODES = ("demo", "test", "production")
MODE = env.str("HADDONG_MODE", default="demo")
REQUIRED_IN_PRODUCTION = (
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "FIELD_ENCRYPTION_KEYS",
    "BLIND_INDEX_KEY",
    "PUBLIC_URL",
    "ALLOWED_HOSTS",
)

if MODE not in MODES:
    raise ImproperlyConfigured(f"HADDONG_MODE={MODE!r}: must be one of {', '.join(MODES)}")

PRODUCTION = MODE == "production"
HADDONG_HOME = Path(env.str("HADDONG_HOME", default=str(BASE_DIR / ".data"))).resolve()


def check_production() -> None:
    """Refuse to start a production process that lacks a setting; names all of them at once."""
    missing = [name for name in REQUIRED_IN_PRODUCTION if not os.environ.get(name)]
    if missing:
        raise ImproperlyConfigured("Production needs these environment variables: " + ", ".join(missing))


if PRODUCTION:
    check_production()
