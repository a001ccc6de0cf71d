"""The Celery application. A message is only a hint: the rows in the database say what is left to do."""

import gc
import os
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sonora.settings")

import structlog
from celery import Celery, Task, signals
from django.conf import settings
from kombu import Producer
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

logger = structlog.get_logger(__name__)

SYNC, ANALYSIS = "sync", "analysis"
NOWHERE = "redis+socket:///dev/null/no-broker"  # refuses at once; without a URL Celery would try AMQP for minutes
PUBLISH_TIMEOUT = 1.0  # seconds for a connection, and for an answer


def publish(task: Task[Any, Any], *args: Any) -> bool:
    """Send a message for *task* and say whether the broker took it; never raises.

    Takes 2 seconds at most, also when the broker is silent. Call it on commit, never inside a transaction: a worker
    could look for rows that are not there yet. A lost message costs seconds, because the tick looks at the rows.
    """
    if not settings.REDIS_URL:
        return False
    try:
        with app.connection_for_write(connect_timeout=PUBLISH_TIMEOUT, transport_options=PUBLISHING) as connection:
            task.apply_async(args, producer=Producer(connection), retry=False)
    except (KombuError, RedisError, OSError) as error:
        logger.warning("message_not_published", task=task.name, reason=type(error).__name__)
        return False
    return True


def broker_url(url: str) -> str:
    """What kombu wants for *url*: redis-py says `unix:///path?db=N`, kombu `redis+socket:///path?virtual_host=N`."""
    if not url:
        return NOWHERE
    parts = urlsplit(url)
    if parts.scheme == "rediss":
        return url if "ssl_cert_reqs" in parts.query else f"{url}{'&' if parts.query else '?'}ssl_cert_reqs=required"
    if parts.scheme != "unix":
        return url
    database = parse_qs(parts.query).get("db", ["0"])[0]
    login = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
    return f"redis+socket://{login}{quote(unquote(parts.path))}?virtual_host={database}"


LISTENING: dict[str, Any] = {
    "visibility_timeout": 3600,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    # A broker that falls silent without closing its socket would hold a worker for ever. Longer than BRPOP's 1 s; it is
    # waited for twice (retry_on_timeout) after two health checks: with 30 a worker was measured to need 122 s.
    "socket_timeout": settings.BROKER_SILENCE_SECONDS,
    "socket_connect_timeout": 5,
    "socket_keepalive": True,
    "health_check_interval": settings.BROKER_SILENCE_SECONDS * 5 / 3,
    "retry_on_timeout": True,
}
PUBLISHING: dict[str, Any] = {
    "socket_timeout": PUBLISH_TIMEOUT,
    "socket_connect_timeout": PUBLISH_TIMEOUT,
    "retry_on_timeout": False,
    "max_retries": 0,
}

app = Celery("sonora")
app.conf.update(
    broker_url=broker_url(settings.REDIS_URL),
    broker_transport_options=LISTENING,
    broker_connection_max_retries=None,
    broker_connection_retry_on_startup=True,
    broker_connection_timeout=5,
    task_publish_retry_policy={"max_retries": 1, "interval_start": 0.2, "interval_max": 0.2},
    task_default_queue=SYNC,
    task_create_missing_queues=True,
    task_routes={
        "integrations.tasks.*": {"queue": SYNC},
        "sonora.insights.*": {"queue": ANALYSIS},
        "sonora.graph.*": {"queue": ANALYSIS},
    },
    task_acks_late=False,  # a lost message is sent again after 60 s; a late acknowledgement would wait an hour
    task_ignore_result=True,
    task_soft_time_limit=60,
    task_time_limit=120,
    worker_concurrency=settings.SYNC_PLACES,  # of a worker that is started without -c
    worker_prefetch_multiplier=1,
    worker_disable_prefetch=True,
    worker_max_tasks_per_child=500,
    worker_max_memory_per_child=400 * 1024,  # KiB
    worker_direct=True,  # `sonora.alive` asks this very worker
    # Nobody controls workers from afar, and who listens for that may listen for ever: after a broker that was restarted
    # redis-py reads its subscription anew without any timeout (`PubSub.parse_response`), within kombu's only loop.
    worker_enable_remote_control=False,
    worker_hijack_root_logger=False,
    worker_redirect_stdouts=False,
    imports=["sonora.alive"],
    beat_schedule={
        "tick": {"task": "integrations.tasks.tick", "schedule": 5.0, "options": {"queue": SYNC, "expires": 10}},
        "tell": {"task": "integrations.tasks.tell", "schedule": 60.0, "options": {"queue": SYNC, "expires": 60}},
        "analyse": {
            "task": "sonora.insights.tasks.analyse_pending",
            "schedule": 5.0,
            "options": {"queue": ANALYSIS, "expires": 10},
        },
        "compare": {
            "task": "sonora.insights.tasks.compare_requests",
            "schedule": 60.0,
            "options": {"queue": ANALYSIS, "expires": 60},
        },
        "standings": {
            "task": "sonora.graph.tasks.keep_standings",
            "schedule": 30.0,
            "options": {"queue": ANALYSIS, "expires": 60},
        },
    },
)
app.set_default()
app.autodiscover_tasks()


@signals.setup_logging.connect
def _keep_our_logging(**_: object) -> None:
    """Celery sets up no logging of its own while somebody listens here."""


@signals.worker_process_init.connect
def _leave_out_what_stays(**_: object) -> None:
    """What is loaded stays as long as the process: to look for garbage in it takes 40 ms of CPU again and again."""
    gc.freeze()


from sonora import broker  # noqa: E402  it needs the names above

app.steps["consumer"].add(broker.RefusesEviction)
