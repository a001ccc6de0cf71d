import gc
import signal
import time
from collections.abc import Callable

import pytest
import redis
from celery import signals
from django.test import override_settings
from pytest_django.fixtures import Settings

from sonora import alive, broker, celery
from tests.runtime.conftest import Valkey


@pytest.mark.parametrize(
    ("ours", "kombu"),
    [
        ("redis://:pw@cache:6379/3", "redis://:pw@cache:6379/3"),
        ("rediss://cache:6380/0", "rediss://cache:6380/0?ssl_cert_reqs=required"),
        ("unix:///run/valkey.sock?db=2", "redis+socket:///run/valkey.sock?virtual_host=2"),
        ("unix:///run/valkey.sock", "redis+socket:///run/valkey.sock?virtual_host=0"),
        ("unix://user:pw@/run/valkey.sock", "redis+socket://user:pw@/run/valkey.sock?virtual_host=0"),
    ],
)
def test_kombu_gets_its_own_form_of_the_brokers_address(ours: str, kombu: str):
    assert celery.broker_url(ours) == kombu


def test_a_message_reaches_the_broker_that_is_named_in_our_form(valkey: Valkey, published_to: Callable[[str], None]):
    published_to(valkey.url)
    assert celery.publish(alive.answer, "question", "/nowhere")
    assert redis.Redis.from_url(valkey.url).llen("sync") == 1


def test_without_a_broker_publishing_says_so_at_once(published_to: Callable[[str], None]):
    with override_settings(REDIS_URL=""):
        assert not celery.publish(alive.answer, "question", "/nowhere")
    published_to("unix:///nowhere/valkey.sock")
    assert _seconds_of(lambda: celery.publish(alive.answer, "question", "/nowhere")) < 1


def test_a_silent_broker_costs_the_publisher_two_seconds_at_most(valkey: Valkey, published_to: Callable[[str], None]):
    published_to(valkey.url)
    valkey.process.send_signal(signal.SIGSTOP)
    try:
        assert _seconds_of(lambda: celery.publish(alive.answer, "question", "/nowhere")) < 2
    finally:
        valkey.process.send_signal(signal.SIGCONT)


def test_a_broker_that_may_evict_is_refused_in_a_sentence(valkey: Valkey):
    client = redis.Redis.from_url(valkey.url)
    assert broker.eviction_problem(valkey.url) == ""
    client.config_set("maxmemory-policy", "allkeys-lru")
    try:
        assert "Set maxmemory-policy to noeviction" in broker.eviction_problem(valkey.url)
        with pytest.raises(SystemExit), override_settings(REDIS_URL=valkey.url):
            broker.RefusesEviction(None).start(None)
    finally:
        client.config_set("maxmemory-policy", "noeviction")


def test_no_task_can_outlive_the_visibility_timeout_or_hold_a_silent_connection():
    conf = celery.app.conf
    options = conf.broker_transport_options
    assert conf.task_time_limit * 10 < options["visibility_timeout"]
    assert 1 + 2 * options["health_check_interval"] + 2 * options["socket_timeout"] < 120


def test_the_tick_is_sent_every_five_seconds_and_does_not_pile_up():
    tick = celery.app.conf.beat_schedule["tick"]
    assert tick["schedule"] == 5
    assert tick["options"]["expires"] == 10


@pytest.mark.parametrize(
    ("task", "queue"),
    [
        ("integrations.tasks.run_slice", "sync"),
        ("sonora.insights.tasks.analyse_pending", "analysis"),
        ("sonora.graph.tasks.keep_standings", "analysis"),
        ("other", "sync"),
    ],
)
def test_each_kind_of_work_has_its_queue(task: str, queue: str):
    assert celery.app.amqp.router.route({}, task)["queue"].name == queue


@pytest.fixture
def published_to(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    def use(url: str) -> None:
        settings.REDIS_URL = url
        monkeypatch.setattr(celery.app.conf, "broker_url", celery.broker_url(url))
        monkeypatch.setattr(celery.app.conf, "broker_write_url", celery.broker_url(url))

    return use


def _seconds_of(publish: Callable[[], bool]) -> float:
    """The shorter of two tries: a busy machine may hold up one of them."""
    taken = []
    for _ in range(2):
        started = time.monotonic()
        assert not publish()
        taken.append(time.monotonic() - started)
    return min(taken)


def test_a_worker_looks_for_no_garbage_in_what_was_loaded_before_its_work() -> None:
    before = gc.get_freeze_count()
    signals.worker_process_init.send(sender=None)
    try:
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()
