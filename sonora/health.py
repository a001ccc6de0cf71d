"""What a supervisor asks: is this process alive, and can it serve? Neither needs a sign-in, neither tells a secret."""

import structlog
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from integrations.sync import beat
from sonora import broker

logger = structlog.get_logger(__name__)


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 as long as this process answers at all; touches neither database nor broker."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(_request: HttpRequest) -> HttpResponse:
    """200 when database and broker answer and every migration is applied, else 503; says which one is not so.

    `scheduler` is told besides, "silent" after two minutes without a tick: nothing new comes in then, but what is there
    can be read, so this is no reason to send people away.
    """
    database, migrations = _database()
    checks = {"database": database, "migrations": migrations, "broker": _broker()}
    ready = all(value == "ok" for value in checks.values())
    told = {"status": "ok" if ready else "not ready", **checks, "scheduler": _scheduler(migrations)}
    return JsonResponse(told, status=200 if ready else 503)


def _database() -> tuple[str, str]:
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "unreachable", "unknown"
    return "ok", "pending" if pending else "ok"


def _scheduler(migrations: str) -> str:
    if migrations != "ok":
        return "unknown"
    ticked = beat.last_tick()
    if ticked is not None and beat.silent_since() is None:
        return "ok"
    logger.error("scheduler_silent", last_tick=ticked)
    return "silent"


def _broker() -> str:
    return "ok" if broker.reachable(settings.REDIS_URL) else "unreachable"
