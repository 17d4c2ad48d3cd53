"""Reports of the pool to pages of HTML as news sites write them: head, navigation, article, related links."""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from dataclasses import dataclass
from html import escape
from pathlib import Path

POOL = Path(__file__).resolve().parents[2] / "shared" / "data" / "pool"
SAMPLE = 200
_AROUND = {"en": ("World", "Most read", "Share this article"), "id": ("Berita", "Terpopuler", "Bagikan artikel ini")}


@dataclass(frozen=True, slots=True)
class PoolPage:
    """A page with the day of its report and its words, counted in the report's text."""

    id: str
    html: str
    date: str
    words: int


def ask_for_pool(asked: argparse.ArgumentParser) -> None:
    """``--pool``: where the reports lie."""
    asked.add_argument("--pool", type=Path, default=POOL)


def ask_for_sample(asked: argparse.ArgumentParser) -> None:
    """``--pool``, ``--sample`` and ``--language``: which reports, and how many."""
    ask_for_pool(asked)
    asked.add_argument("--sample", type=_count, default=SAMPLE)
    asked.add_argument("--language", choices=("en", "id"), default="en")


def _count(told: str) -> int:
    if not told.isdecimal() or int(told) < 1:
        raise argparse.ArgumentTypeError("give 1 or more")
    return int(told)


def status_without(pool: Path, *languages: str) -> int | None:
    """None where the pool holds the languages; else, after a word, the exit status: 0 where no pool was named."""
    if all((pool / f"{language}.jsonl.gz").is_file() for language in languages):
        return None
    print(f"{pool}: no pool of reports here: give --pool FOLDER", file=sys.stderr)
    return 0 if pool == POOL else 1


def pool_pages(pool: Path, language: str, count: int) -> list[PoolPage]:
    """``count`` reports of the pool in a language, as pages, taken at even distances; all where it has fewer.

    Reports without a day or a title are passed over.
    """
    with gzip.open(pool / f"{language}.jsonl.gz", "rt", encoding="utf-8") as lines:
        reports = [one for one in map(json.loads, lines) if one.get("date") and one.get("title")]
    step = max(1, len(reports) // count)
    chosen = list(enumerate(reports))[::step][:count]
    return [
        PoolPage(f"{language}-{number}", _html(one, language), one["date"][:10], len(one["text"].split()))
        for number, one in chosen
    ]


def _html(report: dict[str, str], language: str) -> str:
    section, popular, share = _AROUND[language]
    title, publisher, day = escape(report["title"]), escape(report.get("publisher") or ""), report["date"][:10]
    data = {"@type": "NewsArticle", "headline": report["title"], "datePublished": day}
    links = "".join(f'<li><a href="/{n}">{section} {n}</a></li>' for n in range(30))
    others = "".join(f'<li><a href="/news/{n}">{popular}: {title} ({n})</a></li>' for n in range(8))
    paragraphs = "\n".join(f"<p>{escape(line.strip())}</p>" for line in report["text"].split("\n") if line.strip())
    return f"""<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title} | {publisher}</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="{publisher}">
<meta property="article:published_time" content="{day}">
<script type="application/ld+json">{json.dumps(data).replace("<", "&lt;")}</script>
<style>{".c { margin: 0 } " * 200}</style><script>{"var a = 1; " * 500}</script></head>
<body><header><nav><ul>{links}</ul></nav></header>
<main><article><h1>{title}</h1><div class="byline"><time datetime="{day}">{day}</time></div>
<div class="share">{share}</div>
{paragraphs}
</article><aside class="related"><h3>{popular}</h3><ul>{others}</ul></aside></main>
<footer><ul>{links}</ul><p>© {publisher}</p></footer></body></html>"""
