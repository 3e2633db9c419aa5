"""Content negotiation: encodings by their weights, and entity tags."""

import hashlib
from collections.abc import Iterable

UNNAMED = 0.0001
"""The weight of `identity` if a client does not name it: accepted, after all that it names."""


def best_encoding(accepted: str, offered: Iterable[str]) -> str:
    """The offered encoding that an Accept-Encoding header weighs most, else `identity`.

    A weight of zero refuses (RFC 9110, 12.5.3). Of equal weights the first offered is taken.
    """
    weights = {name.strip().lower(): weight for name, weight in map(_weighed, accepted.split(","))}
    rest = weights.get("*", 0.0)
    plain = {"identity": rest or UNNAMED}
    best = max(offered, key=lambda name: weights.get(name, plain.get(name, rest)))
    return best if weights.get(best, plain.get(best, rest)) else "identity"


def _weighed(part: str) -> tuple[str, float]:
    """A name with its weight; 0, which refuses, if the weight cannot be parsed."""
    name, _, parameter = part.partition(";")
    try:
        weight = float(parameter.partition("=")[2] or 1) if parameter else 1.0
        return name, max(0.0, weight)  # In this order NaN gives 0.
    except ValueError:
        return name, 0.0


def tag_of(body: bytes) -> str:
    """The strong entity tag of a body (RFC 9110, 8.8.3)."""
    return f'"{hashlib.sha256(body).hexdigest()[:22]}"'


def knows(tags: str, etag: str) -> bool:
    """Whether If-None-Match has this tag, be it as a weak one (RFC 9110, 13.1.2)."""
    known = [tag.strip().removeprefix("W/") for tag in tags.split(",")]
    return etag in known or known == ["*"]
