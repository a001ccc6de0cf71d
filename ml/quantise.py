"""An encoder's weights as a model of int8: a quarter of the size, and quicker on a CPU."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic

from ml.onnx_graph import Head, Weights, build


def write_int8(weights: Weights, target: Path, heads: Mapping[str, Head] | None = None) -> None:
    """Writes the encoder with *weights* and *heads* to *target*: int8 weights, activations quantised as they come.

    The products with the heads stay in float32: they are small, and they decide.
    """
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "float32.onnx"
        onnx.save(build(weights, heads, int8_tables=True), whole)
        quantize_dynamic(
            whole,
            target,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul"],
            nodes_to_exclude=_products_with_heads(whole),
            per_channel=True,
            reduce_range=True,  # 7 bits: with 8, CPUs without VNNI overflow
            extra_options={"MatMulConstBOnly": True},
        )


def _products_with_heads(path: Path) -> list[str]:
    nodes = onnx.load(path).graph.node
    return [node.name for node in nodes if node.op_type == "MatMul" and not node.input[1].startswith("encoder.")]
