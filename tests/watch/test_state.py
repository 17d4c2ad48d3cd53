"""The file that watching remembers by."""

import sqlite3

import pytest

from kronik.errors import DataError
from kronik.watch.state import State


def test_one_process_at_a_time(tmp_path):
    with State(tmp_path / "a.watch"), pytest.raises(DataError, match="another `kronik watch` works with it"):
        State(tmp_path / "a.watch")
    State(tmp_path / "a.watch").close()


def test_other_files_are_refused_and_left_alone(tmp_path):
    words = tmp_path / "words"
    words.write_text("no database at all, but words, and many of them" * 50)
    with pytest.raises(DataError, match="is no file of `kronik watch`"):
        State(words)
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE a (b)")
    connection.commit()
    connection.close()
    before = other.read_bytes()
    with pytest.raises(DataError, match="is no file of `kronik watch`"):
        State(other)
    assert other.read_bytes() == before
    with pytest.raises(DataError, match="cannot be kept there"):
        State(tmp_path / "no folder" / "a.watch")
