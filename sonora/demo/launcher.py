"""Starts the parts in the order that they need each other, says where Sonora is, and stops them all at the end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sonora.demo import broker, kept, lock, ports
from sonora.demo.children import Child, ChildDied, Family, read_lines
from sonora.demo.options import CHECKOUT, Options

ADMIN = "admin@example.com"
TICK = 0.05  # seconds between two looks at the children
SILENCE = 600.0  # seconds without any news after which --once gives up


class Refused(Exception):
    """The demo cannot start or go on; the text says why and what to do."""


class Stop(Exception):
    """Somebody asked the demo to stop."""


def run(options: Options, folder: Path) -> int:
    """Run the demo on *folder* until it is stopped. Returns the exit code."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        _refuse_taken_port(options.port)
        held = lock.take(folder)
    except (Refused, lock.Taken) as reason:
        return _complain(reason, code=2)
    demo = Demo(options, folder, held)
    try:
        demo.run()
    except Stop:
        _print("Stopping …")
    except (Refused, ChildDied, broker.NoBroker) as reason:
        return _complain(reason, code=1)
    finally:
        demo.stop()
    return 0


def _stop(_number: int, _frame: Any) -> None:
    raise Stop


def _refuse_taken_port(port: int) -> None:
    if not ports.is_free(port):
        raise Refused(
            f"Port {port} is taken by another program. Stop that program, or choose another port: "
            f"bin/demo --port {ports.free_port(wanted=port + 1)}"
        )


def _complain(reason: Exception, *, code: int) -> int:
    sys.stderr.write(f"{reason}\n")
    return code


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


