"""`kronik watch` as a user calls it, against a site on this machine."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from kronik.show.command_line import commands
from kronik.store.explaining import explain
from kronik.store.failures import failures
from kronik.store.ledger import open_ledger
from kronik.watch.state import State

ARTICLE = "The foreign minister of Japan visited Seoul on Monday and met the president of South Korea. " * 4


@pytest.fixture
def db(tmp_path):
    return tmp_path / "korea.db"


@pytest.fixture
def watch(site, db):
    def run(*options, feed="/feed"):
        call = ["watch", site.address + feed, "--db", str(db), "--once", "--interval", "0", "--private", *options]
        return CliRunner().invoke(commands, call, catch_exceptions=False)

    return run


def add(watch, *options):
    return watch("--add", "--fast", "--jobs", "1", *options)


def test_what_is_new_is_printed_once(site, watch, db):
    site.feed("a", "b")
    first = watch()
    assert first.exit_code == 0
    assert first.stdout.splitlines()[:2] == ["2023-09-17  About a", f"            {site.address}/a"]
    assert "2 pages listed, 2 new" in first.stderr
    site.feed("c", "b")
    assert json.loads(watch("--json").stdout) == {
        "url": f"{site.address}/c",
        "title": "About c",
        "published": "2023-09-17",
        "feed": f"{site.address}/feed",
    }
    nothing = watch()
    assert nothing.stdout == ""
    assert "nothing new" in nothing.stderr
    assert site.times("/a") == 0
    assert not db.exists()
    assert db.with_suffix(".watch").exists()


def test_pages_are_added_and_not_asked_for_again(site, watch, db):
    site.feed("a", "gone")
    site.article("a", ARTICLE)
    watch()  # what was only printed is to be added all the same
    first = add(watch)
    assert first.exit_code == 1
    assert "404" in first.stderr
    assert "2 pages: 1 added, 1 failed" in first.stderr
    with open_ledger(db) as ledger:
        assert [one.origin for one in failures(ledger)] == [f"{site.address}/gone"]
    second = add(watch)
    assert second.exit_code == 0
    assert site.times("/a") == site.times("/gone") == 1


def test_what_was_not_added_when_it_was_stopped_is_added_by_the_next_run(site, watch, db):
    site.feed("a", "b", "c")
    for page in "abc":
        site.article(page, ARTICLE + page)
    assert "1 page: 1 added" in add(watch, "--limit", "1").stderr
    assert "2 pages: 2 added" in add(watch).stderr
    assert [site.times(f"/{page}") for page in "abc"] == [1, 1, 1]


def test_by_another_process_within_limits(site, watch, db):
    site.feed("a")
    site.article("a", ARTICLE)
    assert "1 added" in watch("--add", "--fast", "--jobs", "2", "--time-limit", "50").stderr


def test_a_page_is_done_only_when_it_is_in_the_ledger(site, watch, db, monkeypatch):
    from kronik.store import writing

    site.feed("a")
    site.article("a", ARTICLE)

    def stopped(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(writing, "add", stopped)
        assert add(watch).exit_code == 130
    assert "1 added" in add(watch).stderr


def test_the_report_is_known_by_its_address(site, watch, db):
    from kronik.read.json_lines import url_id

    site.feed("a")
    site.article("a", ARTICLE)
    add(watch)
    with open_ledger(db) as ledger:
        assert explain(ledger, url_id(f"{site.address}/a")).reading["report"]["url"] == f"{site.address}/a"


def test_only_public_addresses_unless_told(site, db):
    site.feed("a")
    run = CliRunner().invoke(commands, ["watch", f"{site.address}/feed", "--db", str(db), "--once"])
    assert run.exit_code == 1
    assert "is not public (127.0.0.1)" in run.stderr
    assert site.asked == []


def test_a_page_on_this_machine_in_a_feed_is_not_fetched(site, db, monkeypatch):
    """A feed of a public site must not make kronik ask hosts of the network that it runs in."""
    from kronik.read import public_address

    site.put(
        "/feed", "<rss><channel><item><link>http://169.254.169.254/latest/meta-data/</link></item></channel></rss>"
    )
    monkeypatch.setattr(public_address, "is_public", lambda address: address == "127.0.0.1")
    run = CliRunner().invoke(
        commands, ["watch", f"{site.address}/feed", "--db", str(db), "--once", "--add", "--fast", "--jobs", "1"]
    )
    assert "host 169.254.169.254 is not public" in run.stderr


def test_it_goes_on_until_it_is_stopped(site, db, monkeypatch):
    from kronik.show import watching

    site.feed("a")
    slept = []

    def sleep(seconds):
        slept.append(seconds)
        site.feed("a", "b")
        if len(slept) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(watching.time, "sleep", sleep)
    call = ["watch", f"{site.address}/feed", "--db", str(db), "--private", "--interval", "0", "--every", "20", "--json"]
    run = CliRunner().invoke(commands, call)
    assert run.exit_code == 130
    assert [json.loads(line)["title"] for line in run.stdout.splitlines()] == ["About a", "About b"]
    assert all(1100 < seconds <= 1200 for seconds in slept)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (["ftp://news.example/feed"], "only http and https"),
        (["news.example"], "only http and https"),
        (["https://u:p@news.example/"], "user name"),
        (["https://news.example/", "--add", "--json"], "leave one of the two out"),
        (["https://news.example/", "--db", "postgresql://host/db"], "--state"),
    ],
)
def test_wrong_calls(call, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke(commands, ["watch", *call, "--once"])
    assert run.exit_code == 2
    assert words in run.stderr


def test_two_at_once(site, watch, db):
    site.feed("a")
    with State(db.with_suffix(".watch")):
        run = watch()
    assert run.exit_code == 1
    assert "another `kronik watch` works with it" in run.stderr
    assert watch("--state", str(db.with_suffix(".other"))).exit_code == 0


def test_a_feed_given_to_add_is_named_as_what_it_is(site, db):
    site.feed("a")
    run = CliRunner().invoke(commands, ["add", f"{site.address}/feed", "--db", str(db), "--jobs", "1"])
    assert "give it to `kronik watch`" in run.stderr
