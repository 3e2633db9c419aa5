"""Compiled templates, kept from one start to the next: to compile them takes a fifth of a start."""

from contextlib import suppress
from typing import Self

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


class Compiled(FileSystemBytecodeCache):
    """Keeps them in a folder of this user's own among the temporary files, and does without where
    there is no room.

    A template that was changed is compiled anew. `options` tells the options of the environment:
    what is compiled with others lies apart.
    """

    @classmethod
    def somewhere(cls, options: str) -> Self | None:
        """Where they can be kept safe from other users; None where they cannot."""
        with suppress(RuntimeError, OSError):
            return cls(pattern=f"sourcebook-{options}-%s.cache")
        return None

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)
