"""The year whose figures are compared: read from the query, and offered in a menu. Pure."""

from app.errors import FieldProblem, InvalidQuery
from app.pages.form import Choice, period_choices
from app.profiles.figure import YEAR_ACCEPTED, end_year
from app.store.snapshot import Edition


def read_year(typed: str) -> int | None:
    """The year of a period as typed, or None for blank. Raises InvalidQuery for anything else."""
    if not typed.strip():
        return None
    try:
        return end_year(typed)
    except ValueError as error:
        raise InvalidQuery([FieldProblem("period", typed, YEAR_ACCEPTED)]) from error


def year_choices(edition: Edition, year: int | None) -> tuple[Choice, ...]:
    """The years to choose from; one that is asked for and has no figure is among them."""
    offered = period_choices(edition, str(year or ""))
    if year is None or year in edition.years or not offered:
        return offered
    return (*offered, Choice(str(year), str(year), chosen=True))
