import pytest
from made_readings import page, read

from kronik.errors import UsageError
from kronik.store.finding import Wanted, find, reports_holding
from kronik.store.ledger import Ledger
from kronik.store.writing import add


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    add(ledger, page(), read)
    add(ledger, page("note", "Rice is dear in Jakarta.", language="id"), read)
    return ledger


def numbers(ledger: Ledger, **conditions: object) -> list[int]:
    """The numbers of the found events in the made reading."""
    return [int(entry.id.removeprefix("visit#")) for entry in find(ledger, Wanted(**conditions))]  # type: ignore[arg-type]


def test_all_in_order_of_time_the_undated_last(filled: Ledger) -> None:
    assert [entry.id for entry in find(filled)] == ["visit#1", "visit#3", "visit#2", "visit#4"]


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ({"types": ("AID",)}, [2, 4]),
        ({"types": ("aid", "CONSULT")}, [1, 3, 2, 4]),
        ({"modes": ("visit",)}, [1]),
        ({"statuses": ("planned", "denied")}, [3, 4]),
        ({"participants": ("lavrov",)}, [1, 3]),
        ({"participants": ("Sergey LAVROV",)}, [1, 3]),
        ({"participants": ("Pyongyang",)}, [4]),  # as the report writes it
        ({"participants": ("Lav",)}, []),  # whole words only
        ({"participants": ("Kremlin",)}, []),  # a source takes no part
        ({"countries": ("CHN",)}, [1, 2]),
        ({"countries": ("KAZ",)}, [3]),  # the place's
        ({"countries": ("PRK", "KAZ")}, [3, 4]),
        ({"places": ("beijing",)}, [1]),
        ({"since": "2024-05"}, [3]),
        ({"until": "2024"}, [1]),
        ({"since": "2024-04-08", "until": "2024-04-08"}, [1]),
        ({"since": "2025-06", "until": "2025-07"}, [3]),  # somewhere in 2025
        ({"since": "2026"}, []),
        ({"languages": ("id",)}, []),
        ({"reports": ("visit",), "limit": 2}, [1, 3]),
        ({"sources": ("the example-times",)}, [1, 3, 2, 4]),  # the whole name, whatever its capitals and signs
        ({"sources": ("Example",)}, []),
        ({"min_confidence": 0.75}, [1, 2]),
        ({"min_confidence": 0.8, "types": ("AID",)}, [2]),
        ({"text": "Lavr", "unfinished": True}, [1, 3]),
        ({"text": "…", "unfinished": True}, [1, 3, 2, 4]),
        ({"text": "rice"}, [2]),
        ({"text": "Lavrov Beijing"}, [1]),
        ({"text": "Beijing Lavrov Sergey"}, [1]),  # also by the English name, in any order
        ({"text": '"Lavrov Beijing"'}, []),  # not as a phrase
        ({"text": "dron*"}, [4]),
        ({"text": "dron"}, []),
        ({"text": "AND OR NOT ("}, []),  # words, no operators
        ({"text": "rice's"}, []),
        ({"text": "Kremlin", "types": ("CONSULT",)}, [1]),
        ({"text": "denies", "anywhere": True}, [1, 3, 2, 4]),
    ],
)
def test_conditions(filled: Ledger, conditions: dict[str, object], found: list[int]) -> None:
    assert numbers(filled, **conditions) == found


def test_an_entry_says_what_tells_it(filled: Ledger) -> None:
    entry = next(find(filled)).to_json()
    assert entry["report"] == "visit"
    assert entry["publisher"] == "The Example Times"
    assert entry["trigger"] == "visited"
    assert entry["actors"][0]["name"] == "Sergey Lavrov"


def test_what_cannot_be_looked_for_is_refused(filled: Ledger) -> None:
    with pytest.raises(UsageError, match="no word"):
        list(find(filled, Wanted("…")))
    with pytest.raises(UsageError, match="no date"):
        list(find(filled, Wanted(since="soon")))


def test_reports_that_hold_words_are_counted(filled: Ledger) -> None:
    assert reports_holding(filled, "rice") == 2
    assert reports_holding(filled, "rice Jakarta") == 1
