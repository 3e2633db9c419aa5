"""What machines are told of a profile: its description, and schema.org's Organization. Pure."""

from collections.abc import Iterator
from typing import Any

from ..profiles.company import Company
from ..profiles.interval import Interval
from ..profiles.measures import Catalogue
from .formatting import write_interval, write_period

_PHRASES = {
    "revenue": "revenue {}",
    "employees": "{} employees",
    "rd_share_staff": "{} of employees in R&D",
    "rd_share_revenue": "{} of revenue spent on R&D",
    "countries": "active in {} countries",
    "founded": "founded {}",
}
"""How a description tells each main figure."""


def describe(company: Company, catalogue: Catalogue) -> str:
    """The company in one sentence of its main figures."""
    found = ", ".join(_phrases(company, catalogue)) or "no main figure is stated"
    return f"{company.name}: {found}; every figure with its source."


def _phrases(company: Company, catalogue: Catalogue) -> Iterator[str]:
    for key, phrase in _PHRASES.items():
        figure = company.headline(key)
        if figure.interval is None:
            continue
        written = write_interval(figure.interval, catalogue[key], figure.currency)
        told = phrase.format(written.seen if written.value else written.spoken)
        dated = key == "revenue" and figure.period
        yield f"{told} ({write_period(figure.period, None)})" if dated else told


def organization(company: Company, address: str) -> dict[str, Any]:
    """schema.org's Organization, known by `address`; what is not known is left out."""
    founded = company.headline("founded").interval
    people = company.headline("employees").interval
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": company.name,
        "identifier": company.slug,
        "url": address,
    }
    if company.aliases:
        told["alternateName"] = list(company.aliases)
    if founded and founded.exact is not None:
        told["foundingDate"] = f"{founded.exact:04}"
    if people:
        told["numberOfEmployees"] = {"@type": "QuantitativeValue"} | _quantity(people)
    return told


def _quantity(interval: Interval) -> dict[str, int]:
    if interval.exact is not None:
        return {"value": interval.exact}
    ends = {"minValue": interval.low, "maxValue": interval.high}
    return {name: bound for name, bound in ends.items() if bound is not None}
