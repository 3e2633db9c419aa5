"""The command line: serve, check, load, draft-mapping, export.

Modules that one command alone needs are imported in it, so that serving starts sooner.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import parse_qs

import typer
from pydantic import ValidationError
from rich.console import Console

from .api.exports import EXPORTS, Export
from .errors import AppError, DatabaseAway, DataFaults, HostLost, NoData
from .loading import Loader
from .pages.formatting import count_of
from .profiles.filter import read_filter
from .profiles.remarks import Remark
from .readers.inputs import gather
from .settings import Settings
from .store.profiles import read_remarks
from .store.versions import reading

app = typer.Typer(
    help="Company profiles one can trust a filter on.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
SAMPLE = 500
"""Rows that a first mapping is drafted from."""
errors = Console(stderr=True, soft_wrap=True, highlight=False)
Files = Annotated[
    list[Path], typer.Argument(help="Data files and tables; together they are one data set.")
]
Mappings = Annotated[
    list[Path] | None,
    typer.Option("--mapping", help="How a table is read: one for each table in order, or for all."),
]
Skip = Annotated[
    bool, typer.Option("--skip-bad-rows", help="Leave rows at fault out; /about lists them.")
]
Database = Annotated[
    str | None, typer.Option("--database", help="Database URL, as sqlite:///sourcebook.db.")
]


FORMS = {export.name: export for export in EXPORTS}
"""The exports by the name of their file."""


def _form(name: str) -> str:
    if name not in FORMS:
        raise typer.BadParameter(f"“{name}” is none of {', '.join(FORMS)}")
    return name


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    database: Database = None,
    data: Annotated[
        list[Path] | None, typer.Option(help="Data file; repeat it for several.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(help="Processes that serve; beyond one, another loads.")
    ] = None,
) -> None:
    """Serve the pages; changed data files are picked up while serving."""
    from .main import create_app, load_and_follow  # noqa: PLC0415
    from .web.serving import log_to_stderr, run_server  # noqa: PLC0415

    log_to_stderr()
    given = {"host": host, "port": port, "database": database, "data": data, "workers": workers}
    settings = _settings(**given)
    _loader(settings).close()  # An unusable database is refused here, before the port is opened.
    run_server(settings, create_app, load_and_follow)


@app.command()
def check(files: Files, mapping: Mappings = None, skip_bad_rows: Skip = False) -> None:
    """Read files and report every fault; nothing is loaded."""
    from .readers.assembly import assemble  # noqa: PLC0415
    from .web.progress import show_progress  # noqa: PLC0415

    inputs, today = gather(files, mapping or ()), datetime.now(UTC).date()
    with show_progress(errors) as (read, _):
        found = assemble(inputs, today, skip_bad_rows=skip_bad_rows, told=read)
        companies = figures = 0
        for company in found.companies:
            companies += 1
            figures += len(company.figures)
    typer.echo(f"No fault: {companies:,} companies, {figures:,} figures.")
    _echo_remarks(found.remarks)


@app.command()
def load(
    files: Files,
    mapping: Mappings = None,
    skip_bad_rows: Skip = False,
    database: Database = None,
) -> None:
    """Load files as the whole data set; the old one stays if there is any fault."""
    from .web.progress import show_progress  # noqa: PLC0415

    inputs, settings = gather(files, mapping or ()), _settings(database=database)
    with closing(_loader(settings)) as loader, show_progress(errors) as (read, written):
        number = loader.load(inputs, skip_bad_rows=skip_bad_rows, read=read, written=written)
        with loader.versions.open() as snapshot:  # A standby may not have it yet.
            remarks = read_remarks(snapshot)
    typer.echo(f"Version {number} is loaded.")
    _echo_remarks(remarks)


def _echo_remarks(remarks: Iterable[Remark]) -> None:
    for kind, count in Counter(remark.kind for remark in remarks).items():
        typer.echo(f"{kind}: {count:,}; the page About lists them")


@app.command("draft-mapping")
def draft(file: Annotated[Path, typer.Argument(help="A table: CSV, TSV, JSON or XLSX.")]) -> None:
    """Read a table's header and a sample, and write a first mapping, with what is a guess."""
    from .readers.mapping.draft import draft_mapping  # noqa: PLC0415
    from .readers.records.opening import open_records  # noqa: PLC0415

    with open_records(file) as records:
        sample = list(islice(records, SAMPLE))
        typer.echo(draft_mapping(records.columns, sample, file.name), nl=False)


@app.command()
def export(
    form: Annotated[
        str, typer.Option("--form", callback=_form, help=f"What to write: {', '.join(FORMS)}.")
    ] = EXPORTS[0].name,
    query: Annotated[str, typer.Option(help="A filter, as in the address of the list.")] = "",
    output: Annotated[Path | None, typer.Option(help="File to write; else the terminal.")] = None,
    database: Database = None,
) -> None:
    """Write the loaded data in one of many formats, all of it or what a filter lists."""
    chosen = FORMS[form]
    if output is None and not chosen.format.text and sys.stdout.isatty():
        raise typer.BadParameter(f"{form} is no text: give --output, or send it into a pipe")
    pieces = _export(_settings(database=database), chosen, query)
    first = next(pieces, b"")  # A query that is refused touches no file.
    if output is None:
        _print(chain([first], pieces), text=chosen.format.text)
        return
    with output.open("wb") as file:
        file.writelines(chain([first], pieces))


def _print(pieces: Iterator[bytes], *, text: bool) -> None:
    for piece in pieces:
        if text:
            sys.stdout.write(piece.decode())  # In the encoding of the terminal.
        else:
            sys.stdout.buffer.write(piece)


def _export(settings: Settings, chosen: Export, query: str) -> Iterator[bytes]:
    _loader(settings).close()
    typed = parse_qs(query.lstrip("?"), keep_blank_values=True)
    currency = typed.get("currency", [""])[-1]
    with reading(settings.database) as versions, versions.open(currency) as snapshot:
        version = snapshot.version
        filter = read_filter(typed, version.catalogue, version.currency, version.chosen)
        yield from chosen.write(snapshot, filter)


def _loader(settings: Settings) -> Loader:
    return Loader(settings.database, settings.keep_versions, settings.write_database)


def _settings(**given: Any) -> Settings:
    return Settings(**{name: value for name, value in given.items() if value is not None})


@contextmanager
def _errors_in_words() -> Iterator[None]:
    """Ends the program with a message for errors that a person can act on."""
    try:
        yield
    except DataFaults as refused:
        for fault in refused.faults:
            errors.print(str(fault), markup=False)
        closing = f"{count_of(len(refused.faults), 'fault')}; nothing was loaded."
        errors.print(closing, markup=False)
        raise SystemExit(1) from refused
    except HostLost as error:
        away = DatabaseAway()
        errors.print(f"{away.title}: {away}", markup=False)
        raise SystemExit(1) from error
    except AppError as error:
        errors.print(f"{error.title}: {error}", markup=False)
        if isinstance(error, NoData):
            errors.print("sourcebook load FILE… loads one.", markup=False)
        raise SystemExit(1) from error
    except OSError as error:
        errors.print(f"{error.filename}: {error.strerror}", markup=False)
        raise SystemExit(1) from error
    except ValidationError as wrong:
        for one in wrong.errors():
            name = ".".join(str(part) for part in one["loc"])
            errors.print(f"The setting {name}: “{one['input']}”: {one['msg']}", markup=False)
        raise SystemExit(1) from wrong


def main() -> None:
    """Run the command line."""
    with _errors_in_words():
        app()
