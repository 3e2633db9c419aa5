"""Breaks of code by value, and which are drawn, in which order of tests."""

import ast
from pathlib import Path

import pytest

from app.settings import ROOT
from benchmarks.breaks import find_breaks
from benchmarks.mutations import AREAS, Area, draw, list_tests, stages


@pytest.mark.parametrize(
    ("source", "broken"),
    [
        ("x = a < b <= c", ["x = (a <= b <= c)", "x = (a < b < c)"]),
        ("x = a is not b", ["x = (a is b)"]),
        ("x = a not in b", ["x = (a in b)"]),
        ("x = a and b or c", ["x = ((a and b) and c)", "x = (a or b) or c"]),
        ("x = not a", ["x = (a)"]),
        ("x = a + b // c", ["x = (a - b // c)", "x = a + (b * c)"]),
        ("x = 5", ["x = (6)"]),
        ("x = True", ["x = (False)"]),
        ('x = "é" + f"{1 + 2}"', []),
        ('"""Docstring."""\n__all__ = ["a"]', []),
        ("if a:\n    b()", ["pass", "if a:\n    pass"]),
        (
            "if a:\n    b\nelse:\n    c",
            ["if a:\n    pass\nelse:\n    c", "if a:\n    b\nelse:\n    pass"],
        ),
        (
            "def f(a: x[5] = 6) -> x[7]:\n    raise a",
            ["def f(a: x[5] = (7)) -> x[7]:\n    raise a", None],
        ),
        ("@a(1)\nclass B(c, d=True):\n    x += 1", ["@a(1)\nclass B(c, d=True):\n    pass", None]),
        ("def f() -> bool:\n    return a", ["def f() -> bool:\n    return not a"]),
        ("def f() -> int:\n    return a", ["def f() -> int:\n    return -a"]),
        ("def f() -> x | None:\n    return a", ["def f() -> x | None:\n    return None"]),
        ("def f() -> x | None:\n    return None", []),
        ("if TYPE_CHECKING:\n    a(1)", []),
        ("# ä\nx = 'ä', 1 < y  # ä", ["# ä\nx = 'ä', (1 <= y)  # ä", None]),
    ],
)
def test_each_break_is_the_source_with_one_change(source: str, broken: list[str | None]) -> None:
    found = [one.source for one in find_breaks(source)]
    for expected in broken:
        assert expected is None or expected in found, found
    assert len(found) >= len(broken)
    assert None in broken or len(found) == len(broken)


def test_every_break_of_a_real_module_compiles_and_differs() -> None:
    source = (ROOT / "app" / "profiles" / "interval.py").read_text(encoding="utf-8")
    found = find_breaks(source)
    assert len(found) > 80
    assert len({one.kind for one in found}) == 7
    sound = ast.dump(ast.parse(source))
    assert all(ast.dump(ast.parse(one.source)) != sound for one in found)
    assert len({one.source for one in found}) == len(found)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small tree with two modules, one of them for PostgreSQL, and three test files."""
    for name, text in (
        ("app/store/load.py", "def f(a: int) -> bool:\n    return a < 5 and a > 3\n"),
        ("app/store/postgresql.py", "x = 1 < 2\n"),
        ("tests/store/test_a.py", ""),
        ("tests/store/test_load.py", ""),
        ("tests/store/test_hosts.py", ""),
        ("tests/pages/test_b.py", "from app.store.load import f\n"),
        ("tests/pages/test_c.py", ""),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


AREA = Area("app/store", 3, ("tests/store", "tests/pages", "tests/missing"))


def test_breaks_are_drawn_by_seed_and_by_kind(tree: Path) -> None:
    drawn = draw(tree, AREA, 1)
    assert draw(tree, AREA, 1) == drawn
    assert len(drawn) == len({one.change.kind for one in drawn}) == 3
    assert {one.path for one in drawn} == {"app/store/load.py"}
    assert len({tuple(draw(tree, AREA, seed)) for seed in range(9)}) > 1


def test_the_nearest_tests_run_first_and_none_twice(tree: Path) -> None:
    near, own, rest = stages(tree, AREA, "app/store/load.py")
    assert near == ["tests/store/test_load.py", "tests/pages/test_b.py"]
    assert (own, rest) == (["tests/store/test_a.py"], ["tests/pages/test_c.py"])
    assert sorted([*near, *own, *rest]) == sorted(list_tests(tree, AREA))


def test_sixty_breaks_are_drawn_from_areas_whose_tests_exist() -> None:
    assert sum(area.quota for area in AREAS) == 60
    assert all((ROOT / place).exists() for area in AREAS for place in area.tests)
