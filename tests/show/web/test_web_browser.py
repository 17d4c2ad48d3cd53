"""The pages in a real browser: what is drawn, typed, dropped and pressed, and that everybody can use it."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from browser import WCAG, axe_source, browser, server

from kronik.reconcile.running import reconcile
from kronik.store.ledger import open_ledger

VIEWS = {
    "chronicle": "/?type=CONSULT",
    "report": "/report/en-vostochny-talks",
    "original": "/report/id-kim-putin-vostochny?beside=original",
    "entry": "/entry/en-vostochny-talks%231",
    "entry of several": "/entry/{several}",
    "person": "/who/Vladimir%20Putin",
    "country": "/country/RUS",
    "map": "/map",
    "network": "/network",
    "ledger": "/ledger/visits",
    "statements": "/ledger/statements",
    "stories": "/stories",
    "lineage": "/lineage/en-vostochny-talks",
    "add": "/add",
    "sign in": "/sign-in",
    "nothing": "/nothing-here",
}
DRAWN = {"map", "network"}


@pytest.fixture(scope="module")
def address(examples_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    db = tmp_path_factory.mktemp("browser") / "reconciled.db"
    with open_ledger(examples_db) as ledger, sqlite3.connect(db) as copy:
        ledger.connection.backup(copy)
    with open_ledger(db, write=True) as ledger:
        reconcile(ledger, "2026-01-01T00:00:00+00:00")
    with server(db) as address:
        yield address


@pytest.fixture(scope="module")
def screen() -> Iterator[Any]:
    opened = browser()
    yield opened
    opened.quit()


def until(condition: Callable[[], Any], seconds: float = 30) -> Any:
    """What the condition gives, once it gives anything."""
    deadline = time.monotonic() + seconds
    while True:
        given = condition()
        if given:
            return given
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def several(address: str) -> str:
    """The id, as an address has it, of an entry that several reports tell."""
    with urlopen(f"{address}/api/timeline?size=500") as answer:
        entries = json.load(answer)["entries"]
    return quote(next(one["entry"] for one in entries if "entry" in one), safe="")


def opened(screen: Any, address: str, view: str) -> None:
    screen.get(address + VIEWS[view].format(several=several(address)))
    if view in DRAWN:
        until(lambda: screen.execute_script("return document.querySelector('.picture[data-drawn-at] svg') !== null"))


def violations(screen: Any, axe: str) -> list[str]:
    screen.execute_script(axe)
    found = screen.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        "axe.run(document, {runOnly: arguments[0]})"
        ".then(found => done(found.violations), wrong => done([{id: String(wrong), nodes: []}]))",
        WCAG,
    )  # fmt: skip
    return [f"{one['id']}: {[node['html'][:160] for node in one['nodes'][:3]]}" for one in found]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("look", ["light", "dark", "phone"])
def test_everybody_can_use_it(screen: Any, address: str, view: str, look: str) -> None:
    axe = axe_source()
    look_at(screen, look)
    opened(screen, address, view)
    assert violations(screen, axe) == []
    wide = screen.execute_script("return [document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1], "the page is wider than the screen"


def look_at(screen: Any, look: str) -> None:
    size = {"width": 375 if look == "phone" else 1280, "height": 800, "deviceScaleFactor": 1, "mobile": look == "phone"}
    screen.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    scheme = {"name": "prefers-color-scheme", "value": "dark" if look == "dark" else "light"}
    screen.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})


def test_no_view_asks_anything_of_others_or_breaks_its_policy(screen: Any, address: str) -> None:
    screen.get_log("performance")
    screen.get_log("browser")
    for view in VIEWS:
        opened(screen, address, view)
    asked = [
        json.loads(entry["message"])["message"]["params"]["request"]["url"]
        for entry in screen.get_log("performance")
        if '"Network.requestWillBeSent"' in entry["message"]
    ]
    assert asked
    assert [url for url in asked if not url.startswith((address, "data:", "chrome:"))] == []
    wrong = [one["message"] for one in screen.get_log("browser") if one["level"] in ("SEVERE", "WARNING")]
    assert [one for one in wrong if "/nothing-here" not in one] == []


def test_typing_searches_and_changes_the_address(screen: Any, address: str) -> None:
    screen.get(address)
    before = screen.find_element("css selector", "[role=status]").text
    screen.find_element("id", "q").send_keys("putin")
    until(lambda: screen.find_element("css selector", "[role=status]").text != before)
    until(lambda: "q=putin" in screen.current_url)
    assert screen.switch_to.active_element.get_attribute("id") == "q"
    found = screen.find_element("css selector", "[role=status]").text
    screen.get(screen.current_url)
    assert screen.find_element("css selector", "[role=status]").text == found
    screen.find_element("css selector", "summary").click()
    screen.find_element("css selector", "input[value=CONSULT]").click()
    until(lambda: "type=CONSULT" in screen.current_url)


def test_zooming_in_and_back(screen: Any, address: str) -> None:
    screen.get(address)
    screen.find_element("partial link text", "2023").click()
    until(lambda: "since=2023" in screen.current_url)
    assert screen.find_element("css selector", ".bars").get_attribute("class") == "bars month"
    screen.find_element("css selector", ".bars a").click()
    until(lambda: screen.find_elements("css selector", ".bars.day") or screen.find_elements("css selector", ".crumbs"))
    screen.back()
    until(lambda: "since=2023&until=2023" in screen.current_url)
    assert screen.find_elements("css selector", ".bars.month")


def test_the_map_and_the_network_show_what_the_lists_show(screen: Any, address: str) -> None:
    opened(screen, address, "map")
    drawn = {
        one.get_attribute("aria-label").rpartition(":")[0] for one in screen.find_elements("css selector", "#map a")
    }
    listed = {one.text for one in screen.find_elements("css selector", ".chips a")}
    assert drawn == listed
    assert len(screen.find_elements("css selector", "#map .land")) > 150
    opened(screen, address, "network")
    links = screen.find_elements("css selector", "#network .link")
    assert len(links) == len(screen.find_elements("css selector", "tbody tr"))


def test_all_can_be_reached_by_keyboard(screen: Any, address: str) -> None:
    from selenium.webdriver.common.keys import Keys

    screen.get(address)
    screen.find_element("css selector", "body").send_keys(Keys.TAB)
    assert screen.switch_to.active_element.get_attribute("class") == "skip"
    screen.switch_to.active_element.send_keys(Keys.ENTER)
    until(lambda: screen.execute_script("return document.activeElement.id") == "main")
    reached = []
    for _ in range(12):
        screen.switch_to.active_element.send_keys(Keys.TAB)
        reached.append(screen.switch_to.active_element.get_attribute("id") or screen.switch_to.active_element.tag_name)
    assert "q" in reached
    assert "summary" in reached


def test_a_text_is_pasted_shown_and_added(own_db: Path) -> None:
    axe = axe_source()
    screen = browser()
    try:
        with server(own_db) as address:
            screen.get(f"{address}/add")
            screen.find_element("id", "text").send_keys(
                "President Joko Widodo visited Beijing on 17 October 2023 and met President Xi Jinping there."
            )
            screen.find_element("css selector", ".adding button").click()
            until(lambda: screen.find_elements("css selector", "mark.evidence"))
            assert violations(screen, axe) == []
            screen.find_element("css selector", ".act-form button").click()
            until(lambda: "/report/" in screen.current_url)
            assert screen.find_elements("css selector", "mark.evidence")
    finally:
        screen.quit()
