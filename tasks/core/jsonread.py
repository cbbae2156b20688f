"""JSON values back to the values of the core that `jsonform` or `asdict` wrote, by the types of their fields."""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import is_dataclass
from datetime import date
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

Decode = Callable[[Any], Any]


@cache
def open_decoder(kind: Any) -> Decode:
    """What reads JSON values of a type: a dataclass, a tuple of one type, a day, an optional one, or a plain value.

    Keys that the class has no field for are an error, like missing ones.
    """
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        inner = open_decoder(next(part for part in parts if part is not type(None)))
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        each = open_decoder(parts[0])
        return lambda value: tuple(map(each, value))
    if kind is date:
        return date.fromisoformat
    return _open_fields(kind) if is_dataclass(kind) else _keep


def _open_fields(kind: Any) -> Decode:
    fields = {name: open_decoder(hint) for name, hint in get_type_hints(kind).items()}
    return lambda value: kind(**{name: fields[name](part) for name, part in value.items()})


def _keep(value: Any) -> Any:
    return value
