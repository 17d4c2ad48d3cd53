"""Pages to shards, to files of readings, to a ledger: the entries are those that one process makes."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_pages import harmed
from test_writing import content

from kronik.cluster.engines import by_processes
from kronik.cluster.importing import import_all, places_of
from kronik.cluster.keys import keys_of
from kronik.cluster.places import names_in
from kronik.cluster.planning import Shard, shards_of, undone
from kronik.cluster.reading import Orders
from kronik.errors import DataError, UsageError
from kronik.read.sources import read_pages
from kronik.store import writing
from kronik.store.ledger import open_ledger

pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'kronik[parquet]'")


def outcomes(tmp_path: Path, sources: list[str]) -> list[writing.Outcome]:
    with open_ledger(tmp_path / "imported.db", write=True) as ledger:
        return list(import_all(ledger, places_of(sources)))


def orders(tmp_path: Path, **given: object) -> Orders:
    return Orders(str(tmp_path / "readings"), harmed, **given)  # type: ignore[arg-type]


def read_all(shards: list[Shard], orders: Orders) -> None:
    names_in(orders.into)
    assert not any(done.lost for done in by_processes(shards, orders))


def assert_as_one_process(tmp_path: Path, sources: list[str], *, keep_pages: bool = True) -> None:
    """The ledger into which the readings are imported holds what one process makes of the sources."""
    with open_ledger(tmp_path / "one.db", write=True) as one, open_ledger(tmp_path / "many.db", write=True) as other:
        before = list(writing.add_all(one, read_pages(sources), harmed, keep_pages=keep_pages))
        after = list(import_all(other, places_of([str(tmp_path / "readings")]), keep_pages=keep_pages))
        assert [(o.kind, o.id, o.version, o.events) for o in after] == [
            (o.kind, o.id, o.version, o.events) for o in before
        ]
        assert content(other) == content(one)
        assert {outcome.kind for outcome in before} >= {"added", "failed"}


def test_the_entries_are_those_of_one_process(tmp_path: Path, pages: list[str]) -> None:
    shards = shards_of(pages, "", size=15)
    assert len(shards) == 6
    read_all(shards, orders(tmp_path))
    assert_as_one_process(tmp_path, pages)
    again = outcomes(tmp_path, [str(tmp_path / "readings")])
    assert "report-0-2" in {outcome.id for outcome in again}


def test_so_they_are_without_pages(tmp_path: Path, pages: list[str]) -> None:
    read_all(shards_of(pages, ""), orders(tmp_path, keep_pages=False, jobs=2))
    assert_as_one_process(tmp_path, pages, keep_pages=False)


def test_archives_are_shards_too(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc", reason="fastwarc is not installed: pip install 'kronik[archives]'")
    from made_archives import packed, response

    folder = tmp_path / "archives"
    folder.mkdir()
    for number in range(2):
        addresses = [f"https://news.example/{number * 2 + n}" for n in range(3)]  # one stands in both
        (folder / f"{number}.warc.gz").write_bytes(packed(*map(response, addresses))[: None if number else -9])
    shards = shards_of([str(folder)], "")
    assert len(shards) == 2
    read_all(shards, orders(tmp_path))
    assert_as_one_process(tmp_path, [str(folder)])


def test_what_is_imported_twice_is_there_once(tmp_path: Path, pages: list[str]) -> None:
    read_all(shards_of([f"{pages[0]}/day-1.jsonl"], ""), orders(tmp_path))
    first, second = (outcomes(tmp_path, [str(tmp_path / "readings")]) for _ in range(2))
    assert {one.kind for one in first} == {"added", "failed"}
    assert {one.kind for one in second} == {"unchanged", "failed"}


def test_only_missing_shards_are_read_again(tmp_path: Path, pages: list[str]) -> None:
    shards = shards_of(pages, "")
    into = tmp_path / "readings"
    read_all(shards, orders(tmp_path))
    (into / shards[2].name).unlink()
    assert undone(shards_of(pages, ""), names_in(str(into)), str(into)) == [shards[2]]
    assert not list(into.glob(".*"))


def test_readings_of_other_pages_are_not_mixed_in(tmp_path: Path, pages: list[str]) -> None:
    shards = shards_of(pages, "")
    with pytest.raises(UsageError, match="give a new folder"):
        undone(shards_of(pages, "--fast"), {shards[0].name}, "readings")
    with Path(f"{pages[0]}/day-0.jsonl").open("a") as file:
        file.write('{"text": "One more report."}\n')
    with pytest.raises(UsageError, match="that have changed"):
        undone(shards_of(pages, ""), {shards[0].name}, "readings")


def test_shards_of_another_file_system_are_read_as_local_ones(tmp_path: Path, pages: list[str]) -> None:
    """An object store is asked as any other file system of pyarrow's; here the local one, by its address."""
    there, into = f"file://{pages[0]}", f"file://{tmp_path}/readings/"
    names_in(into)
    shards = shards_of([f"{there}/"], "")
    done = list(by_processes(shards, Orders(into, harmed)))
    whole = len(list(read_pages(pages)))
    assert (sum(one.pages for one in done), len(done)) == (whole, 5)
    assert {shard.name for shard in shards} <= names_in(into)
    kinds = [outcome.kind for outcome in outcomes(tmp_path, [into])]
    assert len(kinds) == whole
    with open_ledger(tmp_path / "imported.db") as ledger:
        origins = [row[0] for row in ledger.connection.execute("SELECT origin FROM report ORDER BY key")]
    assert origins[0] == f"{there}/day-0.jsonl:1"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DataError, match="give another folder"):
        names_in(str(tmp_path / "file"))
    with pytest.raises(UsageError, match="does not exist"):
        shards_of([str(tmp_path / "nothing")], "")
    with pytest.raises(UsageError, match="would be stored"):
        shards_of(["s3://key:secret@bucket/pages"], "")
    with pytest.raises(UsageError, match="no address that can be opened"):
        shards_of(["nowhere://at/all"], "")


def test_the_keys_are_those_that_reconciling_keeps(tmp_path: Path) -> None:
    from kronik.reconcile.running import reconcile

    with open_ledger(tmp_path / "one.db", write=True) as ledger:
        text = "Sergei Lavrov visited Beijing on Monday. Wang Yi received him, and Vladimir Putin thanked Xi Jinping."
        from made_readings import page, read

        writing.add(ledger, page("a"), read)
        writing.add(ledger, page("b", text), read)
        reconcile(ledger, "2024-04-10T00:00:00+00:00")
        for id_ in ("a", "b"):
            key, kept = ledger.connection.execute("SELECT key, reading FROM report WHERE id = ?", (id_,)).fetchone()
            of_report, of_events = keys_of(kept)
            rows = ledger.connection.execute("SELECT key FROM report_key WHERE report = ? ORDER BY key", (key,))
            assert of_report
            assert [row[0] for row in rows] == list(of_report)
            rows = ledger.connection.execute(
                "SELECT number, event_key.key FROM event_key JOIN event ON event.key = event WHERE report = ?", (key,)
            )
            assert sorted(map(tuple, rows)) == sorted((n, k) for n, keys in enumerate(of_events, 1) for k in keys)
