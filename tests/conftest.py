"""Fixtures everybody shares. How to use them: docs/testing.md. Apps add theirs in tests/<app>/conftest.py."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache, caches

import haddong_portal.celery  # noqa: F401 - makes it the default app, as in every process of the portal
from tests.databases import drop_all_of_run, drop_database, make_database, name_of, use_database

pytest_plugins = ["tests.browser", "tests.running", "tests.personas"]


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The test database of this worker, copied from the run's migrated template."""
    with django_db_blocker.unblock():
        name = make_database(name_of("test"))
        with use_database(name):
            yield
        drop_database(name)


@pytest.fixture(autouse=True)
def _empty_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    """Rate limits and cached reads of one test never reach the next."""
    yield
    if "django_db_setup" in request.fixturenames or request.node.get_closest_marker("django_db"):
        cache.clear()
        caches["process"].clear()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests share one worker under xdist, so that one Chromium and one running portal serve them all."""
    for item in items:
        if item.get_closest_marker("browser") or item.get_closest_marker("flow"):
            item.add_marker(pytest.mark.xdist_group("browser"))


def pytest_unconfigure(config: pytest.Config) -> None:
    """On a server that outlives the run, leave nothing behind (embedded servers go with their folder)."""
    if not hasattr(config, "workerinput") and not settings.configured:
        return
    if not hasattr(config, "workerinput") and "/haddong-test-" not in os.environ["DATABASE_URL"].replace("%2F", "/"):
        drop_all_of_run()
        shutil.rmtree(os.environ["HADDONG_HOME"], ignore_errors=True)
