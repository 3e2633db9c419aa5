"""One store for each data set, and the questions that its snapshot answers."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache

import pytest

from app.profiles.company import Dataset
from app.profiles.filter import CompanyFilter
from tests.databases import SQLITE, database_url, drop_databases
from tests.lengths import LONG
from tests.store.contract.adapter import UNSUPPORTED, Questions, Store
from tests.store.contract.datasets import CASES, every_dataset
from tests.store.contract.filters import basic_filter, filters_of
from tests.store.contract.reference import Reference

BEFORE = "single"
"""The data set that a database holds before; nothing of it may be seen any more."""

THIRD = 3
"""In `make test` every third filter is asked of DuckDB and PostgreSQL, which take longest."""


@dataclass(frozen=True)
class Case:
    """A data set, as stated or in a currency: what the store answers, and what is right."""

    name: str
    dataset: Dataset
    currency: str
    store: Questions
    reference: Reference
    filters: list[CompanyFilter]

    @property
    def everybody(self) -> CompanyFilter:
        """No filter at all."""
        return basic_filter(self.dataset.catalogue, self.currency)

    @property
    def listed(self) -> tuple[str, ...]:
        """The measures that can be filtered."""
        return tuple(one.key for one in self.dataset.catalogue.listed)

    @property
    def slugs(self) -> list[str]:
        """The slugs of all companies, in their order."""
        return list(self.reference.companies)


@lru_cache
def right_answers(name: str, currency: str) -> tuple[Reference, list[CompanyFilter]]:
    """The reference of a case and its filters, made once for all engines."""
    dataset = every_dataset()[name]
    return Reference(dataset, currency), filters_of(dataset, currency)


@pytest.fixture(scope="package")
def load(
    database_kind: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Store]]:
    """Gives the store that holds a data set, which is loaded when first asked for."""
    folder = tmp_path_factory.mktemp(f"contract-{database_kind}")
    stores: dict[str, Store] = {}

    def loaded(name: str) -> Store:
        if name not in stores:
            stores[name] = Store(database_url(folder, name))
            stores[name].load(every_dataset()[BEFORE])
            stores[name].load(every_dataset()[name])
        return stores[name]

    yield loaded
    for store in stores.values():
        store.close()
    drop_databases(folder)


@pytest.fixture(scope="package", params=CASES, ids=lambda case: " in ".join(filter(None, case)))
def case(
    request: pytest.FixtureRequest, load: Callable[[str], Store], database_kind: str
) -> Iterator[Case]:
    """Each data set, as stated and in each currency that it offers."""
    name, currency = request.param
    with ExitStack() as stack:
        store = stack.enter_context(load(name).open(currency))
        reference, filters = right_answers(name, currency)
        if database_kind != SQLITE and not LONG:
            filters = filters[::THIRD]
        yield Case(name, every_dataset()[name], currency, store, reference, filters)


@pytest.fixture
def unsupported() -> Callable[[str], bool]:
    """Whether the adapter says that its store does not do something."""
    return lambda what: what in UNSUPPORTED


@pytest.fixture
def needs() -> Callable[[str], None]:
    """Skips a test of what the adapter says that its store does not do, with its reason."""

    def check(what: str) -> None:
        if what in UNSUPPORTED:
            pytest.skip(UNSUPPORTED[what])

    return check
