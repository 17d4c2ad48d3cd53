"""Feeds and sitemaps to the addresses that they list, and such as want to do harm."""

import gzip
from datetime import UTC, date, datetime

import pytest
from hypothesis import given as for_any
from hypothesis import settings
from hypothesis import strategies as st

from kronik.errors import PageError
from kronik.read import listings
from kronik.read.listings import Entry, read_listing

HERE = "https://news.example/feeds/all.xml"


def read(text, url=HERE):
    return read_listing(text if isinstance(text, bytes) else text.encode(), url)


def urls(text):
    return [entry.url for entry in read(text)]


def told(data):
    with pytest.raises(PageError) as raised:
        read(data)
    line = str(raised.value)
    assert "\n" not in line
    return line


def rss(items, head=""):
    return f'{head}<rss version="2.0"><channel><link>https://news.example/</link>{items}</channel></rss>'


def test_rss():
    found = read(
        rss(
            "<item><title>Talks &amp; more</title><link>/a</link>"
            "<pubDate>Sun, 17 Sep 2023 06:10:00 +0700</pubDate></item>"
            '<item><guid isPermaLink="true">https://news.example/b</guid></item>'
        )
    )
    assert found == [
        Entry("https://news.example/a", "Talks & more", date(2023, 9, 17)),
        Entry("https://news.example/b"),
    ]


def test_rdf():
    text = (
        '<rdf:RDF xmlns:rdf="r" xmlns="s" xmlns:dc="d"><channel><items/></channel>'
        "<item><title>T</title><link>https://news.example/a</link><dc:date>2023-09-17T01:00:00Z</dc:date></item></rdf:RDF>"
    )
    assert read(text) == [Entry("https://news.example/a", "T", date(2023, 9, 17))]


def test_atom():
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><link href="/"/><entry>'
        '<title type="html">&lt;b&gt;A&lt;/b&gt; day</title>'
        '<link rel="self" href="/self"/><link href="a"/><link rel="enclosure" href="/sound"/>'
        "<published>2023-09-17T23:10:00-04:00</published><updated>2023-09-18T05:00:00Z</updated></entry></feed>"
    )
    changed = datetime(2023, 9, 18, 5, tzinfo=UTC)
    assert read(text) == [Entry("https://news.example/feeds/a", "A day", date(2023, 9, 17), changed)]


def test_sitemaps_with_and_without_news():
    text = (
        '<urlset xmlns="s" xmlns:news="n" xmlns:image="i">'
        "<url><loc> https://news.example/a </loc><lastmod>2023-09-18</lastmod>"
        "<image:image><image:loc>https://news.example/a.png</image:loc></image:image><news:news><news:publication>"
        "<news:name>The Example Times</news:name></news:publication>"
        "<news:publication_date>2023-09-17</news:publication_date>"
        "<news:title>T</news:title></news:news></url><url><loc>https://news.example/b</loc></url></urlset>"
    )
    changed = datetime(2023, 9, 18, tzinfo=UTC)
    expected = [Entry("https://news.example/a", "T", date(2023, 9, 17), changed), Entry("https://news.example/b")]
    assert read(text) == expected
    assert read(gzip.compress(text.encode())) == expected
    assert urls("https://news.example/a\r\n\r\nhttps://news.example/b\nno address\n")[:2] == [e.url for e in expected]


def test_an_index_lists_sitemaps():
    text = "<sitemapindex><sitemap><loc>https://news.example/1.xml.gz</loc><lastmod>2023-09</lastmod></sitemap></sitemapindex>"
    assert read(text) == [Entry("https://news.example/1.xml.gz", listing=True)]


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/x?a=1&amp;b=2", "/x?a=1&b=2"),
        ("/x?a=1&b=2&copy=3", "/x?a=1&b=2&copy=3"),
        ("<![CDATA[/x?a=1&b=2]]>", "/x?a=1&b=2"),
        ("\n /x#comments \n", "/x"),
        ("//news.example/x", "/x"),
    ],
)
def test_addresses_are_made_whole(link, url):
    assert urls(rss(f"<item><title>&nbsp;caf&eacute;</title><link>{link}</link></item>")) == [
        f"https://news.example{url}"
    ]


