"""Ticked companies: a part of the address, kept by links, and named where they are not listed."""

from fastapi.testclient import TestClient

from tests.site import Node, main, open_page, query_of


def ticked(page: Node) -> list[str]:
    return [
        one.get("value")
        for one in page.all("input", name="c", type="checkbox")
        if "checked" in one.attrs
    ]


def test_the_address_ticks_rows(six_site: TestClient) -> None:
    assert ticked(open_page(six_site, "/?c=zte&c=huawei")) == ["huawei", "zte"]
    assert ticked(open_page(six_site, "/")) == []


def test_who_is_ticked_but_not_listed_stands_in_the_tray(six_site: TestClient) -> None:
    page = open_page(six_site, "/?revenue_min=50B&c=royole&c=intel&c=nobody")
    (form,) = page.all("form", action="/compare")
    assert ticked(form) == ["intel", "royole"]
    (kept,) = form.all("ul", class_="kept")
    assert kept.seen == "Royole"


def test_who_is_ticked_is_kept_without_hits_too(six_site: TestClient) -> None:
    page = open_page(six_site, "/?q=zzz&c=royole&c=intel")
    (form,) = page.all("form", action="/compare")
    assert ticked(form) == ["royole", "intel"]


def test_links_and_forms_keep_the_ticks_and_files_do_not(six_site: TestClient) -> None:
    page = open_page(six_site, "/?c=zte&c=huawei&revenue_min=1B")
    for one in main(page).all("a"):
        href = one.get("href")
        if href.startswith("/?"):
            assert query_of(href)["c"] == ["zte", "huawei"], one
        elif href.startswith(("/companies", "/figures", "/charts")):
            assert "c" not in query_of(href), one
    form = page.one("form", aria_label="Filter companies")
    kept = [one.get("value") for one in form.all("input", name="c", type="hidden")]
    assert kept == ["zte", "huawei"]
