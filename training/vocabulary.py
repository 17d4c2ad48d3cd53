"""A multilingual tokenizer to one that keeps only the pieces that Indonesian, Malay and English news uses."""

from __future__ import annotations

import gzip
import json
import unicodedata
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

LEAST_SEEN = 3  # times that a piece must occur in the pool to be kept
SPECIAL = 4  # <s>, <pad>, </s>, <unk> come first
BATCH = 64


def prune(tokenizer: Path, pool: Path, target: Path) -> list[int]:
    """Writes the pruned tokenizer to ``target``; the kept pieces' numbers in the whole vocabulary, in order.

    ``pool`` is the folder of ``*.jsonl.gz`` reports that are counted. Kept are the special pieces, those seen at least
    LEAST_SEEN times, and every single character of Latin, Greek or Cyrillic script, so that any word can be spelled.
    """
    raw: dict[str, Any] = json.loads(tokenizer.read_text("utf-8"))
    pieces = raw["model"]["vocab"]
    whole = Tokenizer.from_str(json.dumps(raw))
    whole.no_truncation()
    whole.no_padding()
    counts = np.zeros(len(pieces), np.int64)
    texts = (text for path in sorted(pool.glob("*.jsonl.gz")) for text in _texts(path))
    while batch := list(islice(texts, BATCH)):
        for encoding in whole.encode_batch_fast(batch, add_special_tokens=False):
            np.add.at(counts, [number for number in encoding.ids if number < len(pieces)], 1)
    kept = [
        number
        for number, (piece, _) in enumerate(pieces)
        if number < SPECIAL or counts[number] >= LEAST_SEEN or (len(piece) == 1 and _spells(piece))
    ]
    raw["model"]["vocab"] = [pieces[number] for number in kept]
    raw["added_tokens"] = [token for token in raw["added_tokens"] if token["id"] < SPECIAL]
    raw["truncation"] = raw["padding"] = None
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(raw, ensure_ascii=False), "utf-8")
    return kept


def _texts(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            report = json.loads(line)
            yield f"{report.get('title') or ''}\n{report.get('text') or ''}"


def _spells(character: str) -> bool:
    """Whether a character belongs to a script or is a sign that Indonesian or English reports may write."""
    name = unicodedata.name(character, "")
    if name.startswith(("LATIN", "GREEK", "CYRILLIC")) or ord(character) < 0x250:
        return True
    return unicodedata.category(character)[0] in "PSZN" and ord(character) < 0x3000
