"""Sentences to windows of whole sentences, each word with its pieces."""

from dataclasses import dataclass

import pytest

from kronik.annotate.sentences import split
from kronik.languages import load
from kronik.model import Sentence, Span, Token
from kronik.reader import windows as windows_module
from kronik.reader.windows import parts, windows

TEXT = "Presiden Prabowo bertemu Xi Jinping di Beijing. Keduanya sepakat menambah ekspor.\n\nPertemuan itu singkat."


@dataclass
class Encoding:
    ids: list[int]
    offsets: list[tuple[int, int]]


class Halves:
    """A tokenizer of pieces of at most four letters; a piece's number is the code of its first letter."""

    def encode_batch(self, texts: list[str], add_special_tokens: bool) -> list[Encoding]:
        found = []
        for text in texts:
            offsets = []
            at = 0
            for word in text.split(" "):
                offsets += [(at + n, at + min(n + 4, len(word))) for n in range(0, len(word), 4)]
                at += len(word) + 1
            found.append(Encoding([ord(text[start]) for start, _ in offsets], offsets))
        return found


def read(text: str = TEXT):
    sentences = split(text, load("id"))
    return sentences, parts(text, sentences, Halves())


def test_every_word_is_spelled_by_its_pieces():
    _, found = read()
    for part in found:
        for word in part.words:
            assert 0 <= word.first < word.after <= len(part.pieces)
            assert chr(part.pieces[word.first]) in word.span.of(TEXT) or word.span.of(TEXT) in ".,"


def test_a_window_joins_whole_sentences_and_frames_them():
    sentences, found = read()
    (window,) = windows(found)
    assert window.pieces[0] == windows_module.FIRST
    assert window.pieces[-1] == windows_module.LAST
    assert [word.span for word in window.words] == [token.span for s in sentences for token in s.tokens]
    assert chr(window.pieces[window.words[1].first]) == "P"
    assert {word.sentence for word in window.words} == {0, 1, 2}


def test_the_first_window_can_be_cut_short():
    _, found = read()
    first, second = windows(found, first=1)
    assert {word.sentence for word in first.words} == {0}
    assert {word.sentence for word in second.words} == {1, 2}


def test_windows_hold_no_more_pieces_than_they_may(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(windows_module, "MOST_PIECES", 20)
    _, found = read()
    cut = windows(found)
    assert len(cut) > 1
    assert all(len(window.pieces) <= 22 for window in cut)
    assert sum(len(window.words) for window in cut) == sum(len(part.words) for part in found)


def test_a_sentence_longer_than_a_window_falls_into_parts(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(windows_module, "MOST_PIECES", 8)
    sentences, found = read()
    assert len(found) > len(sentences)
    assert all(len(part.pieces) <= 8 for part in found)


def test_one_word_longer_than_a_window_is_read_by_its_beginning(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(windows_module, "MOST_PIECES", 3)
    text = "mempertanggungjawabkannya"
    sentence = Sentence(Span(0, len(text)), 0, (Token(Span(0, len(text)), text, text),))
    (part,) = parts(text, [sentence], Halves())
    assert len(part.pieces) == 3
    assert part.words[0].after == 3
