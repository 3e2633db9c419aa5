"""Charts on a page as a reader meets them: the plot, its marks, its table."""

from tests.site import Node, main


def plot(page: Node) -> Node:
    """The drawing of the scatter."""
    return page.one("svg", role="group", aria_labelledby="sc-t")


def marks(page: Node) -> dict[str, Node]:
    """The marks of the scatter by the company they stand for."""
    drawn = [one for one in plot(page).all("a") if "pt" in one.get("class").split()]
    return {one.get("aria-label").split(":")[0]: one for one in drawn}


def data(page: Node) -> Node:
    """The table of what the scatter draws."""
    return main(page).all("table")[0]
