"""When a host may be asked again."""

import pytest

from kronik.watch.hosts import LONGEST_WAIT, Hosts

HERE, THERE = "https://news.example/a", "https://other.example/a"


def test_an_interval_between_requests_to_one_host(hosts, clock):
    hosts.wait(HERE)
    hosts.wait(THERE)
    assert clock.slept == []
    clock.at += 2
    hosts.wait("https://NEWS.example/b")
    assert clock.slept == [3.0]


def test_a_longer_interval_that_the_host_asks_for(hosts, clock):
    hosts.set_interval(HERE, 30)
    hosts.set_interval(THERE, 1)
    for url in (HERE, HERE, THERE, THERE):
        hosts.wait(url)
    assert clock.slept == [30, 5.0]


def test_failures_in_a_row_make_it_wait_longer_until_it_answers(hosts, clock):
    waits = [hosts.failed(HERE, None) - clock.at for _ in range(4)]
    assert waits == [60, 120, 240, 480]
    hosts.answered(HERE)
    assert hosts.due_at(HERE) <= clock.at
    assert hosts.failed(HERE, None) - clock.at == 60


@pytest.mark.parametrize(("asked_for", "wait"), [(10, 60), (3600, 3600), (10**9, LONGEST_WAIT)])
def test_what_the_host_asks_for(hosts, clock, asked_for, wait):
    assert hosts.failed(HERE, asked_for) - clock.at == wait


def test_many_failures_wait_a_day_at_most_and_are_not_all_at_one_moment(state, clock):
    hosts = Hosts(state, now=clock.now)
    assert 0.7 * LONGEST_WAIT < hosts.back_off(500) <= LONGEST_WAIT
    assert len({hosts.back_off(1) for _ in range(20)}) > 10


def test_it_is_remembered(hosts, state, clock):
    due = hosts.failed(HERE, 500)
    assert Hosts(state, now=clock.now).due_at(HERE) == due