class Demo:
    """The parts of one start: what is kept in *folder*, and the family of processes."""

    def __init__(self, options: Options, folder: Path, held: int) -> None:
        self._options = options
        self._folder = folder
        self._kept = _settled(kept.load(folder), options)
        kept.save(folder, self._kept)
        self._base_url = f"http://{ports.HOST}:{self._kept.sandbox_port}"
        logs = folder / "logs"
        logs.mkdir(mode=0o700, exist_ok=True)
        self._environment = self._own_environment()
        self._family = Family(logs=logs, checkout=CHECKOUT, environment=self._environment, lock=held)
        self._news: set[str] = set()
        self._seed: Child | None = None

    def run(self) -> None:
        """Start everything, print where it is, and stay until the first sync is complete (`--once`) or for ever."""
        self._start_broker()
        self._start_sandbox()
        seed, lines = self._start_seed()
        self._wait(lambda: "migrated" in self._news, seed, lines)
        self._start_workers()
        ready = "readable" if self._options.connect else "prepared"
        self._wait(lambda: ready in self._news and ports.serves(self._options.port, "/healthz"), seed, lines)
        self._print_addresses()
        if self._options.once:
            self._wait(lambda: "complete" in self._news, seed, lines)
            _print("The first sync is complete.")
            return
        self._end_seed()  # what people do with the connection from now on is no failure of the demo
        while True:
            self._family.check()
            time.sleep(TICK)

    def stop(self) -> None:
        """Stop every child and remove what points to them."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        self._end_seed()
        self._family.stop()
        broker.clear(self._folder)
        (self._folder / "extra-base-urls").unlink(missing_ok=True)

    def _end_seed(self) -> None:
        if self._seed and self._seed.process.poll() is None:
            self._seed.process.terminate()
            self._seed.process.wait()

    def _own_environment(self) -> dict[str, str]:
        extra = f"us={self._base_url}"
        return {
            # Set but empty hides a .env in the checkout, which may be production's.
            **dict.fromkeys(("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "FIELD_ENCRYPTION_KEYS", "STATIC_ROOT"), ""),
            **os.environ,
            "SONORA_DATA_DIR": str(self._folder),
            "SONORA_HTTPS": "0",
            "DEBUG": "1" if self._options.reload else "0",
            "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
            "INTERCOM_EXTRA_BASE_URLS": ",".join(filter(None, [os.environ.get("INTERCOM_EXTRA_BASE_URLS"), extra])),
            "DJANGO_SETTINGS_MODULE": "sonora.settings",
            "PYTHONUNBUFFERED": "1",
        }

    def _start_broker(self) -> None:
        if not os.environ.get("REDIS_URL"):
            self._environment["REDIS_URL"] = broker.start(self._family, self._folder)

    def _start_sandbox(self) -> None:
        now = self._kept
        sizes = ["--conversations", str(now.conversations), "--clock-start", str(now.clock_start)]
        arguments = ["-m", "integrations.intercom.sandbox", "--port", str(now.sandbox_port), *sizes]
        self._family.python("Sandbox Intercom", *arguments, INTERCOM_SANDBOX_TOKEN=now.token)
        # `manage.py` alone finds the sandbox here, as it finds Valkey.
        (self._folder / "extra-base-urls").write_text(self._environment["INTERCOM_EXTRA_BASE_URLS"], encoding="utf-8")

    def _start_seed(self) -> "tuple[Child, Lines]":
        base_url = [self._base_url] if self._options.connect else []
        command = [sys.executable, "-m", "sonora.demo.seed", str(self._folder), *base_url]
        child = self._family.start("Seed", command, stdout=subprocess.PIPE)
        self._family.forget(child)  # it ends when its work is done
        self._seed = child
        return child, Lines(child)

    def _start_workers(self) -> None:
        python, options = self._family.python, self._options
        worker = ["-m", "celery", "-A", "sonora.celery", "worker", "--without-gossip", "--without-mingle"]
        web = ["-m", "gunicorn", "sonora.wsgi:application", "--bind", f"{ports.HOST}:{options.port}"]
        threads = ["--worker-class", "gthread", "--threads", "8", "--no-control-socket"]
        python("Web", *web, *threads, *(["--reload"] if options.reload else []))
        for queue, processes in (("sync", []), ("analysis", ["-c", "1"])):
            own = ["--without-heartbeat", "-Q", queue, *processes, "-n", f"{queue}@demo"]
            # Without a launcher there is no sandbox to finish a slice with: SIGQUIT ends the pool at once.
            python(f"Worker {queue}", *worker, *own, parent_gone=signal.SIGQUIT)
        schedule = str(self._folder / "beat-schedule")
        python("Beat", "-m", "celery", "-A", "sonora.celery", "beat", "--schedule", schedule, "--pidfile", "")

    def _wait(self, condition: Callable[[], bool], seed: Child, lines: "Lines") -> None:
        """Until *condition* holds; raises what a child or the seed complains of."""
        last_news = time.monotonic()
        while not condition():
            self._family.check()
            for line in lines.arrived():
                last_news = time.monotonic()
                self._take(line)
            if seed.process.poll() not in {None, 0}:
                raise Refused(f"The demo could not be prepared. Its last lines:\n{seed.last_lines()}")
            if self._options.once and time.monotonic() - last_news > SILENCE:
                raise Refused(
                    f"The first sync is not complete after {SILENCE:.0f} seconds. Its logs: {self._family.logs}"
                )
            time.sleep(TICK)

    def _take(self, line: str) -> None:
        if line.startswith("problem: "):
            raise Refused(line.removeprefix("problem: "))
        self._news.add(line)

    def _print_addresses(self) -> None:
        _print(f"Address: http://{ports.HOST}:{self._options.port}")
        _print(f"E-mail: {ADMIN}")
        _print(f"Password: {self._kept.password}")
        _print(f"Base URL: {self._base_url}")
        _print(f"Token: {self._kept.token}")


class Lines:
    """The lines of a child's standard output, as they arrive."""

    def __init__(self, child: Child) -> None:
        assert child.process.stdout is not None  # noqa: S101  it was started with a pipe
        self._pipe = child.process.stdout
        self._rest = b""
        os.set_blocking(self._pipe.fileno(), False)

    def arrived(self) -> list[str]:
        """The lines since the last call."""
        lines, self._rest = read_lines(self._pipe, self._rest)
        return lines


def _settled(now: kept.Kept, options: Options) -> kept.Kept:
    """What is kept, with what this start asks for: the same workspace as before, or another size of it."""
    now.sandbox_port = ports.free_port(wanted=now.sandbox_port)
    now.password = os.environ.get("SONORA_ADMIN_PASSWORD") or now.password
    if options.conversations and options.conversations != now.conversations:
        now.replace = now.customers_imported
        now.conversations = options.conversations
        now.customers_imported = False
        if now.replace:
            _print(f"Another size: what was synced from the sandbox is replaced by {now.conversations} conversations.")
    return now
