"""The built-in catalog, loaded once in a run of the tests: that takes a second, and half of one to compile its reader."""

from __future__ import annotations

from functools import cache

from tasks.catalog.load import load_catalog
from tasks.core.model import Catalog


@cache
def builtin_catalog() -> Catalog:
    """The catalog without any overlay."""
    return load_catalog()
