"""robots.txt, and hosts that fail."""

import pytest

from kronik.errors import PageError
from kronik.read.web import FetchError
from kronik.watch.fetching import Fetcher


def test_robots_txt_is_asked_for_once_a_day_and_kept(site, fetcher, state, hosts, clock):
    site.put("/robots.txt", "User-agent: *\nDisallow: /private\n")
    site.article("a", "words")
    site.article("private/b", "words")
    fetcher.fetch(f"{site.address}/a")
    with pytest.raises(PageError, match=r"robots\.txt of the site does not allow it"):
        fetcher.fetch(f"{site.address}/private/b")
    Fetcher(state, hosts, public_only=False).fetch(f"{site.address}/a")
    assert site.asked == ["/robots.txt", "/a", "/a"]
    clock.at += 25 * 3600
    fetcher.fetch(f"{site.address}/a")
    assert site.times("/robots.txt") == 2


def test_rules_for_kronik_and_the_longest_rule(site, fetcher):
    site.put(
        "/robots.txt",
        "User-agent: *\nDisallow: /\n\nUser-agent: kronik\nDisallow: /*.pdf$\nDisallow: /x\nAllow: /x/news\n",
    )
    for path in ("/a", "/x/news/1"):
        site.article(path[1:], "words")
        fetcher.fetch(site.address + path)
    for path in ("/x/other", "/a.pdf"):
        with pytest.raises(PageError, match="robots"):
            fetcher.fetch(site.address + path)


def test_a_crawl_delay_is_kept(site, fetcher, clock):
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 20\n")
    site.article("a", "words")
    fetcher.fetch(f"{site.address}/a")
    fetcher.fetch(f"{site.address}/a")
    assert clock.slept == [20.0]
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 100000\n")
    clock.at += 25 * 3600
    fetcher.fetch(f"{site.address}/a")
    fetcher.fetch(f"{site.address}/a")
    assert clock.slept[-1] == 120.0


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_site_without_robots_txt_forbids_nothing(site, fetcher, status):
    site.put("/robots.txt", "User-agent: *\nDisallow: /", status=status)
    site.article("a", "words")
    assert fetcher.fetch(f"{site.address}/a").data


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_robots_txt_that_cannot_be_known_now_forbids_all_for_now(site, fetcher, hosts, clock, status):
    site.put("/robots.txt", status=status)
    site.article("a", "words")
    with pytest.raises(FetchError, match=r"its robots\.txt") as raised:
        fetcher.fetch(f"{site.address}/a")
    assert raised.value.is_temporary
    assert hosts.due_at(site.address) == clock.at + 60
    assert site.asked == ["/robots.txt"]


def test_robots_txt_of_where_it_is_redirected_to_counts(site, fetcher):
    site.put("/robots.txt", "User-agent: *\nDisallow: /hidden")
    site.put("/a", status=302, Location="/hidden/b")
    site.article("hidden/b", "words")
    with pytest.raises(PageError, match="robots"):
        fetcher.fetch(f"{site.address}/a")
    assert "/hidden/b" not in site.asked


def test_hostile_rules_take_no_time(site, fetcher):
    site.put("/robots.txt", b"\x00\xff" * 1000 + b"\nUser-agent: *\nDisallow: /" + b"*a" * 500 + b"b\n")
    site.article("a" * 1500, "words")
    assert fetcher.fetch(f"{site.address}/{'a' * 1500}").data


@pytest.mark.parametrize(
    ("written", "wait"),
    [("3600", 3600), ("5", 60), ("nonsense", 60), ("Fri, 31 Dec 1999 23:59:59 GMT", 60), ("9" * 30, 60)],
)
def test_retry_after(site, fetcher, hosts, clock, written, wait):
    site.put("/a", status=429, Retry_After=written)
    with pytest.raises(FetchError):
        fetcher.fetch(f"{site.address}/a")
    assert hosts.due_at(site.address) == clock.at + wait


def test_this_machine_is_not_asked_unless_it_may_be(site, state, hosts):
    with pytest.raises(PageError, match="not public"):
        Fetcher(state, hosts).fetch(f"{site.address}/a")
    assert site.asked == []
