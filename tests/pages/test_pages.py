"""Pages by what their readers see."""

import json

import pytest
from fastapi.testclient import TestClient

from app.profiles.company import Dataset
from tests.site import main, names, open_page, stats

SLUGS = ("huawei", "intel", "neusoft", "royole", "tencent", "zte")


def test_a_list_tells_who_has_none_yet_and_lists_them_when_asked(six_site: TestClient) -> None:
    page = main(open_page(six_site, "/?revenue_min=1B"))
    assert "1 has none yet" in page.seen
    assert len(names(page)) == 5
    listed = names(open_page(six_site, page.links["List them too"]))
    assert (len(listed), listed[-1]) == (6, "Royole")


def test_totals_tell_how_many_state_them(six_site: TestClient) -> None:
    assert "5 of 6 state it" in stats(open_page(six_site, "/"))["Revenue, total"]


def test_a_header_turns_the_order_round(six_site: TestClient) -> None:
    page = open_page(six_site, "/")
    (sorted_,) = [one for one in page.all("th") if "aria-sort" in one.attrs]
    assert sorted_.get("aria-sort") == "descending"
    turned = open_page(six_site, sorted_.links["Revenue"])
    (sorted_,) = [one for one in turned.all("th") if "aria-sort" in one.attrs]
    assert sorted_.get("aria-sort") == "ascending"
    assert names(turned) == ["Neusoft", "ZTE Corporation", "Tencent", "Intel", "Huawei", "Royole"]


def test_each_chip_of_an_empty_page_tells_what_its_removal_lists(six_site: TestClient) -> None:
    page = main(open_page(six_site, "/?revenue_min=1B&employees_max=1000&industry=internet"))
    returns = page.all("a", class_="chip")
    assert len(returns) == 3
    for chip in returns:
        shown = chip.one("span", class_="plus").seen.removeprefix("+")
        assert len(names(open_page(six_site, chip.get("href")))) == int(shown)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_profile_shows_every_figure_with_its_source(
    six_site: TestClient, six: Dataset, slug: str
) -> None:
    text = main(open_page(six_site, f"/companies/{slug}")).spoken
    (company,) = [one for one in six.companies if one.slug == slug]
    assert six.sources[0].title in text
    for figure in company.figures:
        for cited in figure.citations:
            assert cited.as_stated in text
            assert cited.locator in text
        assert not figure.derivation or figure.derivation in text


def test_a_comparison_names_what_it_skips_and_what_is_lacking(six_site: TestClient) -> None:
    page = main(open_page(six_site, "/compare?c=huawei&c=royole&c=huwei"))
    assert "“huwei” is not in this data set" in page.seen
    assert "Who lacks what" in page.seen
    assert page.links["Remove Huawei"] == "/compare?c=royole"
    assert main(open_page(six_site, "/compare?c=huawei")).all("form", class_="card picker")


def test_the_rules_the_sources_and_the_api_are_told(six_site: TestClient) -> None:
    assert "no allowance for rounding" in main(open_page(six_site, "/about")).seen
    assert "Chelsea Collier" in main(open_page(six_site, "/sources")).seen
    api = main(open_page(six_site, "/api")).seen
    for path in six_site.get("/openapi.json").json()["paths"]:
        assert not path.startswith("/api") or f"GET {path}" in api
    sitemap = six_site.get("/sitemap.xml").text
    assert all(f"/companies/{slug}<" in sitemap for slug in SLUGS)


def test_a_page_that_is_missing_offers_the_closest_names(six_site: TestClient) -> None:
    page = main(open_page(six_site, "/companies/huwei", 404))
    assert page.links["Huawei"] == "/companies/huawei"


def test_hiding_the_maybes_changes_no_count(six_site: TestClient) -> None:
    shown = six_site.get("/api/companies?rd_share_min=40").json()
    hidden = six_site.get("/api/companies?rd_share_min=40&maybe=0").json()
    for count in ("total", "yes", "maybe", "unknown", "none", "no"):
        assert shown[count] == hidden[count]
    page = main(open_page(six_site, "/?rd_share_min=40&maybe=0"))
    assert "ZTE Corporation" not in names(page)
    assert "1 may match and is left out" in page.seen


def test_the_examples_of_the_api_page_are_real_answers(six_site: TestClient) -> None:
    for card in main(open_page(six_site, "/api")).all("section"):
        call, printed = card.all("pre")
        url = call.seen.removeprefix("curl 'http://testserver").removesuffix("'")
        text = printed.seen.partition(" … cut here")[0]
        answer = six_site.get(url)
        assert answer.status_code == 200
        real = json.dumps(answer.json(), indent=2, ensure_ascii=False)
        assert " ".join(real.split()).startswith(text)
