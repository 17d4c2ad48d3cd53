"""The model's files to proposals of events."""

import importlib.util
from pathlib import Path

import pytest

from kronik.errors import DataError
from kronik.model import Report
from kronik.reader import inference
from kronik.reader.given import Given
from kronik.reader.inference import open_folder


def test_missing_files_are_named_in_one_line(tmp_path: Path):
    with pytest.raises(DataError, match=r"encoder\.onnx.*make train") as raised:
        open_folder(tmp_path)
    assert "\n" not in str(raised.value)


@pytest.fixture(scope="module")
def reader():
    if importlib.util.find_spec("onnxruntime") is None:
        pytest.skip("onnxruntime is not installed")
    try:
        return inference.load()
    except DataError:
        pytest.skip("the model's files are not in the package")


@pytest.mark.parametrize(
    ("language", "text", "event_type"),
    [
        ("en", "Israeli warplanes bombed the port of Hodeidah in Yemen on Monday, killing two people.", "ASSAULT"),
        ("id", "Presiden Prabowo Subianto bertemu Presiden Xi Jinping di Beijing pada Selasa.", "CONSULT"),
    ],
)
def test_plain_acts_are_proposed_with_their_roles(reader, language: str, text: str, event_type: str):
    from kronik import languages, world
    from kronik.annotate import entities, names, sentences
    from kronik.events.hints import find_hints

    report = Report("made-up", language, text)
    known, words = world.load(), languages.load(language)
    parts = sentences.split(text, words)
    mentions, who = entities.resolve(report, parts, names.find(report, parts, words, known), words, known)
    hints = find_hints(report, parts, mentions, who, (), words, known)
    given = Given(report, parts, mentions, hints=hints)
    proposals = reader.read(given)
    assert event_type in [proposal.type for proposal in proposals]
    proposal = next(p for p in proposals if p.type == event_type)
    assert any(role == "actor" for _, role, _ in proposal.roles)
    assert proposals == reader.read(given)
    assert reader.read(Given(report, parts, mentions)) == ()  # no frame offers a word: nothing is read deeper


def test_no_text_no_proposals(reader):
    assert reader.read(Given(Report("made-up", "en", ""), (), ())) == ()
