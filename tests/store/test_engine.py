import re
from pathlib import Path

import pytest

from kronik.store import engine as engines
from kronik.store.engine import engine


def test_the_engine_is_the_version_and_a_digest() -> None:
    assert re.fullmatch(r"\d+\.\d+\S*\+[0-9a-f]{8}", engine())


def test_an_edited_rule_makes_another_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def now() -> str:
        engine.cache_clear()
        return engine()

    monkeypatch.setattr(engines, "files", lambda _: tmp_path)
    for folder in ("languages", "show", "languages/__pycache__"):
        (tmp_path / folder).mkdir()
    before = now()
    (tmp_path / "show" / "text.py").write_text("shown otherwise")
    (tmp_path / "languages" / "__pycache__" / "x.pyc").write_text("compiled")
    assert now() == before
    (tmp_path / "languages" / "verbs.tsv").write_text("say\n")
    edited = now()
    assert edited != before
    (tmp_path / "languages" / "verbs.tsv").write_text("tell\n")
    assert now() != edited
    monkeypatch.undo()
    engine.cache_clear()
