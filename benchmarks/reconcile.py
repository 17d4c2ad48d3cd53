"""Reconciling measured: translations, stories, copies and growth, each against what the data say.

    python benchmarks/reconcile.py [translations] [stories] [copies] [growth] [--data FOLDER] [--readings LEDGER]

All four where none is named. ``--data`` is the folder with ``pool/`` and ``stories/`` (``../shared/data``). With
``--readings``, a ledger to which the pool was added before, pages that stand in it are not read again, except where
reading itself is timed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

from altering import Source, altered  # type: ignore[import-not-found]
from kronik import world
from kronik.contract import from_json
from kronik.model import Page, Reading
from kronik.pipeline import read_one
from kronik.reconcile.running import reconcile
from kronik.reconcile.terms import words_of
from kronik.store.chronicle import stories
from kronik.store.decisions import standing
from kronik.store.ledger import Ledger, open_ledger
from kronik.store.writing import add

Json = dict[str, Any]
Reader = Callable[[Page], Reading]
ROOT = Path(__file__).resolve().parent.parent

DISTRACTORS = 2000
ALTERED = 500
SHORTEST = 80
"""Reports of fewer words are not altered: nothing would be left of a few lines."""
SIZES = (1000, 4000, 16000)
NEW = 100
SEED = 2023


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", help="translations, stories, copies, growth")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--readings", type=Path)
    parser.add_argument("--one-size", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if not (given.data / "pool").is_dir():
        print(f"{given.data}: holds no pool/: name the folder of the data with --data", file=sys.stderr)
        return 1
    read = reader(given.readings)
    if given.one_size:
        grow(given.data, given.one_size, read)
        return 0
    parts: dict[str, Callable[[Path, Reader], None]] = {
        "translations": translations,
        "stories": clusters,
        "copies": copies,
        "growth": lambda data, _: growth(data, given.readings),
    }
    for name in given.parts or parts:
        parts[name](given.data, read)
    return 0


def translations(data: Path, read: Reader) -> None:
    """Of Indonesian texts, how many are found as translations of their English texts among distractors."""
    rows = list(lines(data / "stories" / "id-en-pairs-dev.jsonl.gz"))
    pages = [Page(row["id"], row["id"], row["text"], "text", language=row["language"]) for row in rows]
    by_pair: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        by_pair[row["pair"]].add(row["id"])
    true = {frozenset(pair) for pair in by_pair.values()}
    with made([*pages, *pool(data, DISTRACTORS)], read) as ledger:
        found = {frozenset((one.left, one.right)) for one in decided(ledger, "translation")}
        ways = Counter(one.left.partition("-")[0] for one in decided(ledger, "translation"))
    ours = {pair for pair in found if any(member in {row["id"] for row in rows} for member in pair)}
    right = len(found & true)
    print(f"\nTranslations: {len(true)} pairs among {len(pages)} texts and {DISTRACTORS} distractors")
    print(
        f"  recall {right / len(true):.3f} ({right}), precision {right / max(1, len(ours)):.3f} over pairs with one of"
        f" the texts, {right / max(1, len(found)):.3f} over all {len(found)}; found as translations: {dict(ways)}"
    )


def clusters(data: Path, read: Reader) -> None:
    """Stories against clusters of one event, beside TF-IDF with the threshold that suits these data best."""
    rows = list(lines(data / "stories" / "en-clusters-dev.jsonl.gz"))
    gold = {row["dId"]: row["newsCluster"]["EventId"] for row in rows}
    pages = [
        Page(row["dId"], row["dId"], row["text"], "text", url=row["url"], title=row["title"], language="en",
             published=date.fromisoformat(row["date_publish"][:10]))
        for row in rows
    ]  # fmt: skip
    with made(pages, read) as ledger:
        ours = {report: story["story"] for story in stories(ledger) for report in story["reports"]}
        told = bcubed(ours, gold)
    print(f"\nStories: {len(rows)} English reports of {len(set(gold.values()))} events")
    print("                                        BCubed F1   P      R     pairwise F1")
    print(f"  kronik                                  {told[0]:.3f}   {told[1]:.3f}  {told[2]:.3f}  {told[3]:.3f}")
    names = {"text": 0, "title thrice, text": 3}
    for name, often in names.items():
        texts = [words_of(f"{(row['title'] or '') + ' '} " * often + row["text"]) for row in rows]
        alike = tf_idf(texts)
        for linkage in ("single", "average"):
            best = max(
                (*bcubed(dict(zip(gold, linked(alike, step / 100, linkage), strict=True)), gold), step / 100)
                for step in range(4, 70, 2)
            )
            label = f"TF-IDF, {name}, {linkage} linkage, best {best[4]:.2f}"
            print(f"  {label:<39} {best[0]:.3f}   {best[1]:.3f}  {best[2]:.3f}  {best[3]:.3f}")


def copies(data: Path, read: Reader) -> None:
    """Of reports of the pool altered as sites alter copy, how many are found; and how many finds are wrong."""
    chance = Random(SEED)
    pages = list(pool(data))
    chosen = chance.sample([page for page in pages if len(page.body.split()) >= SHORTEST], ALTERED)
    outlets = tuple(outlet.name for outlet in world.load().outlets)
    places = tuple(place.name for place in world.load().places[:300])
    sources = {}
    for language in ("id", "en"):
        those = [page for page in pages if page.language == language]
        words = tuple(word for page in those[:400] for word in page.body.split() if word.isalpha())
        blocks = tuple(p for page in those[:400] for p in page.body.split("\n") if 20 <= len(p.split()) <= 60)
        sources[language] = Source(words, outlets, places, blocks)
    made_pages = {page.id: altered(page, sources[page.language or "en"], chance) for page in chosen}
    bodies = {page.id: page.body for page in pages}
    with made([*pages, *made_pages.values()], read) as ledger:
        present = {row[0] for row in ledger.connection.execute("SELECT id FROM report WHERE superseded_at IS NULL")}
        pairs = {frozenset((one.left, one.right)) for one in decided(ledger, "copy")}
    new = {page.id: of for of, page in made_pages.items()}
    asked = {frozenset((page.id, of)) for of, page in made_pages.items() if of in present and page.id in present}
    found = {pair for pair in pairs if any(member in new for member in pair)}
    wrong = [pair for pair in found - asked if not natural(pair, new, bodies)]
    hit = len(found & asked)
    print(f"\nCopies: {len(asked)} altered reports among {len(present)}")
    print(
        f"  recall {hit / len(asked):.3f} ({hit}), precision {1 - len(wrong) / max(1, len(found)):.3f}"
        f" ({len(found)} pairs with an altered report; {len(found - asked) - len(wrong)} of them with another copy that"
        f" stands in the pool by itself, {len(wrong)} wrong)"
    )
    for pair in sorted(map(sorted, wrong))[:10]:
        print(f"    wrong: {' '.join(pair)}")


def natural(pair: Iterable[str], new: dict[str, str], bodies: dict[str, str]) -> bool:
    """Whether the unaltered texts behind a pair are copies: half of the shorter's runs of five words shared."""
    one, other = (runs(bodies[new.get(member, member)]) for member in pair)
    return len(one & other) >= 0.5 * min(len(one), len(other))


