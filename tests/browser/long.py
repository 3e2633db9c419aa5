"""Companies with many figures: of many years, of a few, and of one year from many sources."""

SOURCES = ("gazette", "almanac", "bulletin", "courier")


def _company(slug: str, start: int, years: range, sources: int) -> str:
    """A company of which each source tells each measure in each year, each a little more."""

    def figures(form: str) -> str:
        return ", ".join(
            f"{{stated: {form % (start + 5 * n + place)}, period: {year}, source: {source}}}"
            for n, year in enumerate(years)
            for place, source in enumerate(SOURCES[:sources])
        )

    return f"""\
  - slug: {slug}
    name: {slug.capitalize()}
    source: gazette
    locator: page 1
    revenue: [{figures("€%d.4bn")}]
    employees: [{figures('"%d,000"')}]
    rd_share_revenue: [{figures("%d.5 %%")}]
    rd_spend: [{figures("€%d.1bn")}]
"""


LONG = (
    """\
title: Long runs
currency: EUR
sources:
  gazette: {title: The Gazette}
  almanac: {title: The Almanac}
  bulletin: {title: The Bulletin}
  courier: {title: The Courier}
measures:
  rd_spend: {label: R&D spend, kind: money, unit: money}
companies:
"""
    + _company("alder", 10, range(2008, 2020), 2)
    + _company("birch", 20, range(2016, 2020), 1)
    + _company("cedar", 10, range(2018, 2020), 4)
)
