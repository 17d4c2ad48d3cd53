"""Lists of leaders to rows of people and offices: ``training/world/leaders.py KB_FOLDER``.

``KB_FOLDER`` holds ``world-leaders-2021-wikidata.csv`` (every-politician-scrapers/world-leaders-2021: names, Wikidata
ids, years), ``leaders-current/countries.json`` (open-data-archive/world-leaders-current: names, ids, since-dates) and
``reign-leaderlist.csv`` (OEFDataScience/REIGN: surnames with dates of office to August 2021). REIGN, whose names are
mostly surnames, adds no person: its dates go to people who are known already. Who was in office when a list ended is
given that end, since the list does not know of a later one.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from cities import plain
from tables import Row, read, replace_source

BY_HAND = "public knowledge"
WIKIDATA_LIST, CURRENT_LIST, REIGN = "world-leaders-2021", "world-leaders-current", "REIGN"
LAST_OF_WIKIDATA_LIST, LAST_OF_REIGN, FIRST_OF_REIGN = "2022", "2021-08", 1990
MONARCHS_OF_MANY = ("Elizabeth II", "Charles III")
STATES_IN_UNION = {
    "Kingdom of Denmark": "DNK",
    "Kingdom of the Netherlands": "NLD",
    "People's Republic of China": "CHN",
    "State of Palestine": "PSE",
    "Sahrawi Arab Democratic Republic": "ESH",
    "United States of America": "USA",
}
HEADS_OF_GOVERNMENT = ("prime minister", "premier", "chancellor", "taoiseach", "chief minister", "minister of state")
# Posts that make nobody a head of state: one of a council, a stand-in for a monarch.
LEFT_OUT = ("governor-general", "member of", "captain regent", "co-prince", "council of ministers")
# REIGN's bearers of a known person's surname who are another person, by the year they came to office.
NOT_THE_SAME = {
    ("BGD", "Iajuddin Ahmed", "1990"),
    ("BGR", "Nickolay Mladenov", "1989"),
    ("GAB", "Ali Bongo Ondimba", "1967"),
    ("NGA", "Abubakar Shekau", "1998"),
    ("NPL", "Girija Prasad Koirala", "2014"),
    ("NRU", "Russ J Kun", "1996"),
    ("YEM", "Abdul-Malik al-Houthi", "2015"),
}
# The lists' slips: people to whom they give an office that they did not hold.
WRONG = {("TWN", "Su Tseng-chang"), ("SAU", "Mohammed bin Salman"), ("ARE", "Mohammed bin Rashid Al Maktoum")}


def words(text: str) -> frozenset[str]:
    """The words of a name, folded: without marks, capitals, hyphens and the sign of the Arabic article."""
    return frozenset(plain(text).casefold().replace("-", " ").replace("'", "").replace(".", " ").split())


class People:
    """The known people, found again by id or by name within their country."""

    def __init__(self) -> None:
        self.by_hand = [row for row in read("people") if row[3] == BY_HAND]
        self.added: dict[str, Row] = {}
        self.ids = {row[1]: row[0] for row in self.by_hand if row[1]}
        self.countries = {row[0]: row[2] for row in self.by_hand}
        self.writings: dict[str, list[tuple[frozenset[str], str]]] = {}
        for name, _, text, source in read("people_names"):
            if source == BY_HAND:
                self.writings.setdefault(self.countries[name], []).append((words(text), name))

    def find(self, country: str, text: str, wikidata: str = "") -> str | None:
        """The known person of that id, or the only one of the country with that name or all words of it."""
        if wikidata and wikidata in self.ids:
            return self.ids[wikidata]
        told = words(text)
        same = {name for known, name in self.writings.get(country, ()) if known == told}
        if not same:
            same = {
                name
                for known, name in self.writings.get(country, ())
                if known > told or (len(known) > 1 and known < told)
            }
        return same.pop() if len(same) == 1 else None

    def add(self, name: str, country: str, wikidata: str, source: str) -> str:
        """The known person whom the name or id means, or a new one."""
        found = self.find(country, name, wikidata)
        if found is None:
            found = name
            self.added[name] = (name, wikidata, country, source)
            self.writings.setdefault(country, []).append((words(name), name))
        if wikidata:
            self.ids.setdefault(wikidata, found)
        return found


def from_wikidata_list(folder: Path, people: People) -> Iterator[Row]:
    """Rows of offices.tsv, to the year."""
    iso3 = {row[1]: row[0] for row in read("countries")} | STATES_IN_UNION
    with (folder / "world-leaders-2021-wikidata.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            country, title, label = iso3.get(row["country"]), row["positionLabel"], row["officeholderLabel"]
            if country is None or any(post in title.casefold() for post in LEFT_OUT) or (country, label) in WRONG:
                continue
            if label == row["officeholder"]:  # an id without a name
                continue
            home = "GBR" if label in MONARCHS_OF_MANY else country
            name = people.add(label, home, row["officeholder"], WIKIDATA_LIST)
            if (country, name) in WRONG:
                continue
            governs = any(post in title.casefold() for post in HEADS_OF_GOVERNMENT)
            office = "head-of-government" if governs else "head-of-state"
            title = title[:1].upper() + title[1:]
            end = row["end_year"] or LAST_OF_WIKIDATA_LIST
            yield country, office, title, name, row["start_year"], end, WIKIDATA_LIST


def from_current_list(folder: Path, people: People) -> Iterator[Row]:
    """Rows of offices.tsv of those who hold them now."""
    iso3 = {row[1]: row[0] for row in read("countries")}
    entries = json.loads((folder / "leaders-current" / "countries.json").read_text("utf-8"))
    for entry in entries.values():
        country = iso3.get(entry["country"]["name_en"]) if "positions" in entry else None
        if country is None:
            continue
        for position, post in entry["positions"].items():
            holder = post["current_holder"]
            if not holder or not holder["since"]:
                continue
            home = "GBR" if holder["name_en"] in MONARCHS_OF_MANY else country
            name = people.add(holder["name_en"], home, holder["wikidata_id"] or "", CURRENT_LIST)
            # A president who also heads the government is listed twice: once is enough.
            if (country, name) in WRONG or (position == "head_of_government" and post.get("is_same_as_head_of_state")):
                continue
            title = f"{post['title_en']} of {entry['country']['name_en']}"
            yield country, position.replace("_", "-"), title, name, holder["since"], "", CURRENT_LIST


def from_reign(folder: Path, people: People) -> Iterator[Row]:
    """Rows of offices.tsv, begun to the day and ended to the month."""
    lines = Path(__file__).with_name("reign_countries.tsv").read_text("utf-8").splitlines()[1:]
    posts = {state: (country, office) for state, country, office in (line.split("\t") for line in lines)}
    titles = {row[:2]: row[2] for row in read("offices") if row[6] != REIGN}
    with (folder / "reign-leaderlist.csv").open(encoding="latin-1", newline="") as rows:
        for row in csv.DictReader(rows):
            if row["stateabb"] not in posts or (row["eyear"] and int(row["eyear"]) < FIRST_OF_REIGN):
                continue
            country, office = posts[row["stateabb"]]
            name = people.find(country, row["leader"])
            if name is None or (country, name, row["syear"]) in NOT_THE_SAME:
                continue
            start = f"{int(row['syear']):04}-{int(row['smonth']):02}-{int(row['sdate']):02}"
            end = f"{int(row['eyear']):04}-{int(row['emonth']):02}" if row["eyear"] else LAST_OF_REIGN
            yield (
                country,
                office,
                titles.get((country, office), office.replace("-", " ").capitalize()),
                name,
                start,
                end,
                REIGN,
            )


def main(folder: Path) -> None:
    """Rewrite the rows of these lists; an office that is entered by hand is not entered again."""
    people = People()
    by_hand = [row for row in read("offices") if row[6] == BY_HAND]
    held = {(row[0], row[1], row[3]) for row in by_hand}
    from_lists = {
        WIKIDATA_LIST: list(from_wikidata_list(folder, people)),
        CURRENT_LIST: list(from_current_list(folder, people)),
        REIGN: list(from_reign(folder, people)),
    }
    ids = {name: wikidata for wikidata, name in people.ids.items()}
    with_ids = [(name, ids.get(name, ""), country, BY_HAND) for name, _, country, _ in people.by_hand]
    replace_source("people", BY_HAND, with_ids)
    # REIGN's dates are to the day, but where it ends with somebody in office the other list may know more.
    ends = {(row[0], row[1], row[3]): row[5] for row in from_lists[WIKIDATA_LIST]}
    from_lists[REIGN] = [
        (*row[:5], max(row[5], ends.get((row[0], row[1], row[3]), "")) if row[5] == LAST_OF_REIGN else row[5], row[6])
        for row in from_lists[REIGN]
    ]
    best_first = (CURRENT_LIST, REIGN, WIKIDATA_LIST)
    for source in best_first:
        rows = [row for row in from_lists[source] if (row[0], row[1], row[3]) not in held]
        replace_source("offices", source, rows)
        held |= {(row[0], row[1], row[3]) for row in rows}
    for source in (WIKIDATA_LIST, CURRENT_LIST):
        new = [row for row in people.added.values() if row[3] == source]
        replace_source("people", source, new)
        names = [(name, "*", text, source) for name, *_ in new for text in {name, plain(name)}]
        replace_source("people_names", source, names)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
