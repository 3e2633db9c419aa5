"""The layers of the house: imports point down only, and a database or a page has one place."""

import ast
from pathlib import Path

APP = Path(__file__).parent.parent / "app"
MODULES = sorted(APP.rglob("*.py"))

BOTTOM = {"errors", "settings"}
DOWN = {
    "errors": set(),
    "settings": set(),
    "profiles": {"errors"},
    "charts": {"profiles"},
    "readers": {"errors", "profiles"},
    "store": {"profiles"} | BOTTOM,
    "links": {"profiles"},
    "web": {"profiles", "readers", "store"} | BOTTOM,
    "reading_pool": {"errors", "profiles", "readers", "store"},
    "loading": {"readers", "reading_pool", "store", "web"} | BOTTOM,
    "api": {"links", "profiles", "store", "web"} | BOTTOM,
    "pages": {"api", "charts", "links", "profiles", "store", "web"} | BOTTOM,
    "main": {"api", "loading", "pages", "store", "web"} | BOTTOM,
    "cli": {"api", "loading", "main", "pages", "profiles", "readers", "store", "web"} | BOTTOM,
}
"""What each package or top-level module may import besides itself."""

OWNERS = {
    "sqlalchemy": {"store"},
    "duckdb": {"store"},
    "psycopg": {"store"},
    "numpy": set(),
    "fastapi": {"api", "main", "pages", "web"},
    "starlette": {"api", "main", "pages", "web"},
    "jinja2": {"pages"},
    "yaml": {"readers"},
    "re2": {"readers"},
    "ijson": {"readers"},
    "charset_normalizer": {"readers"},
    "typer": {"cli"},
    "uvicorn": {"web"},
    "watchfiles": {"web"},
    "xlsxwriter": {"api"},
}
"""Libraries, and what alone may import them."""
VAGUE = {"utils", "helpers", "common", "manager", "base", "core", "service", "misc"}


def part(module: Path) -> str:
    return module.relative_to(APP).with_suffix("").parts[0]


def imported(module: Path) -> set[str]:
    """The full names of what a module imports, relative imports resolved."""
    package = ("app", *module.relative_to(APP).parts[:-1])
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            source = ".".join((*above, *filter(None, [node.module])))
            found |= {source} | {f"{source}.{alias.name}" for alias in node.names}
    return found


def named(path: Path) -> str:
    return str(path.relative_to(APP))


def upwards(module: Path) -> set[str]:
    """The parts that a module imports and must not."""
    ours = {name.split(".")[1] for name in imported(module) if name.startswith("app.")}
    return ours - DOWN.get(part(module), set()) - {part(module)}


def strays(module: Path) -> set[str]:
    """The libraries that a module imports and whose place is elsewhere."""
    roots = {name.split(".")[0] for name in imported(module)}
    return {library for library in roots & set(OWNERS) if part(module) not in OWNERS[library]}


def test_imports_point_down() -> None:
    assert {named(module): found for module in MODULES if (found := upwards(module))} == {}


def test_each_library_has_its_place() -> None:
    assert {named(module): found for module in MODULES if (found := strays(module))} == {}


def test_every_module_says_what_it_holds_and_has_a_telling_name() -> None:
    silent = [
        named(module)
        for module in MODULES
        if not ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))
    ]
    assert silent == []
    assert [named(module) for module in MODULES if module.stem in VAGUE] == []


def test_every_part_has_its_place() -> None:
    assert set(map(part, MODULES)) == {*DOWN, "__init__"}


def test_no_imports_lead_in_a_circle() -> None:
    order = list(DOWN)
    assert all(order.index(below) < order.index(one) for one in DOWN for below in DOWN[one])
