"""The launcher's first child: prepares database, workspace and customers, connects, and tells how the first sync goes.

It says on standard output, a word a line: `migrated`, `prepared`, `readable`, `complete`; or `problem: SENTENCE`.
"""

import hashlib
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from django.core.management import CommandError, call_command

from sonora.demo import kept as keeping
from sonora.demo import ports
from sonora.demo.options import CHECKOUT

WORKSPACE, ADMIN = "demo", "admin@example.com"
LOOKBACK_DAYS = "3650"  # all that the sandbox has
PATIENCE = 20.0  # seconds until the sandbox must answer


class Problem(Exception):
    """What keeps the demo from going on, in a sentence for a person."""


def main() -> int:
    folder, base_url = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
    try:
        _run(folder, base_url)
    except (Problem, CommandError) as problem:
        _say("problem: " + " ".join(str(problem).split()))
        return 1
    return 0


def _run(folder: Path, base_url: str) -> None:
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    _say("migrated")
    kept = keeping.load(folder)
    _collect_static(folder, kept)
    _make_workspace(kept.password)
    _import_customers(folder, kept)
    keeping.save(folder, kept)
    _say("prepared")
    if base_url:
        _connect(folder, kept, base_url)
        _watch()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _collect_static(folder: Path, kept: keeping.Kept) -> None:
    from django.conf import settings

    if settings.DEBUG:
        return
    stamp = _stamp(CHECKOUT / "static", CHECKOUT / "requirements/run.lock")
    if stamp == kept.static_stamp and (folder / "static/staticfiles.json").exists():
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    kept.static_stamp = stamp


def _stamp(*places: Path) -> str:
    """A text that changes when a file in *places* does."""
    files = sorted(file for place in places for file in ([place] if place.is_file() else place.rglob("*")))
    seen = "".join(f"{file} {file.stat().st_size} {file.stat().st_mtime_ns}\n" for file in files if file.is_file())
    return hashlib.sha256(seen.encode()).hexdigest()


def _make_workspace(password: str) -> None:
    from sonora.workspaces.models import User, Workspace

    if not Workspace.objects.filter(slug=WORKSPACE).exists():
        with _environment(SONORA_ADMIN_PASSWORD=password), _quiet():
            call_command("create_workspace", WORKSPACE, name="Demo", admin=ADMIN)
        return
    admin = User.objects.get(email=ADMIN)
    if not admin.check_password(password):
        admin.set_password(password)
        admin.save(update_fields=["password"])


def _import_customers(folder: Path, kept: keeping.Kept) -> None:
    from integrations.intercom.sandbox.options import Options
    from integrations.intercom.sandbox.world.customers import customers_csv

    if kept.customers_imported:
        return
    file = folder / "demo-customers.csv"
    options = Options(conversations=kept.conversations, clock_start=kept.clock_start).settled()
    file.write_text(customers_csv(options), encoding="utf-8")
    with _quiet():
        call_command("import_customers", str(file), workspace=WORKSPACE)
    kept.customers_imported = True


def _connect(folder: Path, kept: keeping.Kept, base_url: str) -> None:
    """Connect to the sandbox, unless the stored connection already is what this start offers."""
    from integrations.models import Connection

    connection = _connection()
    stands = connection and connection.setup == Connection.Setup.OK and connection.base_url == base_url
    if stands and not kept.replace:
        return
    if connection and connection.setup != Connection.Setup.DISCONNECTED:
        _intercom("disconnect", "--delete" if kept.replace else "--keep", "--yes")
    kept.replace = False
    keeping.save(folder, kept)
    _await_sandbox(int(base_url.rpartition(":")[2]))
    with _environment(INTERCOM_TOKEN=kept.token):
        _intercom("connect", "--base-url", base_url, "--keep-base-url", "--lookback-days", LOOKBACK_DAYS)


def _intercom(verb: str, *arguments: str) -> None:
    """Run `manage.py intercom` *verb*; what it complains of is in the log, whose last lines the launcher shows."""
    with _quiet():
        try:
            call_command("intercom", verb, "--workspace", WORKSPACE, *arguments)
        except SystemExit as end:
            if end.code:
                raise


def _await_sandbox(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while not ports.answers(port):
        if time.monotonic() > deadline:
            raise Problem(f"The sandbox Intercom does not answer on port {port} after {PATIENCE:.0f} seconds.")
        time.sleep(0.05)


def _watch() -> None:
    """Say when the first conversations can be read, and when the first sync is complete."""
    from integrations.models import Connection
    from sonora.conversations.models import Conversation

    said_readable = False
    while True:
        connection = _connection()
        if connection is None or connection.setup != Connection.Setup.OK:
            raise Problem(
                f"The first sync stopped: {connection.get_setup_display() if connection else 'disconnected'}."
            )
        with _scope():
            if not said_readable and Conversation.objects.exists():
                said_readable = True
                _say("readable")
            if _complete(connection):
                _say("complete")
                return
        time.sleep(0.2)


def _complete(connection: Any) -> bool:
    """Whether the first sync has read everything, other streams too, and nothing that it saw is still to be read."""
    state = connection.state
    state.refresh_from_db()
    done = state.initial_done_at is not None and state.last_run_finished_at is not None
    return done and not connection.pending.filter(attempts=0).exists()


def _connection() -> Any:
    from integrations.models import Connection

    with _scope():
        return Connection.objects.select_related("state").first()


def _scope() -> Any:
    from sonora.workspaces.models import Workspace
    from sonora.workspaces.scoping import scope

    return scope(workspace=Workspace.objects.get(slug=WORKSPACE))


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    os.environ.update(values)
    try:
        yield
    finally:
        for name in values:
            os.environ.pop(name, None)


@contextmanager
def _quiet() -> Iterator[None]:
    """What a command prints goes to the log: standard output belongs to the launcher."""
    shown, sys.stdout = sys.stdout, sys.stderr
    try:
        yield
    finally:
        sys.stdout = shown


if __name__ == "__main__":
    sys.exit(main())
