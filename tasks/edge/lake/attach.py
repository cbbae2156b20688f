"""Where the lake is, and connections to it: always attached as `lake`, names unqualified."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from tasks.core.errors import DatelineError, LakeMissing
from tasks.edge.lake.extensions import open_duckdb
from tasks.edge.lake.secrets import METADATA_SECRET, make_password_secret, make_store_secret, split_password
from tasks.edge.lake.statements import literal
from tasks.settings import ANYBODY, Settings, StoreAccess

# Measured for a pass that writes a dozen tables; DuckDB's limit is not a hard cap.
WRITER_CONFIG = {"memory_limit": "1GB", "threads": "2"}
READER_CONFIG: dict[str, str] = {}  # all cores and most of the memory, as DuckDB has it


@dataclass(frozen=True, slots=True)
class LakeAddress:
    """The lake's metadata and data, as DuckDB attaches them."""

    home: Path
    metadata: str = field(repr=False)  # of Postgres with its password, if it has one
    data: str
    store: StoreAccess = ANYBODY

    @property
    def is_remote(self) -> bool:
        """True where the Parquet files lie in S3."""
        return self.data.startswith("s3://")

    @property
    def server(self) -> str:
        """How libpq finds the Postgres of the metadata."""
        return self.metadata.removeprefix("postgres:")

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
        store = ("httpfs",) if self.is_remote else ()
        return ("ducklake", "sqlite", *metadata, *store)

    @property
    def is_portable(self) -> bool:
        """True where metadata and data lie in the home together: the home may then be moved or restored elsewhere."""
        own = self.home / "lake"
        return self.is_sqlite and self.metadata_file.parent == own and self.data == f"{own / 'data'}/"

    def attach_statement(self, *, read_only: bool, may_create: bool = False, alias: str = "lake") -> str:
        """The ATTACH statement. DuckLake refuses a writer whose data path is not the one that the metadata names."""
        options = ["READ_ONLY"] if read_only else [f"CREATE_IF_NOT_EXISTS {str(may_create).lower()}"]
        options += [f"DATA_PATH {literal(self.data)}"] if self.is_portable or not read_only else []
        options += ["OVERRIDE_DATA_PATH true"] if self.is_portable else []
        if self.is_sqlite:
            # In SQLite's default journal a reader blocks the writer, and even ATTACH (measured).
            options += [] if read_only else ["META_JOURNAL_MODE 'WAL'"]
            options += ["META_BUSY_TIMEOUT 5000"]
            return f"ATTACH {literal(f'ducklake:{self.metadata}')} AS {alias} ({', '.join(options)})"
        server, password = split_password(self.server)
        options += [f"META_SECRET {literal(METADATA_SECRET + alias)}"] if password else []
        return f"ATTACH {literal(f'ducklake:postgres:{server}')} AS {alias} ({', '.join(options)})"


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
    return LakeAddress(settings.home, metadata, data if data.endswith("/") else f"{data}/", settings.store)


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
    connection = _connect(address, READER_CONFIG)
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
    if missing := re.search(r'database "([^"]+)" does not exist', words):
        return missing_database(missing[1])
    if is_of_store(address, error):
        return unreachable_store(address, error)
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
    if missing := re.search(r'database "([^"]+)" does not exist', str(error)):
        return missing_database(missing[1])
    if is_of_store(address, error):
        return unreachable_store(address, error)
    if "does not exist" in str(error):
        return missing_lake(address, "")
    return other_data(address, str(error)) or DatelineError(
        f"The lake at {address.home} cannot be written ({tell_cause(error)}), and what was under way is not kept. "
        "See that the disk has room, the folder can be written and the metadata is reachable, then run again."
    )


def missing_database(name: str) -> DatelineError:
    """The error for a server that has no such database."""
    return DatelineError(
        f"Postgres has no database {name} for the lake's metadata; make it (`createdb {name}`), or mend DATELINE_LAKE."
    )


def is_of_store(address: LakeAddress, error: duckdb.Error) -> bool:
    """True where it is S3 that did not do what it was asked."""
    return address.is_remote and ("HTTP " in str(error) or "s3://" in str(error)) and "catalog" not in str(error)


def unreachable_store(address: LakeAddress, error: duckdb.Error) -> DatelineError:
    """The error for data in S3 that cannot be reached."""
    return DatelineError(
        f"The lake's data at {address.data} cannot be reached ({tell_cause(error)}), and what was under way is not "
        "kept. See that the bucket is there and that AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and "
        "AWS_ENDPOINT_URL_S3 fit it; `dateline doctor` tries them."
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
    connection = open_duckdb(address.extensions(), {**spill, **config})
    try:
        give_secrets(connection, address)
    except DatelineError:
        connection.close()
        raise
    return connection


def give_secrets(connection: duckdb.DuckDBPyConnection, address: LakeAddress, alias: str = "lake") -> None:
    """What the connection needs to reach the data and metadata of the lake of this alias. Raises DatelineError."""
    if address.is_remote:
        make_store_secret(connection, alias, address.store, address.data)
    password = "" if address.is_sqlite else split_password(address.server)[1]
    if password:
        make_password_secret(connection, alias, password)
