"""Breaks of Python code: small changes of meaning that still compile, found with `ast`.

A break replaces one expression or one statement of a module. What would say nothing about tests is
left alone: annotations, decorators, class arguments, texts, f-strings and docstrings.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

COMPARISONS: Final[Mapping[type[ast.cmpop], ast.cmpop]] = {
    ast.Lt: ast.LtE(),
    ast.LtE: ast.Lt(),
    ast.Gt: ast.GtE(),
    ast.GtE: ast.Gt(),
    ast.Eq: ast.NotEq(),
    ast.NotEq: ast.Eq(),
    ast.Is: ast.IsNot(),
    ast.IsNot: ast.Is(),
    ast.In: ast.NotIn(),
    ast.NotIn: ast.In(),
}
ARITHMETIC: Final[Mapping[type[ast.operator], ast.operator]] = {
    ast.Add: ast.Sub(),
    ast.Sub: ast.Add(),
    ast.Mult: ast.FloorDiv(),
    ast.Div: ast.Mult(),
    ast.FloorDiv: ast.Mult(),
}
NUMBERS: Final = ("int", "float", "Decimal", "Fraction")
"""Functions annotated to return one of these return its negative when broken."""


@dataclass(frozen=True, slots=True)
class Break:
    """One change: its kind, the line it is in, both wordings, and the whole broken source."""

    kind: str
    line: int
    before: str
    after: str
    source: str


def find_breaks(source: str) -> list[Break]:
    """Every break of a module that compiles, in the order of its lines."""
    tree = ast.parse(source)
    found = (
        _replace(source, node, kind, changed)
        for node, returns in _nodes(tree, "")
        for kind, changed in _changes(node, returns)
    )
    return sorted((one for one in found if _compiles(one.source)), key=lambda one: one.line)


def _nodes(node: ast.AST, returns: str) -> Iterator[tuple[ast.stmt | ast.expr, str]]:
    """The nodes that may be broken, each with the return annotation of its function."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        returns = ast.unparse(node.returns) if node.returns else ""
    if isinstance(node, ast.stmt | ast.expr):
        yield node, returns
    skipped = {"annotation", "returns", "decorator_list"}
    if isinstance(node, ast.ClassDef):
        skipped |= {"bases", "keywords"}
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if name not in skipped and _may_be_broken(child):
                yield from _nodes(child, returns)


def _may_be_broken(node: object) -> bool:
    # Python 3.11 gives what stands within an f-string no place of its own.
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return False
    return isinstance(node, ast.AST) and not isinstance(node, ast.JoinedStr)


def _changes(node: ast.stmt | ast.expr, returns: str) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node, ast.stmt):
        yield from _changed_statements(node, returns)
    else:
        yield from _changed_expressions(node)


def _changed_statements(node: ast.stmt, returns: str) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.Expr(value=ast.Constant()):
            pass
        case ast.Expr() | ast.AugAssign() | ast.Raise() | ast.Continue() | ast.Break():
            yield "statement dropped", ast.Pass()
        case ast.If(orelse=[]):
            yield "statement dropped", ast.Pass()
        case ast.Return(value=ast.expr() as value):
            if returns == "bool":
                yield "return changed", ast.Return(ast.UnaryOp(ast.Not(), value))
            elif returns in NUMBERS:
                yield "return changed", ast.Return(ast.UnaryOp(ast.USub(), value))
            elif returns.endswith("| None") and ast.unparse(value) != "None":
                yield "return changed", ast.Return(ast.Constant(None))


def _changed_expressions(node: ast.expr) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.Compare(left=left, ops=ops, comparators=others):
            for at, op in enumerate(ops):
                flipped = [*ops[:at], COMPARISONS[type(op)], *ops[at + 1 :]]
                yield "comparison flipped", ast.Compare(left, flipped, others)
        case ast.BoolOp(op=op, values=values):
            other: ast.boolop = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield "and, or", ast.BoolOp(other, values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "not dropped", operand
        case ast.BinOp(left=left, op=op, right=right) if type(op) in ARITHMETIC:
            if not (_is_text(left) or _is_text(right)):
                yield "arithmetic", ast.BinOp(left, ARITHMETIC[type(op)], right)
        case ast.Constant(value=bool() as value):
            yield "constant changed", ast.Constant(not value)
        case ast.Constant(value=int() | float() as value):
            yield "constant changed", ast.Constant(value + 1)


def _replace(source: str, node: ast.stmt | ast.expr, kind: str, changed: ast.AST) -> Break:
    """The source with one node replaced; all else keeps its place, its comments included."""
    after = ast.unparse(changed)
    written = f"({after})" if isinstance(changed, ast.expr) else after
    raw = source.encode()
    lines = [0, *accumulate(map(len, raw.splitlines(keepends=True)))]
    start = lines[node.lineno - 1] + node.col_offset
    end = lines[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
    broken = (raw[:start] + written.encode() + raw[end:]).decode()
    return Break(kind, node.lineno, ast.unparse(node), after, broken)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or isinstance(getattr(node, "value", None), str)


def _compiles(source: str) -> bool:
    try:
        compile(source, "broken", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True
