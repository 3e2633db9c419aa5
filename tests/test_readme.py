"""The README keeps its word: its commands, addresses, settings and example are the program's."""

import re
from datetime import date

import pytest
from fastapi.routing import APIRoute

from app.cli import app as command_line
from app.main import ROUTERS
from app.profiles.filter import RANGES, SORT_KEYS
from app.profiles.measures import BUILT_IN
from app.readers.dataset import DataFile, read_dataset
from app.settings import ROOT, Settings

README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def routes() -> set[str]:
    every = (route for router in ROUTERS for route in router.routes)
    return {route.path for route in every if isinstance(route, APIRoute)}


def test_every_make_target_named_exists() -> None:
    named = set(re.findall(r"make ([a-z]+)", README))
    assert {"serve", "test"} <= named
    for target in named:
        assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE), target


def test_every_command_named_exists() -> None:
    known = {
        command.callback.__name__
        for command in command_line.registered_commands
        if command.callback
    }
    named = set(re.findall(r"sourcebook ([a-z]+)", " ".join(blocks("sh"))))
    assert named == known


def test_every_route_is_listed_and_every_listed_address_is_a_route() -> None:
    listed = set(re.findall(r"`(/[^`?]*)", README)) - {"/openapi.json"}
    assert listed == routes()


def test_the_parameters_of_the_list_are_named() -> None:
    for field in RANGES:
        assert f"`{field}_min/_max`" in README


def test_every_setting_is_listed_with_its_default() -> None:
    for name, setting in Settings.model_fields.items():
        assert f"`SOURCEBOOK_{name.upper()}`" in README, name
        (line,) = [one for one in README.splitlines() if f"`SOURCEBOOK_{name.upper()}`" in one]
        if isinstance(setting.default, int) and not isinstance(setting.default, bool):
            assert f"`{setting.default}`" in line


def test_every_built_in_measure_is_named() -> None:
    for measure in BUILT_IN:
        assert f"`{measure.key}`" in README
    assert set(SORT_KEYS) - {"name"} <= {measure.key for measure in BUILT_IN}


@pytest.mark.parametrize("example", [text for text in blocks("yaml") if "companies:" in text])
def test_the_example_of_the_format_is_read_without_a_fault(example: str) -> None:
    found = read_dataset([DataFile("README.md", example.encode())], date(2026, 1, 1))
    assert [company.slug for company in found.companies] == ["example", "newcomer"]
    patents = found.companies[0].all_of("patents")
    assert [figure.as_stated for figure in patents] == ["35", "40+"]
