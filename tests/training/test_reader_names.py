"""Corpora of names to sentences, and names counted as CoNLL counts them."""

import sys
from pathlib import Path

import pytest

pytest.importorskip("torch")
sys.path.insert(0, str(Path(__file__).parents[2]))
from training import names


def test_bio_labels_are_names(tmp_path: Path):
    file = tmp_path / "corpus.txt"
    file.write_text("Joko\tB-PERSON\nWidodo\tI-PERSON\ndi\tO\nSolo\tB-PLACE\nJakarta\tB-PLACE\n\nHujan\tO\n", "utf-8")
    first, second = names.read(file, names.NERGRIT)
    assert first.names == ((0, 2, "person"), (3, 4, "place"), (4, 5, "place"))
    assert second.names == ()


def test_labels_without_begin_are_names_too_and_others_are_none(tmp_path: Path):
    file = tmp_path / "corpus.txt"
    file.write_text("010 I-MISC\nby O\nMerzbow I-PER\nof O\nJapan I-LOC\n", "utf-8")
    (sentence,) = names.read(file, names.WIKIGOLD)
    assert sentence.names == ((2, 3, "person"), (4, 5, "place"))


def test_a_name_counts_only_when_words_and_kind_are_right():
    sentence = names.Sentence(("A", "B", "C"), ((0, 1, "person"), (2, 3, "place")))
    assert names.f1([sentence], [((0, 1, "person"), (2, 3, "person"))]) == 0.5
    assert names.f1([sentence], [sentence.names]) == 1.0
