"""No text of others stands in the project: neither of the gold reports nor of the pool of scraped pages."""

from __future__ import annotations

import gzip
import html
import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
FOLDERS = ("examples", "src", "tests", "docs", "benchmarks", "training")
KINDS = {".html", ".txt", ".md", ".py", ".toml", ".tsv", ".json", ".jsonl", ".sql"}
RUN = 12  # words in a row that make a text somebody's own
NAMES = "src/kronik/world/"  # long official names are facts; every row says from which list it was taken
BLOCK = RUN // 2  # of a run of RUN words one whole block of this many, counted from the beginning of a text, is part

_TAG = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_SAID = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"")

Words = tuple[str, ...]


def words_of(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


@lru_cache(maxsize=1)
def own_words() -> dict[str, list[str]]:
    """The words of every file of the project, by its path; of the examples without what speakers said in public."""
    paths = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*")) if path.suffix in KINDS]
    words = {}
    for path in (*paths, *sorted(ROOT.glob("*.md"))):
        name = path.relative_to(ROOT).as_posix()
        text = html.unescape(_TAG.sub(" ", path.read_text("utf-8", "replace")))
        if not name.startswith(NAMES):
            words[name] = words_of(_SAID.sub(" ", text) if name.startswith("examples/") else text)
    return words


@lru_cache(maxsize=1)
def own_runs() -> tuple[frozenset[Words], dict[Words, str]]:
    """All blocks of the project's words, and all runs of them with the file in which they stand."""
    blocks: set[Words] = set()
    runs: dict[Words, str] = {}
    for path, words in own_words().items():
        blocks.update(zip(*(words[n:] for n in range(BLOCK)), strict=False))
        runs.update(dict.fromkeys(zip(*(words[n:] for n in range(RUN)), strict=False), path))
    return frozenset(blocks), runs


def copied(texts: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Each run of words of a text that stands in the project, with where it comes from and where it stands."""
    blocks, runs = own_runs()
    for name, text in texts:
        words = words_of(text)
        for at in range(0, len(words) - BLOCK + 1, BLOCK):
            if tuple(words[at : at + BLOCK]) not in blocks:
                continue
            for first in range(max(0, at - BLOCK), at + 1):
                run = tuple(words[first : first + RUN])
                if run in runs and len(set(run)) > BLOCK:
                    yield f"{runs[run]}: “{' '.join(run)}” stands in {name}"
                    break


def gold() -> Iterator[tuple[str, str]]:
    for folder in ("seed", "train", "dev"):
        for path in sorted((SHARED / "gold" / folder).iterdir()):
            if path.suffix == ".json":
                report = json.loads(path.read_text("utf-8"))
                yield path.name, " ".join([report["report"]["title"] or "", *(e["evidence"] for e in report["events"])])
            elif path.suffix in (".html", ".txt"):
                yield path.name, html.unescape(_TAG.sub(" ", path.read_text("utf-8", "replace")))


def pool() -> Iterator[tuple[str, str]]:
    for path in sorted((SHARED / "data" / "pool").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                report = json.loads(line)
                yield f"{path.name}, line {number}", f"{report.get('title') or ''} {report.get('text') or ''}"


def test_a_copy_would_be_found() -> None:
    path, words = next((path, words) for path, words in own_words().items() if path.startswith("examples/en-"))
    for shift in range(BLOCK):
        text = " ".join(["word"] * shift + words[100 : 100 + RUN] + ["word"] * 3)
        assert any(path in line for line in copied([("a text", text)])), shift


def test_no_gold_report_stands_in_the_project() -> None:
    if not (SHARED / "gold").is_dir():
        pytest.skip("needs the gold reports, which are not part of the project")
    assert list(copied(gold())) == []


def test_no_page_of_the_pool_stands_in_the_project() -> None:
    if not (SHARED / "data" / "pool").is_dir():
        pytest.skip("needs the pool of pages, which is not part of the project")
    assert list(copied(pool())) == []
