"""Printed: what stands alike on many pages, kept as a template printed it once."""

from dataclasses import dataclass


@dataclass(eq=False, slots=True)
class Printed:
    """How one value was printed, blank until it was. It goes with that value, and with its equals
    wherever they stand.
    """

    text: str = ""

    def keep(self, text: str) -> str:
        """Keep what was printed, and give it back."""
        self.text = text
        return text
