import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.readers.company_names import NameKey, NameTable, name_key
from app.readers.countries import country_key


@pytest.mark.parametrize(
    ("name", "words", "form"),
    [
        ("ALDER", "alder", ""),
        ("Alder Inc", "alder", "inc"),
        ("Alder, Inc.", "alder", "inc"),
        ("Alder Incorporated", "alder", "inc"),
        ("Alder Corporation", "alder", "corp"),
        ("Alder Ltd.", "alder", "ltd"),
        ("Alder P.L.C.", "alder", "plc"),
        ("Alder Public Limited Company", "alder", "plc"),
        ("Alder N.V.", "alder", "nv"),
        ("Alder S.A.", "alder", "sa"),
        ("Alder S A", "alder", "sa"),
        ("Alder S.p.A.", "alder", "spa"),
        ("Alder A/S", "alder", "as"),
        ("Älder Société Anonyme", "alder", "sa"),
        ("Alder GmbH & Co. KG", "alder", "gmbh co kg"),
        ("Alder Co., Ltd", "alder", "co ltd"),
        ("Alder & Co", "alder", "co"),
        ("Alder and Company", "alder", "co"),
        ("Alder & Birch", "alder and birch", ""),
        ("Alder and Birch plc", "alder and birch", "plc"),
        ("The Alder Company", "alder", "co"),
        ("The Company", "company", ""),
        ("The", "the", ""),
        ("SAS", "sas", ""),
        ("SE AG", "se", "ag"),
        ("AG Alder", "ag alder", ""),
        ("Alder Group", "alder group", ""),
        ("Alder Holdings Inc", "alder holdings", "inc"),
        ("ALDER HOLDING", "alder holding", ""),
        ("alder.com", "aldercom", ""),
        ("L'Alder", "lalder", ""),
        ("株式会社日立製作所", "株式会社日立製作所", ""),
        ("Газпром", "газпром", ""),
        ("", "", ""),
        ("&", "and", ""),
        ("!", "", ""),
    ],
)
def test_a_name_is_its_words_and_its_legal_form(name: str, words: str, form: str) -> None:
    assert name_key(name) == NameKey(words, form)


@given(st.text(max_size=30))
def test_case_and_blanks_do_not_matter(name: str) -> None:
    assert name_key(f"  {name}  ") == name_key(name)
    assert name_key(name_key(name).whole).whole == name_key(name).whole


def test_a_table_of_aliases_gives_the_name() -> None:
    table = NameTable({"Foxconn Inc.": "Hon Hai Ltd"})
    assert table.key("FOXCONN, INC") == NameKey("hon hai", "ltd")
    assert table.key("Alder") == NameKey("alder")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Sweden", "SE"),
        ("SE", "SE"),
        (" se ", "SE"),
        ("The Netherlands", "NL"),
        ("Netherlands", "NL"),
        ("UK", "GB"),
        ("United Kingdom", "GB"),
        ("US", "US"),
        ("USA", "US"),
        ("South Korea", "KR"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Côte d'Ivoire", "CI"),
        ("Ivory Coast", "CI"),
        ("Hong Kong", "HK"),
        ("Czech Republic", "CZ"),
        ("Atlantis", "atlantis"),
        ("", None),
        (" ", None),
        (None, None),
    ],
)
def test_a_country_has_one_sign(text: str | None, key: str | None) -> None:
    assert country_key(text) == key
