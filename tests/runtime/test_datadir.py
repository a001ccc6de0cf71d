"""What a process finds in the data folder."""

from pathlib import Path

from sonora import datadir
from tests.runtime.conftest import Valkey


def test_a_noted_valkey_counts_while_it_runs(tmp_path: Path, valkey: Valkey):
    (tmp_path / "valkey.url").write_text(valkey.url)
    assert datadir.valkey_url(tmp_path) == valkey.url
    valkey.process.kill()  # its socket stays behind, as a killed launcher leaves it
    valkey.process.wait()
    assert datadir.valkey_url(tmp_path) == ""


def test_without_a_note_there_is_no_valkey(tmp_path: Path):
    assert datadir.valkey_url(tmp_path) == ""
