"""Work handed over by name finds its task, and each queue has its sweeper on the clock."""

from __future__ import annotations

import pytest
from django.conf import settings

from haddong_portal.celery import app
from haddong_portal.common.jobs import JobName
from haddong_portal.deploy.commands import QUICK_QUEUE, SLOW_QUEUE, reader_command, worker_command
from haddong_portal.schedule import BEAT_SCHEDULE


@pytest.fixture(scope="module", autouse=True)
def _tasks_loaded() -> None:
    app.loader.import_default_modules()


@pytest.mark.parametrize("job", JobName)
def test_every_job_is_a_registered_task(job: JobName) -> None:
    assert job.value in app.tasks


def test_every_scheduled_task_is_registered() -> None:
    assert {entry["task"] for entry in BEAT_SCHEDULE.values()} - set(app.tasks) == set()


def test_what_takes_minutes_has_a_queue_and_a_worker_of_its_own() -> None:
    routes = settings.CELERY_TASK_ROUTES
    assert set(routes) - set(app.tasks) == set()
    assert {route["queue"] for route in routes.values()} == {SLOW_QUEUE}
    assert {JobName.READ_SCAN, JobName.FILE_BOOK} <= set(routes)
    assert app.conf.task_default_queue == QUICK_QUEUE
    for command, queue in ((worker_command(processes=1), QUICK_QUEUE), (reader_command(processes=1), SLOW_QUEUE)):
        assert command[command.index("--queues") + 1] == queue


@pytest.mark.parametrize("job", JobName)
def test_every_app_that_is_woken_also_sweeps(job: JobName) -> None:
    """A broker may forget; the schedule looks again in the same app."""
    home = job.value.split(".")[0]
    assert any(entry["task"].split(".")[0] == home for entry in BEAT_SCHEDULE.values())
