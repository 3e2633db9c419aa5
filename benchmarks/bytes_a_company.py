"""How many bytes a company takes in each kind of database.

    python -m benchmarks.bytes_a_company 20000

loads so many made-up companies once into an SQLite file and into a PostgreSQL server that it
starts; with data files named instead it loads these.
"""

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from app.loading import Loader
from app.readers.inputs import gather
from benchmarks import population
from tests.postgres import Postgres


def measure(files: list[Path]) -> None:
    """Load files into both and print what they take."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "measured.db"
        companies = _load(f"sqlite:///{path}", files)
        _tell("SQLite", companies, path.stat().st_size)
    server = Postgres().make().start()
    try:
        server.execute("CREATE DATABASE measured TEMPLATE template0")
        empty = _size(server)
        companies = _load(server.url("measured"), files)
        _tell("PostgreSQL", companies, _size(server) - empty)
    finally:
        server.stop()


def _load(url: str, files: list[Path]) -> int:
    loader, inputs = Loader(url, 1), gather(files)
    begun = datetime.now(UTC)
    loader.load(inputs)
    seconds = (datetime.now(UTC) - begun).total_seconds()
    with loader.engine.connect() as connection:
        (companies,) = connection.exec_driver_sql("SELECT count(*) FROM company").one()
    loader.close()
    print(f"{seconds:.1f} s a load")
    return int(companies)


def _size(server: Postgres) -> int:
    return int(str(server.ask("SELECT pg_database_size('measured')")))


def _tell(kind: str, companies: int, size: int) -> None:
    each = size / companies
    print(f"{kind}: {companies:,} companies, {each:,.0f} bytes a company")


def main() -> None:
    """Measure a number of made-up companies, or data files."""
    first, *others = sys.argv[1:] or ["20000"]
    with tempfile.TemporaryDirectory() as folder:
        made = [population.write(int(first), Path(folder))] if first.isdigit() else []
        measure(made or [Path(name) for name in (first, *others)])


if __name__ == "__main__":
    main()
