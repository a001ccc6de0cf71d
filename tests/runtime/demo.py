"""`bin/demo` as a child of a test: started, read line by line, stopped, and looked for orphans."""

import os
import signal
import subprocess
import time
from pathlib import Path

from tests.runtime.conftest import until

CHECKOUT = Path(__file__).resolve().parents[2]
LABELS = ("Address", "E-mail", "Password", "Base URL", "Token")
OWN = {name for name in os.environ if name.startswith(("SONORA_", "INTERCOM_", "DJANGO_", "COV_"))} | {
    *("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "FIELD_ENCRYPTION_KEYS", "DEBUG", "ALLOWED_HOSTS", "STATIC_ROOT"),
    *("CSRF_TRUSTED_ORIGINS", "EMAIL_URL", "SYNC_LEASE_SECONDS", "SYNC_PLACES"),
    "BROKER_SILENCE_SECONDS",
}


class Demo:
    """A started `bin/demo` over the data folder *data*."""

    def __init__(self, data: Path, *flags: str, checkout: Path = CHECKOUT) -> None:
        self.data = data
        self.began = time.monotonic()
        self._output = data.parent / f"{data.name}-{time.monotonic_ns()}.out"
        with self._output.open("wb") as file:
            self.process = subprocess.Popen(
                [str(checkout / "bin/demo"), *flags],
                env=environment(data),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self._output.read_text(errors="replace")

    def facts(self, *, seconds: float = 180) -> dict[str, str]:
        """What it printed, by label, once it has printed everything."""
        until(lambda: "Token: " in self.said or self.process.poll() is not None, seconds=seconds)
        lines = [line.partition(": ") for line in self.said.splitlines()]
        facts = {label: value for label, _, value in lines if label in LABELS}
        assert set(facts) == set(LABELS), self.said
        return facts

    def ended(self, *, seconds: float = 240) -> int:
        """Its exit code, once it has ended by itself."""
        return self.process.wait(seconds)

    def stop(self, number: signal.Signals = signal.SIGINT) -> None:
        if self.process.poll() is None:
            self.process.send_signal(number)
            self.process.wait(90)

    def orphans(self) -> list[str]:
        """The command lines of processes that still work on its data folder."""
        wanted = f"SONORA_DATA_DIR={self.data}".encode()
        found = []
        for process in Path("/proc").iterdir():
            if process.name.isdigit() and process.name != str(os.getpid()):
                try:
                    if wanted in (process / "environ").read_bytes().split(b"\0"):
                        found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
                except OSError:
                    continue  # it has just ended, or is not ours
        return [line for line in found if line]


def environment(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in OWN}
    return kept | {"SONORA_DATA_DIR": str(data)}


def manage(data: Path, *arguments: str, checkout: Path = CHECKOUT) -> "subprocess.CompletedProcess[str]":
    command = [str(checkout / ".venv/bin/python"), "manage.py", *arguments]
    return subprocess.run(command, cwd=checkout, env=environment(data), capture_output=True, text=True, check=False)
