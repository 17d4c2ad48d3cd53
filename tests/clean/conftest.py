from dataclasses import replace
from datetime import date

import pytest

from kronik import world as worlds
from kronik.world import Holding, Outlet, World


@pytest.fixture(scope="session")
def world() -> World:
    """The world with a few outlets and holders of office of its own, so that these tests say what they need."""
    loaded = worlds.load()
    outlets = tuple(
        Outlet(name, kind, domain, country, aliases)
        for name, kind, domain, country, aliases in (
            ("AFP", "agency", "afp.com", "FRA", ("Agence France-Presse",)),
            ("Reuters", "agency", "reuters.com", "GBR", ()),
            ("CNA", "broadcaster", "channelnewsasia.com", "SGP", ("Channel NewsAsia",)),
            ("Antara", "agency", "antaranews.com", "IDN", ("ANTARA News", "ANTARA", "LKBN Antara")),
            ("Xinhua", "agency", "news.cn", "CHN", ()),
            ("Kompas.com", "site", "kompas.com", "IDN", ()),
            ("CNN Indonesia", "site", "cnnindonesia.com", "IDN", ()),
            ("Al Jazeera", "broadcaster", "aljazeera.com", "QAT", ("Aljazeera",)),
        )
    )
    holdings = (
        Holding("RUS", "defence-minister", "Minister", "Sergei Shoigu", date(2012, 11, 6), date(2024, 5, 12), "test"),
        Holding("USA", "president", "President", "Barack Obama", date(2009, 1, 20), date(2017, 1, 20), "test"),
        Holding("IDN", "president", "President", "Prabowo Subianto", date(2024, 10, 20), None, "test"),
    )  # fmt: skip
    return replace(loaded, outlets=outlets, holdings=holdings)
