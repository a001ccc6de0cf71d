"""The whole way of a newcomer, in a folder whose path has 200 characters and a blank: installed, started, synced."""

import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from tests.runtime.demo import CHECKOUT, Demo

pytestmark = pytest.mark.journey
LENGTH = 200


def test_bin_demo_works_in_a_folder_whose_path_has_200_characters(tmp_path: Path) -> None:
    checkout = tmp_path / ("a clone " + "x" * (LENGTH - len(str(tmp_path)) - len("/a clone ")))
    assert len(str(checkout)) == LENGTH
    _copy_checkout(checkout)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    demo = Demo(checkout / ".data", "--once", "--port", str(port), "--conversations", "30", checkout=checkout)
    try:
        assert demo.ended(seconds=420) == 0, demo.said
    finally:
        demo.stop()
    assert demo.orphans() == []


def _copy_checkout(target: Path) -> None:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("This copy of the project is no git checkout, so a clone of it cannot be made.")
    for name in filter(None, listed.stdout.split("\0")):
        if (CHECKOUT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(CHECKOUT / name, target / name)
