"""The gates in order, and what each one runs. A leg with weight 2 wants both cores for itself."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass

import chromium
import postgres

PYTHON = sys.executable
PYTEST = [PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
FOLDERS = {  # of the tests of each kind, so that no leg reads all the others
    "simulation": ["tests/simulation"],
    "journey": ["tests/benchmarks", "tests/faults", "tests/runtime", "tests/sync"],
    "browser": ["tests/browser"],
}
Surroundings = Callable[[], AbstractContextManager[dict[str, str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One gate: the *command*, what its *surroundings* add to the environment, and whether `--quick` has it."""

    name: str
    command: list[str]
    surroundings: Surroundings = nullcontext  # type: ignore[assignment]
    weight: int = 1
    quick: bool = True
    tests: bool = False


def chosen(*, quick: bool, long: bool) -> list[Leg]:
    """The legs of this run; *quick* leaves out the slow ones, *long* adds the tests that take minutes."""
    more = ["--long"] if long else []
    legs = [*_static(), *_pytest(more)]
    return [leg for leg in legs if leg.quick or not quick]


def _static() -> Iterator[Leg]:
    yield Leg(name="ruff format", command=[PYTHON, "-m", "ruff", "format", "--check", "."])
    yield Leg(name="ruff check", command=[PYTHON, "-m", "ruff", "check", "."])
    yield Leg(
        name="import contracts",
        command=[PYTHON, "-c", "from importlinter.cli import lint_imports_command as run; run()"],
    )
    yield Leg(name="mypy strict", command=[PYTHON, "-m", "mypy"])
    yield Leg(
        name="migrations are complete",
        command=[PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
        surroundings=_scratch,
    )
    yield Leg(
        name="check --deploy",
        command=[PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        surroundings=_production,
    )
    yield Leg(name="locks are current", command=["bin/lock", "--check"])


def _pytest(more: list[str]) -> Iterator[Leg]:
    suite = [*PYTEST, "-n", "2", "--dist", "worksteal", *more]
    yield Leg(name="tests on SQLite", command=suite, weight=2, tests=True)
    yield Leg(
        name="tests on PostgreSQL",
        command=suite,
        surroundings=_postgres,
        weight=2,
        quick=False,
        tests=True,
    )
    setup, long_path = "tests/runtime/test_setup.py", "tests/runtime/test_long_path.py"
    yield Leg(name="setup, ensurepip hidden", command=[*PYTEST, "-m", "journey", setup], quick=False, tests=True)
    yield Leg(name="demo, path of 200 letters", command=[*PYTEST, "-m", "journey", long_path], quick=False, tests=True)
    lives = [*PYTEST, "-n", "2", "-m", "simulation", *FOLDERS["simulation"], *more]
    yield Leg(name="simulation", command=lives, weight=2, quick=False, tests=True)
    rest = ["-m", "journey", *FOLDERS["journey"], "--ignore", setup, "--ignore", long_path]
    yield Leg(name="journeys", command=[*PYTEST, *rest, *more], weight=2, quick=False, tests=True)
    yield Leg(
        name="browser",
        command=[*PYTEST, "-n", "2", "--dist", "loadgroup", "-m", "browser", *FOLDERS["browser"], *more],
        surroundings=_browser,
        weight=2,
        quick=False,
        tests=True,
    )


@contextmanager
def _scratch() -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        yield {"SONORA_DATA_DIR": folder, "DATABASE_URL": "", "REDIS_URL": "", "DEBUG": "0"}


@contextmanager
def _production() -> Iterator[dict[str, str]]:
    """What a production machine sets; nothing is connected to."""
    from cryptography.fernet import Fernet

    with tempfile.TemporaryDirectory() as folder:
        yield {
            "SONORA_DATA_DIR": folder,
            "DATABASE_URL": "postgres://sonora:not-a-real-password@127.0.0.1:1/sonora",
            "REDIS_URL": "redis://127.0.0.1:1/0",
            "SECRET_KEY": os.urandom(40).hex(),
            "FIELD_ENCRYPTION_KEYS": Fernet.generate_key().decode(),
            "ALLOWED_HOSTS": "sonora.example.com",
            "DEBUG": "0",
            "SONORA_HTTPS": "1",
        }


@contextmanager
def _postgres() -> Iterator[dict[str, str]]:
    with postgres.database_url() as url:
        yield {"TEST_DATABASE_URL": url}


@contextmanager
def _browser() -> Iterator[dict[str, str]]:
    yield {"CHROMIUM": chromium.path()}
