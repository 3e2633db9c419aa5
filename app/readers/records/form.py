"""How a table file is to be read: what is asked for, and what was found out."""

from msgspec import Struct


class Form(Struct, frozen=True):
    """How a file is to be read; what is left None is found out.

    `format` is csv, tsv, json, jsonl or xlsx; else the file's name says it, before `.gz`.
    `header` counts from 1 and is the row that holds the names of the columns. `under` is for JSON
    the key under which the list stands, dotted where it lies deeper.
    """

    format: str | None = None
    delimiter: str | None = None
    encoding: str | None = None
    sheet: str | None = None
    header: int = 1
    under: str | None = None
