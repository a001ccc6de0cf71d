"""What Sonora demands of its broker before a worker takes messages from it."""

from typing import Any

import redis
import structlog
from celery import bootsteps
from django.conf import settings

logger = structlog.get_logger(__name__)


class RefusesEviction(bootsteps.StartStopStep):
    """A broker that may throw messages away when its memory is full stops the worker; asked at each new connection."""

    requires = ("celery.worker.consumer.connection:Connection",)

    def start(self, parent: Any) -> None:  # noqa: ARG002  Celery passes the consumer
        problem = eviction_problem(settings.REDIS_URL)
        if problem:
            logger.error("broker_evicts", problem=problem)
            raise SystemExit(problem)


def eviction_problem(url: str) -> str:
    """Why the broker at *url* must not be used, or an empty string; also when it does not tell."""
    if not url:
        return ""
    with redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2) as client:
        try:
            policy = client.config_get("maxmemory-policy").get("maxmemory-policy", "noeviction")
        except redis.RedisError as error:  # a hosted broker may forbid CONFIG
            logger.warning("broker_policy_unknown", reason=type(error).__name__)
            return ""
    if policy == "noeviction":
        return ""
    return (
        f"The broker's maxmemory-policy is {policy}: it would throw away messages when its memory is full. "
        "Set maxmemory-policy to noeviction and start the worker again."
    )


def reachable(url: str) -> bool:
    """Whether the broker at *url* answers within a second."""
    if not url:
        return False
    with redis.Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1) as client:
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
