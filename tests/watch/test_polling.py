"""Feeds and sitemaps that are asked for again and again."""

import gzip
from datetime import date

import pytest

from kronik.watch import polling
from kronik.watch.polling import Polled, poll
from kronik.watch.state import State


@pytest.fixture
def asking(site, state, fetcher, hosts):
    def ask(path="/feed", **options):
        return list(poll(site.address + path, state, fetcher, hosts, back_off=900.0, **options))

    return ask


def waiting(site, state, path="/feed"):
    return [one.address.removeprefix(site.address) for one in state.waiting([site.address + path], 9e9)]


def test_what_is_new_is_kept_once(site, state, asking):
    site.feed("a", "b")
    assert asking() == [Polled(f"{site.address}/feed", 2, 2)]
    site.feed("c", "b")
    assert asking() == [Polled(f"{site.address}/feed", 2, 1)]
    assert waiting(site, state) == ["/a", "/b", "/c"]
    one = state.untold([f"{site.address}/feed"])[0]
    assert (one.title, one.published) == ("About a", "2023-09-17")


def test_requests_are_conditional(site, asking):
    site.feed("a", ETag='"1"', Last_Modified="Sun, 17 Sep 2023 00:00:00 GMT")
    asking()
    assert asking() == [Polled(f"{site.address}/feed")]
    sent = site.headers[-1]
    assert sent["If-None-Match"] == '"1"'
    assert sent["If-Modified-Since"] == "Sun, 17 Sep 2023 00:00:00 GMT"
    assert sent["User-Agent"].startswith("kronik/")
    site.feed("a", "b", ETag='"2"')
    assert asking()[0].new == 1


def test_a_feed_that_fails_is_left_alone_longer_and_longer(site, asking, clock):
    site.put("/feed", status=500)
    assert asking()[0].failed
    clock.at += 100
    [left] = asking()
    assert left.reason.startswith("left alone until 2023-11-14")
    assert not left.failed
    assert site.times("/feed") == 1
    clock.at += 900
    assert asking()[0].failed
    clock.at += 1000
    assert not asking()[0].failed
    clock.at += 900
    site.feed("a")
    assert asking()[0].new == 1
    assert asking()[0].reason is None


@pytest.mark.parametrize(
    ("body", "words"),
    [(b"<html>gone</html>", "no feed"), (b"", "empty"), (b"\x00" * 100, "no feed"), (gzip.compress(b"x"), "no feed")],
)
def test_what_is_no_feed_is_told(site, asking, body, words):
    site.put("/feed", body)
    [polled] = asking()
    assert polled.failed
    assert words in polled.reason


def test_one_that_robots_txt_forbids(site, asking):
    site.put("/robots.txt", "User-agent: *\nDisallow: /feed")
    assert "robots.txt" in asking()[0].reason


def index(site, *sitemaps):
    inside = "".join(f"<sitemap><loc>/{name}</loc><lastmod>{day}</lastmod></sitemap>" for name, day in sitemaps)
    site.put("/feed", f"<sitemapindex>{inside}</sitemapindex>", ETag='"index"')


def sitemap(site, name, *pages):
    site.put(
        f"/{name}",
        gzip.compress(f"<urlset>{''.join(f'<url><loc>/{one}</loc></url>' for one in pages)}</urlset>".encode()),
    )


def test_an_index_of_sitemaps(site, state, asking):
    index(site, ("old.gz", "2023-01-01"), ("new.gz", "2023-09-17"))
    sitemap(site, "old.gz", "a")
    sitemap(site, "new.gz", "b", "c")
    assert [one.new for one in asking()] == [0, 2, 1]
    assert waiting(site, state) == ["/b", "/c", "/a"]
    assert len(asking()) == 1  # nothing in it has changed
    index(site, ("old.gz", "2023-01-01"), ("new.gz", "2023-09-18"))
    sitemap(site, "new.gz", "b", "c", "d")
    assert [one.new for one in asking()] == [0, 1]
    assert site.times("/old.gz") == 1


def test_so_many_sitemaps_a_round_and_the_others_in_the_next(site, asking, monkeypatch):
    monkeypatch.setattr(polling, "SITEMAPS", 2)
    index(site, *((f"{day}.gz", f"2023-09-{day}") for day in range(11, 16)))
    for day in range(11, 16):
        sitemap(site, f"{day}.gz", f"p{day}")
    assert [len(asking()) - 1 for _ in range(4)] == [2, 2, 1, 0]


def test_an_index_that_lists_itself_and_others_without_end(site, asking):
    for depth in range(9):
        site.put(
            f"/{depth}",
            f"<sitemapindex><sitemap><loc>/{depth + 1}</loc></sitemap><sitemap><loc>/0</loc></sitemap></sitemapindex>",
        )
    assert len(asking("/0")) == 3


def test_since_leaves_out_what_is_dated_before(site, state, asking):
    site.feed("a")
    assert asking(since=date(2023, 9, 18))[0].new == 0
    index(site, ("old.gz", "2023-01-01"))
    sitemap(site, "old.gz", "b")
    assert len(asking(since=date(2023, 9, 18))) == 1
    assert asking(since=date(2022, 12, 31))[1].new == 1


def test_what_was_seen_is_remembered_in_another_run(site, tmp_path, state, asking):
    site.feed("a", "b")
    asking()
    state.done(f"{site.address}/a")
    state.close()
    with State(tmp_path / "news.watch") as again:
        assert waiting(site, again) == ["/b"]
        assert waiting(site, again, "/other") == []
