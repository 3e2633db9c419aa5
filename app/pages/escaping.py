"""Escaping: what a template prints, with the signs that HTML gives a meaning written as entities.

Most of what a page prints has none of them and is printed as it is; a page has thousands.
"""

import re
from typing import Any

from jinja2 import Environment
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from markupsafe import Markup, escape

_MEANT = re.compile("[&<>\"']").search


def escaped(value: Any) -> str:
    """The same text as `escape` gives, which takes three times as long."""
    kind = type(value)
    if kind is Markup or (kind is str and not _MEANT(value)):
        return str.__str__(value)
    return escape(value)


class _Generator(CodeGenerator):
    """Writes the code of a template, in which `escaped` prints."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("environment.escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)


class Escaping(Environment):
    """An environment whose templates print what needs no escape as it is."""

    code_generator_class = _Generator
    escaped = staticmethod(escaped)
