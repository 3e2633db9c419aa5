"""Settings, read once: from the environment (SOURCEBOOK_…), or given by the command line."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import AliasChoices, Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_PACKAGE = Path(__file__).resolve().parent
ROOT = _PACKAGE if (_PACKAGE / "templates").is_dir() else _PACKAGE.parent
"""The folder of `templates`, `static` and `data`: the installed package, else the checkout."""


RENAMED = {"SOURCEBOOK_KEEP_GENERATIONS": "SOURCEBOOK_KEEP_VERSIONS"}
"""Environment variables of earlier versions that are still read, and their present names."""


class Settings(BaseSettings):
    """How this Sourcebook runs. Every name is also an environment variable."""

    model_config = SettingsConfigDict(
        env_prefix="SOURCEBOOK_", frozen=True, extra="ignore", populate_by_name=True
    )

    database: str = Field(
        "sqlite:///sourcebook.db",
        validation_alias=AliasChoices("SOURCEBOOK_DATABASE", "SOURCEBOOK_DATABASE_URL"),
    )
    """Database URL, for readers; an SQLite file is made if it is missing."""
    write_database: str = ""
    """Database URL for loading; blank takes the same hosts, and of them the primary."""
    data: Annotated[tuple[Path, ...], NoDecode] = (ROOT / "data" / "companies.yaml",)
    """The data files, separated as in PATH; together they are one data set."""
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
    workers: int = Field(1, ge=1, le=64)
    """Processes that serve."""
    keep_versions: int = Field(
        2,
        ge=1,
        validation_alias=AliasChoices("SOURCEBOOK_KEEP_VERSIONS", "SOURCEBOOK_KEEP_GENERATIONS"),
    )
    """How many versions of the data stay in the database, the current one among them."""
    query_seconds: int = Field(8, ge=1)
    """Seconds after which a page's queries are interrupted, and the page says so."""
    duckdb_memory: str = Field("256MB", pattern=r"^\d+(\.\d+)? ?[KMGT]i?B$")
    """Memory for DuckDB's buffers in each serving process."""
    duckdb_threads: int = Field(0, ge=0)
    """Threads of DuckDB in each serving process; 0 shares the processor cores among the workers."""
    report_address: str = ""
    """Where readers report an error: a mail address or an http(s) address; blank for none."""
    public_url: str = ""
    """The public address of the site, for canonical links and citations; blank takes the host of
    each request."""
    page_memory: int = Field(64_000_000, ge=0)
    """Bytes of the page cache of each serving process; 0 caches nothing."""
    access_log: bool = False
    """Whether every request is written to the log; a proxy does that at less cost."""
    watch: bool = True
    """Whether changed data files are picked up while serving."""

    @field_validator("data", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return value.split(os.pathsep) if isinstance(value, str) else value

    @field_validator("report_address")
    @classmethod
    def _reachable(cls, value: str) -> str:
        if value and "@" not in value and not value.startswith(("http://", "https://")):
            raise ValueError("a mail address, or an address that begins with http(s)://")
        return value

    @field_validator("public_url")
    @classmethod
    def _public(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("an address that begins with http(s)://")
        return value.rstrip("/")


def renamed_in_use(environment: Mapping[str, str] = os.environ) -> list[str]:
    """A remark for each environment variable that has the name of an earlier version."""
    return [f"{old} is now called {new}" for old, new in RENAMED.items() if old in environment]
