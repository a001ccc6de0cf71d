"""What a supervisor asks: is this process alive, and can it serve? Neither needs a sign-in, neither tells a secret."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sonora import broker


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 as long as this process answers at all; touches neither database nor broker."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(_request: HttpRequest) -> HttpResponse:
    """200 when database and broker answer and every migration is applied, else 503; says which one is not so."""
    database, migrations = _database()
    checks = {"database": database, "migrations": migrations, "broker": _broker()}
    ready = all(value == "ok" for value in checks.values())
    return JsonResponse({"status": "ok" if ready else "not ready", **checks}, status=200 if ready else 503)


def _database() -> tuple[str, str]:
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "unreachable", "unknown"
    return "ok", "pending" if pending else "ok"


def _broker() -> str:
    return "ok" if broker.reachable(settings.REDIS_URL) else "unreachable"
