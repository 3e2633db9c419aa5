"""Readers are never taken back in time: a host that lags is left, the primary has the last word."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from app.store.engine import open_engine, open_newest

from app.errors import HostLost
from app.profiles.company import Incoming
from app.store.load import prepare, write_generation
from app.store.versions import Versions
from tests.databases import only_postgresql
from tests.postgres import ABSENT, INSTALLED, Pair, Postgres
from tests.store.cast import company, dataset
from tests.store.shelf import NOON

pytestmark = [pytest.mark.skipif(not INSTALLED, reason=ABSENT), only_postgresql]
READS = 40
"""Reads over connections of their own, so that each host is asked."""


def load(server: Postgres, digest: str, hour: int) -> int:
    """Load one company on a server, at an hour of the day."""
    engine = open_engine(server.url(), writes=True)
    try:
        prepare(engine)
        made = Incoming.of(dataset(company("alder"), digest=digest))
        return write_generation(engine, made, 2, NOON + timedelta(hours=hour), lambda _: None)
    finally:
        engine.dispose()


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Two servers that hold the edition "one"."""
    primary = Postgres().make().start()
    standby = primary.clone().start()
    load(primary, "one", 1)
    primary.await_standby()
    yield Pair(primary, standby)
    standby.stop()
    primary.stop()


@pytest.fixture
def anywhere(pair: Pair) -> Iterator[Versions]:
    """A reader that is led to any host by chance."""
    url = pair.url("load_balance_hosts=random")
    opened = Versions(open_engine(url), open_newest(url))
    yield opened
    opened.hosts.dispose()


@pytest.fixture
def ordered(pair: Pair) -> Iterator[Versions]:
    """A reader that asks the first host first."""
    url = pair.url("target_session_attrs=any")
    opened = Versions(open_engine(url), open_newest(url))
    yield opened
    opened.hosts.dispose()


def read_often(library: Versions) -> list[str]:
    """What a reader is shown, one after the other, without repetitions."""
    shown: list[str] = []
    for _ in range(READS):
        library.hosts.dispose()
        digest = library.digest()
        assert digest is not None
        if digest not in shown[-1:]:
            shown.append(digest)
    return shown


@pytest.mark.parametrize("prepared", [False, True], ids=["no table", "empty tables"])
def test_a_standby_that_has_nothing_yet_turns_no_reader_away(prepared: bool) -> None:
    primary = Postgres().make().start()
    standby = primary.clone().start()
    if prepared:
        writer = open_engine(primary.url(), writes=True)
        prepare(writer)
        writer.dispose()
        primary.await_standby()
    standby.execute("SELECT pg_wal_replay_pause()")
    load(primary, "one", 1)
    url = Pair(primary, standby).url("load_balance_hosts=random")
    library = Versions(open_engine(url), open_newest(url))
    assert read_often(library) == ["one"]
    library.hosts.dispose()
    standby.stop()
    primary.stop()


def test_a_primary_that_has_nothing_says_so() -> None:
    primary = Postgres().make().start()
    url = primary.url()
    library = Versions(open_engine(url), open_newest(url))
    assert library.digest() is None
    library.hosts.dispose()
    primary.stop()


def test_a_standby_that_lags_takes_no_reader_back(pair: Pair, anywhere: Versions) -> None:
    pair.standby.execute("SELECT pg_wal_replay_pause()")
    load(pair.primary, "two", 2)
    assert read_often(anywhere) in (["one", "two"], ["two"])
    load(pair.primary, "three", 3)
    assert read_often(anywhere) in (["two", "three"], ["three"])
    pair.standby.execute("SELECT pg_wal_replay_resume()")
    pair.catch_up()
    assert read_often(anywhere) == ["three"]


def test_without_the_primary_an_older_edition_is_refused_until_it_is_there(
    pair: Pair, ordered: Versions
) -> None:
    pair.standby.execute("SELECT pg_wal_replay_pause()")
    load(pair.primary, "two", 2)
    assert ordered.digest() == "two"
    pair.primary.await_standby(has="flush")
    pair.primary.kill()
    with pytest.raises(HostLost):
        ordered.digest()
    pair.standby.execute("SELECT pg_wal_replay_resume()")
    pair.standby.await_replay()
    assert ordered.digest() == "two"


def test_what_died_with_the_primary_is_given_up_once_another_is_the_primary(
    pair: Pair, ordered: Versions
) -> None:
    pair.standby.kill()
    load(pair.primary, "lost", 2)
    assert ordered.digest() == "lost"
    pair.primary.kill()
    pair.standby.start()
    with pytest.raises(HostLost):
        ordered.digest()
    pair.standby.promote()
    assert ordered.digest() == "one"
    assert load(pair.standby, "again", 3) == 2
    assert ordered.digest() == "again"


def test_a_host_left_behind_is_not_read_though_its_number_is_the_same(
    pair: Pair, anywhere: Versions
) -> None:
    pair.standby.promote()
    load(pair.primary, "stray", 2)  # The old primary went on alone for a while.
    pair.primary.execute("CHECKPOINT")
    pair.primary.kill()
    pair.primary.follow_nobody()
    load(pair.standby, "two", 3)
    assert read_often(anywhere) in (["stray", "two"], ["two"])
