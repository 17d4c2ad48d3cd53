"""Bytes at random to faults of kronik: pages, dates and JSON Lines are changed until something breaks.

python benchmarks/fuzz.py html|reading|dates|jsonl [--seconds N] [--seed N]    (60 seconds; stops at the first fault)

Where atheris is installed, it chooses the bytes by the branches that they reach; else seeds (the bundled examples, the
hostile pages, cut, and words that rules look for) are cut, joined and changed at random, the same for the same seed. A
fault is an exception that kronik does not raise on purpose, a reading whose spans do not read back, or an input of at
most 20 kB that takes more than 2 seconds of one core. The input of a fault is written to a file; the exit status is 1.
`benchmarks/fuzz_api.py` does the same to the API.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path

import kronik
from hostile_pages import PAGES  # type: ignore[import-not-found]
from kronik import languages, world
from kronik.annotate import sentences, times
from kronik.clean import article, dates
from kronik.errors import KronikError
from kronik.model import Page, Report
from kronik.pipeline import read_one
from kronik.read.json_lines import read_lines
from kronik.read.page import Given, make_page

LONGEST = 20_000
SECONDS = 2.0
EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
WORDS = tuple(
    words.encode()
    for words in (
        "Senin (11/9/2023)", "Monday, Sept. 13, 2023", "0001-01-01", "9999-12-31T23:59:60Z", "31/02/2024", "pekan lalu",
        "last week", "the day before", "since 1 to 99 May", "JAKARTA, KOMPAS.com - ", "(Reuters) - ", "Baca juga: ",
        "<article>", "</p>", "<!--", "<script>", "(", "&#27;", "&amp;", "<aside>",
        "“", "”", '"', "'", ")", "kata Putin",
        "said Putin", "\n\n", "\u202e", "\u200b", "\0", "İ", "Rusia menyerang Ukraina", "met Kim Jong Un", "not", "-",
        "2.5 tonnes of", '{"text": "', '", "published": "2023', '"}', "\\ud800", "\\u0000", "<time datetime=2023>",
        "datePublished", "Oleh: ",
    )
)  # fmt: skip


def html(data: bytes) -> None:
    """A page of HTML is cleaned."""
    article.clean(make_page(data, Given(format="html"), id="a", origin="a"), world.load())


def reading(data: bytes) -> None:
    """A page is read, and what is read reads back."""
    read = kronik.to_json(read_one(make_page(data, Given(), id="a", origin="a"), fast=True))
    text = read["report"]["text"]
    for told in [*read["events"], *read["quotes"]]:
        for key in ("trigger", "evidence", "text"):
            span = told.get("span" if key == "text" else f"{key}_span")
            if key in told and span:
                assert text[span[0] : span[1]] == told[key] != "", (key, span)
    assert kronik.to_json(kronik.from_json(read)) == read


def dates_of(data: bytes) -> None:
    """A text is searched for dates and times by all that look for them."""
    text = data.decode("utf-8", "replace")
    dates.of_metadata(text)
    dates.of_url(f"https://example.org/{text}")
    for code in languages.codes():
        language = languages.load(code)
        dates.shown(text, language)
        dates.shown_without_year(text, language)
        dates.of_text(text, language, world.load(), None)
        report = Report("a", code, text, published=dates.of_metadata("2023-09-17"))
        for found in times.find(report, sentences.split(text, language), language):
            assert found.span.of(text)


def json_lines(data: bytes) -> None:
    """Lines of JSON are read, each to a page or one line of words."""
    for one in read_lines(io.BytesIO(data), Given(), stem="a", origin="a", seen=None):
        if isinstance(one, Page):
            one.body.encode("utf-8")
        else:
            assert str(one).isprintable(), str(one)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "html": html,
    "reading": reading,
    "dates": dates_of,
    "jsonl": json_lines,
}


def main() -> int:
    """Change and try until the time is over or a fault is found."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("target", choices=tuple(TARGETS))
    asked.add_argument("--seconds", type=int, default=60)
    asked.add_argument("--seed", type=int, default=0)
    given = asked.parse_args()
    target = TARGETS[given.target]
    for seed in seeds():
        tried(target, seed)  # loads what is loaded once
    try:
        import atheris
    except ImportError:
        return at_random(target, given.seconds, given.seed)
    options = [sys.argv[0], f"-max_total_time={given.seconds}", f"-max_len={LONGEST}", f"-seed={given.seed + 1}"]
    atheris.instrument_all()
    atheris.Setup(options, partial(tried_or_raised, target))
    atheris.Fuzz()
    return 0


def at_random(target: Callable[[bytes], None], seconds: int, seed: int) -> int:
    """Try changed seeds for so many seconds."""
    chance, known = random.Random(seed), seeds()
    until, count, slowest = time.monotonic() + seconds, 0, 0.0
    while time.monotonic() < until:
        data = changed(chance, known)
        fault, took = tried(target, data)
        count, slowest = count + 1, max(slowest, took)
        if fault:
            return told(fault, data)
    print(f"{count} inputs in {seconds} s, the slowest {slowest:.2f} s: no fault")
    return 0


def seeds() -> list[bytes]:
    """What the changes begin with."""
    examples = [path.read_bytes()[:4_000] for path in sorted(EXAMPLES.iterdir())]
    return [*examples, *(make()[:1_500] for make in PAGES.values())]


def changed(chance: random.Random, known: list[bytes]) -> bytes:
    """One or two of the seeds, cut, joined, repeated, and with words and bytes put in."""
    data = bytearray(chance.choice(known))
    for _ in range(chance.randint(1, 12)):
        at = chance.randint(0, len(data))
        match chance.randrange(6):
            case 0:
                data[at:at] = chance.choice(WORDS)
            case 1:
                data[at : at + chance.randint(1, 200)] = b""
            case 2 if data:
                data[min(at, len(data) - 1)] = chance.randrange(256)
            case 3:
                other = chance.choice(known)
                first = chance.randint(0, len(other))
                data[at:at] = other[first : first + chance.randint(1, 800)]
            case 4:
                data[at:at] = chance.choice(WORDS) * chance.randint(2, 60)
            case _:
                data[at:at] = data[at : at + chance.randint(1, 60)] * chance.randint(2, 30)
    return bytes(data[:LONGEST])


def tried(target: Callable[[bytes], None], data: bytes) -> tuple[Exception | None, float]:
    """The fault of an input, None where there is none, and the seconds of one core that it took."""
    begun = time.process_time()
    fault: Exception | None = None
    try:
        target(data)
    except KronikError as refused:
        if not str(refused).replace("\n", "").strip() or "\n" in str(refused):
            fault = AssertionError(f"not told in one line: {refused}")
    except Exception as wrong:
        fault = wrong
    took = time.process_time() - begun
    if fault is None and took > SECONDS:
        fault = TimeoutError(f"took {took:.1f} seconds")
    return fault, took


def tried_or_raised(target: Callable[[bytes], None], data: bytes) -> None:
    """As ``tried``, for atheris: its instruments make everything slower, so that time is not judged."""
    fault, _ = tried(target, data)
    if fault and not isinstance(fault, TimeoutError):
        raise fault


def told(fault: Exception, data: bytes) -> int:
    """Say what the fault is and where its input is kept."""
    import traceback

    file = Path(f"fault-{sha256(data).hexdigest()[:8]}")
    file.write_bytes(data)
    traceback.print_exception(fault, limit=-4)
    print(f"{type(fault).__name__}: {fault}: its input is in {file}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
