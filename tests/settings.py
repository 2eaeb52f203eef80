"""Settings of the test run: the portal's own, over embedded servers in a folder of their own.

pytest-django imports this module before any conftest.py, which is why the servers start here. The
xdist controller comes first; its workers inherit the environment and share its PostgreSQL, each with
databases of its own (tests/databases.py). With DATABASE_URL and REDIS_URL set, those servers are used.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

os.environ["HADDONG_MODE"] = "test"
os.environ.setdefault("PUBLIC_URL", "http://testserver")
# The suite may run at night; the tests of quiet hours set their own.
os.environ["NOTICE_QUIET_HOURS"] = ""
# Playwright's synchronous API keeps an event loop in the thread, where Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from haddong_portal.embedded import Home, ensure_servers
from haddong_portal.embedded.keys import export_keys

if "HADDONG_TEST_HOME" not in os.environ:
    os.environ["HADDONG_TEST_HOME"] = str(Path(tempfile.mkdtemp(prefix="haddong-test-")).resolve())
os.environ["HADDONG_HOME"] = os.environ["HADDONG_TEST_HOME"]
_home = Home(Path(os.environ["HADDONG_HOME"]))
export_keys(_home)
ensure_servers(_home, fast=True, remove=True)
os.environ.setdefault("HADDONG_TEST_RUN", secrets.token_hex(4))
_worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
# Each worker has a broker and cache of its own: 2n for its tests, 2n + 1 for its running portal.
os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].rsplit('/', 1)[0]}/{int(_worker) * 2}"

from haddong_portal.settings import *  # noqa: E402, F403 - a settings module is its names
