"""Readers are never taken back in time: a host that lags is left, the primary has the last word."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy.schema import CreateTable

from app.errors import HostLost
from app.profiles.company import Dataset, Incoming
from app.profiles.filter import CompanyFilter
from app.store import postgresql
from app.store.database import open_database
from app.store.listing import every_line
from app.store.load import write_version
from app.store.versions import Versions
from tests.databases import only_postgresql
from tests.postgres import ABSENT, INSTALLED, SWIFT, Pair, Postgres
from tests.store.cast import company, dataset
from tests.store.shelf import NOON

pytestmark = [pytest.mark.skipif(not INSTALLED, reason=ABSENT), only_postgresql]
READS = 40
"""Reads over connections of their own, so that each host is asked."""


def load(server: Postgres, digest: str, hour: int, data: Dataset | None = None) -> int:
    """Load one company on a server, or a data set, at an hour of the day."""
    with closing(open_database(server.url())) as database:
        made = Incoming.of(data or dataset(company("alder"), digest=digest))
        return write_version(database, made, 2, NOON + timedelta(hours=hour), lambda _: None)


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Two servers that hold the version "one"."""
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
    opened = Versions(open_database(url))
    yield opened
    opened.close()


@pytest.fixture
def ordered(pair: Pair) -> Iterator[Versions]:
    """A reader that asks the first host first."""
    url = pair.url("target_session_attrs=any")
    opened = Versions(open_database(url))
    yield opened
    opened.close()


def read_often(versions: Versions) -> list[str]:
    """What a reader is shown, one after the other, without repetitions."""
    shown: list[str] = []
    for _ in range(READS):
        versions.close()
        digest = versions.digest()
        assert digest is not None
        if digest not in shown[-1:]:
            shown.append(digest)
    return shown


EMPTY = (f"CREATE SCHEMA {postgresql.SCHEMA}", str(CreateTable(postgresql._current)))
"""What a database has that is prepared and holds no version."""


@pytest.mark.parametrize("prepared", [(), EMPTY[:1], EMPTY], ids=["nothing", "schema", "table"])
def test_a_standby_that_has_nothing_yet_turns_no_reader_away(prepared: tuple[str, ...]) -> None:
    primary = Postgres().make().start()
    standby = primary.clone().start()
    for statement in prepared:
        primary.execute(statement)
    primary.await_standby()
    standby.execute("SELECT pg_wal_replay_pause()")
    load(primary, "one", 1)
    url = Pair(primary, standby).url("load_balance_hosts=random")
    versions = Versions(open_database(url))
    assert read_often(versions) == ["one"]
    versions.close()
    standby.stop()
    primary.stop()


def test_a_primary_that_has_nothing_says_so() -> None:
    primary = Postgres().make().start()
    url = primary.url()
    versions = Versions(open_database(url))
    assert versions.digest() is None
    versions.close()
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


def test_without_the_primary_an_older_version_is_refused_until_it_is_there(
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


MANY = dataset(*(company(f"c{n:04}", employees=n) for n in range(700)), digest="many")
BY_NAME = CompanyFilter(sort="name")


def read_slowly(versions: Versions, pair: Pair) -> list[str]:
    """The slugs of a download during which four versions are published."""
    with versions.open() as snapshot:
        assert snapshot.version.digest == "many"
        parts = every_line(snapshot, BY_NAME)
        slugs = [line.slug for line in next(parts)]
        for hour in range(3, 7):
            load(pair.primary, f"later {hour}", hour)
        if pair.standby.settings == CANCELS:
            pair.catch_up()
        return slugs + [line.slug for lines in parts for line in lines]


def alone(server: Postgres) -> Versions:
    return Versions(open_database(f"{server.url()}?target_session_attrs=any"))


@pytest.mark.parametrize("where", ["primary", "standby"])
def test_a_slow_download_is_whole_though_four_versions_are_published(
    pair: Pair, where: str
) -> None:
    load(pair.primary, "many", 2, MANY)
    pair.catch_up()
    with closing(alone(getattr(pair, where))) as versions:
        assert read_slowly(versions, pair) == [one.slug for one in MANY.companies]
        pair.catch_up()
        assert versions.digest() == "later 6"
    load(pair.primary, "last", 7)
    kept = "SELECT count(*) FROM pg_namespace WHERE nspname ~ '^sourcebook_[0-9]+$'"
    assert pair.primary.ask(kept) == 2


CANCELS = (*SWIFT, "max_standby_streaming_delay=50ms")


def test_a_download_that_a_standby_cancels_breaks_off_and_is_never_taken_for_whole() -> None:
    primary = Postgres(settings=CANCELS).make().start()
    pair = Pair(primary, primary.clone().start())
    load(primary, "many", 2, MANY)
    pair.catch_up()
    with closing(alone(pair.standby)) as versions:
        with pytest.raises(HostLost):
            read_slowly(versions, pair)
        assert versions.digest() == "later 6"
    pair.standby.stop()
    primary.stop()
