"""The demo's settings, with a bare view to compare with and a count of SQL statements on request."""

from __future__ import annotations

import os

from haddong_portal.settings import *  # noqa: F403 - a settings module is its names
from haddong_portal.settings import MIDDLEWARE as PORTAL_MIDDLEWARE

ROOT_URLCONF = "tests.bench.urls"
# BENCH_BARE=1 is the second server: Django and one view, none of the portal's middleware.
MIDDLEWARE = (
    [] if os.environ.get("BENCH_BARE") else ["tests.bench.counting.StatementCountMiddleware", *PORTAL_MIDDLEWARE]
)
