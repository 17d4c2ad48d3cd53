"""The tables of codes, against the vocabulary and against PLOVER's own conversion from CAMEO."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kronik import world
from kronik.show.exports.codes import QUADS, country_code, event_code, language_code
from kronik.world.plover import modes

CONVERSION = Path(__file__).parents[4] / "shared" / "data" / "events" / "CAMEO2PLOVER-2021.txt"
TYPES_AND_MODES = [(kind, mode) for kind, those in modes().items() for mode in (None, *sorted(those))]


@pytest.mark.parametrize(("kind", "mode"), TYPES_AND_MODES)
def test_every_type_and_mode_has_codes_of_its_own(kind: str, mode: str | None) -> None:
    from kronik.show.exports.codes import _event_codes

    assert (kind, mode or "") in _event_codes()
    assert re.fullmatch(r"(0[3-9]|1\d|20)\d", event_code(kind, mode).cameo)


def test_the_scores_part_conflict_from_cooperation() -> None:
    for kind, mode in TYPES_AND_MODES:
        if kind != "REQUEST":
            assert (event_code(kind, mode).score > 0) == (QUADS[kind] < 3), (kind, mode)
            assert (event_code(kind, mode).goldstein > 0) == (QUADS[kind] < 3), (kind, mode)


def test_cameo_codes_are_those_that_plover_converts_to_the_type() -> None:
    if not CONVERSION.exists():
        pytest.skip("PLOVER's conversion table is not beside the repository")
    rows = re.findall(r"^(\d{3,4}): (\w+),\s*([^,#]*?)\s*,", CONVERSION.read_text("utf-8"), re.MULTILINE)
    converted = {(code[:3], kind) for code, kind, _ in rows}
    elsewhere = {("116", "SANCTION"), ("080", "RETREAT"), ("110", "ACCUSE"), ("170", "ASSAULT")}
    for kind, mode in TYPES_AND_MODES:
        assert (event_code(kind, mode).cameo, kind) in converted | elsewhere, (kind, mode)
    for code, kind, mode in rows:
        if (kind, mode) == ("SANCTION", "discontinue"):
            continue  # which takes in economic sanctions as well
        if mode and mode in modes()[kind] and len({c[:3] for c, k, m in rows if (k, m) == (kind, mode)}) == 1:
            assert event_code(kind, mode).cameo == code[:3], (kind, mode)


def test_languages() -> None:
    assert [language_code(code) for code in ("id", "en", "ms", "xx")] == ["ind", "eng", "msa", "xx"]


def test_every_country_has_codes() -> None:
    for iso3 in world.load().countries:
        assert re.fullmatch(r"[A-Z]{2}", country_code(iso3).iso2), iso3
        assert re.fullmatch(r"[A-Z]{2}", country_code(iso3).fips), iso3
    assert (country_code("DEU").cow, country_code("VNM").fips, country_code("XKX").iso2) == ("255", "VM", "XK")
    assert country_code(None).iso2 == ""
    states = [code for iso3 in world.load().countries if (code := country_code(iso3).cow)]
    assert len(states) == len(set(states)) > 190