def runs(text: str) -> set[tuple[str, ...]]:
    """All five words in a row."""
    words = words_of(text)
    return set(zip(*(words[at:] for at in range(5)), strict=False))


def growth(data: Path, readings: Path | None) -> None:
    """Time and memory of adding and reconciling as the ledger grows, each size in a process of its own."""
    print(f"\nGrowth (one process; seconds by the clock and, in brackets, of the processor; then {NEW} new reports)")
    print("  reports   pairs compared   read and add       reconcile         peak MB   ledger MB   reconcile 100 new")
    for size in SIZES:
        command = [sys.executable, __file__, "--data", str(data), "--one-size", str(size)]
        subprocess.run([*command, *(["--readings", str(readings)] if readings else [])], check=True)
    if readings:
        print("  (reading was not timed: --readings was given)")


def grow(data: Path, size: int, read: Reader) -> None:
    """Print one row of the table of growth."""
    pages = list(pool(data, size + NEW))
    first, late = pages[:-NEW], pages[-NEW:]
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "grown.db", write=True) as ledger:
        with timed() as adding:
            for page in first:
                add(ledger, page, read)
        with timed() as reconciling:
            result = reconcile(ledger, now())
        for page in late:
            add(ledger, page, read)
        with timed() as again:
            reconcile(ledger, now())
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        bytes_ = (Path(folder) / "grown.db").stat().st_size / 1e6
    spent = [f"{clock:.1f} ({processor:.1f})" for clock, processor in (adding, reconciling, again)]
    print(
        f"  {result.reports:>7,} {result.pairs:>16,}   {spent[0]:<18} {spent[1]:<17} {peak:>7.0f} {bytes_:>11.0f}"
        f"   {spent[2]}",
        flush=True,
    )


@contextmanager
def timed() -> Iterator[list[float]]:
    """The seconds by the clock and of the processor that the block took, once it is over."""
    spent: list[float] = []
    begun = time.perf_counter(), time.process_time()
    yield spent
    spent += [time.perf_counter() - begun[0], time.process_time() - begun[1]]


