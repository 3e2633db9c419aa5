"""Values by the million: frozen for whoever writes code, and made as quickly as any object."""

from dataclasses import MISSING, dataclass, fields
from typing import Any, TypeVar

T = TypeVar("T")


def quickly_made(of: type[T]) -> type[T]:
    """Have a frozen dataclass set its fields as others do, in a fifth of the time.

    That nothing sets them later the type checker holds, and not a check at each setting. For
    classes whose fields have no default factories.
    """
    given = fields(of)  # type: ignore[arg-type]
    body: dict[str, Any] = {"__annotations__": {field.name: field.type for field in given}}
    body |= {field.name: field.default for field in given if field.default is not MISSING}
    if after := of.__dict__.get("__post_init__"):
        body["__post_init__"] = after
    open_twin: Any = dataclass(slots=True)(type(of.__name__, (), body))
    of.__init__ = open_twin.__init__  # type: ignore[method-assign]
    del of.__setattr__, of.__delattr__
    return of
