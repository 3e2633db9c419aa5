"""Printed: what stands alike on many pages, kept as a template printed it once."""


class Printed:
    """How one value was printed, blank until it was. It goes with that value, and with its equals
    wherever they stand; all are equal, so that values do not differ by what was printed of them.
    """

    __slots__ = ("text",)

    def __init__(self) -> None:
        self.text = ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Printed)

    def __hash__(self) -> int:
        return hash(Printed)

    def keep(self, text: str) -> str:
        """Keep what was printed, and give it back."""
        self.text = text
        return text
