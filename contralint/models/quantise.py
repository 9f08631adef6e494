"""int8 weights for an ONNX graph, with activations scaled token by token.

The usual dynamic quantisation scales a whole tensor at once, so that a text's vector depends on the other texts of its
batch. Here each token has its own scale: integer products are exact, and a text's vector depends on that text alone.
See docs/decisions/0001-batch-independent-encoder.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

# 255 * 63 * 2 stays below 2**15: processors that add byte products in 16 bits (AVX2) neither saturate nor differ.
WEIGHT_LEVELS = 63
ACTIVATION_LEVELS = 127
ZERO_POINT = 128
SMALLEST = 1e-12


def quantise(source: Path, target: Path, metadata: dict[str, str]) -> None:
    """Writes a float32 ONNX graph again with int8 weights, scaled by output column, and int8 embedding rows.

    Args:
        source: Graph to read.
        target: File to write.
        metadata: Key and value texts to store in the file.
    """
    import onnx

    model = onnx.load(str(source))
    _Rewriter(model.graph).run()
    model.opset_import.append(onnx.helper.make_opsetid("com.microsoft", 1))
    onnx.helper.set_model_props(model, metadata)
    onnx.save(model, str(target))


def annotate(source: Path, target: Path, metadata: dict[str, str]) -> None:
    """Writes an ONNX graph again as it is, with key and value texts stored in the file."""
    import onnx

    model = onnx.load(str(source))
    onnx.helper.set_model_props(model, metadata)
    onnx.save(model, str(target))


class _Rewriter:
    """Replaces products with constant matrices, and look-ups in them, by their integer forms."""

    def __init__(self, graph: Any) -> None:  # noqa: ANN401 - onnx is an optional extra
        from onnx import numpy_helper

        self.graph = graph
        self.constants: dict[str, NDArray[Any]] = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
        self.nodes: list[Any] = []
        self.tokens: dict[str, tuple[str, str]] = {}
        self.smallest = self._constant("int8.smallest", np.array(SMALLEST, np.float32))
        self.levels = self._constant("int8.levels", np.array(ACTIVATION_LEVELS, np.float32))
        self.zero_point = self._constant("int8.zero_point", np.array(ZERO_POINT, np.uint8))
        self.one = self._constant("int8.one", np.array(1, np.float32))

    def run(self) -> None:
        from onnx import numpy_helper

        for node in self.graph.node:
            if node.op_type == "MatMul" and self._is_matrix(node.input[1]):
                self._product(node.input[0], node.input[1], node.output[0])
            elif node.op_type == "Gather" and self._is_matrix(node.input[0]):
                self._look_up(node.input[0], node.input[1], node.output[0])
            else:
                self.nodes.append(node)
        used = {name for node in self.nodes for name in node.input}
        kept = [numpy_helper.from_array(values, name) for name, values in self.constants.items() if name in used]
        del self.graph.node[:], self.graph.initializer[:]
        self.graph.node.extend(self.nodes)
        self.graph.initializer.extend(kept)

    def _is_matrix(self, name: str) -> bool:
        values = self.constants.get(name)
        return values is not None and values.ndim == 2 and values.dtype == np.float32

    def _constant(self, name: str, values: NDArray[Any]) -> str:
        self.constants[name] = values
        return name

    def _node(self, operator: str, inputs: list[str], output: str, **attributes: Any) -> str:  # noqa: ANN401 (attributes of any type)
        from onnx import helper

        self.nodes.append(helper.make_node(operator, inputs, [output], **attributes))
        return output

    def _product(self, activations: str, weights: str, output: str) -> None:
        values = self.constants[weights]
        scale = np.maximum(np.abs(values).max(axis=0), SMALLEST) / WEIGHT_LEVELS
        integers = self._constant(f"{weights}.int8", np.rint(values / scale).astype(np.int8))
        scales = self._constant(f"{weights}.scale", scale.astype(np.float32))
        quantised, rows = self._quantised(activations)
        inputs = [quantised, integers, self.one, scales, self.zero_point]
        product = self._node("MatMulIntegerToFloat", inputs, f"{output}.product", domain="com.microsoft")
        self._node("Mul", [product, rows], output)

    def _quantised(self, name: str) -> tuple[str, str]:
        """Names of a tensor's 8-bit form and of its scales, one a token; made once, however often they are used."""
        if name not in self.tokens:
            highest = self._node("ReduceMax", [name], f"{name}.highest", axes=[-1], keepdims=1)
            lowest = self._node("ReduceMin", [name], f"{name}.lowest", axes=[-1], keepdims=1)
            below = self._node("Neg", [lowest], f"{name}.below")
            largest = self._node("Max", [highest, below, self.smallest], f"{name}.largest")
            scale = self._node("Div", [largest, self.levels], f"{name}.scale")
            stretch = self._node("Div", [self.levels, largest], f"{name}.stretch")
            stretched = self._node("Mul", [name, stretch], f"{name}.stretched")
            inputs = [stretched, self.one, self.zero_point]
            self.tokens[name] = (self._node("QuantizeLinear", inputs, f"{name}.uint8"), scale)
        return self.tokens[name]

    def _look_up(self, table: str, indices: str, output: str) -> None:
        from onnx import TensorProto

        values = self.constants[table]
        scale = np.maximum(np.abs(values).max(axis=1, keepdims=True), SMALLEST) / ACTIVATION_LEVELS
        integers = self._constant(f"{table}.int8", np.rint(values / scale).astype(np.int8))
        scales = self._constant(f"{table}.scale", scale.astype(np.float32))
        row = self._node("Gather", [integers, indices], f"{output}.int8")
        floats = self._node("Cast", [row], f"{output}.float", to=TensorProto.FLOAT)
        self._node("Mul", [floats, self._node("Gather", [scales, indices], f"{output}.scale")], output)
