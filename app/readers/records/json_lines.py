"""JSON Lines: a line, an object."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from .cells import Object
from .encoding import choose_encoding
from .findings import Findings
from .form import Form
from .lines import Lines
from .packed import open_bytes, read_sample


class JsonLines:
    """The values of a JSON Lines file; a line that is broken is noted and left out."""

    def __init__(self, path: Path, form: Form, findings: Findings) -> None:
        encoding = choose_encoding(form.encoding, read_sample(path))
        self.form = replace(form, encoding=encoding)
        self.findings = findings
        self.lines = Lines(open_bytes(path), encoding)

    @property
    def share(self) -> float | None:
        return self.lines.packed.share

    @property
    def row(self) -> int:
        return self.lines.number

    def close(self) -> None:
        self.lines.close()

    def __iter__(self) -> Iterator[tuple[int, Any]]:
        lines = self.lines
        for line in lines:
            if lines.trouble:
                self.findings.add(lines.number, lines.trouble)
            elif not line.isspace():
                try:
                    yield lines.number, _DECODER.decode(line.rstrip())
                except json.JSONDecodeError as error:
                    message = f"this line is not JSON: {error.msg}"
                    self.findings.add(lines.number, message, error.colno)
                except (ValueError, RecursionError) as error:
                    told = "nested too deep" if isinstance(error, RecursionError) else str(error)
                    self.findings.add(lines.number, told)
            lines.begin()


def _refuse_constant(name: str) -> str:
    raise ValueError(f"{name} is no JSON; write null where nothing is known")


_DECODER = json.JSONDecoder(
    # Numbers keep the text that stands there.
    parse_float=str,
    parse_int=str,
    parse_constant=_refuse_constant,
    object_pairs_hook=Object.of,
)
