"""The languages as data: the same files in each, every one of them whole, every example of theirs run."""

from __future__ import annotations

from collections import Counter
from importlib.resources.abc import Traversable

import pytest

from kronik import checking, languages
from kronik.annotate.time_rules import compile_rules
from kronik.errors import LanguageDataError, UsageError
from kronik.events.frames import lexicon

CODES = languages.codes()


def file_names(folder: Traversable, above: str = "") -> set[str]:
    names = set()
    for entry in folder.iterdir():
        names |= file_names(entry, f"{above}{entry.name}/") if entry.is_dir() else {f"{above}{entry.name}"}
    return names


FILES = {code: file_names(languages.load(code).folder) for code in CODES}
TABLES = [(code, name[:-4]) for code in CODES for name in sorted(FILES[code]) if name.endswith(".tsv")]
RULES = [(code, name[:-5]) for code in CODES for name in sorted(FILES[code]) if name.endswith(".toml")]


def test_indonesian_and_english_are_there() -> None:
    assert {"id", "en"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_language_has_the_same_files_and_no_python(code: str) -> None:
    assert FILES[code] == FILES["en"]
    assert not [name for name in FILES[code] if not name.endswith((".tsv", ".toml"))]


@pytest.mark.parametrize(("code", "name"), TABLES)
def test_every_table_loads_with_the_columns_of_its_english_fellow(code: str, name: str) -> None:
    rows = languages.load(code).table(name)
    fellow = languages.load("en").table(name)
    if name != "verbs":  # its columns are the voices of the language
        assert {tuple(row) for row in rows} <= {tuple(row) for row in fellow}
    assert all(next(iter(row.values())) for row in rows), "a row begins with an empty cell"


@pytest.mark.parametrize(("code", "name"), TABLES)
def test_no_row_stands_twice(code: str, name: str) -> None:
    rows = Counter(tuple(row.items()) for row in languages.load(code).table(name))
    assert [dict(row) for row, times in rows.items() if times > 1] == []


@pytest.mark.parametrize(("code", "name"), RULES)
def test_every_rule_file_loads(code: str, name: str) -> None:
    assert languages.load(code).rules(name)


@pytest.mark.parametrize("name", ["grammar", "status", "morphology"])
def test_rule_files_have_the_same_keys_in_every_language(name: str) -> None:
    keys = [set(languages.load(code).rules(name)) - {"stem"} for code in CODES]
    assert all(key == keys[0] for key in keys)


@pytest.mark.parametrize("code", CODES)
def test_every_example_of_every_frame_is_read_as_it_says(code: str) -> None:
    assert checking.check_language(code) == []
    assert checking.count_examples(code) >= len(lexicon(languages.load(code)).frames)


@pytest.mark.parametrize("code", CODES)
def test_every_time_rule_carries_its_proof(code: str) -> None:
    rules = compile_rules(languages.load(code)).rules  # the proofs run in annotate/test_times.py
    assert rules
    assert [rule.name for rule in rules if not rule.reads] == []


def test_a_language_that_kronik_lacks_is_refused() -> None:
    with pytest.raises(UsageError, match="'xx' is not one that kronik has: choose one of en"):
        languages.load("xx")


def test_a_row_with_too_many_cells_is_named_by_file_and_line(tmp_path) -> None:
    path = tmp_path / "titles.tsv"
    path.write_text("text\tenglish\n# a comment\n\nmenteri\tminister\tof what\n")
    with pytest.raises(LanguageDataError, match=r"titles\.tsv:4: 3 cells under 2 columns"):
        languages.read_table(path)
    path.write_text("text\tenglish\nmenteri\n")
    assert languages.read_table(path) == ({"text": "menteri", "english": ""},)
