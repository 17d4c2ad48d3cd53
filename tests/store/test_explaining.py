import pytest
from made_readings import page, read

from kronik.errors import LedgerError
from kronik.store.explaining import Explained, Stored, explain, paragraph_around, parted
from kronik.store.ledger import Ledger
from kronik.store.writing import add


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    add(ledger, page(), read)
    return ledger


def test_an_event_comes_with_its_paragraph(filled: Ledger) -> None:
    found = explain(filled, "visit#4")
    assert isinstance(found, Explained)
    assert found.event["trigger"] == "sent"
    assert found.paragraph.startswith("“We shall meet")
    start, end = found.event["trigger_span"]
    assert found.paragraph[start - found.offset : end - found.offset] == "sent"
    assert found.to_json()["id"] == "visit#4"


def test_a_report_comes_whole(filled: Ledger) -> None:
    found = explain(filled, "visit")
    assert isinstance(found, Stored)
    assert len(found.reading["events"]) == 4


def test_an_id_with_a_sign_of_its_own_is_found(filled: Ledger) -> None:
    add(filled, page("part#2", "A report."), read)
    assert isinstance(explain(filled, "part#2"), Stored)


@pytest.mark.parametrize(
    ("id", "version", "words"),
    [
        ("visit#5", None, "4 events, visit#1 to visit#4"),
        ("visit#0", None, "4 events"),
        ("other#1", None, "kronik timeline"),
        ("visi", None, "did you mean visit"),
        ("visit", 7, "versions are 1 to 1"),
    ],
)
def test_what_is_not_there_is_told(filled: Ledger, id: str, version: int | None, words: str) -> None:
    with pytest.raises(LedgerError, match=words):
        explain(filled, id, version)


def test_parting_ids() -> None:
    assert parted("a#12") == ("a", 12)
    assert parted("a#b#1") == ("a#b", 1)
    assert parted("a") == ("a", None)
    assert parted("a#") == ("a#", None)
    assert parted("a#²") == ("a#²", None)


def test_paragraphs() -> None:
    text = "One.\n\nTwo, two.\n\nThree."
    assert paragraph_around(text, 6, 9) == ("Two, two.", 6)
    assert paragraph_around(text, 0, 3) == ("One.", 0)
    assert paragraph_around(text, 11, 20) == ("Two, two.\n\nThree.", 6)
