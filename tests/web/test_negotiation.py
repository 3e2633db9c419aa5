"""What a client takes and has: encodings by weight, and tags."""

import pytest

from app.web.negotiation import best_encoding, knows, tag_of

OFFERED = ("br", "gzip", "identity")
ACCEPTED = [
    ("", "identity"),
    ("identity", "identity"),
    ("gzip", "gzip"),
    ("gzip, deflate, br, zstd", "br"),
    ("GZIP", "gzip"),
    ("br;q=0, gzip", "gzip"),
    ("gzip;q=0", "identity"),
    ("gzip;q=0, br", "br"),
    ("br;q=0.0, gzip;q=0.000", "identity"),
    ("br; q=0.1, gzip; q=1", "gzip"),
    ("br;q=0.5, gzip;q=0.50", "br"),
    ("identity, br;q=0.5", "identity"),
    ("identity;q=0.5, gzip;q=0.6", "gzip"),
    ("identity;q=0, gzip;q=0", "identity"),
    ("*", "br"),
    ("*;q=0", "identity"),
    ("*;q=0, gzip", "gzip"),
    ("br;q=0, *", "gzip"),
    ("br;q=high, gzip;q=0.1", "gzip"),
    ("br;q=nan, gzip;q=0.1", "gzip"),
    ("br;q=-1, gzip;q=0.1", "gzip"),
    ("zstd", "identity"),
    (",;q,=", "identity"),
]


@pytest.mark.parametrize(("accepted", "best"), ACCEPTED)
def test_the_encoding_that_weighs_most_is_taken(accepted: str, best: str) -> None:
    assert best_encoding(accepted, OFFERED) == best


TAG = tag_of(b"bytes")


@pytest.mark.parametrize(
    ("tags", "known"),
    [
        (TAG, True),
        (f"W/{TAG}", True),
        (f'"other", {TAG}', True),
        ("*", True),
        ("", False),
        ('"other"', False),
        (tag_of(b"other bytes"), False),
        (TAG.strip('"'), False),
    ],
)
def test_a_tag_is_known_however_it_is_told(tags: str, known: bool) -> None:
    assert knows(tags, TAG) is known
