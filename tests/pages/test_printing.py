"""What templates print and read, against what Jinja itself makes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from markupsafe import Markup, escape

from app.pages.printing import Templates, printed


class Drawn:
    """A value that has a form as HTML."""

    def __html__(self) -> str:
        return "<b>"


VALUES = st.one_of(
    st.text(), st.text("&<>'\"a;"), st.integers(), st.floats(), st.booleans(), st.none()
)


@given(VALUES)
def test_a_value_is_printed_as_it_would_be_escaped(value: object) -> None:
    assert printed(value) == escape(value)


@pytest.mark.parametrize("markup", [Markup("<i>&amp;</i>"), Drawn()])
def test_markup_is_printed_as_it_is(markup: object) -> None:
    assert printed(markup) == escape(markup)


def test_a_template_escapes_what_it_prints_and_not_what_a_macro_made() -> None:
    source = "{% macro b(x) %}<b>{{ x }}</b>{% endmacro %}{% set kept %}<{{ v }}>{% endset %}"
    template = Templates().from_string(f"{source}{{{{ b(v) }}}}{{{{ kept }}}}{{{{ v ~ kept }}}}")
    assert template.render(v="&'") == "<b>&amp;&#39;</b><&amp;&#39;>&amp;&#39;<&amp;&#39;>"


@pytest.mark.parametrize("source", ["{{ missing }}", "{{ missing.part }}"])
def test_what_is_not_there_is_an_error(source: str) -> None:
    with pytest.raises(UndefinedError):
        Templates().from_string(source).render()


def test_a_point_reads_an_attribute_alone() -> None:
    with pytest.raises(AttributeError):
        Templates().from_string("{{ held.key }}").render(held={"key": "value"})