@pytest.mark.parametrize(
    "link",
    [
        "", " ", "javascript:alert(1)", "file:///etc/passwd", "ftp://x/y", "http://", "http://[bad/", "https://u:p@x/",
        "http://x:port/", "http://x/a b", "http://x/\u202e", "http://x/" + "a" * 3000,
    ],
)  # fmt: skip
def test_what_is_no_address_is_left_out(link):
    assert urls(rss(f"<item><link>{link}</link></item><item><link>/good</link></item>")) == [
        "https://news.example/good"
    ]


def test_each_address_once_and_no_more_than_the_limit(monkeypatch):
    items = "".join(f"<item><link>/{number // 2}</link></item>" for number in range(20))
    assert len(read(rss(items))) == 10
    monkeypatch.setattr(listings, "MAX_ENTRIES", 4)
    assert len(read(rss(items))) == 4
    assert len(urls("\n".join(f"https://x.example/{number}" for number in range(20)))) == 4


@pytest.mark.parametrize("written", ["yesterday", "2023-99-01", "Sun, 99 Sep 2023", "", "9" * 500])
def test_dates_that_are_none(written):
    assert read(rss(f"<item><link>/a</link><pubDate>{written}</pubDate></item>")) == [Entry("https://news.example/a")]


def test_leniently():
    assert urls("\n\n" + rss("<item><link>/a</link></item>")) == ["https://news.example/a"]
    assert urls("<rss><channel><item><link>/a</link></item><item><link>/b</link></it")[0] == "https://news.example/a"
    assert urls(rss("")) == []
    latin = '<?xml version="1.0" encoding="ISO-8859-1"?>' + rss("<item><title>São</title><link>/a</link></item>")
    assert read(latin.encode("latin-1"))[0].title == "São"


BOMB = "<!DOCTYPE rss [" + "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10)
) + "]>"  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("items", ["<item><title>&l9;</title></item>", '<item x="&l9;"/>', ""])
def test_an_entity_bomb_is_refused(items, encoding):
    assert told(rss(items, BOMB).encode(encoding)) == "declares XML entities, made to do harm: left out"


def test_foreign_entities_and_dtds_are_not_fetched(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("<item><link>/secret</link></item>")
    reference = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    assert "declares XML entities" in told(rss("&x;", reference))
    dtd = tmp_path / "x.dtd"
    dtd.write_text('<!ENTITY x "/secret">')
    external = f'<!DOCTYPE rss SYSTEM "{dtd.as_uri()}">'
    assert (
        urls(rss("<item><link>&x;</link></item><item><link>/a</link></item>", external))[-1] == "https://news.example/a"
    )
    assert not any("secret" in url for url in urls(rss("<item><link>&x;</link></item>", external)))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"   ", "empty"),
        (b"<html><body>gone</body></html>", "no feed and no sitemap"),
        (b"%PDF-1.7", "no feed and no sitemap"),
        (b"\x00" * 5000, "no feed and no sitemap"),
        (b"{}", "no feed and no sitemap"),
        (b"\x1f\x8b nonsense", "damaged gzip"),
        (b"<rss>" + b"<a>x</a>" * 200_000, "an entry without end"),
        (b"<rss><channel><item>" + b"<link>/a</link>" * 200_000, "an entry without end"),
    ],
)
def test_what_is_no_listing(data, words):
    assert words in told(data)


def test_deep_nesting_and_nulls_end_the_listing_and_nothing_else():
    assert read("<rss>" + "<a>" * 100_000) == []
    assert urls(rss("<item><link>/a</link></item>") + "\x00" * 100) == ["https://news.example/a"]


def test_a_sitemap_that_unpacks_to_more_than_the_limit(monkeypatch):
    monkeypatch.setattr(listings, "MAX_BYTES", 100_000)
    assert "larger than the limit of 0.1 MB" in told(gzip.compress(b" " * 5_000_000))


@settings(max_examples=200, deadline=None)
@for_any(st.binary(max_size=300), st.integers(0, 400))
def test_any_bytes_give_addresses_or_one_line(data, at):
    whole = rss(
        "<item><title>T</title><link>/a</link><pubDate>Sun, 17 Sep 2023 06:10:00 +0700</pubDate></item>"
    ).encode()
    for one in (data, whole[:at] + data + whole[at:]):
        try:
            found = read(one)
        except PageError:
            continue
        assert all(entry.url.startswith(("http://", "https://")) for entry in found)
