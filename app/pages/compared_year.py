"""The years whose figures can be compared, as a menu offers them. Pure."""

from app.pages.form import Choice, period_choices
from app.store.snapshot import Edition


def year_choices(edition: Edition, year: int | None) -> tuple[Choice, ...]:
    """The years to choose from; one that is asked for and has no figure is among them."""
    offered = period_choices(edition, str(year or ""))
    if year is None or year in edition.years or not offered:
        return offered
    return (*offered, Choice(str(year), str(year), chosen=True))
