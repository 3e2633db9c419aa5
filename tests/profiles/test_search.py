import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.profiles.search import MAX_TERM, fold, identifier_term, terms, words


def matches(query: str, text: str) -> bool:
    """Whether every word of the query begins a term of the text."""
    found = terms(text)
    return all(any(term.startswith(word) for term in found) for word in words(query))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Huawei", "huawei"),
        ("ÉCLAIR", "eclair"),
        ("e\u0301clair", "eclair"),
        ("Ångström", "angstrom"),
        ("Ørsted", "orsted"),
        ("Łódź", "lodz"),
        ("Đakovo", "dakovo"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("Æon", "aeon"),
        ("Œuvre", "oeuvre"),
        ("İstanbul", "istanbul"),
        ("ılıca", "ilica"),
        ("ＺＴＥ", "zte"),
        ("ﬁrm", "firm"),
        ("Ωmega", "ωmega"),
        ("東京", "東京"),
        ("한국", "한국"),
        ("ガス", "ガス"),
        ("ｶﾞｽ", "ガス"),
        ("Nestlé", "nestle"),
        ("Škoda", "skoda"),
        ("Йота", "иота"),
        ("Ελλάς", "ελλασ"),
        ("שָׁלוֹם", "שלום"),
        ("شَرِكَة", "شركة"),
        ("टाटा मोटर्स", "टाटा मोटर्स"),
    ],
)
def test_case_width_and_accents_are_folded(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ()),
        ("  ", ()),
        ("!?* - _", ()),
        ("Smart City", ("smart", "city")),
        ("M-ICT", ("m", "ict")),
        ("snake_case", ("snake", "case")),
        ("city CITY Cité", ("city", "cite")),
        ("5G", ("5g",)),
        ("腾讯QQ", ("腾讯", "qq")),
        ("Weixin/WeChat", ("weixin", "wechat")),
        ("टाटा मोटर्स", ("टाटा", "मोटर्स")),
        ("টাটা", ("টাটা",)),
        ("บริษัท", ("บริษัท",)),
        ("ООО «Газпром»", ("ооо", "газпром")),
    ],
)
def test_a_query_is_cut_into_folded_words_each_once(query: str, expected: tuple[str, ...]) -> None:
    assert words(query) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Smart City", {"smart", "city"}),
        ("M-ICT", {"m", "ict"}),
        ("東京都", {"東京都", "京都", "都"}),
        ("腾讯QQ", {"腾讯", "讯", "qq"}),
        ("", set()),
        ("x" * 150, {"x" * MAX_TERM}),
    ],
)
def test_a_text_is_found_under_its_terms(text: str, expected: set[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("hua", "Huawei", True),
        ("awei", "Huawei", False),
        ("huaweis", "Huawei", False),
        ("city smart", "Smart City Platform", True),
        ("smart village", "Smart City Platform", False),
        ("m-ict", "Its strategy M-ICT", True),
        ("ict", "Its strategy M-ICT", True),
        ("ørsted", "Orsted Energy", True),
        ("orsted", "Ørsted", True),
        ("strasse", "Hauptstraße", False),
        ("hauptstrasse", "Hauptstraße", True),
        ("京", "東京都", True),
        ("京都", "東京都", True),
        ("東都", "東京都", False),
        ("讯", "腾讯控股", True),
        ("텐", "텐센트", True),
        ("ガ", "カス", False),
        ("", "anything", True),
        ("nestle", "Nestlé S.A.", True),
        ("Nestlé", "NESTLE", True),
        ("华为", "Huawei 华为技术有限公司", True),
        ("技术", "华为技术有限公司", True),
        ("为", "华为技术有限公司", True),
        ("a", "AT&T", True),
        ("газ", "ПАО «Газпром»", True),
        ("मोट", "टाटा मोटर्स", True),
        ("टा", "मोटर्स", False),
        ("ปูน", "บริษัทปูนซิเมนต์ไทย", True),
        ("삼성전", "삼성전자", True),
        ("전자", "삼성전자", True),
        ("شركة", "شَرِكَة", True),
    ],
)
def test_every_word_must_begin_a_term(query: str, text: str, expected: bool) -> None:
    assert matches(query, text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5493001KJTIIGC8Y1R12", "=5493001kjtiigc8y1r12"),
        (" US 0231 351067 ", "=us0231351067"),
        ("12-3456789", "=123456789"),
        ("０７６３.HK", "=0763hk"),
        ("--", ""),
    ],
)
def test_an_identifier_is_one_term_without_blanks_and_signs(text: str, expected: str) -> None:
    assert identifier_term(text) == expected


@given(st.text(max_size=20), st.text(max_size=20))
def test_no_word_begins_an_identifier(text: str, query: str) -> None:
    assert not any(identifier_term(text).startswith(word) for word in words(query))


@given(st.text(max_size=40))
def test_a_text_is_found_by_itself(text: str) -> None:
    assert matches(text, text)


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_text_is_found_whatever_stands_beside_it(text: str, more: str) -> None:
    assert matches(text, f"{more} {text} {more}")


CJK = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=12)


@given(CJK, st.data())
def test_any_run_of_cjk_characters_finds_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert matches(text[start:end], text)
