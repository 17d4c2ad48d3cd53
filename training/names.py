"""Corpora of names to taggers on the reader's base encoder: what it is worth for names, trained as others were.

The corpora are split into words; a word is tagged at its first piece. Training is that of the reader, one linear head.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from kronik.reader import decoding
from kronik.reader.labels import begin, inside, tags
from training.encoder import Encoder
from training.model import padded

Name = tuple[int, int, str]  # first word, word after, kind
MOST_PIECES = 126
IGNORED = -100


@dataclass(frozen=True)
class Sentence:
    """Words and the names among them."""

    words: tuple[str, ...]
    names: tuple[Name, ...]


@dataclass(frozen=True)
class Corpus:
    """Files under ../shared/data/ner, and how their labels are called here; labels that are not named are no names.

    ``epochs``: how often the train part is read; for NERGRIT's few sentences chosen on its validation part.
    """

    name: str
    train: str
    test: str
    labels: dict[str, str]
    separator: str = "\t"
    epochs: int = 5


NERGRIT = Corpus(
    "NERGRIT",
    "nergrit_ner-grit/train_preprocess.txt",
    "nergrit_ner-grit/test_preprocess.txt",
    {"PERSON": "person", "ORGANISATION": "organisation", "PLACE": "place"},
    epochs=8,
)
NERP = Corpus(
    "NERP",
    "nerp_ner-prosa/train_preprocess.txt",
    "nerp_ner-prosa/test_preprocess.txt",
    {"PPL": "person", "PLC": "place", "EVT": "event", "IND": "product", "FNB": "food"},
)
WNUT17 = Corpus(
    "WNUT17",
    "en-WNUT17/wnut17train.conll",
    "en-WNUT17/emerging.test.annotated",
    {"person": "person", "location": "place", "corporation": "organisation", "group": "organisation"},
)
WIKIGOLD = Corpus(
    "wikigold",
    "",
    "en-wikigold/wikigold.conll.txt",
    {"PER": "person", "LOC": "place", "ORG": "organisation"},
    " ",
)


def read(path: Path, corpus: Corpus) -> Iterator[Sentence]:
    """The sentences of a file of one word and label a line, an empty line after each sentence."""
    words: list[str] = []
    labels: list[str] = []
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        cells = line.rstrip().split(corpus.separator)
        if len(cells) >= 2 and cells[0]:
            words.append(cells[0])
            labels.append(cells[-1] if corpus.separator == " " else cells[1])
        elif words:
            yield Sentence(tuple(words), tuple(_names(labels, corpus.labels)))
            words, labels = [], []


def _names(labels: Sequence[str], kinds: dict[str, str]) -> Iterator[Name]:
    """Names by BIO or by IO labels; neighbours of one kind are one name unless a B parts them."""
    first, kind = 0, ""
    for at, label in enumerate([*labels, "O"]):
        mark, _, name = label.partition("-")
        here = kinds.get(name, "")
        if kind and (here != kind or mark == "B"):
            yield first, at, kind
            kind = ""
        if here and not kind:
            first, kind = at, here


class Tagger(nn.Module):
    """The encoder and one linear head on its standardised states."""

    def __init__(self, encoder: Encoder, kinds: Sequence[str]) -> None:
        super().__init__()
        self.encoder = encoder
        self.kinds = tuple(kinds)
        self.head = nn.Linear(encoder.hidden, tags(len(kinds)))
        self.register_buffer("mean", torch.zeros(encoder.hidden))
        self.register_buffer("deviation", torch.ones(encoder.hidden))

    def forward(self, pieces: Tensor, keep: Tensor) -> Tensor:
        with torch.autocast("cpu", torch.bfloat16):
            states = self.encoder(pieces, keep)
        states = (states.float() - self.mean) / self.deviation
        return self.head(functional.dropout(states, 0.1, self.training))


@dataclass(frozen=True)
class _Row:
    """A sentence in pieces, and the first piece of each word that fits."""

    pieces: tuple[int, ...]
    words: tuple[int, ...]


def _row(sentence: Sentence, tokenizer: Tokenizer) -> _Row:
    pieces, words = [0], []
    for word in sentence.words:
        found = tokenizer.encode(word, add_special_tokens=False).ids or [3]
        if len(pieces) + len(found) > MOST_PIECES:
            break
        words.append(len(pieces))
        pieces += found
    return _Row((*pieces, 2), tuple(words))


def train(
    tagger: Tagger, tokenizer: Tokenizer, sentences: Sequence[Sentence], epochs: int, rate: float, seed: int
) -> None:
    """Fit the tagger to the sentences."""
    chance = random.Random(seed)
    rows = [_row(sentence, tokenizer) for sentence in sentences]
    wanted = [_tags(sentence, tagger.kinds) for sentence in sentences]
    _standardise(tagger, rows[:400])
    rest = [p for n, p in tagger.named_parameters() if not n.startswith("head.") and p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": tagger.head.parameters(), "lr": 1e-3}, {"params": rest, "lr": rate}], weight_decay=0.01, fused=True
    )
    steps = epochs * -(-len(rows) // 16)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (0.1 * steps), max(0.0, (steps - step) / (0.9 * steps)))
    )
    for _ in range(epochs):
        tagger.train()
        for batch in _batches(rows, chance):
            pieces, keep = padded([rows[n].pieces for n in batch])
            logits = tagger(pieces, keep)
            target = torch.full(pieces.shape, IGNORED)
            for row, n in enumerate(batch):
                target[row, list(rows[n].words)] = torch.tensor(wanted[n][: len(rows[n].words)])
            functional.cross_entropy(logits.flatten(0, 1), target.flatten(), ignore_index=IGNORED).backward()
            nn.utils.clip_grad_norm_(rest, 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            schedule.step()


def _standardise(tagger: Tagger, rows: Sequence[_Row]) -> None:
    tagger.eval()
    found = []
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for at in range(0, len(rows), 32):
            pieces, keep = padded([row.pieces for row in rows[at : at + 32]])
            found.append(tagger.encoder(pieces, keep).float()[keep > 0])
    tagger.mean.copy_(torch.cat(found).mean(0))
    tagger.deviation.copy_(torch.cat(found).std(0) + 1e-6)


def _tags(sentence: Sentence, kinds: Sequence[str]) -> list[int]:
    found = [0] * len(sentence.words)
    for first, after, kind in sentence.names:
        found[first:after] = [inside(kinds.index(kind))] * (after - first)
        found[first] = begin(kinds.index(kind))
    return found


def _batches(rows: Sequence[_Row], chance: random.Random) -> Iterator[list[int]]:
    order = list(range(len(rows)))
    chance.shuffle(order)
    runs = [sorted(order[at : at + 320], key=lambda n: len(rows[n].pieces)) for at in range(0, len(order), 320)]
    cuts = [run[at : at + 16] for run in runs for at in range(0, len(run), 16)]
    chance.shuffle(cuts)
    yield from cuts


def predict(tagger: Tagger, tokenizer: Tokenizer, sentences: Sequence[Sentence]) -> list[tuple[Name, ...]]:
    """The names that the tagger finds in each sentence."""
    tagger.eval()
    rows = [_row(sentence, tokenizer) for sentence in sentences]
    order = sorted(range(len(rows)), key=lambda n: len(rows[n].pieces))
    found: list[tuple[Name, ...]] = [()] * len(rows)
    with torch.inference_mode():
        for at in range(0, len(order), 32):
            batch = order[at : at + 32]
            pieces, keep = padded([rows[n].pieces for n in batch])
            logits = tagger(pieces, keep).numpy()
            for row, n in enumerate(batch):
                scores = decoding.log_softmax(logits[row, list(rows[n].words)])
                found[n] = tuple((s.first, s.after, tagger.kinds[s.kind]) for s in decoding.spans(scores))
    return found


def f1(sentences: Sequence[Sentence], found: Sequence[Sequence[Name]]) -> float:
    """F1 of names that are right in words and kind, as CoNLL counts."""
    right = sum(len(set(s.names) & set(f)) for s, f in zip(sentences, found, strict=True))
    counted = sum(len(s.names) for s in sentences) + sum(len(set(f)) for f in found)
    return 2 * right / counted if counted else 0.0
