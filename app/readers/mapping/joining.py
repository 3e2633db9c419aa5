"""Several rows of one company into one: nothing that a row says is dropped, nothing told twice."""

from collections.abc import Hashable

from msgspec.structs import replace

from ...profiles.company import Company, Identifier, Statement
from ...profiles.figure import Figure


class Joined:
    """A company that grows row by row. The first row gives slug, name and country."""

    def __init__(self, row: int, company: Company) -> None:
        self.row, self._first = row, company
        self.country = company.country
        self._aliases: dict[str, None] = dict.fromkeys(company.aliases)
        self._industries: dict[str, None] = dict.fromkeys(company.industries)
        self._tags: dict[str, None] = dict.fromkeys(company.tags)
        self._identifiers: dict[Identifier, None] = dict.fromkeys(company.identifiers)
        self._statements: dict[Hashable, Statement] = {}
        self._figures: dict[Hashable, Figure] = {}
        self._state(company)

    def contradiction(self, company: Company) -> str | None:
        """What the rows before say that this one cannot agree with, in words; else None."""
        given, known = company.country or "", self.country or ""
        if given and known and given.casefold() != known.casefold():
            return f"the country is “{self.country}” in row {self.row}, of the same key"
        return None

    def add(self, company: Company) -> None:
        """Add what a further row says; another name becomes an alias."""
        self.country = self.country or company.country
        if company.name != self._first.name:
            self._aliases[company.name] = None
        self._aliases |= dict.fromkeys(a for a in company.aliases if a != self._first.name)
        self._industries |= dict.fromkeys(company.industries)
        self._tags |= dict.fromkeys(company.tags)
        self._identifiers |= dict.fromkeys(company.identifiers)
        self._state(company)

    def _state(self, company: Company) -> None:
        for statement in company.statements:
            self._statements.setdefault((statement.about, statement.text), statement)
        for figure in company.figures:
            same = replace(figure, citations=(), as_stated=None)
            known = self._figures.get(same)
            told = (*known.citations, *figure.citations) if known else figure.citations
            self._figures[same] = replace(known or figure, citations=told)

    def company(self) -> Company:
        """The company that all rows so far make."""
        return replace(
            self._first,
            country=self.country,
            aliases=tuple(self._aliases),
            industries=tuple(self._industries),
            tags=tuple(self._tags),
            identifiers=tuple(self._identifiers),
            statements=tuple(self._statements.values()),
            figures=tuple(self._figures.values()),
        )
