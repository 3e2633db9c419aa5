"""Ticked companies: kept by every link of the list, shown by name where they are not listed."""

import pytest
from fastapi.testclient import TestClient

from tests.site import Node, chips, fields, main, open_page, query_of


def ticked(page: Node) -> dict[str, bool]:
    """The boxes of the form that compares, and whether each is ticked."""
    (form,) = page.all("form", action="/compare")
    boxes = form.all("input", type="checkbox", name="c")
    return {one.get("value"): "checked" in one.attrs for one in boxes}


def tray(page: Node) -> list[str]:
    """The ticked companies that are not listed, by name."""
    lists = page.all("ul", class_="kept")
    return [one.seen for one in lists[0].all("li")] if lists else []


def test_the_address_ticks_rows(six_site: TestClient) -> None:
    page = open_page(six_site, "/?c=zte&c=intel")
    assert {slug for slug, on in ticked(page).items() if on} == {"zte", "intel"}
    assert len(ticked(page)) == 6
    assert tray(page) == []
    assert not any(ticked(open_page(six_site, "/")).values())


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("rd_share_min=40&c=neusoft&c=huawei", ["Neusoft"]),
        ("q=tele&c=royole&c=intel", ["Royole", "Intel"]),
        ("size=2&c=neusoft&c=huawei", ["Neusoft"]),
        ("q=nobody&c=neusoft&c=huawei", ["Neusoft", "Huawei"]),
        ("q=tele&c=nobody&c=intel", ["Intel"]),
    ],
)
def test_who_is_ticked_and_not_listed_stands_in_the_tray_by_name(
    six_site: TestClient, query: str, kept: list[str]
) -> None:
    page = open_page(six_site, f"/?{query}")
    assert sorted(tray(page)) == sorted(kept)
    on = [slug for slug, chosen in ticked(page).items() if chosen]
    assert len(on) == len(set(on))
    assert set(on) >= {one.split()[0].lower() for one in kept}


def test_every_link_of_the_list_keeps_who_is_ticked(six_site: TestClient) -> None:
    page = open_page(six_site, "/?rd_share_min=5&size=1&c=zte&c=intel&cols=revenue,founded")
    links = [one.get("href") for one in main(page).all("a")]
    of_list = [href for href in links if href.startswith("/?")]
    assert len(of_list) > 8
    for href in of_list:
        assert query_of(href).get("c") == ["zte", "intel"], href
    assert query_of(main(page).links["Next page"])["c"] == ["zte", "intel"]
    for text, href in chips(page).items():
        assert (query_of(href).get("c") == ["zte", "intel"]) == (text != "Clear all")


def test_both_forms_keep_who_is_ticked(six_site: TestClient) -> None:
    page = open_page(six_site, "/?rd_share_min=5&c=zte&c=intel")
    assert fields(page)["c"] == ["zte", "intel"]
    columns = [one for one in page.all("form") if one.all("input", name="cols")]
    kept = [one.get("value") for one in columns[0].all("input", name="c")]
    assert kept == ["zte", "intel"]


def test_files_charts_and_profiles_are_asked_without_ticks(six_site: TestClient) -> None:
    page = open_page(six_site, "/?rd_share_min=40&c=zte&cols=revenue")
    links = [one.get("href") for one in main(page).all("a")]
    others = [href for href in links if href.startswith(("/companies", "/figures", "/charts"))]
    assert {href.partition("?")[0] for href in others} >= {
        "/companies.csv",
        "/companies.json",
        "/figures.csv",
        "/charts",
        "/companies/huawei",
    }
    for href in others:
        assert not {"c", "cols"} & set(query_of(href)), href
    assert page.one("link", rel="canonical").get("href").endswith("/?rd_share_min=40")


def test_a_tick_changes_no_answer(six_site: TestClient) -> None:
    plain, with_ticks = (
        main(open_page(six_site, url)).one(role="status").seen
        for url in ("/?rd_share_min=40", "/?rd_share_min=40&c=royole")
    )
    assert plain == with_ticks == "2 companies, 1 maybe"