@contextmanager
def made(pages: Iterable[Page], read: Reader) -> Iterator[Ledger]:
    """A ledger in a temporary folder with these pages, reconciled."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_ledger(Path(folder) / "measured.db", write=True) as ledger,
    ):
        for page in pages:
            add(ledger, page, read)
        reconcile(ledger, now())
        yield ledger


def decided(ledger: Ledger, kind: str) -> list[Any]:
    """The decisions of a kind that stand."""
    with ledger.speaking() as connection:
        return list(standing(connection, (kind,)))


def reader(readings: Path | None) -> Reader:
    """The engine, or what a ledger holds already of a page."""
    if readings is None:
        return read_one
    connection = sqlite3.connect(f"file:{readings}?mode=ro", uri=True)

    def read(page: Page) -> Reading:
        row = connection.execute(
            "SELECT reading FROM report WHERE id = ? AND superseded_at IS NULL", (page.id,)
        ).fetchone()
        return from_json(json.loads(row[0])) if row else read_one(page)

    return read


def pool(data: Path, most: int | None = None) -> Iterator[Page]:
    """Pages of the pool in an order that is always the same, no language first."""
    rows = []
    for language in ("id", "en"):
        for number, row in enumerate(lines(data / "pool" / f"{language}.jsonl.gz"), 1):
            rows.append((f"{language}-p{number:05d}", language, row))
    Random(SEED).shuffle(rows)
    for id_, language, row in rows[:most]:
        told = str(row.get("date") or "")[:10]
        day = date.fromisoformat(told) if re.fullmatch(r"\d{4}-\d\d-\d\d", told) else None
        yield Page(id_, id_, row["text"], "text", url=row.get("url") or None, title=row.get("title") or None,
                   publisher=row.get("publisher") or None, published=day, language=language)  # fmt: skip


def lines(path: Path) -> Iterator[Json]:
    """The objects of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def now() -> str:
    """This moment, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def bcubed(ours: dict[str, Any], gold: dict[str, Any]) -> tuple[float, float, float, float]:
    """BCubed F1, precision and recall (Bagga and Baldwin 1998), and F1 over pairs."""
    mine, true = defaultdict(set), defaultdict(set)
    for one, label in gold.items():
        true[label].add(one)
        mine[ours[one]].add(one)
    precision = sum(len(mine[ours[o]] & true[gold[o]]) / len(mine[ours[o]]) for o in gold) / len(gold)
    recall = sum(len(mine[ours[o]] & true[gold[o]]) / len(true[gold[o]]) for o in gold) / len(gold)
    both = sum(math.comb(len(m & t), 2) for m in mine.values() for t in true.values())
    pairs = [sum(math.comb(len(group), 2) for group in those.values()) for those in (mine, true)]
    return 2 * precision * recall / (precision + recall), precision, recall, 2 * both / max(1, sum(pairs))


def tf_idf(texts: Sequence[Sequence[str]]) -> list[list[float]]:
    """Cosines of (1 + log tf) · idf, the idf counted over these texts."""
    counted = [Counter(words) for words in texts]
    holding = Counter(word for times in counted for word in times)
    vectors = []
    for times in counted:
        vector = {w: (1 + math.log(n)) * math.log(len(texts) / holding[w]) for w, n in times.items()}
        norm = math.sqrt(sum(x * x for x in vector.values())) or 1.0
        vectors.append({w: x / norm for w, x in vector.items()})
    return [[sum(x * other.get(w, 0.0) for w, x in one.items()) for other in vectors] for one in vectors]


def linked(alike: list[list[float]], threshold: float, linkage: str) -> list[int]:
    """Labels by single or average linkage down to a threshold."""
    groups = [[one] for one in range(len(alike))]
    sums = [row[:] for row in alike]
    best = max if linkage == "single" else None
    while len(groups) > 1:
        points, one, other = max(
            (sums[a][b] / (1 if best else len(groups[a]) * len(groups[b])), a, b)
            for a in range(len(groups)) for b in range(a)
        )  # fmt: skip
        if points < threshold:
            break
        for third in range(len(groups)):
            joined = max(sums[one][third], sums[other][third]) if best else sums[one][third] + sums[other][third]
            sums[other][third] = sums[third][other] = joined
        groups[other] += groups.pop(one)
        sums.pop(one)
        for row in sums:
            row.pop(one)
    labels = [0] * len(alike)
    for label, group in enumerate(groups):
        for member in group:
            labels[member] = label
    return labels


if __name__ == "__main__":
    sys.exit(main())
