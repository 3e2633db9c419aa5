"""A made-up data set of any size up to 2,500: seeded, with all that real data hold and lack."""

from collections.abc import Iterator
from math import exp
from random import Random

SEED = 20161121
FIRST = (
    *(
        "Alder",
        "Amber",
        "Anchor",
        "Aspen",
        "Aurora",
        "Baltic",
        "Basalt",
        "Beacon",
        "Birch",
        "Bison",
    ),
    *("Breeze", "Bronze", "Cedar", "Cobalt", "Comet", "Copper", "Coral", "Crane", "Delta", "Dune"),
    *("Eagle", "Elm", "Ember", "Falcon", "Fern", "Fjord", "Flint", "Garnet", "Glacier", "Granite"),
    *("Harbour", "Hazel", "Heron", "Indigo", "Iris", "Ivory", "Jade", "Juniper", "Lagoon", "Larch"),
    *("Linden", "Maple", "Marble", "Meridian", "Nimbus", "Oak", "Onyx", "Opal", "Orchid", "Zephyr"),
)
LAST = (
    *("Analytics", "Avionics", "Batteries", "Biotech", "Broadband", "Cables", "Ceramics", "Chips"),
    *("Circuits", "Cloud", "Components", "Computing", "Controls", "Data", "Devices", "Digital"),
    *("Displays", "Drives", "Dynamics", "Electric", "Electronics", "Energy", "Engines", "Fibre"),
    *("Games", "Grid", "Imaging", "Instruments", "Labs", "Lasers", "Lighting", "Logic", "Machines"),
    *("Materials", "Media", "Medical", "Memory", "Mobile", "Motors", "Networks", "Optics"),
    *("Payments", "Photonics", "Power", "Robotics", "Satellites", "Semiconductors", "Sensors"),
    *("Software", "Telecommunications International"),
)
INDUSTRIES = (
    *("software", "telecommunications", "semiconductors", "internet", "displays", "energy"),
    *("medical equipment", "robotics", "electronics", "games", "finance", "materials"),
)
HEAD = """title: Made-up companies
description: Companies that do not exist, with figures, bounds and gaps like those of real ones.
classification: made up
currency: USD
sources:
  almanac:
    title: An Almanac of Made-up Companies
    author: A. Author
    published: 2016-05-02
    url: https://example.org/almanac
  gazette:
    title: The Made-up Gazette
    published: 2015-11-30
    url: https://example.org/gazette
companies:
"""


def made_up(companies: int = 2500, seed: int = SEED) -> str:
    """A data file of so many companies, the same for the same seed. At most 2,500."""
    chance = Random(seed)  # noqa: S311 - figures, not secrets
    names = [f"{first} {last}" for last in LAST for first in FIRST]
    chance.shuffle(names)
    return HEAD + "".join("\n".join(_company(chance, name)) + "\n" for name in names[:companies])


def slug_of(name: str) -> str:
    return name.lower().replace(" ", "-")


def _company(chance: Random, name: str) -> Iterator[str]:
    yield f"  - slug: {slug_of(name)}"
    yield f"    name: {name}"
    yield f"    source: {chance.choice(('almanac', 'almanac', 'gazette'))}"
    yield f"    locator: p. {chance.randint(1, 400)}"
    yield f"    industries: [{chance.choice(INDUSTRIES)}]"
    yield f"    activities: [{name.partition(' ')[2].lower()}, services]"
    people = round(600 * exp(chance.gauss(0, 1.7))) + 3
    stated = (
        ("revenue", _revenue(chance, people)),
        ("employees", _employees(chance, people)),
        ("rd_staff", _sometimes(chance, 0.12, f'"{max(1, people // chance.randint(3, 20)):,}"')),
        ("rd_share_staff", _share(chance, 0.25, 70)),
        ("rd_share_revenue", _share(chance, 0.3, 30)),
        ("countries", _sometimes(chance, 0.6, _countries(chance))),
        ("founded", _sometimes(chance, 0.9, str(2016 - int(chance.triangular(0, 140, 18))))),
    )
    yield from (f"    {key}: {value}" for key, value in stated if value)


def _sometimes(chance: Random, share: float, value: str) -> str:
    return value if chance.random() < share else ""


def _revenue(chance: Random, people: int) -> str:
    """Mostly an amount; at times a bound, a range, another currency, none yet or nothing."""
    millions = people * exp(chance.gauss(-1.5, 0.7)) + 0.1
    amount = f"{millions / 1000:.1f}B" if millions >= 1000 else f"{millions:.1f}M"
    fate, year = chance.random(), chance.choice((2013, 2014, 2015, 2015, 2015))
    forms = (
        (0.64, f"${amount}"),
        (0.71, f"more than ${amount}"),
        (0.75, f"up to ${amount}"),
        (0.79, f"${millions:.1f}M to ${millions * 1.5:.1f}M"),
        (0.81, f"€{amount}"),
    )
    for limit, text in forms:
        if fate < limit:
            return f"{{stated: {text}, period: {year}}}"
    return "{none: will sell from 2018}" if fate < 0.88 else ""


def _employees(chance: Random, people: int) -> str:
    forms = ((0.8, f"{people:,}"), (0.87, f"over {people:,}"), (0.92, f"{people} to {people * 2}"))
    fate = chance.random()
    return next((f'"{text}"' for limit, text in forms if fate < limit), "")


def _share(chance: Random, share: float, most: int) -> str:
    percent = round(chance.triangular(0.5, most, most / 6), 1)
    return _sometimes(
        chance, share, chance.choice((f"{percent}%",) * 4 + (f"more than {percent}%",))
    )


def _countries(chance: Random) -> str:
    count = 1 + int(chance.triangular(0, 180, 3))
    return chance.choice((str(count),) * 5 + (f"{count}+",))
