"""Tables in Markdown."""

from collections.abc import Sequence


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    every = (heads, ["---"] * len(heads), *rows)
    return "\n".join(f"| {' | '.join(row)} |" for row in every)
