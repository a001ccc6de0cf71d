"""No task can outlive the broker's patience or hang on a message: rules that the settings and the sources keep."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from sonora import celery
from tests.runtime.test_compose import SERVICES

CHECKOUT = Path(__file__).resolve().parents[2]
LATEST = 30  # seconds that a message may be put off: a worker holds it meanwhile
COMPOSED = {"chord", "group", "chain", "chunks", "chord_error"}  # they wait for messages, which may be lost
celery.app.loader.import_default_modules()
OWN = sorted(name for name in celery.app.tasks if not name.startswith("celery."))


def test_what_is_looked_at_is_there() -> None:
    assert {"integrations.tasks.run_slice", "integrations.tasks.tick", "sonora.alive.answer"} <= set(OWN)
    assert len(list(_sources())) > 100


@pytest.mark.parametrize("name", OWN)
def test_a_task_acknowledges_early_expires_and_keeps_no_result(name: str) -> None:
    task = celery.app.tasks[name]
    assert (task.acks_late, task.reject_on_worker_lost, task.ignore_result) == (False, None, True)
    assert task.expires is not None
    assert task.expires <= 60


def test_limits_of_time_and_memory_are_those_of_the_design() -> None:
    conf = celery.app.conf
    assert (conf.task_soft_time_limit, conf.task_time_limit) == (60, 120)
    assert conf.worker_max_tasks_per_child == 500
    assert conf.worker_max_memory_per_child == 400 * 1024  # KiB
    assert (conf.worker_prefetch_multiplier, conf.worker_disable_prefetch) == (1, True)


def test_a_sync_worker_has_as_many_processes_as_there_are_places() -> None:
    assert celery.app.conf.worker_concurrency == settings.SYNC_PLACES
    assert "-c" not in SERVICES["worker-sync"]["command"]


def test_the_broker_may_be_silent_for_a_while_but_not_for_ever() -> None:
    options = celery.app.conf.broker_transport_options
    wanted = {"visibility_timeout": 3600, "socket_connect_timeout": 5, "socket_keepalive": True}
    assert {name: options[name] for name in wanted} == wanted
    assert 1 < options["socket_timeout"] <= 30  # BRPOP itself takes a second
    assert 0 < options["health_check_interval"] <= 25
    assert options["retry_on_timeout"] is True
    assert celery.app.conf.broker_connection_max_retries is None


def test_publishing_gives_up_soon() -> None:
    assert celery.PUBLISHING["socket_timeout"] + celery.PUBLISHING["socket_connect_timeout"] <= 2
    assert celery.PUBLISHING["max_retries"] <= 1
    assert celery.app.conf.task_publish_retry_policy["max_retries"] <= 1


def test_what_beat_sends_does_not_pile_up() -> None:
    for name, entry in celery.app.conf.beat_schedule.items():
        assert entry["options"]["expires"] <= max(2 * entry["schedule"], 10), name


def test_no_source_puts_a_message_off_or_waits_for_others() -> None:
    assert [f"{path.relative_to(CHECKOUT)}: {fault}" for path, tree in _sources() for fault in _faults(tree)] == []


@pytest.mark.parametrize(
    "source",
    [
        "from celery import chord",
        "celery.group(a)",
        "task.apply_async(countdown=31)",
        "task.apply_async(eta=later)",
        "task.apply_async(countdown=some)",
        "shared_task(acks_late=True)",
        "task.retry()",
        "task.delay().get()",
    ],
)
def test_the_rule_finds_what_it_forbids(source: str) -> None:
    assert list(_faults(ast.parse(source)))


@pytest.mark.parametrize("source", ["task.apply_async(countdown=30)", "re.match(a, b).group(1)", "rows.get(pk=1)"])
def test_the_rule_lets_pass_what_is_allowed(source: str) -> None:
    assert not list(_faults(ast.parse(source)))


def _sources() -> Iterator[tuple[Path, ast.Module]]:
    for package in ("integrations", "sonora"):
        for path in sorted((CHECKOUT / package).rglob("*.py")):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def _faults(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("celery"):
            yield from (f"imports {name.name}" for name in node.names if name.name in COMPOSED)
        if isinstance(node, ast.Call):
            yield from _faults_of_call(node)


def _faults_of_call(call: ast.Call) -> Iterator[str]:
    named = {one.arg: one.value for one in call.keywords}
    if "eta" in named or ("countdown" in named and not _is_soon(named["countdown"])):
        yield f"puts off, line {call.lineno}"
    if "acks_late" in named or "reject_on_worker_lost" in named:
        yield f"acknowledges late, line {call.lineno}"
    called: Any = call.func
    if not isinstance(called, ast.Attribute):
        return
    if isinstance(called.value, ast.Name) and called.value.id == "celery" and called.attr in COMPOSED:
        yield f"composes, line {call.lineno}"
    if called.attr == "retry":
        yield f"tries again by message, line {call.lineno}"
    if called.attr == "get" and isinstance(called.value, ast.Call) and _is_sending(called.value.func):
        yield f"waits for a result, line {call.lineno}"


def _is_soon(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and isinstance(value.value, int | float) and value.value <= LATEST


def _is_sending(called: ast.expr) -> bool:
    return isinstance(called, ast.Attribute) and called.attr in {"delay", "apply_async"}
