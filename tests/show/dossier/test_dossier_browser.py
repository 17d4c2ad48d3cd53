"""The page in a real browser: usable by everybody, on a telephone, in the dark, and silent on the network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from browser import WCAG, axe_source, browser

from kronik.show.dossier.rendering import html


@pytest.fixture
def page(gathered: Any, tmp_path: Path) -> Path:
    path = tmp_path / "lavrov.html"
    path.write_text(html(gathered("Lavrov")), "utf-8")
    return path


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing(page: Path, dark: bool) -> None:
    axe = axe_source()
    screen = browser(dark=dark)
    try:
        screen.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})  # for axe alone
        screen.get(page.as_uri())
        screen.execute_script(axe)
        run = "const done = arguments[1]; axe.run({runOnly: arguments[0]}).then(r => done(r.violations.map(v => v.id)))"
        assert screen.execute_async_script(run, WCAG) == []
    finally:
        screen.quit()


def test_it_fits_a_telephone_and_asks_the_network_for_nothing(page: Path) -> None:
    screen = browser(width=360, height=740)
    try:
        screen.get(page.as_uri())
        width = screen.execute_script("return document.documentElement.scrollWidth")
        assert width <= 360
        messages = [json.loads(entry["message"])["message"] for entry in screen.get_log("performance")]
        asked = {
            message["params"]["request"]["url"]
            for message in messages
            if message["method"] == "Network.requestWillBeSent"
        }
        assert asked <= {page.as_uri()}
        assert [entry for entry in screen.get_log("browser") if entry["level"] == "SEVERE"] == []
    finally:
        screen.quit()
