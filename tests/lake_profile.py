"""The integration tests once more, on a lake whose metadata is in Postgres and whose files are in S3.

    make test-postgres -> with_postgres.sh, with_s3.py: both servers on loopback, and DATELINE_TEST_LAKE=postgres+s3
        read_settings(home) names no lake -> a database and a prefix of that home's own, in place of SQLite in the home

So a test is written once. `install` comes before anything imports `read_settings`: tests/conftest.py calls it, and in
other processes `site/sitecustomize.py`. An empty lake is a copy of a template database, since its DDL takes seconds.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest

PROFILE = "postgres+s3"
IS_ON = os.environ.get("DATELINE_TEST_LAKE") == PROFILE
SERVER = os.environ.get("DATELINE_TEST_POSTGRES", "").removeprefix("postgres:")
BUCKET = os.environ.get("DATELINE_TEST_BUCKET", "")
ROOT = Path(__file__).parents[1]
SITE = Path(__file__).parent / "postgres" / "site"

# What of tests/integration runs on both: what is about the lake, its locks and whole passes. Of files where each test
# makes lakes of its own, some that cover its promises (the beginnings of their names): the whole must take minutes.
CHOSEN: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            "examples", "lake_adhoc", "lake_locks", "lake_mirror", "lake_rows", "lake_sharing", "lake_write", "macros",
            "polling", "shards",
        ),
        ("",),
    ),
    "alerting": ("an_alert_is_delivered_once", "a_pass_killed", "a_channel_added_later", "a_failed_delivery"),
    "copies": ("a_later_pass", "a_run_again"),
    "crash": ("a_pass_killed_when[a chunk is written",),
    "lake_migrate": (
        "migrating_again", "a_newer_datelines", "an_upgrade_that_fails", "a_lake_whose_upgrade_was_killed",
        "columns_tables_and_views_of_the_future", "a_long_lived_reader",
    ),
    "lake_upkeep": (
        "the_files_of_many", "files_that_were_merged", "upkeep_and_publish_keep_out", "what_a_killed_writer",
        "rows_that_were_deleted", "a_key_that_stands_twice",
    ),
    "ledger_store": (
        "a_summit_is_stored", "what_other_wires", "the_same_stories_again", "a_change_is_a_revision",
        "a_correction_in_a_later_pass", "a_notice",
    ),
    "lake_publish": ("every_public_relation", "the_file_is_of_one_moment", "a_publish_that_fails"),
    "passes": ("a_page_is_stored", "every_item_has_an_end", "a_second_pass", "a_story_that_the_wire", "an_item_is_given"),
    "rulings": ("a_merged_meeting", "a_split_takes"),
    "search": ("what_came_after_the_index", "sql_finds_what_came_after", "a_forgotten_article"),
    "silence": ("a_wire_that_falls_silent_is_told_once",),
    "visits": ("a_correction_says_what_it_changed",),
}  # fmt: skip

_TEMPLATE, _TEMPLATE_LOCK = "lake_template", 4_711
_made: dict[str, Path] = {}

sqlite_only = pytest.mark.skipif(IS_ON, reason="about SQLite's own file, or the folder of a local lake's data")


def is_chosen(file: str, test: str = "") -> bool:
    """Does a test of a file run on Postgres and S3 too? Without a test: does any of the file?"""
    begins = CHOSEN.get(file.removeprefix("test_").removesuffix(".py"), ())
    return bool(begins) and (not test or test.removeprefix("test_").startswith(begins))


def install() -> None:
    """Under the profile, let `read_settings` lead a home that names no lake to one of its own in Postgres and S3."""
    import tasks.settings as module

    plain = module.read_settings
    if not IS_ON or getattr(plain, "is_led", False):
        return

    def read_settings(home: str | Path | None = None, environ: Mapping[str, str] | None = None) -> Any:
        found = plain(home, environ)
        if found.lake != "sqlite:" or found.data:
            return found
        return plain(home, {**(os.environ if environ is None else environ), **lead(found.home)})

    read_settings.is_led = True  # type: ignore[attr-defined]
    module.read_settings = read_settings
    paths = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys([str(SITE), str(ROOT), *filter(None, paths)]))


def lead(home: Path) -> dict[str, str]:
    """The settings of the lake of a home, whose database is made where it is not there yet."""
    name = "lake_" + hashlib.sha256(str(home).encode()).hexdigest()[:16]
    if name not in _made:
        _made[name] = home
        _make_database(name)
    return _address(name)


def has_lake(metadata: str) -> bool:
    """Is there a lake in the database of this address?"""
    with _connect(metadata.removeprefix("postgres:")) as server:
        return server.execute("select to_regclass('ducklake_metadata')").fetchone() != (None,)


def copy_template(home: Path) -> None:
    """Put an empty lake of today's layout into the database and prefix of a home."""
    _make_template()
    home.mkdir(parents=True, exist_ok=True)
    place = lead(home)
    name = _name_of(place)
    with _connect(SERVER) as server:
        server.execute(f"drop database {name} with (force)")
        server.execute(f"create database {name} template {_TEMPLATE}")
    with _connect(place["DATELINE_LAKE"].removeprefix("postgres:")) as lake:
        lake.execute("update ducklake_metadata set value = %s where key = 'data_path'", (f"{place['DATELINE_DATA']}",))
    for key in list_objects(f"{_TEMPLATE}/"):
        copied = {"Bucket": BUCKET, "Key": key}
        open_store().copy_object(Bucket=BUCKET, Key=name + key.removeprefix(_TEMPLATE), CopySource=copied)


