"""How templates are compiled here: what they print and read costs no more than it must."""

from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.compiler import CodeGenerator
from markupsafe import Markup, escape

from app.settings import ROOT

TEMPLATES = ROOT / "templates"
NUMBERS = frozenset({int, float})


def printed(value: Any) -> str:
    """A value as HTML has it: what `escape` makes of it, but no markup of its own.

    A page is thousands of values, and making each of them a Markup takes longer than escaping it.
    """
    kind = type(value)
    if kind is str:
        text: str = value
        if text.isalnum():
            return text
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return text.replace("'", "&#39;").replace('"', "&#34;")
    if kind in NUMBERS:
        return str(value)
    return value if kind is Markup else escape(value)


class _Compiler(CodeGenerator):
    """Prints by `printed`."""

    def _output_child_pre(self, *_: Any, **__: Any) -> None:
        self.write("environment.printed(")


class Templates(Environment):
    """The templates of the site. All of them are HTML or XML, so that all is escaped.

    They read attributes of values by a point and items by brackets, and never one for the other.
    """

    code_generator_class = _Compiler
    printed = staticmethod(printed)
    getattr = staticmethod(getattr)  # type: ignore[assignment]  # It names its arguments otherwise.

    def __init__(self) -> None:
        super().__init__(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
