"""`bin/setup` in a folder of its own, with a Python, an apt and a sudo that are told how to behave."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
NO_ENSUREPIP = 'raise ModuleNotFoundError("hidden in this test")\n'
# Nothing to install: these tests are about the way there.
EMPTY_LOCK = "# no package\n"


@pytest.fixture
def machine(tmp_path: Path) -> "Machine":
    return Machine(tmp_path)


class Machine:
    """A checkout whose path has a blank and 200 characters, and programs that stand before the real ones."""

    def __init__(self, folder: Path) -> None:
        self.checkout = folder / ("a folder " + "x" * max(1, 190 - len(str(folder))))
        self.programs = folder / "programs"
        self.hidden = folder / "hidden"
        for made in (self.checkout / "bin", self.checkout / "requirements", self.programs, self.hidden):
            made.mkdir(parents=True)
        shutil.copy(CHECKOUT / "bin/setup", self.checkout / "bin/setup")
        for name in ("run", "test", "browser"):
            (self.checkout / f"requirements/{name}.lock").write_text(EMPTY_LOCK)
        self.program("python3", f'PYTHONPATH="{self.hidden}" exec "{sys.executable}" "$@"')

    def program(self, name: str, script: str) -> None:
        path = self.programs / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def hide_ensurepip(self) -> None:
        (self.hidden / "ensurepip.py").write_text(NO_ENSUREPIP)

    def setup(self, *flags: str) -> "subprocess.CompletedProcess[str]":
        path = f"{self.programs}:/usr/bin:/bin"
        command = [str(self.checkout / "bin/setup"), *flags]
        return subprocess.run(command, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False)

    @property
    def stamp(self) -> Path:
        return self.checkout / ".venv/.stamp-run"


@pytest.mark.journey
def test_it_installs_once_and_again_only_when_a_lock_changed_or_it_was_interrupted(machine: Machine) -> None:
    assert machine.setup().returncode == 0
    before = machine.stamp.stat().st_mtime_ns
    second = machine.setup()
    assert (second.returncode, second.stdout, machine.stamp.stat().st_mtime_ns) == (0, "", before)

    (machine.checkout / "requirements/run.lock").write_text("# another\n")
    assert "Installing" in machine.setup().stdout
    assert machine.stamp.stat().st_mtime_ns != before

    half_made = machine.checkout / ".venv/lib/half-made"
    half_made.touch()
    (machine.checkout / ".venv/.installing").touch()
    assert machine.setup().returncode == 0
    assert machine.stamp.exists()
    assert not half_made.exists()


@pytest.mark.journey
def test_an_environment_whose_python_is_gone_is_made_again(machine: Machine) -> None:
    python = machine.checkout / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.symlink_to("/nowhere/python")
    assert machine.setup().returncode == 0
    assert python.resolve().exists()


@pytest.mark.journey
def test_root_without_ensurepip_gets_it_from_apt(machine: Machine) -> None:
    machine.hide_ensurepip()
    machine.program("id", "echo 0")
    machine.program("apt-get", f'echo "$@" >> "{machine.programs}/asked"; rm -f "{machine.hidden}/ensurepip.py"')
    assert machine.setup().returncode == 0
    assert "python3-venv" in (machine.programs / "asked").read_text()


def test_without_ensurepip_and_without_rights_it_prints_the_command_and_exits_2(machine: Machine) -> None:
    machine.hide_ensurepip()
    machine.program("id", "echo 1000")
    machine.program("sudo", "exit 1")
    machine.program("apt-get", "echo must not be called >&2; exit 1")
    ended = machine.setup()
    assert ended.returncode == 2
    assert "sudo apt install python3-venv" in ended.stderr
    assert "must not be called" not in ended.stderr


def test_an_old_python_is_refused_in_a_sentence(machine: Machine) -> None:
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        machine.program(name, "exit 1")
    script = (machine.checkout / "bin/setup").read_text()
    machine.checkout.joinpath("bin/setup").write_text(script.replace(" /usr/bin/python3 /usr/local/bin/python3", ""))
    ended = machine.setup()
    assert ended.returncode == 2
    assert "Sonora needs Python 3.11 or newer" in ended.stderr


def test_an_unknown_flag_is_refused(machine: Machine) -> None:
    ended = machine.setup("--everything")
    assert ended.returncode == 2
    assert "--everything" in ended.stderr


def test_the_checkouts_path_has_a_blank_and_200_characters(machine: Machine) -> None:
    assert len(str(machine.checkout)) >= 199
    assert " " in str(machine.checkout)
