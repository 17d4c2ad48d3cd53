"""Pages that were listed, fetched in turn."""

from datetime import UTC, datetime

import pytest

from kronik.model import Page
from kronik.read.json_lines import url_id
from kronik.read.page import Given, Unreadable
from kronik.watch.collecting import TRIES, collect, ready
from kronik.watch.polling import poll


@pytest.fixture
def collecting(site, state, fetcher, hosts, clock):
    feed = f"{site.address}/feed"

    def run():
        list(poll(feed, state, fetcher, hosts, back_off=900.0))
        waiting = state.waiting([feed], clock.at)
        return list(collect(waiting, state, fetcher, hosts, Given()))

    return run


def test_pages_are_fetched_with_time_between(site, collecting, clock):
    site.feed("a", "b")
    site.article("a", "The minister came.")
    site.article("b", "The minister left.")
    found = collecting()
    assert [(page.id, page.url) for page in found] == [
        (url_id(u), u) for u in (f"{site.address}/a", f"{site.address}/b")
    ]
    assert found[0].seen == datetime.now(UTC).date()
    assert found[0].published is None
    assert clock.slept == [5.0, 5.0]


def test_a_page_that_fails_for_now_is_put_off_and_at_last_failed(site, collecting, clock):
    site.feed("a")
    site.put("/a", status=503)
    results = []
    for _ in range(TRIES):
        results.append(collecting())
        clock.at += 2 * 24 * 3600
    assert results[:-1] == [[]] * (TRIES - 1)
    [[last]] = results[-1:]
    assert isinstance(last, Unreadable)
    assert "503" in last.reason


def test_one_that_is_gone_is_told_at_once(site, collecting):
    site.feed("a", "b", "c")
    site.article("b", "The minister left.")
    site.put("/c", b"%PDF", Content_Type="application/pdf")
    found = collecting()
    assert [type(one) for one in found] == [Unreadable, Page, Unreadable]
    assert "404" in found[0].reason


def test_a_host_that_asks_for_time_is_left_alone_with_all_its_pages(site, collecting, clock):
    site.feed("a", "b", "c")
    site.put("/a", status=429, Retry_After="3600")
    site.article("b", "The minister left.")
    site.article("c", "The minister slept.")
    assert collecting() == []
    assert site.times("/b") == 0
    clock.at += 100
    assert collecting() == []
    assert site.asked.count("/feed") == 1
    clock.at += 3600
    site.article("a", "The minister came.")
    assert len(collecting()) == 3


def test_pages_of_a_host_that_is_left_alone_keep_no_others_back(site, state, hosts):
    from kronik.read.listings import Entry
    from kronik.watch.state import Feed

    urls = [f"https://{host}.example/{page}" for host in ("ill", "well") for page in range(3)]
    state.keep_feed(Feed("feed"), [Entry(url) for url in urls], named="feed")
    hosts.failed(urls[0], 3600)
    assert [one.address for one in ready(["feed"], state, hosts, 2)] == urls[3:5]
    assert ready(["other"], state, hosts) == []
