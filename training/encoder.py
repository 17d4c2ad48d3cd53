"""Packed 4-bit weights of multilingual-e5-small to a BERT encoder in PyTorch.

The file ("E5S1") holds a header, the pieces with their scores, and tensors: matrices in Q4_0 blocks (an fp16 scale and
32 nibbles, low half first, zero at 8), positions, norms and biases in fp32. The encoder is BERT's with the norm after
each part, positions from 0 (no offset), one token type folded into the positions, GELU by erf.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

BLOCK = 32  # weights that share one scale
Q4 = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])


@dataclass(frozen=True)
class Packed:
    """The file's content: sizes, pieces with scores in order, and each tensor's count of values and bytes."""

    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    epsilon: float
    pieces: list[tuple[str, float]]
    tensors: dict[str, tuple[int, np.ndarray]]

    def values(self, name: str) -> np.ndarray:
        """The tensor as flat float32."""
        count, raw = self.tensors[name]
        if len(raw) == 4 * count:
            return np.frombuffer(raw, "<f4", count).copy()
        numbers, scales = self.blocks(name)
        return (numbers * scales[:, None].astype(np.float32)).reshape(-1)

    def blocks(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """A Q4_0 tensor's whole numbers from -8 to 7, a row a block, and the blocks' scales."""
        count, raw = self.tensors[name]
        if len(raw) != count // BLOCK * Q4.itemsize:
            raise ValueError(f"{name}: {count} values do not fit {len(raw)} bytes of Q4_0")
        blocks = np.frombuffer(raw, Q4, count // BLOCK)
        nibbles = blocks["nibbles"]
        return np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.int8) - 8, blocks["scale"]


def read_packed(path: Path) -> Packed:
    """The packed file. Raises ValueError where it is none."""
    data = np.memmap(path, np.uint8, "r")
    if bytes(data[:4]) != b"E5S1":
        raise ValueError(f"{path}: not an E5S1 file")
    at = 8

    def take(form: str) -> tuple[int, ...]:
        nonlocal at
        found = struct.unpack_from("<" + form, data, at)
        at += struct.calcsize("<" + form)
        return found

    hidden, layers, heads, inner, _, positions, _ = take("7i")
    (epsilon,) = take("f")
    _, count = take("2i")
    take("4i")
    (length,) = take("Q")
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at)
    at += 4 * count
    text = bytes(data[at : at + length])
    at += length
    pieces = [(text[offsets[n] : offsets[n + 1]].decode("utf-8", "replace"), float(scores[n])) for n in range(count)]
    _, skipped = take("iI")
    at += skipped
    tensors = {}
    for _ in range(take("i")[0]):
        (size,) = take("H")
        name = bytes(data[at : at + size]).decode()
        at += size
        _, values, offset, extent = take("BIQQ")
        tensors[name] = (values, data[offset : offset + extent])
    return Packed(hidden, layers, heads, inner, positions, epsilon, pieces, tensors)


class Layer(nn.Module):
    """One layer: attention, then the inner projection, each added to its input and normed."""

    def __init__(self, hidden: int, heads: int, inner: int, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.query_key_value = nn.Linear(hidden, 3 * hidden)
        self.joined = nn.Linear(hidden, hidden)
        self.joined_norm = nn.LayerNorm(hidden, epsilon)
        self.wide = nn.Linear(hidden, inner)
        self.narrow = nn.Linear(inner, hidden)
        self.narrow_norm = nn.LayerNorm(hidden, epsilon)

    def forward(self, x: Tensor, mask: Tensor, dropout: float) -> Tensor:
        """States [batch, length, hidden]; ``mask`` is added to the attention."""
        batch, length, hidden = x.shape
        size = hidden // self.heads
        parts = self.query_key_value(x).view(batch, length, 3, self.heads, size).permute(2, 0, 3, 1, 4)
        query, key, value = parts.unbind(0)
        attended = torch.softmax((query * size**-0.5) @ key.transpose(-1, -2) + mask, -1) @ value
        joined = self.joined(attended.transpose(1, 2).reshape(batch, length, hidden))
        x = self.joined_norm(x + functional.dropout(joined, dropout, self.training))
        narrow = self.narrow(functional.gelu(self.wide(x)))
        return self.narrow_norm(x + functional.dropout(narrow, dropout, self.training))


class Encoder(nn.Module):
    """Piece numbers to states."""

    def __init__(self, packed: Packed, kept: Sequence[int], dropout: float) -> None:
        super().__init__()
        self.hidden = packed.hidden
        self.dropout = dropout
        self.words = nn.Embedding(len(kept), packed.hidden)
        self.positions = nn.Embedding(packed.positions, packed.hidden)
        self.norm = nn.LayerNorm(packed.hidden, packed.epsilon)
        self.layers = nn.ModuleList(
            Layer(packed.hidden, packed.heads, packed.inner, packed.epsilon) for _ in range(packed.layers)
        )

    def forward(self, pieces: Tensor, keep: Tensor) -> Tensor:
        """``pieces`` [batch, length] numbers, ``keep`` 1 where real and 0 where padding, to [batch, length, hidden]."""
        dropout = self.dropout if self.training else 0.0
        x = self.norm(self.words(pieces) + self.positions.weight[: pieces.shape[1]])
        x = functional.dropout(x, dropout, self.training)
        mask = (1.0 - keep[:, None, None, :]) * -1e4
        if torch.is_autocast_enabled("cpu"):
            mask = mask.to(torch.bfloat16)
        for layer in self.layers:
            x = layer(x, mask, dropout)
        return x


def unpack(packed: Packed, kept: Sequence[int], dropout: float) -> Encoder:
    """The encoder with the packed weights and of the vocabulary only the ``kept`` pieces, in their order."""
    hidden, inner = packed.hidden, packed.inner

    def tensor(name: str, *shape: int) -> Tensor:
        return torch.from_numpy(packed.values(name).reshape(shape or (-1,)))

    weights = {
        "words.weight": tensor("emb.word", -1, hidden)[list(kept)],
        "positions.weight": tensor("emb.pos", -1, hidden) + tensor("emb.type", -1, hidden)[0],
        "norm.weight": tensor("emb.ln.w"),
        "norm.bias": tensor("emb.ln.b"),
    }
    for n in range(packed.layers):
        at = f"layers.{n}."
        weights[at + "query_key_value.weight"] = torch.cat([tensor(f"l{n}.{p}.w", hidden, hidden) for p in "qkv"])
        weights[at + "query_key_value.bias"] = torch.cat([tensor(f"l{n}.{p}.b") for p in "qkv"])
        for ours, theirs, shape in (
            ("joined", "ao", (hidden, hidden)),
            ("wide", "fi", (inner, hidden)),
            ("narrow", "fo", (hidden, inner)),
        ):
            weights[f"{at}{ours}.weight"] = tensor(f"l{n}.{theirs}.w", *shape)
            weights[f"{at}{ours}.bias"] = tensor(f"l{n}.{theirs}.b")
        for ours, theirs in (("joined_norm", "aln"), ("narrow_norm", "oln")):
            weights[f"{at}{ours}.weight"] = tensor(f"l{n}.{theirs}.w")
            weights[f"{at}{ours}.bias"] = tensor(f"l{n}.{theirs}.b")
    encoder = Encoder(packed, kept, dropout)
    encoder.load_state_dict(weights)
    encoder.words.weight.requires_grad_(False)  # stays on the grid of 4 bits in which it is shipped
    return encoder
