"""Narrow int8 weights to seven bits: python -m training.narrow_int8 FOLDER

On processors without VNNI, onnxruntime adds pairs of products of 8-bit activations and 8-bit weights in 16 bits, which
overflow without a sign: the same weights find other attributions there. Weights of seven bits cannot overflow, so
that every processor finds the same. `export_onnx` makes such weights from the start; this narrows those that were made
before, and writes their new hashes into model.json.
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import ModelProto, numpy_helper

LARGEST = 64  # 2 * 255 * 64 fits into 16 bits


def narrow(model: ModelProto) -> int:
    """Halve the weights of every integer product, and double their scales. Gives how many there were."""
    held = {tensor.name: tensor for tensor in model.graph.initializer}
    products = [node for node in model.graph.node if node.op_type == "MatMulInteger"]
    for name in {node.input[1] for node in products}:
        stem = name.removesuffix("_quantized")
        weights, zero, scale = (
            numpy_helper.to_array(held[stem + end]) for end in ("_quantized", "_zero_point", "_scale")
        )
        centred = weights.astype(np.int16) - zero.astype(np.int16)
        halved = np.clip(np.rint(centred / 2), -LARGEST, LARGEST).astype(np.int8)
        _put(held, stem + "_quantized", halved)
        _put(held, stem + "_zero_point", np.zeros_like(zero))
        _put(held, stem + "_scale", (scale * 2).astype(np.float32))
    return len(products)


def _put(held: dict[str, onnx.TensorProto], name: str, values: np.ndarray) -> None:
    held[name].CopyFrom(numpy_helper.from_array(values, name))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    card = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    for name in ("encoder.onnx", "pairs.onnx"):
        model = onnx.load(folder / name)
        print(f"{name}: {narrow(model)} products")
        onnx.save(model, folder / name)
        card["sha256"][name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    (folder / "model.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
