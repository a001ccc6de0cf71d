import hashlib
from pathlib import Path

import pytest

from sonora.insights.model_files import ModelUnusable, model_file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.onnx").write_bytes(b"weights")
    (tmp_path / "SHA256SUMS").write_text(f"{hashlib.sha256(b'weights').hexdigest()}  a.onnx\n")
    return tmp_path


def test_a_model_that_is_whole_is_read(folder: Path):
    assert model_file("a.onnx", folder=folder) == b"weights"


def test_a_model_that_was_changed_is_not_used(folder: Path):
    (folder / "a.onnx").write_bytes(b"Weights")
    with pytest.raises(ModelUnusable, match="not the one"):
        model_file("a.onnx", folder=folder)


@pytest.mark.parametrize("missing", ["a.onnx", "SHA256SUMS"])
def test_a_model_or_a_sum_that_is_missing_is_told(folder: Path, missing: str):
    (folder / missing).unlink()
    with pytest.raises(ModelUnusable, match=r"a\.onnx cannot be read"):
        model_file("a.onnx", folder=folder)
