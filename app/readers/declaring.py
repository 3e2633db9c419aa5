"""Sources and measures as files declare them: one way for data files and for mappings."""

from datetime import date

from ..profiles.company import Place, Source
from ..profiles.interval import FROM_ZERO, Interval
from ..profiles.measures import LISTED, Measure
from .entries import MeasureEntry, SourceEntry


def make_source(key: str, entry: SourceEntry) -> Source:
    """The source that is described under a key."""
    places = tuple(Place(name, meaning) for name, meaning in entry.locators.items())
    return Source(key, entry.title, entry.author, entry.kind, entry.published, entry.url, places)


def not_yet_out(entry: SourceEntry, today: date) -> str | None:
    """What is wrong with a source that was published after today, or None."""
    if entry.published and entry.published > today:
        return f"published on {entry.published}, which is in the future"
    return None


def make_measure(key: str, entry: MeasureEntry, domain: Interval = FROM_ZERO) -> Measure:
    """The measure that is declared under a key; whether it is listed is not said here."""
    return Measure(
        key,
        entry.label,
        entry.kind,
        entry.unit,
        entry.help or "",
        domain=domain,
        words=(entry.unit, *entry.words),
        beside=entry.beside,
    )


def misplaced(entry: MeasureEntry) -> str | None:
    """What is wrong with a measure that stands beside none that is listed, or None."""
    listed = [measure.key for measure in LISTED]
    if entry.beside and entry.beside not in listed:
        return f"must be one of {', '.join(listed)}"
    return None
