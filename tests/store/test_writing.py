import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from made_readings import EVENTS, TEXT, page, read

from kronik.contract import from_json
from kronik.errors import LedgerError
from kronik.model import Page, Reading
from kronik.store import writing
from kronik.store.explaining import history, stored
from kronik.store.finding import Wanted, find
from kronik.store.ledger import Ledger, open_ledger
from kronik.store.writing import add, add_all

DERIVED = ("event", "participant", "item", "quote", "entity", "report_words", "event_words")


@dataclass(frozen=True)
class Unreadable:
    origin: str
    reason: str


def content(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, without the moments at which they were written."""

    def names(query: str) -> list[str]:
        return [row[0] for row in ledger.connection.execute(query)]

    in_file = isinstance(ledger.path, Path)
    if in_file:
        tables = names("SELECT name FROM sqlite_schema WHERE type = 'table'")
        tables = [name for name in tables if "_words_" not in name]  # those hold FTS5's own bookkeeping
    else:
        tables = names("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        tables.remove("kronik_ledger")  # counts how often somebody wrote
    rows = {}
    for table in sorted(tables):
        columns = names(
            f"SELECT name FROM pragma_table_info('{table}')"
            if in_file
            else f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}'"
        )
        kept = ", ".join(f'"{name}"' for name in columns if not name.endswith("_at"))
        rows[table] = sorted((tuple(row) for row in ledger.connection.execute(f"SELECT {kept} FROM {table}")), key=repr)
    return rows


def never(page: Page) -> Reading:
    raise AssertionError(f"{page.id} was read")


def test_a_reading_is_kept_whole(ledger: Ledger) -> None:
    outcome = add(ledger, page(), read)
    assert (outcome.kind, outcome.id, outcome.version, outcome.events) == ("added", "visit", 1, 4)
    assert from_json(stored(ledger, "visit").reading) == read(page())


def test_what_is_asked_follows_from_the_reading(ledger: Ledger) -> None:
    add(ledger, page(), read)
    events = ledger.connection.execute("SELECT id, type, place_country, first_day, last_day FROM event ORDER BY key")
    assert [tuple(row) for row in events] == [
        ("visit#1", "CONSULT", "CHN", "2024-04-08", "2024-04-08"),
        ("visit#2", "AID", None, None, None),
        ("visit#3", "CONSULT", "KAZ", "2025-01-01", "2025-12-31"),
        ("visit#4", "AID", None, None, None),
    ]
    told = [json.loads(row[0]) for row in ledger.connection.execute("SELECT told FROM event ORDER BY key")]
    assert told == stored(ledger, "visit").reading["events"]
    roles = ledger.connection.execute("SELECT role, name, country FROM participant WHERE event = 1 ORDER BY role")
    assert [tuple(row) for row in roles] == [
        ("actor", "Sergey Lavrov", "RUS"), ("recipient", "China", "CHN"), ("source", "Kremlin", "RUS"),
    ]  # fmt: skip
    assert tuple(ledger.connection.execute("SELECT name, quantity, unit FROM item").fetchone()) == ("rice", 20, "tonne")


def test_the_same_page_again_is_not_read_and_changes_nothing(ledger: Ledger) -> None:
    pages = [page(), page(id="bad", body="!"), page(id="other", body="Another report.")]
    list(add_all(ledger, pages, read))
    before = content(ledger)
    assert [o.kind for o in add_all(ledger, [pages[0], pages[2]], never)] == ["unchanged", "unchanged"]
    assert add(ledger, pages[1], read).kind == "failed"
    assert content(ledger) == before


def test_a_changed_page_becomes_a_new_version(ledger: Ledger) -> None:
    add(ledger, page(), read)
    outcome = add(ledger, page(body="It was all different."), read)
    assert (outcome.kind, outcome.version) == ("new version", 2)
    versions = history(ledger, "visit")
    assert [(v.version, v.superseded_at is None) for v in versions] == [(1, False), (2, True)]
    assert stored(ledger, "visit", 1).reading["events"]
    assert stored(ledger, "visit").reading["report"]["text"] == "It was all different."
    assert list(find(ledger)) == []
    assert [ledger.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in DERIVED] == [
        0, 0, 0, 0, 0, 1, 0,
    ]  # fmt: skip
    assert add(ledger, page(), read).version == 3  # what comes back is current again


def test_another_engine_reads_again(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    add(ledger, page(), read)
    monkeypatch.setattr(writing, "engine", lambda: "newer")
    assert add(ledger, page(), read).kind == "unchanged"  # the reading is the same
    assert add(ledger, page(), never).kind == "unchanged"  # and need not be made again
    monkeypatch.setattr(writing, "engine", lambda: "newest")

    def better(page: Page) -> Reading:
        return Reading(read(page).report, EVENTS[:1])

    outcome = add(ledger, page(), better)
    assert (outcome.kind, outcome.version) == ("read again", 1)
    assert len(list(find(ledger))) == 1
    assert len(history(ledger, "visit")) == 2


def test_again_reads_what_is_unchanged(ledger: Ledger) -> None:
    add(ledger, page(), read)
    with_fault = lambda page: Reading(read(page).report)  # noqa: E731
    assert add(ledger, page(), with_fault).kind == "unchanged"
    assert add(ledger, page(), with_fault, again=True).kind == "read again"


def test_what_is_given_beside_the_page_counts(ledger: Ledger) -> None:
    add(ledger, page(), read)
    assert add(ledger, page(language="id"), read).kind == "new version"


def test_files_of_one_name_in_two_folders_are_two_reports(ledger: Ledger, tmp_path: Path) -> None:
    def file(folder: str, body: str) -> Page:
        path = tmp_path / folder / "index.html"
        path.parent.mkdir(exist_ok=True)
        path.write_text(body)
        return page("index", body, str(path))

    one, two = file("one", "First report."), file("two", "Second report.")
    assert [o.id for o in add_all(ledger, [one, two], read)] == ["index", "index-2"]
    assert stored(ledger, "index-2").reading["id"] == "index-2"
    assert [o.kind for o in add_all(ledger, [one, two], never)] == ["unchanged", "unchanged"]
    outcome = add(ledger, file("two", "Second report, changed."), read)
    assert (outcome.id, outcome.kind) == ("index-2", "new version")


def test_one_file_is_known_from_any_folder(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "visit.html").touch()
    monkeypatch.chdir(tmp_path)
    add(ledger, page(origin="visit.html"), read)
    outcome = add(ledger, page(body="Changed.", origin=str(tmp_path / "visit.html")), read)
    assert (outcome.id, outcome.kind) == ("visit", "new version")


def test_the_address_tells_the_report(ledger: Ledger) -> None:
    here, there = "https://example.org/a", "https://example.org/b"
    add(ledger, page("17", origin="a.jsonl:1", url=here), read)
    outcomes = [
        add(ledger, page("18", "Changed.", "b.jsonl:9", url=here), read),
        add(ledger, page("17", "Another.", "b.jsonl:1", url=there), read),
    ]
    assert [(o.id, o.kind) for o in outcomes] == [("17", "new version"), ("17-2", "added")]


def test_a_given_id_tells_the_report_wherever_it_stands(ledger: Ledger) -> None:
    add(ledger, page("17", origin="monday.jsonl:1"), read)
    assert add(ledger, page("17", "Changed.", "tuesday.jsonl:4"), read).kind == "new version"
    add(ledger, page("monday-2", "No id was given.", "monday.jsonl:2"), read)
    assert add(ledger, page("monday-2", "Nor here.", "old/monday.jsonl:2"), read).id == "monday-2-2"


def test_pages_piped_in_one_after_another_are_all_kept(ledger: Ledger) -> None:
    piped = [page("stdin", body, "standard input") for body in ("One.", "Two.", "One.")]
    assert [(o.id, o.kind) for o in add_all(ledger, piped, read)] == [
        ("stdin", "added"), ("stdin-2", "added"), ("stdin", "unchanged"),
    ]  # fmt: skip


def test_failures_are_recorded_and_do_not_stop_the_rest(ledger: Ledger) -> None:
    found = [Unreadable("gone.html", "a folder"), page("a", "!"), page("b", "?"), page("c", "Sound \ud800."), page()]
    outcomes = list(add_all(ledger, found, read))
    assert [o.kind for o in outcomes] == ["failed"] * 4 + ["added"]
    reasons = dict(tuple(row) for row in ledger.connection.execute("SELECT origin, reason FROM failure"))
    assert reasons["gone.html"] == "a folder"
    assert reasons["a.html"] == "no article: give another page"
    assert "ValueError: a fault" in reasons["b.html"]
    assert "surrogates" in reasons["c.html"]
    add(ledger, page("a", "An article now."), read)
    assert ledger.connection.execute("SELECT count(*) FROM failure WHERE origin = 'a.html'").fetchone()[0] == 0


def test_a_page_that_fails_leaves_the_older_version_current(ledger: Ledger) -> None:
    add(ledger, page(), read)
    assert add(ledger, page(body="!"), read).kind == "failed"
    assert stored(ledger, "visit").version == 1
    assert add(ledger, page(), never).kind == "unchanged"
    assert ledger.connection.execute("SELECT count(*) FROM failure").fetchone()[0] == 0


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "chronicle.db"
    with open_ledger(path, write=True) as ledger:
        pages = ledger.connection.execute("PRAGMA page_count").fetchone()[0]
        ledger.connection.execute(f"PRAGMA max_page_count = {pages + 30}")
        added = []
        with pytest.raises(LedgerError, match="the disk is full") as full:
            added.extend(
                outcome.id for outcome in add_all(ledger, (page(str(n), f"{n} " * 2000) for n in range(100)), read)
            )
        assert "\n" not in str(full.value)
        kept = ledger.connection.execute("SELECT count(*) FROM report").fetchone()[0]
        assert 0 < kept < 100
    with open_ledger(path, write=True) as ledger:  # there is room again
        kinds = [o.kind for o in add_all(ledger, (page(str(n), f"{n} " * 2000) for n in range(100)), read)]
        assert kinds == ["unchanged"] * kept + ["added"] * (100 - kept)
        assert ledger.connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_two_who_add_at_once_do_not_double(ledger: Ledger) -> None:
    def overtaken(page: Page) -> Reading:
        with open_ledger(ledger.path, write=True) as other:
            add(other, page, read)
        return read(page)

    assert add(ledger, page(), overtaken).kind == "unchanged"
    assert len(history(ledger, "visit")) == 1


def test_words_can_be_found_after_many_versions(ledger: Ledger) -> None:
    for body in (TEXT, "Changed.", TEXT):
        add(ledger, page(body=body), read)
    assert [entry.id for entry in find(ledger, Wanted("rice"))] == ["visit#2"]
    for table in ("report_words", "event_words") if isinstance(ledger.path, Path) else ():
        ledger.connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")


def test_the_page_that_is_read_has_the_id_it_gets(ledger: Ledger) -> None:
    seen: list[str] = []

    def watched(page: Page) -> Reading:
        seen.append(page.id)
        return read(page)

    reader: Callable[[Page], Reading] = watched
    list(add_all(ledger, [page("stdin", "One.", "standard input"), page("stdin", "Two.", "standard input")], reader))
    assert seen == ["stdin", "stdin-2"]
