"""The languages as data: one folder a language with the same file names; TSV tables and TOML rules to plain values.

No Python but this loader lives here. A table is a tab-separated file whose first line names its columns; lines that are
empty or begin with ``#`` are skipped; missing last cells are empty strings. Rules are TOML.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from kronik.errors import LanguageDataError, UsageError


@dataclass(frozen=True)
class Language:
    """One language's data. Equal and hashable by ``code`` (ISO 639-1), so that compiled rules can be cached by it."""

    code: str

    @cached_property
    def folder(self) -> Traversable:
        return files("kronik.languages").joinpath(self.code)

    def table(self, name: str) -> tuple[dict[str, str], ...]:
        """The rows of ``NAME.tsv``, each a dict by column name. LanguageDataError where a row has too many cells."""
        return _table(self.code, name)

    def rules(self, name: str) -> dict[str, Any]:
        """The content of ``NAME.toml``. Raises LanguageDataError where it is missing or no TOML."""
        return _rules(self.code, name)

    def rule_files(self, folder: str) -> tuple[str, ...]:
        """The names of the rule files in a folder, without ``.toml``, sorted: ``("frames/consult", …)``."""
        place = self.folder.joinpath(folder)
        if not place.is_dir():
            return ()
        return tuple(sorted(f"{folder}/{f.name[:-5]}" for f in place.iterdir() if f.name.endswith(".toml")))


@lru_cache(maxsize=1)
def codes() -> tuple[str, ...]:
    """The codes of the languages that kronik has, sorted."""
    return tuple(sorted(f.name for f in files("kronik.languages").iterdir() if f.joinpath("language.toml").is_file()))


@lru_cache
def load(code: str) -> Language:
    """The language of that code. Raises UsageError where kronik does not have it."""
    if code not in codes():
        raise UsageError(f"language {code!r} is not one that kronik has: choose one of {', '.join(codes())}")
    return Language(code)


@lru_cache
def _table(code: str, name: str) -> tuple[dict[str, str], ...]:
    return read_table(files("kronik.languages").joinpath(code, f"{name}.tsv"))


@lru_cache
def _rules(code: str, name: str) -> dict[str, Any]:
    path = files("kronik.languages").joinpath(code, f"{name}.toml")
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as missing:
        raise LanguageDataError(f"{path}: no such rule file: add it, or take the language out") from missing
    except tomllib.TOMLDecodeError as wrong:
        raise LanguageDataError(f"{path}: no valid TOML: {wrong}") from wrong


def read_table(path: Traversable) -> tuple[dict[str, str], ...]:
    """The rows of a tab-separated file, each a dict by column name; LanguageDataError names file, line and fault."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError as missing:
        raise LanguageDataError(f"{path}: no such table: add it, or take the language out") from missing
    columns: list[str] | None = None
    rows = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if columns is None:
            columns = cells
            continue
        if len(cells) > len(columns):
            raise LanguageDataError(f"{path}:{number}: {len(cells)} cells under {len(columns)} columns: take one out")
        rows.append(dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True)))
    return tuple(rows)
