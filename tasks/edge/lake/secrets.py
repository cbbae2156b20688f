"""Keys and passwords, given to DuckDB as secrets in memory: no statement, error, log or ad-hoc question shows them."""

from __future__ import annotations

from urllib.parse import urlsplit

import duckdb

from tasks.core.errors import DatelineError
from tasks.settings import StoreAccess

METADATA_SECRET = "metadata_of_"  # noqa: S105 - how its name begins; the alias of the lake follows
_FROM_ENVIRONMENT = ("s3_access_key_id", "s3_secret_access_key", "s3_session_token")


def make_store_secret(connection: duckdb.DuckDBPyConnection, alias: str, access: StoreAccess, scope: str) -> None:
    """Let the connection reach the objects below `scope` (`s3://bucket/path/`), and no others. Raises DatelineError."""
    for setting in _FROM_ENVIRONMENT:  # httpfs puts the keys there by itself, and `duckdb_settings()` tells them
        connection.execute(f"SET {setting} = ''")
    parts = {"REGION": access.region, "SCOPE": scope}
    if access.key_id:
        parts |= {"KEY_ID": access.key_id, "SECRET": access.secret}
    if access.session_token:
        parts["SESSION_TOKEN"] = access.session_token
    if access.endpoint:
        scheme, place = split_endpoint(access.endpoint)
        parts |= {"ENDPOINT": place, "URL_STYLE": "path", "USE_SSL": str(scheme == "https").lower()}
    _make_secret(connection, f"store_of_{alias}", "s3", parts)


def make_password_secret(connection: duckdb.DuckDBPyConnection, alias: str, password: str) -> None:
    """The password of Postgres, which the ATTACH statement names by `METADATA_SECRET` and the alias."""
    _make_secret(connection, METADATA_SECRET + alias, "postgres", {"PASSWORD": password})


def split_endpoint(endpoint: str) -> tuple[str, str]:
    """Scheme and `host:port` of an endpoint. Raises DatelineError where it is no such address."""
    parts = urlsplit(endpoint if "://" in endpoint else f"https://{endpoint}")
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        raise DatelineError("AWS_ENDPOINT_URL_S3 is no address of a store; write https://host:port, or unset it.")
    return parts.scheme, parts.netloc


def split_password(server: str) -> tuple[str, str]:
    """The words by which libpq finds a server, without the password, and the password (or nothing)."""
    if "password" not in server and "@" not in server:
        return server, ""
    from psycopg import Error
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    try:
        parts = conninfo_to_dict(server)
    except Error:
        return server, ""  # who connects with it is told what is wrong
    password = str(parts.pop("password", None) or "")
    return make_conninfo("", **parts), password


def _make_secret(connection: duckdb.DuckDBPyConnection, name: str, kind: str, parts: dict[str, str]) -> None:
    named = ", ".join(f"{key} ?" for key in parts)
    try:
        connection.execute(f"CREATE OR REPLACE TEMPORARY SECRET {name} (TYPE {kind}, {named})", list(parts.values()))
    except duckdb.Error as error:
        raise DatelineError(
            f"DuckDB took no secret of kind {kind} ({type(error).__name__}); see that the key, region and endpoint of "
            "the environment are written as your store gives them."
        ) from None
