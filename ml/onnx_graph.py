"""A BERT encoder as an ONNX graph, made from its weights without torch: mean-pooled vectors, and heads on them.

Inputs are `input_ids` and `attention_mask` (int64, texts × tokens). Outputs are `vector` (float32, texts × width, of
length 1) and one output for each head, named for it (float32, texts × classes: logits, not probabilities).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 20  # the first with Gelu
IR_VERSION = 10
ATTENTION_HEADS = 12
MOST_TOKENS = 256  # of a text; the sentence encoder was trained on no more
EPSILON = 1e-12  # of the layer norms, as BERT was trained
FAR_BELOW = -1e9  # what padding weighs in attention
LARGEST_INT8 = 127

Weights = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Head:
    """A linear layer on the mean-pooled vector before it is scaled: *weight* is classes × width, *bias* classes."""

    weight: np.ndarray
    bias: np.ndarray


def build(weights: Weights, heads: Mapping[str, Head] | None = None, *, int8_tables: bool = False) -> onnx.ModelProto:
    """The graph for *weights*, named as BertModel names them (``encoder.layer.0.attention.self.query.weight``, …).

    With *int8_tables* the vectors of words and places are kept in int8, with a scale for each row;
    `onnxruntime.quantization` would give a whole table one scale and lose much more.
    """
    graph = Graph()
    states = _embedded(graph, weights, int8_tables=int8_tables)
    mask = _attention_mask(graph)
    layers = 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer."))
    for layer in range(layers):
        states = _layer(graph, weights, f"encoder.layer.{layer}", states, mask)
    pooled = _pooled(graph, states)
    graph.add("LpNormalization", [pooled], output="vector", axis=-1, p=2)
    for name, head in (heads or {}).items():
        product = graph.add("MatMul", [pooled, graph.constant(f"{name}.weight", head.weight.T)])
        graph.add("Add", [product, graph.constant(f"{name}.bias", head.bias)], output=name)
    return graph.model(_width(weights), {name: len(head.bias) for name, head in (heads or {}).items()})


class Graph:
    """Nodes and constants in the order in which they are added."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: np.ndarray) -> str:
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def number(self, name: str, value: float) -> str:
        return self.constant(name, np.array(value, dtype=np.float32))

    def add(self, operation: str, inputs: Sequence[str], *, output: str = "", **attributes: object) -> str:
        """The name of the result, *output* or one of its own."""
        output = output or f"{operation}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(operation, list(inputs), [output], name=output, **attributes))
        return output

    def split(self, value: str, into: int) -> list[str]:
        outputs = [f"Split_{len(self._nodes)}_{part}" for part in range(into)]
        self._nodes.append(helper.make_node("Split", [value], outputs, name=outputs[0], axis=-1, num_outputs=into))
        return outputs

    def model(self, width: int, heads: Mapping[str, int]) -> onnx.ModelProto:
        shape = ["texts", "tokens"]
        inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, shape) for n in ("input_ids", "attention_mask")]
        sizes = {"vector": width, **heads}
        outputs = [helper.make_tensor_value_info(n, TensorProto.FLOAT, ["texts", size]) for n, size in sizes.items()]
        graph = helper.make_graph(self._nodes, "encoder", inputs, outputs, self._constants)
        opsets = [helper.make_opsetid("", OPSET)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION, producer_name="sonora")
        onnx.checker.check_model(model)
        return model


def _width(weights: Weights) -> int:
    return int(weights["embeddings.word_embeddings.weight"].shape[1])


def _embedded(graph: Graph, weights: Weights, *, int8_tables: bool) -> str:
    words = weights["embeddings.word_embeddings.weight"]
    # All texts are of the first kind, so its vector is part of each place's.
    places = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    written = _int8_table if int8_tables else _table
    start, rows = graph.constant("start", np.array([0])), graph.constant("rows", np.array([0]))
    length = graph.add("Shape", ["input_ids"], start=1, end=2)
    word = written(graph, "words", words, lambda table: graph.add("Gather", [table, "input_ids"]))
    place = written(
        graph, "places", places[:MOST_TOKENS], lambda table: graph.add("Slice", [table, start, length, rows])
    )
    return _normed(graph, weights, "embeddings.LayerNorm", graph.add("Add", [word, place]))


def _table(graph: Graph, name: str, table: np.ndarray, taken: Callable[[str], str]) -> str:
    """What *taken* takes from *table*, given its name."""
    return taken(graph.constant(name, table))


