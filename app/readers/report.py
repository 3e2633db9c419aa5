"""The report of everything wrong with the files of a load, in words a person can act on."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from rapidfuzz import process

from ..errors import DataFaults, Fault
from .document import Document, Path
from .entries import Entry

E = TypeVar("E", bound=Entry)
_MESSAGES = {
    "string_type": "must be text",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "dict_type": "must be a mapping",
    "model_type": "must be a mapping of keys",
    "string_too_short": "is empty; leave the line out where nothing is known",
    "string_too_long": "is too long",
    "date_from_datetime_parsing": "is no date; write it as 2016-11-21",
    "date_parsing": "is no date; write it as 2016-11-21",
    "bool_parsing": "must be true or false",
}


class Report:
    """Collects faults while reading goes on."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def add(self, document: Document, path: Path, message: str, company: str | None = None) -> None:
        """Note a fault at the place of a part of a document."""
        self.faults.append(document.fault(path, message, company))

    def raise_if_any(self) -> None:
        """Raise DataFaults with all faults in the order of the files' lines, if there are any."""
        if self.faults:
            raise DataFaults(sorted(self.faults, key=lambda f: (f.file, f.line, f.column)))

    def validate(
        self, model: type[E], value: Any, document: Document, path: Path, company: str | None = None
    ) -> E | None:
        """The entry that a value makes, or None with all its faults noted."""
        try:
            return model.model_validate(value)
        except ValidationError as error:
            for found in error.errors():
                place = _place(document, path, found["loc"])
                self.add(document, place, _message(model, found), company)
            return None

    def refuse_strangers(
        self,
        document: Document,
        path: Path,
        keys: Iterable[str],
        known: Iterable[str],
        company: str | None = None,
    ) -> None:
        """Note every key that is not known, with the nearest that is."""
        known = tuple(known)
        for key in keys:
            if key not in known:
                self.add(document, (*path, key), stranger(key, known), company)


def stranger(key: str, known: Iterable[str]) -> str:
    """What to say of a key nobody knows."""
    near = process.extractOne(key, tuple(known), score_cutoff=70)
    hint = f"; did you mean {near[0]}?" if near else f"; known are {', '.join(known)}"
    return f"unknown key {key}{hint}"


def undescribed(source: str, described: Iterable[str]) -> str:
    """What to say of a source that no file describes."""
    known = ", ".join(described) or "none"
    return f"the source {source} is not described; described are: {known}"


def _place(document: Document, path: Path, loc: tuple[str | int, ...]) -> Path:
    """The nearest place in the file; shorthand leaves parts of the model out of the text."""
    for part in loc:
        if (*path, part) in document.marks:
            path = (*path, part)
    return path


def _message(model: type[Entry], found: Any) -> str:
    kind, given = found["type"], found.get("input")
    field = found["loc"][-1] if found["loc"] else ""
    if kind == "value_error":
        return str(found["ctx"]["error"])
    if kind == "missing":
        return f"needs {field}"
    if kind == "extra_forbidden":
        return stranger(str(field), _known(model, found["loc"][:-1]))
    if given is None:
        return "has no value; leave the line out where nothing is known"
    if kind in ("enum", "literal_error"):
        return f"“{given}” must be one of {found['ctx']['expected']}"
    shown = f"“{given}” " if isinstance(given, str) and len(given) < 80 else ""
    return f"{shown}{_MESSAGES.get(kind, found['msg'])}"


def _known(model: type[Entry], loc: tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys of the entry that stands at a place within a model, as people write them."""
    for part in loc:
        if isinstance(part, str) and part in model.model_fields:
            model = next(_entries(model.model_fields[part].annotation), model)
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _entries(annotation: Any) -> Iterator[type[Entry]]:
    """The models that a type is made of: those of `list[A]`, `A | None`, `dict[str, A]`."""
    if isinstance(annotation, type) and issubclass(annotation, Entry):
        yield annotation
    for argument in get_args(annotation):
        yield from _entries(argument)
