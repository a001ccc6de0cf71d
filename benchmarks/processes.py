"""Child processes: their environment, how one is run, and the CPU that a tree of them has used."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORKSPACE = "bench"
TICKS = os.sysconf("SC_CLK_TCK")
OWN = {
    "DJANGO_SETTINGS_MODULE": "sonora.settings",
    "DATABASE_URL": "",
    "REDIS_URL": "",
    "STATIC_ROOT": "",
    "SECRET_KEY": "only-for-benchmarks-" + "0" * 40,
    "FIELD_ENCRYPTION_KEYS": "b25seV9mb3JfYmVuY2htYXJrc19ub3RfYV9zZWNyZXQ=",  # a Fernet key that guards nothing
    "DEBUG": "0",
    "SONORA_HTTPS": "0",
    "PYTHONPATH": str(ROOT),
}


class Failed(Exception):
    """A child ended with an error; the text shows its last words."""


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """This process's environment without any configuration of Sonora but *extra*."""
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return {**kept, **OWN, **extra}


def python(*arguments: str, extra: Mapping[str, str]) -> str:
    """Run `python arguments` in the checkout to its end and return what it printed. Raises Failed."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(extra),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Failed(f"{' '.join(arguments)} ended with {done.returncode}:\n{done.stdout[-500:]}{done.stderr[-2000:]}")
    return done.stdout


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and of all that it started, also of those that have ended. 10 ms exact."""
    children = _children()
    total, waiting = 0, [pid]
    while waiting:
        one = waiting.pop()
        fields = _stat(one)
        total += sum(map(int, fields[11:15])) if fields else 0  # utime, stime, and those of children that ended
        waiting += children.get(one, [])
    return total / TICKS


def peak_mb(pid: int) -> float:
    """The largest resident set that process *pid* and each of its children had: the largest of them, in MB."""
    family = [pid, *_children().get(pid, [])]
    return max(_high_water(one) for one in family)


def _high_water(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _children() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            found.setdefault(int(fields[1]), []).append(int(entry.name))
    return found


def _stat(pid: int) -> list[str]:
    """The fields of /proc/…/stat behind the name, from the state on; none when the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
