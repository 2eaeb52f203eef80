"""Health of a web process, for load balancers and containers. Nothing about people or data is told."""

from __future__ import annotations

import logging
from collections.abc import Callable

import redis
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from haddong_portal.common.rights import PUBLIC
from haddong_portal.common.web.views import PortalView

logger = logging.getLogger("haddong.health")
BROKER_SECONDS_MAX = 2
# Databases found to have every migration of this program.
_complete: set[str] = set()


class HealthView(PortalView):
    """/healthz: the process answers. A failure means: restart it."""

    permission = PUBLIC

    def get(self, request: HttpRequest) -> JsonResponse:
        return JsonResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


class ReadinessView(PortalView):
    """/readyz: database and broker answer and every migration is applied (200), or not (503).

    A failure means: send no visitors here.
    """

    permission = PUBLIC

    def get(self, request: HttpRequest) -> JsonResponse:
        parts = {
            "database": _answers(_ask_database),
            "schema": _answers(_ask_schema),
            "broker": _answers(_ask_broker),
        }
        ready = all(parts.values())
        return JsonResponse(
            {"status": "ok" if ready else "unavailable", **parts},
            status=200 if ready else 503,
            headers={"Cache-Control": "no-store"},
        )


def _answers(ask: Callable[[], None]) -> bool:
    try:
        ask()
    except Exception:
        logger.warning("%s failed", ask.__name__, exc_info=True)
        return False
    return True


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_schema() -> None:
    """Raises RuntimeError naming what is missing. Once complete it stays so for this program: asked no more."""
    database = str(connection.settings_dict["NAME"])
    if database in _complete:
        return
    executor = MigrationExecutor(connection)
    missing = [str(migration) for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    if missing:
        raise RuntimeError(f"{len(missing)} migrations are not applied, the first is {missing[0]}")
    _complete.add(database)


def _ask_broker() -> None:
    timeouts = {"socket_timeout": BROKER_SECONDS_MAX, "socket_connect_timeout": BROKER_SECONDS_MAX}
    with redis.Redis.from_url(settings.REDIS_URL, **timeouts) as broker:
        broker.ping()