def list_objects(prefix: str) -> list[str]:
    """The keys below a prefix of the bucket."""
    pages = open_store().get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=prefix)
    return [each["Key"] for page in pages for each in page.get("Contents", ())]


def drop_below(folder: Path) -> None:
    """Drop the databases of the homes below a folder: each takes megabytes."""
    gone = [name for name, home in _made.items() if home.is_relative_to(folder)]
    if gone:
        with _connect(SERVER) as server:
            for name in gone:
                server.execute(f"drop database if exists {name} with (force)")
                del _made[name]


@cache
def open_store() -> Any:
    """A client of the store on loopback."""
    import boto3

    return boto3.client("s3")


@cache
def _make_template() -> None:
    """Make the template, once for all workers."""
    from tasks.edge.lake.attach import locate_lake
    from tasks.edge.lake.migrate import migrate_lake
    from tasks.settings import read_settings
    from tests.lakes import NOW

    with _connect(SERVER) as server:
        server.execute("select pg_advisory_lock(%s)", (_TEMPLATE_LOCK,))
        if server.execute("select 1 from pg_database where datname = %s", (_TEMPLATE,)).fetchone():
            return
        making = f"{_TEMPLATE}_in_the_making"
        _make_database(making)
        place = _address(making) | {"DATELINE_DATA": f"s3://{BUCKET}/{_TEMPLATE}/"}
        migrate_lake(locate_lake(read_settings(ROOT / "no-home", {**os.environ, **place})), NOW)
        server.execute(f"alter database {making} rename to {_TEMPLATE}")


def _make_database(name: str) -> None:
    import psycopg

    with _connect(SERVER) as server, suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
        server.execute(f"create database {name}")


def _address(name: str) -> dict[str, str]:
    stores = {key: value for key, value in os.environ.items() if key.startswith("AWS_")}
    lake = " ".join(f"dbname={name}" if part.startswith("dbname=") else part for part in SERVER.split())
    return {**stores, "DATELINE_LAKE": f"postgres:{lake}", "DATELINE_DATA": f"s3://{BUCKET}/{name}/"}


def _name_of(place: Mapping[str, str]) -> str:
    return place["DATELINE_DATA"].rstrip("/").rpartition("/")[2]


def _connect(server: str) -> Any:
    import psycopg

    return psycopg.connect(server, autocommit=True)
