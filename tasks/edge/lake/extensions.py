"""DuckDB's extensions, loaded from the installed wheels: nothing is ever downloaded."""

from __future__ import annotations

import importlib.util
import os
import stat
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import duckdb

from tasks.core.errors import DatelineError
from tasks.edge.lake.statements import literal

# Wheel name -> the name under which DuckDB looks for the entry point in the file's own name.
LOAD_NAMES = {"ducklake": "ducklake", "sqlite": "sqlite_scanner", "postgres": "postgres_scanner", "httpfs": "httpfs"}

_checked: set[str] = set()

# DuckDB looks for pandas anew at each value of a list that it is given, and nobody here uses pandas: a commit of 257
# articles spent a sixth of its CPU on a thousand searches of the disk. This entry makes the import fail at once.
if importlib.util.find_spec("pandas") is None:
    sys.modules["pandas"] = None  # type: ignore[assignment]


def open_duckdb(names: tuple[str, ...], config: Mapping[str, str]) -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory with these extensions (`ducklake`, `sqlite`, `postgres`, `httpfs`), none from anywhere else.

    DuckDB checks the signature of an extension each time it is loaded, which takes 0.12 s for each file: three
    quarters of a connection. Here each file is checked at its first load in a process, and the same file not again.
    """
    is_checked = _checked.issuperset(names)
    fixed = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    fixed |= {"allow_unsigned_extensions": str(is_checked).lower()}
    connection = duckdb.connect(config={**config, **fixed})
    for name in names:
        connection.execute(f"LOAD {literal(str(find_extension(name)))}")
    if is_checked:
        connection.execute("SET allow_unsigned_extensions = false")  # cannot be set back while the database runs
    _checked.update(names)
    return connection


def find_extension(name: str) -> Path:
    """The file of an extension, under the name that DuckDB wants. Raises DatelineError where its wheel is missing."""
    spec = importlib.util.find_spec(f"duckdb_extension_{name}")
    folder = Path(spec.origin).parent if spec is not None and spec.origin else None
    file = folder / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension" if folder else None
    if file is None or not file.is_file():
        raise DatelineError(
            f"DuckDB's extension {name} for version {duckdb.__version__} is not installed; run `make setup` again."
        )
    return file if LOAD_NAMES[name] == name else _link_extension(file, LOAD_NAMES[name])


def _link_extension(file: Path, load_name: str) -> Path:
    """A link to the file under another name: beside the interpreter, or in a temporary folder of this user."""
    for parent in (Path(sys.prefix) / "share", Path(tempfile.gettempdir())):
        folder = parent / f"dateline-extensions-{os.getuid()}-{duckdb.__version__}"
        link = folder / f"{load_name}.duckdb_extension"
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not _is_ours(folder):
                continue
            if link.resolve() != file.resolve():
                staged = folder / f".{load_name}-{os.getpid()}"
                staged.unlink(missing_ok=True)
                staged.symlink_to(file)
                staged.replace(link)
        except OSError:
            continue
        return link
    raise DatelineError(f"No folder could be written to load DuckDB's extension {load_name}; make {parent} writable.")


def _is_ours(folder: Path) -> bool:
    """True where nobody else can put a file of theirs into the folder: in /tmp its name can be guessed."""
    found = folder.lstat()
    return found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH) and not folder.is_symlink()
