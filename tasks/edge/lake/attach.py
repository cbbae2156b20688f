"""Where the lake is, and connections to it: always attached as `lake`, names unqualified."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tasks.core.errors import DatelineError, LakeMissing
from tasks.edge.lake.extensions import open_duckdb
from tasks.edge.lake.statements import literal
from tasks.settings import Settings

# Measured for a pass that writes a dozen tables; DuckDB's limit is not a hard cap.
WRITER_CONFIG = {"memory_limit": "1GB", "threads": "2"}


@dataclass(frozen=True, slots=True)
class LakeAddress:
    """The lake's metadata and data, as DuckDB attaches them."""

    home: Path
    metadata: str
    data: str

    @property
    def is_sqlite(self) -> bool:
        """True for the default: metadata in a file beside the data."""
        return self.metadata.startswith("sqlite:")

    @property
    def metadata_file(self) -> Path:
        """The SQLite file of the metadata."""
        return Path(self.metadata.removeprefix("sqlite:"))

    def extensions(self) -> tuple[str, ...]:
        """The wheels that this address needs; SQLite's also on Postgres, for the file of words that is searched."""
        metadata = () if self.is_sqlite else ("postgres",)
        store = ("httpfs",) if self.data.startswith("s3://") else ()
        return ("ducklake", "sqlite", *metadata, *store)

    @property
    def is_portable(self) -> bool:
        """True where metadata and data lie in the home together: the home may then be moved or restored elsewhere."""
        own = self.home / "lake"
        return self.is_sqlite and self.metadata_file.parent == own and self.data == f"{own / 'data'}/"

    def attach_statement(self, *, read_only: bool, may_create: bool = False) -> str:
        """The ATTACH statement. DuckLake refuses a writer whose data path is not the one that the metadata names."""
        options = ["READ_ONLY"] if read_only else [f"CREATE_IF_NOT_EXISTS {str(may_create).lower()}"]
        options += [f"DATA_PATH {literal(self.data)}"] if self.is_portable or not read_only else []
        options += ["OVERRIDE_DATA_PATH true"] if self.is_portable else []
        if self.is_sqlite:
            # In SQLite's default journal a reader blocks the writer, and even ATTACH (measured).
            options += [] if read_only else ["META_JOURNAL_MODE 'WAL'"]
            options += ["META_BUSY_TIMEOUT 5000"]
        return f"ATTACH {literal(f'ducklake:{self.metadata}')} AS lake ({', '.join(options)})"


def locate_lake(settings: Settings) -> LakeAddress:
    """The address of the lake by the settings. Raises DatelineError for a kind of metadata that is not known."""
    kind, _, rest = settings.lake.partition(":")
    if kind == "sqlite":
        metadata = f"sqlite:{rest or settings.home / 'lake' / 'meta.sqlite'}"
    elif kind == "postgres" and rest:
        metadata = settings.lake
    else:
        raise DatelineError(
            f"DATELINE_LAKE is {kind}:..., which is no kind of metadata; "
            "use `sqlite:` or `postgres:dbname=... host=...`."
        )
    data = settings.data or str(settings.home / "lake" / "data")
    return LakeAddress(settings.home, metadata, data if data.endswith("/") else f"{data}/")


def connect_writer(address: LakeAddress, *, may_create: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection that may write. The caller holds the write lock around its transaction.

    Only a migration may create the lake. Raises LakeMissing, and DatelineError where the lake cannot be attached.
    """
    if not may_create and address.is_sqlite and not address.metadata_file.exists():
        raise missing_lake(address, "")
    connection = _connect(address, WRITER_CONFIG)
    try:
        connection.execute(address.attach_statement(read_only=False, may_create=may_create))
    except duckdb.Error as error:
        connection.close()
        raise unwritable_lake(address, error) from error
    prepare_session(connection)
    connection.execute("SET ducklake_max_retry_count = 30")
    return connection


def connect_reader(address: LakeAddress, home_source: str = "") -> duckdb.DuckDBPyConnection:
    """A read-only connection. Raises LakeMissing where nothing was ever written."""
    if address.is_sqlite and not address.metadata_file.is_file():
        raise missing_lake(address, home_source)
    connection = _connect(address, {})
    try:
        connection.execute(address.attach_statement(read_only=True))
    except duckdb.Error as error:
        connection.close()
        raise unreadable_lake(address, home_source, error) from error
    prepare_session(connection)
    return connection


def prepare_session(connection: duckdb.DuckDBPyConnection) -> None:
    """What each connection to an attached lake is told: names are the lake's, times are UTC."""
    connection.execute("USE lake")
    connection.execute("SET TimeZone = 'UTC'")


def missing_lake(address: LakeAddress, home_source: str) -> LakeMissing:
    """The error for a home without a lake."""
    source = f"{home_source or 'DATELINE_HOME'}, default ./data, seen from {Path.cwd()}"
    return LakeMissing(f"No lake at {address.home} ({source}). Run `dateline run`, or give --home.")


def unreadable_lake(address: LakeAddress, home_source: str, error: duckdb.Error) -> DatelineError:
    """The error for a lake that cannot be attached, told apart by its cause."""
    words = str(error)
    if "does not exist" in words or "no DuckLake" in words:
        return missing_lake(address, home_source)
    if "unable to open database file" in words or "attempt to write a readonly database" in words:
        return DatelineError(
            f"The lake's metadata {address.metadata_file} lies in a folder that cannot be written, and SQLite needs a "
            f"file beside it to read. Make the folder writable, or open {address.home / 'press.duckdb'} instead."
        )
    return other_data(address, words) or DatelineError(
        f"The lake at {address.home} cannot be opened ({tell_cause(error)}). Run `dateline doctor`."
    )


def unwritable_lake(address: LakeAddress, error: duckdb.Error) -> DatelineError:
    """The error for a lake that cannot be written, with what is certain: nothing of the transaction was kept."""
    if "does not exist" in str(error):
        return missing_lake(address, "")
    return other_data(address, str(error)) or DatelineError(
        f"The lake at {address.home} cannot be written ({tell_cause(error)}), and what was under way is not kept. "
        "See that the disk has room, the folder can be written and the metadata is reachable, then run again."
    )


def other_data(address: LakeAddress, words: str) -> DatelineError | None:
    """The error for a lake whose data lie elsewhere than the settings say, if that is what the words tell."""
    made_with = re.search(r'existing data path in the catalog "([^"]+)"', words)
    if made_with is None:
        return None
    return DatelineError(
        f"The lake at {address.home} keeps its data in {made_with[1]}, but the settings say {address.data}. "
        f"Set DATELINE_DATA to {made_with[1]}, or give another home."
    )


def tell_cause(error: Exception) -> str:
    """The first line of an error in a database's own words, without a password."""
    first = (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
    return re.sub(r"(password\s*=\s*)('[^']*'|\S+)|(?<=:)[^:@/\s]+(?=@)", r"\1***", first)


def _connect(address: LakeAddress, config: Mapping[str, str]) -> duckdb.DuckDBPyConnection:
    # DuckDB would spill into `.tmp` of the folder in which the command happens to run.
    spill = {"temp_directory": str(address.home / "tmp")}
    return open_duckdb(address.extensions(), {**spill, **config})
