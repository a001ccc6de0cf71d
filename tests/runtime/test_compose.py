"""The commands of docker-compose.yml and Dockerfile, run outside a container: a build is not possible everywhere."""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.runtime.conftest import Valkey, until

CHECKOUT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OWN = ["migrate", "web", "worker-sync", "worker-analysis", "beat"]
DOCKERFILE = (CHECKOUT / "Dockerfile").read_text(encoding="utf-8")
FERNET_KEY = "bm90LWEtcmVhbC1rZXktb25seS1mb3ItdGVzdHMtMDA="


def test_every_part_of_production_is_described_with_a_health_check() -> None:
    assert set(SERVICES) == {*OWN, "postgres", "redis"}
    unchecked = [name for name, service in SERVICES.items() if not service.get("healthcheck", {}).get("test")]
    assert unchecked == ["migrate"]  # it ends


def test_nothing_starts_before_what_it_needs() -> None:
    for name in set(OWN) - {"migrate"}:
        needs = {need: how["condition"] for need, how in SERVICES[name]["depends_on"].items()}
        assert needs == {
            "migrate": "service_completed_successfully",
            "postgres": "service_healthy",
            "redis": "service_healthy",
        }


def test_the_broker_keeps_its_messages_and_never_evicts() -> None:
    assert "--appendonly yes --maxmemory-policy noeviction" in " ".join(SERVICES["redis"]["command"])


def test_the_analysis_leaves_the_processors_to_the_others() -> None:
    assert {name for name, service in SERVICES.items() if service.get("cpu_shares", 1024) < 1024} == {"worker-analysis"}


def test_only_the_web_is_reachable_and_only_from_this_machine() -> None:
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert ports == {"web": ["127.0.0.1:8000:8000"]}


def test_no_secret_stands_in_the_files() -> None:
    assert all("environment" not in SERVICES[name] for name in OWN)
    assert not re.search(r"(SECRET_KEY|FIELD_ENCRYPTION_KEYS|TOKEN)=\S", DOCKERFILE)


def test_the_image_runs_as_nobody_special_from_hashed_locks() -> None:
    instructions = re.findall(r"^([A-Z]+) ", DOCKERFILE, re.MULTILINE)
    assert "USER sonora" in DOCKERFILE
    assert instructions.index("USER") < instructions.index("HEALTHCHECK") < len(instructions) - 1
    assert "--require-hashes -r requirements/run.lock" in DOCKERFILE
    command = json.loads(DOCKERFILE.splitlines()[-1].removeprefix("CMD "))
    assert command == SERVICES["web"]["command"]


def test_what_the_image_copies_is_there_and_not_ignored() -> None:
    copied = [
        name for line in re.findall(r"^COPY (?!--from)(.*)$", DOCKERFILE, re.MULTILINE) for name in line.split()[:-1]
    ]
    let_in = {line[1:] for line in (CHECKOUT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert set(copied) == let_in
    assert [name for name in copied if not (CHECKOUT / name).exists()] == []


@pytest.mark.journey
def test_each_service_runs_until_its_health_check_passes(tmp_path: Path, valkey: Valkey) -> None:
    with ExitStack() as stack:
        machine = Machine(tmp_path, database=stack.enter_context(_database()), broker=valkey.url)
        machine.run_to_its_end(["python", "manage.py", "collectstatic", "--noinput", "--verbosity", "0"])
        machine.run_to_its_end(SERVICES["migrate"]["command"])
        for name in ("web", "worker-sync", "worker-analysis", "beat"):
            machine.start(stack, SERVICES[name]["command"])
        for name in ("web", "beat", "worker-sync", "worker-analysis"):
            check = SERVICES[name]["healthcheck"]["test"][1:]
            until(lambda check=check, name=name: machine.says_yes(check, host=name), seconds=60)
        machine.run_to_its_end(["python", "-m", "sonora.probe", "/readyz"])


@pytest.mark.journey
def test_a_health_check_fails_when_there_is_no_service(tmp_path: Path, valkey: Valkey) -> None:
    machine = Machine(tmp_path, database="sqlite:///" + str(tmp_path / "db"), broker=valkey.url)
    assert not machine.says_yes(SERVICES["web"]["healthcheck"]["test"][1:], host="web")
    assert not machine.says_yes(SERVICES["beat"]["healthcheck"]["test"][1:], host="beat")


class Machine:
    """What a container would be: production's environment, its own ports and folders, and a name per service."""

    def __init__(self, folder: Path, *, database: str, broker: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self._folder = folder
        (folder / "bin").mkdir()
        (folder / "bin/python").symlink_to(sys.executable)
        self._environment = {
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            "DATABASE_URL": database,
            "REDIS_URL": broker,
            "SECRET_KEY": "only-for-this-test-" + "x" * 50,
            "FIELD_ENCRYPTION_KEYS": FERNET_KEY,
            "ALLOWED_HOSTS": "sonora.example.com",
            "SONORA_DATA_DIR": str(folder),
            "STATIC_ROOT": str(folder / "static"),
            "PORT": str(self._port),
        }

    def run_to_its_end(self, command: list[str]) -> None:
        done = subprocess.run(
            self._here(command), cwd=CHECKOUT, env=self._environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self, stack: ExitStack, command: list[str]) -> None:
        log = stack.enter_context((self._folder / f"{abs(hash(tuple(command)))}.log").open("wb"))
        process = subprocess.Popen(self._named(command), cwd=CHECKOUT, env=self._environment, stdout=log, stderr=log)
        stack.callback(process.wait, 30)
        stack.callback(process.terminate)

    def says_yes(self, check: list[str], *, host: str) -> bool:
        command = self._here(check)
        if command[-1] == "sonora.alive":
            command.append(f"{host}@test")
        return subprocess.run(command, cwd=CHECKOUT, env=self._environment, check=False).returncode == 0

    def _here(self, command: list[str]) -> list[str]:
        """*command* for this machine: its Python, its port, its folder instead of a container's."""
        whole = [part.replace("0.0.0.0:8000", f"127.0.0.1:{self._port}") for part in command]
        whole = [part.replace("/tmp/", f"{self._folder}/") for part in whole]
        return [sys.executable, *whole[1:]] if whole[0] == "python" else whole

    def _named(self, command: list[str]) -> list[str]:
        """A container has a name of its own; here each worker is told one."""
        queue = command[command.index("-Q") + 1] if "-Q" in command else ""
        return self._here(command) + (["-n", f"worker-{queue}@test"] if queue else [])


@contextmanager
def _database() -> Iterator[str]:
    """A PostgreSQL for production's commands: a throwaway one, with the means of the gates."""
    with tempfile.TemporaryDirectory() as folder:
        noted = f"open({folder + '/url'!r}, 'w').write(url)"
        script = f"import sys, postgres\nwith postgres.database_url() as url:\n {noted}\n sys.stdin.read()"
        command = [sys.executable, "-c", script]
        environment = {name: value for name, value in os.environ.items() if name != "TEST_DATABASE_URL"}
        environment["PYTHONPATH"] = str(CHECKOUT / "bin/gates")
        holder = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE)
        try:
            url = Path(folder, "url")
            until(lambda: url.exists() and url.read_text(), seconds=90)
            yield url.read_text()
        finally:
            holder.communicate()
