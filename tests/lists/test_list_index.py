"""The index of lists: kept in a file, asked by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_lists import write_lists

from kronik.errors import DataError
from kronik.lists.files import read_list
from kronik.lists.index import SanctionsLists, default_path, folded, load, save


@pytest.fixture
def lists(tmp_path: Path) -> SanctionsLists:
    un, ofac = write_lists(tmp_path)
    save([*read_list(un), *read_list(ofac)], tmp_path / "folder" / "lists.tsv")
    return load(tmp_path / "folder" / "lists.tsv")


def test_what_is_kept_is_what_was_given(lists: SanctionsLists, tmp_path: Path) -> None:
    un, ofac = write_lists(tmp_path)
    assert lists.names == (*read_list(un), *read_list(ofac))
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["lists.tsv"]


def test_names_are_found_whatever_their_accents_and_signs(lists: SanctionsLists) -> None:
    assert folded("Orvál  Tesk-Quenby’s") == "orval tesk quenbys"
    assert {name.id for name in lists.find("orval tesk quenby")} == {"MLi.001", "17"}
    assert [name.id for name in lists.find("Tesk Lines")] == ["18"]
    assert lists.find("Quenby") == ()


def test_listings_are_one_an_entry_and_of_the_kind_and_never_weak(lists: SanctionsLists) -> None:
    assert [(on.date, on.id) for on in lists.listings("Orval Tesk Quenby", "individual")] == [
        ("2024-02-03", "MLi.001"),
        (None, "17"),
    ]
    assert list(lists.listings("Abu Tesk", "individual")) == []
    assert [name.id for name in lists.find("Abu Tesk")] == ["MLi.001"]
    assert list(lists.listings("Orval Star", "entity")) == []


def test_a_file_that_is_no_index_is_refused(tmp_path: Path, lists: SanctionsLists) -> None:
    with pytest.raises(DataError, match="make it with `kronik lists update FILE`"):
        load(tmp_path / "none.tsv")
    (tmp_path / "other.tsv").write_text("a\tb\n")
    with pytest.raises(DataError, match="no index of lists that this kronik made"):
        load(tmp_path / "other.tsv")
    path = tmp_path / "folder" / "lists.tsv"
    path.write_text(path.read_text("utf-8") + "one\tcell\n", "utf-8")
    with pytest.raises(DataError, match=r"lists\.tsv:15: 2 cells, 8 expected"):
        load(path)


def test_it_is_kept_in_the_users_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_path() == tmp_path / "kronik" / "lists.tsv"
