"""Ministries, navies, police and embassies to rows of organisations.tsv and organisation_names.tsv.

Every state that is reported on has them, and the press names them after one pattern a language; the patterns stand in
``state_bodies.tsv`` (``{name}`` the country, ``{demonym}`` its adjective, ``{capital}`` its capital as that language
writes it), the states in ``reported_on.txt``. A body that is entered by hand, with another name, is not made again.
Run it after the hand-kept tables change: ``python training/world/state_bodies.py``.
"""

from __future__ import annotations

from pathlib import Path

from tables import Row, read, replace_source

SOURCE = "composed"
HOST = "IDN"
# Beginnings of formal or poetic names, which are not joined to a ministry's.
FORMAL = ("Republi", "Kerajaan", "Kingdom", "State", "Negara", "Negeri", "negara", "the ", "The ", "Islamic", "rezim")


def rows() -> tuple[list[Row], list[Row]]:
    """The rows of organisations.tsv and of organisation_names.tsv."""
    countries = {row[0]: row for row in read("countries")}
    country_names = read("country_names")
    by_hand = {(row[1], row[2]) for row in read("organisation_names") if row[3] != SOURCE}
    titles_by_hand = {row[0] for row in read("organisations") if row[5] != SOURCE}
    lines = Path(__file__).with_name("state_bodies.tsv").read_text("utf-8").splitlines()[1:]
    patterns: dict[str, list[tuple[str, str]]] = {}
    for title, language, pattern in (line.split("\t") for line in lines):
        patterns.setdefault(title, []).append((language, pattern))

    reported_on = Path(__file__).with_name("reported_on.txt").read_text("utf-8").split()
    bodies, names = [], []
    for iso3 in reported_on:
        name, capital = countries[iso3][1], countries[iso3][3]
        written = {
            language: {
                "name": [t for i, la, sense, t, _ in country_names if (i, la, sense) == (iso3, language, "name")],
                "demonym": [t for i, la, sense, t, _ in country_names if (i, la, sense) == (iso3, language, "demonym")],
                "capital": [t for i, la, sense, t, _ in country_names if (i, la, sense) == (iso3, language, "capital")],
            }
            for language in {row[1] for row in country_names}
        }
        for forms in written.values():
            forms["name"] = [text for text in forms["name"] if text.count(" ") < 2 and not text.startswith(FORMAL)]
        # The adjective is the demonym in the singular: the plural is the one that adds an s to it.
        for forms in written.values():
            forms["demonym"] = [
                t for t in forms["demonym"] if t.removesuffix("s") == t or t[:-1] not in forms["demonym"]
            ]
        adjective = (written["en"]["demonym"] or [name])[0]
        for title_pattern, writings in patterns.items():
            title = title_pattern.format(name=name, demonym=adjective, capital=capital)
            texts = []
            for language, pattern in writings:
                for slot, values in written[language].items():
                    if "{" + slot + "}" in pattern:
                        texts += [(language, pattern.format(**{slot: value})) for value in values]
            is_embassy = "{capital}" in title_pattern
            if title in titles_by_hand or not texts or (not is_embassy and any(text in by_hand for text in texts)):
                continue
            owner = HOST if is_embassy else iso3
            bodies.append((title, "organisation", owner, "", owner, SOURCE))
            names += [(title, language, text, SOURCE) for language, text in texts]
            if "(" not in title:
                names.append((title, "*", title, SOURCE))
    return bodies, names


if __name__ == "__main__":
    body_rows, name_rows = rows()
    replace_source("organisations", SOURCE, body_rows)
    replace_source("organisation_names", SOURCE, name_rows)
