"""The world's tables as lists of rows: read one, put another in its place, sorted and without doubles."""

from __future__ import annotations

from pathlib import Path

WORLD = Path(__file__).parents[2] / "src" / "kronik" / "world"

COLUMNS = {
    "countries": ("iso3", "name", "wikidata", "capital", "latitude", "longitude"),
    "country_names": ("iso3", "language", "sense", "text", "source"),
    "organisations": ("name", "kind", "country", "wikidata", "stands_for", "source"),
    "organisation_names": ("name", "language", "text", "source"),
    "armed_forces": ("iso3", "name"),
    "places": ("name", "country", "latitude", "longitude", "wikidata", "feature", "source"),
    "place_names": ("name", "country", "language", "text", "source"),
    "people": ("name", "wikidata", "country", "source"),
    "people_names": ("name", "language", "text", "source"),
    "offices": ("country", "office", "title", "person", "start", "end", "source"),
    "outlets": ("name", "kind", "domain", "country", "aliases"),
}

Row = tuple[str, ...]


def read(table: str) -> list[Row]:
    """The rows of a table of the world, each with one cell a column; none where the table is not there yet."""
    path = WORLD / f"{table}.tsv"
    if not path.is_file():
        return []
    lines = [line for line in path.read_text("utf-8").split("\n") if line and not line.startswith("#")]
    width = len(COLUMNS[table])
    return [tuple((line.split("\t") + [""] * width)[:width]) for line in lines[1:]]


def write(table: str, rows: list[Row]) -> None:
    """Put these rows in the table's place, sorted and without doubles. ValueError where a row's width is wrong."""
    columns = COLUMNS[table]
    for row in rows:
        if len(row) != len(columns) or any("\t" in cell or "\n" in cell for cell in row):
            raise ValueError(f"{table}: {row!r} does not fit under {columns}")
    lines = ["\t".join(row) for row in sorted(set(rows))]
    (WORLD / f"{table}.tsv").write_text("\n".join(["\t".join(columns), *lines]) + "\n", "utf-8")


def replace_source(table: str, source: str, rows: list[Row]) -> None:
    """Put these rows in the place of the table's rows of that source (the last column); all other rows stay."""
    write(table, [row for row in read(table) if row[-1] != source] + rows)
