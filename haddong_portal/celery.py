"""The Celery app: settings from Django, tasks from every app's `tasks` module, the clock from schedule.py.

Imported by manage.py, wsgi.py and the tests, so that `common.jobs.enqueue` finds it everywhere.
"""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haddong_portal.settings")  # the clock reads settings as it is imported

from haddong_portal.schedule import BEAT_SCHEDULE

app = Celery("haddong_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = BEAT_SCHEDULE
app.autodiscover_tasks()
# The "current app" belongs to one thread; web threads fall back to the default app, which must be this one.
app.set_default()
