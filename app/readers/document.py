"""YAML text into plain values, each with its place. It knows YAML and nothing of companies.

It listens to libyaml's events and never lets PyYAML build objects: that would follow aliases and
merge keys without end, overflow the stack on deep nesting and take `NO` for false. Here every
scalar stays the text that was written; only an empty one, `~` and `null` are None.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import Any, TypeAlias

import yaml
from msgspec import Struct, field
from msgspec.structs import replace

from ..errors import DataFaults, Fault

MAX_DEPTH = 20

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
Path: TypeAlias = tuple[str | int, ...]
_REFUSED: list[Value] = []
"""Stands for a value that is left out, so that it is not at fault a second time."""
_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What YAML does not take for text (YAML 1.2, 5.1), and a byte order mark inside the text."""
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class Mark(Struct, frozen=True):
    """A place in a file, counted from 1."""

    line: int
    column: int


class Document(Struct):
    """One YAML document: its value, where each part stands, and what was refused."""

    file: str
    value: Value = None
    marks: dict[Path, Mark] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def mark(self, path: Path) -> Mark:
        """The place of a part, or of the nearest part around it."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, Mark(1, 1))

    def fault(self, path: Path, message: str, company: str | None = None) -> Fault:
        """A fault at the place of a part, named by its keys within the company."""
        while path and path not in self.marks:
            path = path[:-1]
        mark = self.mark(path)
        names = [str(part) for part in path if isinstance(part, str)]
        if path[:1] == ("companies",) and len(path) > 1:
            company, names = company or self._company(path[1]), names[1:]
        return Fault(self.file, mark.line, mark.column, company, ".".join(names) or None, message)

    def _company(self, index: str | int) -> str | None:
        """What the company at an index calls itself."""
        companies = self.value.get("companies") if isinstance(self.value, dict) else None
        found = companies[index] if isinstance(companies, list) and isinstance(index, int) else None
        named = (found.get("slug") or found.get("name")) if isinstance(found, dict) else None
        return named if isinstance(named, str) else None


def read_document(content: bytes, file: str) -> Document:
    """The first YAML document of a file.

    Aliases, tags, merge keys and duplicate keys are noted as faults and left out. Raises
    DataFaults where reading cannot go on: wrong encoding, broken syntax, nesting beyond MAX_DEPTH.
    """
    document = Document(file)
    builder = _Builder(document, yaml.parse(_text(content, file), Loader=yaml.CSafeLoader))
    try:
        builder.build()
    except yaml.YAMLError as error:
        raise DataFaults([*builder.faults(), _syntax_fault(error, file)]) from error
    except _TooDeep as error:
        raise DataFaults(builder.faults()) from error
    document.faults = builder.faults()
    return document


class _TooDeep(Exception):
    """Nesting beyond MAX_DEPTH: reading stops."""


def _text(content: bytes, file: str) -> str:
    content = content.removeprefix(BOM_UTF8)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        found = f"the byte 0x{content[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise DataFaults([_fault_after(content[: error.start].decode(), file, found)]) from error
    if strange := _UNPRINTABLE.search(text):
        found = f"the control character U+{ord(strange[0]):04X} is not accepted; take it out"
        raise DataFaults([_fault_after(text[: strange.start()], file, found)])
    return text


def _fault_after(before: str, file: str, message: str) -> Fault:
    """A fault at the character that follows some text."""
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    return Fault(file, line, column, None, None, message)


def _syntax_fault(error: yaml.YAMLError, file: str) -> Fault:
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
    return Fault(file, line, column, None, None, f"this is not YAML: {problem}")


class _Builder:
    """Builds values from events, without recursion deeper than MAX_DEPTH."""

    def __init__(self, document: Document, events: Iterator[Any]) -> None:
        self.document = document
        self.events = events
        self.refused: list[tuple[Mark, Path, str]] = []

    def faults(self) -> list[Fault]:
        """What was refused, each at the very place where it stands."""
        return [
            replace(self.document.fault(path, message), line=mark.line, column=mark.column)
            for mark, path, message in self.refused
        ]

    def build(self) -> None:
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                self.document.value = self._value(next(self.events), ())
                break
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._refuse(event, (), "a file holds one document; everything after --- is extra")
                break

    def _value(self, event: Any, path: Path) -> Value:
        self._place(path, event)
        if len(path) > MAX_DEPTH:
            self._refuse(event, path, f"nested more than {MAX_DEPTH} levels deep")
            raise _TooDeep
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, path, f"the alias *{event.anchor} is not accepted; write it out")
            return _REFUSED
        if event.tag is not None and not (isinstance(event, yaml.ScalarEvent) and event.tag == "!"):
            self._refuse(event, path, f"the tag {event.tag} is not accepted; write the plain value")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        return None if not event.style and event.value in _NULLS else str(event.value)

    def _sequence(self, path: Path) -> list[Value]:
        values: list[Value] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            value = self._value(event, (*path, len(values)))
            if value is not _REFUSED:
                values.append(value)
        return values

    def _mapping(self, path: Path) -> dict[str, Value]:
        values: dict[str, Value] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._key(event, path)
            if key is None or key in values:
                self._value(next(self.events), (*path, "?"))
            else:
                value = self._value(next(self.events), (*path, key))
                self._place((*path, key), event)
                if value is not _REFUSED:
                    values[key] = value
        return values

    def _key(self, event: Any, path: Path) -> str | None:
        """The key, or None where it is refused and its value is to be read past."""
        if not isinstance(event, yaml.ScalarEvent):
            self._refuse(event, path, "a key must be plain text")
            self._value(event, (*path, "?"))
            return None
        if event.tag is not None:
            self._refuse(event, path, f"the tag {event.tag} is not accepted; write the plain key")
        if event.value == "<<" and not event.style:
            self._refuse(event, path, "the merge key << is not accepted; write the values out")
            return None
        key = str(event.value)
        if first := self.document.marks.get((*path, key)):
            message = f"the key {key} stands twice; the first is on line {first.line}"
            self._refuse(event, (*path, key), message)
        return key

    def _place(self, path: Path, event: Any) -> None:
        self.document.marks[path] = Mark(event.start_mark.line + 1, event.start_mark.column + 1)

    def _refuse(self, event: Any, path: Path, message: str) -> None:
        mark = Mark(event.start_mark.line + 1, event.start_mark.column + 1)
        self.refused.append((mark, path, message))
