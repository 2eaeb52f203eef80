"""Work handed over by name finds its task, and each queue has its sweeper on the clock."""

from __future__ import annotations

import pytest

from haddong_portal.celery import app
from haddong_portal.common.jobs import JobName
from haddong_portal.schedule import BEAT_SCHEDULE


@pytest.fixture(scope="module", autouse=True)
def _tasks_loaded() -> None:
    app.loader.import_default_modules()


@pytest.mark.parametrize("job", JobName)
def test_every_job_is_a_registered_task(job: JobName) -> None:
    assert job.value in app.tasks


def test_every_scheduled_task_is_registered() -> None:
    assert {entry["task"] for entry in BEAT_SCHEDULE.values()} - set(app.tasks) == set()


@pytest.mark.parametrize("job", JobName)
def test_every_app_that_is_woken_also_sweeps(job: JobName) -> None:
    """A broker may forget; the schedule looks again in the same app."""
    home = job.value.split(".")[0]
    assert any(entry["task"].split(".")[0] == home for entry in BEAT_SCHEDULE.values())