def _int8_table(graph: Graph, name: str, table: np.ndarray, taken: Callable[[str], str]) -> str:
    scales = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-12) / LARGEST_INT8
    rounded = np.clip(np.rint(table / scales), -LARGEST_INT8, LARGEST_INT8).astype(np.int8)
    found = graph.add("Cast", [taken(graph.constant(name, rounded))], to=TensorProto.FLOAT)
    return graph.add("Mul", [found, taken(graph.constant(f"{name}.scales", scales.astype(np.float32)))])


def _attention_mask(graph: Graph) -> str:
    """0 for each token, far below for padding; texts × 1 × 1 × tokens."""
    floats = graph.add("Cast", ["attention_mask"], output="mask", to=TensorProto.FLOAT)
    absent = graph.add("Sub", [graph.number("one", 1), floats])
    below = graph.add("Mul", [absent, graph.number("far_below", FAR_BELOW)])
    return graph.add("Unsqueeze", [below, graph.constant("mask_axes", np.array([1, 2]))])


def _layer(graph: Graph, weights: Weights, name: str, states: str, mask: str) -> str:
    attended = _attention(graph, weights, f"{name}.attention", states, mask)
    attended = _dense(graph, weights, f"{name}.attention.output.dense", attended)
    states = _normed(graph, weights, f"{name}.attention.output.LayerNorm", graph.add("Add", [attended, states]))
    inner = graph.add("Gelu", [_dense(graph, weights, f"{name}.intermediate.dense", states)], approximate="none")
    outer = _dense(graph, weights, f"{name}.output.dense", inner)
    return _normed(graph, weights, f"{name}.output.LayerNorm", graph.add("Add", [outer, states]))


def _attention(graph: Graph, weights: Weights, name: str, states: str, mask: str) -> str:
    width = _width(weights)
    three = [f"{name}.self.{part}" for part in ("query", "key", "value")]
    merged = {
        f"{name}.self.weight": np.concatenate([weights[f"{part}.weight"] for part in three]),
        f"{name}.self.bias": np.concatenate([weights[f"{part}.bias"] for part in three]),
    }
    size = width // ATTENTION_HEADS
    heads = graph.constant(f"{name}.heads", np.array([0, 0, ATTENTION_HEADS, size]))
    query, key, value = (
        graph.add("Reshape", [part, heads]) for part in graph.split(_dense(graph, merged, f"{name}.self", states), 3)
    )
    query = graph.add("Transpose", [query], perm=[0, 2, 1, 3])
    key = graph.add("Transpose", [key], perm=[0, 2, 3, 1])
    value = graph.add("Transpose", [value], perm=[0, 2, 1, 3])
    scaled = graph.add("Mul", [graph.add("MatMul", [query, key]), graph.number(f"{name}.scale", size**-0.5)])
    attention = graph.add("Softmax", [graph.add("Add", [scaled, mask])], axis=-1)
    attended = graph.add("Transpose", [graph.add("MatMul", [attention, value])], perm=[0, 2, 1, 3])
    return graph.add("Reshape", [attended, graph.constant(f"{name}.width", np.array([0, 0, width]))])


def _dense(graph: Graph, weights: Weights, name: str, states: str) -> str:
    weight = graph.constant(f"{name}.weight", weights[f"{name}.weight"].T)
    return graph.add(
        "Add", [graph.add("MatMul", [states, weight]), graph.constant(f"{name}.bias", weights[f"{name}.bias"])]
    )


def _normed(graph: Graph, weights: Weights, name: str, states: str) -> str:
    scale = graph.constant(f"{name}.weight", weights[f"{name}.weight"])
    bias = graph.constant(f"{name}.bias", weights[f"{name}.bias"])
    return graph.add("LayerNormalization", [states, scale, bias], axis=-1, epsilon=EPSILON)


def _pooled(graph: Graph, states: str) -> str:
    """The mean of the tokens that are no padding."""
    last = graph.constant("last_axis", np.array([2]))
    mask = graph.add("Unsqueeze", ["mask", last])
    axes = graph.constant("token_axis", np.array([1]))
    total = graph.add("ReduceSum", [graph.add("Mul", [states, mask]), axes], keepdims=0)
    count = graph.add("ReduceSum", [mask, axes], keepdims=0)
    return graph.add("Div", [total, graph.add("Max", [count, graph.number("least", 1e-9)])])
