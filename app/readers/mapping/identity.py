"""Who a row's company is: name, slug, country, industries, identifiers. No figures."""

from collections.abc import Iterable

from ...profiles.company import About, Company, Identifier, Source, Statement
from ..document import Path
from .entries import ColumnEntry
from .headers import Header
from .mapping import TableMapping
from .rows import Locator, Row, TextReader
from .slugs import slug_of


class IdentityReader:
    """Reads the columns that the mapping lists under `company`; made ready once for all rows."""

    def __init__(self, mapping: TableMapping, header: Header) -> None:
        entry = mapping.entry.company
        self._header = header
        self.name = self._reader(entry.name, "name")
        self.slug = self._reader(entry.slug, "slug") if entry.slug else self.name
        self.country = self._reader(entry.country, "country") if entry.country else None
        self.key = self._readers(entry.key, "key")
        self.aliases = self._readers(entry.aliases, "aliases")
        self.industries = self._readers(entry.industries, "industries")
        self.tags = self._readers(entry.tags, "tags")
        self.identifiers = tuple(
            (scheme, self._reader(column, "identifiers", scheme))
            for scheme, column in entry.identifiers.items()
        )
        self.places = tuple(
            (reader, Locator(mapping.entry.locator, reader.column))
            for reader in self._readers(entry.place, "place")
        )
        self.source: Source = mapping.source

    def _reader(self, entry: ColumnEntry, *path: str | int) -> TextReader:
        place: Path = ("company", *path, "column")
        return TextReader(entry, self._header.use(entry.column, place))

    def _readers(self, entries: Iterable[ColumnEntry], key: str) -> tuple[TextReader, ...]:
        return tuple(self._reader(entry, key, index) for index, entry in enumerate(entries))

    def read(self, row: Row) -> Company | None:
        """The company of a row without figures; its slug is the one wanted, and may be taken.

        None where it has no name, which the row keeps as a fault.
        """
        name = row.name = self.name.read(row)
        if name is None:
            if not row.faults:
                row.fault(
                    self.name.column, "the name of a company; rows without one can be skipped"
                )
            return None
        row.key = self._key(row)
        wanted = name if self.slug is self.name else self.slug.read(row) or name
        return Company(
            slug=slug_of(wanted),
            name=name,
            aliases=tuple(alias for alias in _texts(self.aliases, row) if alias != name)
            if self.aliases
            else (),
            industries=_texts(self.industries, row),
            country=self.country.read(row) if self.country else None,
            tags=_texts(self.tags, row),
            identifiers=tuple(self._identifiers(row)) if self.identifiers else (),
            statements=tuple(self._places(row)) if self.places else (),
        )

    def _key(self, row: Row) -> tuple[str, ...]:
        """What rows of one company share; () where there is no key or its cells are blank."""
        if not self.key:
            return ()
        values = tuple(reader.read(row) or "" for reader in self.key)
        return values if any(values) else ()

    def _identifiers(self, row: Row) -> Iterable[Identifier]:
        for scheme, reader in self.identifiers:
            for value in reader.read_all(row):
                yield Identifier(scheme, value)

    def _places(self, row: Row) -> Iterable[Statement]:
        for reader, locator in self.places:
            for text in reader.read_all(row):
                place = locator.at(row.record.row)
                yield Statement(About.PLACE, text, source=self.source.id, locator=place)


def _texts(readers: tuple[TextReader, ...], row: Row) -> tuple[str, ...]:
    """The texts of some columns in their order, each once."""
    if not readers:
        return ()
    if len(readers) == 1:
        return readers[0].read_all(row)
    return tuple(dict.fromkeys(text for reader in readers for text in reader.read_all(row)))
