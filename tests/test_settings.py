"""Settings: from the environment, or given; a wrong value is refused by its name."""

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.settings import Settings
from tests.site import serve


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("SOURCEBOOK_")]:
        monkeypatch.delenv(name)


def test_without_an_environment_the_shipped_data_are_served_at_home() -> None:
    settings = Settings()
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.database == "sqlite:///sourcebook.db"
    assert [path.name for path in settings.data] == ["companies.yaml"]
    assert settings.data[0].is_file()
    assert settings.keep_versions == 2
    assert settings.report_address == ""
    assert settings.watch


@pytest.mark.parametrize(
    ("name", "typed", "expected"),
    [
        ("database", "sqlite:///other.db", "sqlite:///other.db"),
        ("write_database", "postgresql+psycopg://one/x", "postgresql+psycopg://one/x"),
        ("host", "0.0.0.0", "0.0.0.0"),  # noqa: S104
        ("port", "8123", 8123),
        ("keep_versions", "5", 5),
        ("query_seconds", "30", 30),
        ("duckdb_memory", "1GB", "1GB"),
        ("duckdb_memory", "1.5 GiB", "1.5 GiB"),
        ("duckdb_threads", "3", 3),
        ("report_address", "errors@example.org", "errors@example.org"),
        ("report_address", "https://example.org/report", "https://example.org/report"),
        ("report_address", "", ""),
        ("watch", "false", False),
        ("data", "one.yaml", (Path("one.yaml"),)),
        ("data", os.pathsep.join(("one.yaml", "two.yaml")), (Path("one.yaml"), Path("two.yaml"))),
    ],
)
def test_every_setting_comes_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, name: str, typed: str, expected: object
) -> None:
    monkeypatch.setenv(f"SOURCEBOOK_{name.upper()}", typed)
    assert getattr(Settings(), name) == expected


def test_the_database_has_a_second_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCEBOOK_DATABASE_URL", "sqlite:///long.db")
    assert Settings().database == "sqlite:///long.db"
    assert Settings(database="sqlite:///given.db").database == "sqlite:///given.db"
    monkeypatch.setenv("SOURCEBOOK_DATABASE", "sqlite:///short.db")
    assert Settings().database == "sqlite:///short.db"


def test_the_number_of_versions_has_a_former_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCEBOOK_KEEP_GENERATIONS", "5")
    assert Settings().keep_versions == 5
    monkeypatch.setenv("SOURCEBOOK_KEEP_VERSIONS", "7")
    assert Settings().keep_versions == 7


def test_a_former_name_is_noted_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    noted = "SOURCEBOOK_KEEP_GENERATIONS is now called SOURCEBOOK_KEEP_VERSIONS"
    for name in ("SOURCEBOOK_KEEP_VERSIONS", "SOURCEBOOK_KEEP_GENERATIONS"):
        caplog.clear()
        monkeypatch.setenv(name, "5")
        with serve(tmp_path):
            assert [one.message for one in caplog.records].count(noted) == (
                name == "SOURCEBOOK_KEEP_GENERATIONS"
            )


def test_what_is_given_beats_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCEBOOK_PORT", "8123")
    assert Settings(port=8124).port == 8124


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("port", "0"),
        ("port", "65536"),
        ("port", "eighty"),
        ("keep_versions", "0"),
        ("report_address", "javascript:alert(1)"),
        ("report_address", "somewhere"),
        ("port", ""),
        ("port", "80.5"),
        ("keep_versions", "-1"),
        ("query_seconds", "0"),
        ("duckdb_memory", "lots"),
        ("duckdb_memory", "80%"),
        ("duckdb_threads", "-1"),
        ("keep_versions", "two"),
        ("report_address", "ftp://example.org"),
        ("watch", "perhaps"),
    ],
)
def test_a_wrong_value_is_refused_by_its_name(
    monkeypatch: pytest.MonkeyPatch, name: str, typed: str
) -> None:
    monkeypatch.setenv(f"SOURCEBOOK_{name.upper()}", typed)
    with pytest.raises(ValidationError) as refused:
        Settings()
    (where,) = [error["loc"][0] for error in refused.value.errors()]
    assert str(where).lower().removeprefix("sourcebook_") == name


def test_settings_do_not_change(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings()
    monkeypatch.setenv("SOURCEBOOK_PORT", "8123")
    with pytest.raises(ValidationError, match="frozen"):
        settings.port = 8124  # type: ignore[misc]
    assert settings.port == 8000


def test_what_is_not_ours_in_the_environment_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PORT", "DATABASE", "SOURCEBOOK_COLOUR", "SOURCEBOOKPORT"):
        monkeypatch.setenv(name, "other")
    assert Settings().port == 8000
    assert Settings().database == "sqlite:///sourcebook.db"


def test_a_wrong_report_address_tells_what_is_accepted() -> None:
    with pytest.raises(ValidationError, match="begins with http"):
        Settings(report_address="somewhere")


def test_the_data_files_keep_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCEBOOK_DATA", os.pathsep.join(("/b/two.yaml", "a/one.yaml")))
    assert Settings().data == (Path("/b/two.yaml"), Path("a/one.yaml"))
