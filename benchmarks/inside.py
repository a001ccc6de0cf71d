"""The measured process: `manage.py` with a stopwatch around the slices.

python benchmarks/inside.py RESULT PROFILES COMMAND…: as `manage.py COMMAND…`; PROFILES is a folder, or "" for none.
python benchmarks/inside.py RESULT "" --worker: ask for a run and watch a worker make it.
"""

import sys
import time
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from pathlib import Path
from typing import Any

import django

django.setup()

from django.core.management import execute_from_command_line  # noqa: E402
from processes import WORKSPACE  # noqa: E402
from stopwatch import Noted, Stopwatch  # noqa: E402

from integrations import connections  # noqa: E402
from integrations.models import Connection, Pending, SyncState  # noqa: E402
from integrations.providers import provider_named  # noqa: E402
from integrations.sync import engine  # noqa: E402
from integrations.sync.wire import Wire  # noqa: E402
from sonora.conversations.models import Conversation, Message  # noqa: E402
from sonora.customers.models import Company  # noqa: E402
from sonora.people.models import Contact  # noqa: E402
from sonora.workspaces.models import Workspace  # noqa: E402
from sonora.workspaces.scoping import scope  # noqa: E402

LOOK_EVERY = 0.02  # seconds


def main(result: str, profiles: str, *command: str) -> None:
    watch = Stopwatch()
    if command == ("--worker",):
        _watch_a_worker(watch)
    else:
        _measure_slices(watch, profiles)
        execute_from_command_line(["manage.py", *command])  # ends with SystemExit when it fails
    watch.noted.stored = _stored()
    watch.noted.write(Path(result))


def _measure_slices(watch: Stopwatch, profiles: str) -> None:
    run_slice, end_wire = engine.run_slice, Wire.__exit__
    provider_named("intercom")  # imports httpx and the like, which a worker does once
    profiled: Any = nullcontext
    if profiles:
        import profiled as module

        module.profile_wire(Path(profiles))
        profiled = lambda: module.written(Path(profiles) / "slice.txt")  # noqa: E731

    @wraps(run_slice)
    def measured(*arguments: Any, **options: Any) -> Any:
        around: AbstractContextManager[Any] = profiled()
        with watch, around:
            return run_slice(*arguments, **options)

    def ended(self: Wire, *arguments: Any) -> None:
        clock = time.pthread_getcpuclockid(self._thread.ident or 0)
        watch.noted.cpu_wire += time.clock_gettime(clock)
        end_wire(self, *arguments)

    engine.run_slice, Wire.__exit__ = measured, ended  # type: ignore[method-assign]


def _watch_a_worker(watch: Stopwatch) -> None:
    with scope(workspace=Workspace.objects.get(slug=WORKSPACE)):
        connection = Connection.objects.get()
        with watch:
            started = time.monotonic()
            connections.sync_now(connection, by="benchmark")
            while not _is_finished():
                _look(watch.noted, time.monotonic() - started)
                time.sleep(LOOK_EVERY)


def _look(noted: Noted, seconds: float) -> None:
    """Note what can be read after *seconds* for the first time."""
    if noted.first_screen is None:
        held = Conversation.objects.count()
        noted.first_row = noted.first_row or (seconds if held else None)
        noted.first_screen = seconds if held >= engine.FIRST_SCREEN else None


def _is_finished() -> bool:
    state = SyncState.objects.get()
    return state.initial_done_at is not None and state.run_id is None and not Pending.objects.exists()


def _stored() -> dict[str, int]:
    with scope(workspace=Workspace.objects.get(slug=WORKSPACE)):
        kinds: dict[str, Any] = {
            "conversation": Conversation,
            "message": Message,
            "contact": Contact,
            "company": Company,
        }
        return {kind: model.objects.count() for kind, model in kinds.items()}


if __name__ == "__main__":
    main(*sys.argv[1:])
