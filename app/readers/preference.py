"""The order of sources where several tell one figure, as the data files give it."""

from collections.abc import Collection, Sequence

from .document import Document
from .report import Report, undescribed


class Preference:
    """Collects `prefer` of all files; what is wrong goes into the report."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.named: list[tuple[Document, int, str]] = []

    def read(self, document: Document, sources: Sequence[str]) -> None:
        """The order of one file, which comes after those of the files before."""
        self.named += ((document, place, one) for place, one in enumerate(sources))

    def order(self, described: Collection[str]) -> tuple[str, ...]:
        """The whole order, once every file and mapping is read: each source once."""
        for document, place, source in self.named:
            if source not in described:
                self.report.add(document, ("prefer", place), undescribed(source, described))
        return tuple(dict.fromkeys(source for _, _, source in self.named))
