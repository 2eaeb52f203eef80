"""The web process. Everything a request needs is loaded here, then kept out of the garbage collector.

Walking the hundred thousand long-lived objects of Django in every full collection costs pauses of
220-280 ms; frozen, they cost nothing.
"""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

YOUNG_OBJECTS_MAX = 20_000

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haddong_portal.settings")


def warm_up() -> None:
    """Load what the first request would: the task app, the addresses, the template engine."""
    from django.template import engines
    from django.urls import get_resolver

    import haddong_portal.celery  # noqa: F401 - importing it makes it the default app

    engines.all()
    _ = get_resolver().reverse_dict
    gc.collect()
    gc.freeze()
    # A page makes tens of thousands of short-lived objects: the default of 700 looks for garbage fifty times in it.
    gc.set_threshold(YOUNG_OBJECTS_MAX, 20, 20)


application = get_wsgi_application()
warm_up()
