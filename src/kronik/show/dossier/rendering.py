"""A dossier to one HTML page that needs nothing else, or to Markdown."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kronik.show.dossier.bars import bars
from kronik.show.dossier.gathering import Cited, Dossier, DossierEntry
from kronik.show.dossier.tables import tabled
from kronik.show.dossier.wording import Wording
from kronik.show.dossier.world_map import drawn
from kronik.store.exporting import item_words

MOST_COUNTERPARTS = 20


def html(dossier: Dossier, *, language: str = "en", made_on: date | None = None) -> str:
    """The page, with its style, its pictures and no script; it asks for nothing from anywhere.

    ``language`` of the headings and labels is "en" or "id"; the reports' words stay as they are.
    """
    template = _environment(autoescape=True).get_template("dossier.html")
    style = files("kronik.show.dossier").joinpath("templates", "dossier.css").read_text("utf-8")
    return template.render(**_shown(dossier, language, made_on), style=Markup(style), map=drawn(dossier.entries))


def markdown(dossier: Dossier, *, language: str = "en", made_on: date | None = None) -> str:
    """The same in Markdown, without the pictures."""
    text = _environment(autoescape=False).get_template("dossier.md").render(**_shown(dossier, language, made_on))
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def years(entries: tuple[DossierEntry, ...]) -> list[tuple[str, list[DossierEntry]]]:
    """The entries by the year in which they began, the undated last under an empty name."""
    return [(year, list(those)) for year, those in groupby(entries, key=lambda one: (one.days[0] or "")[:4])]


def reference(cited: Cited, words: Wording) -> str:
    """A report as it is cited, without its title and address: "Ani Dewi, The Example Times, 10 April 2024"."""
    parts = (
        cited.byline,
        cited.publisher or words("no publisher named"),
        words.day(cited.published) or words("no date"),
    )
    return ", ".join(part for part in parts if part)


def _shown(dossier: Dossier, language: str, made_on: date | None) -> dict[str, Any]:
    words = Wording(language)
    shown = bars(dossier.entries)
    dated = sum(one.days[0] is not None for one in dossier.entries)
    dates = [one.published for one in dossier.reports if one.published]
    return {
        "dossier": dossier,
        "t": words,
        "years": years(dossier.entries),
        "bars": shown,
        "far_away": dated - sum(bar.count for bar in shown),
        "tables": tabled(dossier.entries),
        "counterparts": dossier.counterparts[:MOST_COUNTERPARTS],
        "first": min(dates, default=None),
        "last": max(dates, default=None),
        "made_on": made_on.isoformat() if made_on else None,
        "version": version("kronik"),
        "item_words": item_words,
        "reference": lambda cited: reference(cited, words),
    }


@lru_cache(maxsize=2)
def _environment(*, autoescape: bool) -> Environment:
    environment = Environment(
        loader=PackageLoader("kronik.show.dossier"),
        autoescape=autoescape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["md"] = _markdown_escaped
    environment.filters["web"] = _web_address
    return environment


def _markdown_escaped(text: object) -> str:
    """The text on one line, so that Markdown takes none of it for its own signs."""
    return re.sub(r"([\\`*_\[\]<>|#~])", r"\\\1", " ".join(str(text).split()))


def _web_address(url: str | None) -> str | None:
    """The address where it is one of the web: a page may say anything of itself, a link must not run it."""
    return url if url and re.match(r"https?://[^\s<>\"]+$", url) else None
