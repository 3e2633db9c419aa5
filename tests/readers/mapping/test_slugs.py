"""Slugs from names: readable where ASCII can write them, stable where it cannot, each once."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.readers.entries import MAX_KEY
from app.readers.mapping.slugs import Slugs, _Marks, slug_of

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("VOLKSWAGEN", "volkswagen"),
        ("Nestlé S.A.", "nestle-s-a"),
        ("AT&T", "at-t"),
        ("Moody's", "moodys"),
        ("L’Oréal", "loreal"),
        ("A.P. Møller – Mærsk A/S", "a-p-moller-maersk-a-s"),
        ("Łódź Straße", "lodz-strasse"),
        ("ＦＵＪＩ", "fuji"),
        ("3M", "3m"),
        ("  -- Alder --  ", "alder"),
        ("Alder™", "aldertm"),
        ("Alder ®", "alder"),
        # What ASCII has not: the rest, or `company`, and a mark that never changes
        ("Газпром", "company-be77035d"),
        ("ГАЗПРОМ", "company-be77035d"),
        ("腾讯", "company-53874092"),
        ("腾讯 Music", "music-40d2dd9f"),
        ("+++", "company-29f5099b"),
    ],
)
def test_the_slug_of_a_name(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_a_long_name_is_cut_between_words() -> None:
    assert slug_of("alder " * 40) == "-".join(["alder"] * 12)
    assert slug_of("a" * 200) == "a" * 72
    assert len(slug_of("б" + " birch" * 40)) <= 72


@given(st.text(min_size=1))
def test_every_name_has_a_slug_that_is_a_key_and_leaves_room(name: str) -> None:
    slug = slug_of(name)
    assert KEY.fullmatch(slug)
    assert len(slug) <= MAX_KEY - 8
    assert slug == slug_of(name)


@given(st.text(alphabet="аб腾讯", min_size=1), st.text(alphabet="аб腾讯", min_size=1))
def test_two_names_in_another_script_have_two_slugs(one: str, two: str) -> None:
    assert (slug_of(one) == slug_of(two)) == (one == two)


def test_the_second_of_a_name_is_numbered_past_what_is_taken() -> None:
    slugs = Slugs()
    wanted = ["lg", "lg-2", "lg", "lg", "yamaha", "lg-2", "yamaha"]
    given_out = [slugs.claim(slug) for slug in wanted]
    assert given_out == ["lg", "lg-2", "lg-3", "lg-4", "yamaha", "lg-2-2", "yamaha-2"]


@given(st.lists(st.sampled_from(["a", "a-2", "a-3", "b", "a-2-2"])))
def test_no_slug_is_given_out_twice(wanted: list[str]) -> None:
    slugs = Slugs()
    given_out = [slugs.claim(slug) for slug in wanted]
    assert len(set(given_out)) == len(wanted)


def test_slugs_are_remembered_one_by_one_however_their_marks_lie(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_Marks, "HEAPS", 1)
    marks = _Marks()
    marks.add("alder")
    (heap,) = marks._heaps
    mark = bytes(heap)
    heap[:] = b"x" + mark + b"y" * 7  # Across two others it is none of them.
    assert marks.add("alder")
    assert not marks.add("alder")
    assert bytes(heap) == b"x" + mark + b"y" * 7 + mark
    assert all(marks.add(f"alder-{number}") for number in range(3000))
    assert not any(marks.add(f"alder-{number}") for number in range(3000))
