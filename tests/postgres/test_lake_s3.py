"""The lake's files in S3: how its keys reach DuckDB, and what ad-hoc questions cannot get at.

Run by `make test-postgres`, which brings Postgres (`with_postgres.sh`) and a store on loopback (`with_s3.py`).
"""

import os
from contextlib import closing

import psycopg
import pytest
from psycopg import sql

from flows.__main__ import main
from tasks.core.errors import DatelineError, QueryRefused
from tasks.edge.lake.adhoc import ask, connect_adhoc
from tasks.edge.lake.attach import connect_reader, connect_writer, locate_lake
from tasks.edge.lake.migrate import migrate_lake
from tasks.edge.lake.write import write_lake
from tasks.settings import read_settings
from tests import lake_profile
from tests.every_file import find_words
from tests.lakes import NOW, items, read_lake
from tests.stories import SHELLING, SUMMIT, write_stories

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(not lake_profile.BUCKET, reason="no store on loopback; `make test-postgres` brings one"),
]
PASSWORD = "hunter2"  # noqa: S105 - the server trusts everybody, so that any will do
SECRETS = ("the-secret-of-the-key", "the-token", PASSWORD)


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    """An empty lake in Postgres and S3, whose address has a password, and secrets beside it in the bucket."""
    home = tmp_path_factory.mktemp("home")
    lake_profile.copy_template(home)
    environ = {**lake_profile.lead(home), "AWS_SESSION_TOKEN": "the-token"}
    environ["DATELINE_LAKE"] += f" password={PASSWORD}"
    lake_profile.open_store().put_object(Bucket=lake_profile.BUCKET, Key="other/words.csv", Body=b"word\nhunter2\n")
    (home / "words.csv").write_text("word\nhunter2\n")
    yield read_settings(home, environ)
    lake_profile.drop_below(home)


@pytest.fixture(scope="module")
def adhoc(settings):
    address = locate_lake(settings)
    with write_lake(address, "test", NOW, "test") as lake:
        lake.append("item_facts", items(range(40)))
    with closing(connect_adhoc(address, settings)) as connection:
        yield connection


def place(settings):
    """How the statements below name files, a bucket and a server."""
    return {
        "home": settings.home,
        "data": locate_lake(settings).data,
        "bucket": f"s3://{lake_profile.BUCKET}",
        "endpoint": os.environ["AWS_ENDPOINT_URL_S3"],
        "server": lake_profile.SERVER,
    }


def test_a_question_is_answered_from_files_in_the_store(settings, adhoc):
    assert ask(adhoc, "select count(*), count(title) from items").rows == ((40, 40),)
    assert [key for key in lake_profile.list_objects(settings.data.split("/", 3)[3]) if "item_facts" in key]


@pytest.mark.parametrize(
    "statement",
    [
        "from read_text('/etc/hostname')",
        "from read_csv('{home}/words.csv')",
        "from '{home}/words.csv'",
        "from glob('{home}/*')",
        "from read_csv('{bucket}/other/words.csv')",
        "from '{bucket}/other/words.csv'",
        "from read_csv('{data}../other/words.csv')",
        "from read_csv('{data}.' || './other/words.csv')",
        "from '{data}../other/words.csv'",
        'from "{data}../other/words.csv"',
        "from query_table(['{data}.' || './other/words.csv'])",
        "from glob('{bucket}/**')",
        "from read_text('{endpoint}/dateline-test/other/words.csv')",
        "from '{endpoint}/dateline-test/other/words.csv'",
        "attach '{home}/other.duckdb'",
        "attach '{data}other.duckdb'",
        "copy (select 1) to '{data}x.csv'",
        "explain analyze copy (select 1) to '{data}x.csv'",
        "create secret (type s3, key_id 'a', secret 'b')",
        "drop secret store_of_lake",
        "from duckdb_secrets()",
        "from duckdb_secrets(redact = false)",
        "from which_secret('{data}', 's3')",
        "from postgres_query('__ducklake_metadata_lake', 'select pg_read_file(''/etc/hostname'')')",
        "from postgres_scan('{server}', 'pg_catalog', 'pg_authid')",
        "from sqlite_scan('{home}/words.sqlite', 'words')",
    ],
)
def test_nothing_but_the_lake_can_be_reached(settings, adhoc, statement):
    with pytest.raises(QueryRefused):
        ask(adhoc, statement.format(**place(settings)))


@pytest.mark.parametrize(
    "statement",
    [
        "from duckdb_databases()",
        "from duckdb_settings()",
        "from __ducklake_metadata_lake.ducklake_metadata",
        "show databases",
    ],
)
def test_no_answer_holds_a_secret(adhoc, statement):
    told = str(ask(adhoc, statement))
    assert not [secret for secret in (*SECRETS, "the-key") if secret in told]


def test_not_even_an_unlocked_connection_tells_a_secret(settings):
    for connect in (connect_reader, connect_writer):
        with closing(connect(locate_lake(settings))) as connection:
            told = str(connection.execute("from duckdb_secrets()").fetchall())
            told += str(connection.execute("from duckdb_databases()").fetchall())
        assert not [secret for secret in SECRETS if secret in told]


def test_no_secret_stands_in_what_python_prints_of_the_settings(settings):
    address = locate_lake(settings)
    told = f"{settings.store!r} {address!r}"
    assert not [secret for secret in (*SECRETS, "the-key") if secret in told]


def test_the_statements_of_attach_hold_no_secret_and_say_where_it_goes(settings, monkeypatch, capsys):
    for name, value in lake_profile.lead(settings.home).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("DATELINE_LAKE", settings.lake)
    assert main(["sql", "--attach", "--home", str(settings.home)]) == 0
    told = capsys.readouterr().out
    assert "CREATE SECRET (TYPE s3, KEY_ID '...', SECRET '...'" in told
    assert "CREATE SECRET metadata_of_lake (TYPE postgres, PASSWORD '...')" in told
    assert not [secret for secret in (*SECRETS, "the-key") if secret in told]


@pytest.mark.parametrize(
    "changed",
    [
        {"AWS_ENDPOINT_URL_S3": "http://user:the-token@127.0.0.1:9"},
        {"DATELINE_DATA": "s3://no-such-bucket/lake/"},
    ],
)
def test_a_store_that_cannot_be_used_is_one_sentence_without_a_secret(tmp_path, changed):
    environ = {**lake_profile.lead(tmp_path), "AWS_SESSION_TOKEN": "the-token", **changed}
    environ["DATELINE_LAKE"] += f" password={PASSWORD}"
    with pytest.raises(DatelineError) as caught:
        migrate_lake(locate_lake(read_settings(tmp_path, environ)), NOW)
    assert not [secret for secret in (*SECRETS, "the-key") if secret in str(caught.value)]
    assert "\n" not in str(caught.value)
    lake_profile.drop_below(tmp_path)


def test_a_new_lake_can_be_made_in_the_store(tmp_path):
    address = locate_lake(read_settings(tmp_path, lake_profile.lead(tmp_path)))
    migrate_lake(address, NOW)
    assert read_lake(address, "select count(*) > 100 from dictionary") == [(True,)]
    lake_profile.drop_below(tmp_path)


def test_what_is_forgotten_is_in_no_object_and_in_no_table_any_more(tmp_path, capsys):
    home, words = tmp_path / "home", ("Marlowe Quist", "vellumgrain")
    lake_profile.copy_template(home)
    gone = {**SUMMIT, "text": f'{SUMMIT["text"]} "We trade in vellumgrain," envoy Marlowe Quist told reporters.'}
    file = write_stories(tmp_path / "stories.jsonl", [gone, SHELLING])
    assert main(["import", str(file), "--home", str(home)]) == 0
    assert set(find_in_stores(home, tmp_path / "before", words)) == set(words)

    ids = dict(read_lake(locate_lake(read_settings(home, {})), "select title, article_id from articles"))
    assert main(["forget", ids[gone["title"]], "--reason", "asked", "--home", str(home)]) == 0

    assert find_in_stores(home, tmp_path / "after", words) == []
    assert "Postgres keeps dead rows until VACUUM FULL" in capsys.readouterr().err
    assert read_lake(locate_lake(read_settings(home, {})), "select title from articles") == [(SHELLING["title"],)]


def find_in_stores(home, folder, words):
    """Those of the words that an object of the lake or a table of its metadata holds."""
    place = lake_profile.lead(home)
    prefix = place["DATELINE_DATA"].split("/", 3)[3]
    for key in lake_profile.list_objects(prefix):
        body = lake_profile.open_store().get_object(Bucket=lake_profile.BUCKET, Key=key)["Body"].read()
        file = folder / key
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
    with psycopg.connect(place["DATELINE_LAKE"].removeprefix("postgres:")) as server:
        tables = server.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
        for (table,) in tables:
            rows = server.execute(sql.SQL("select * from {}").format(sql.Identifier(table))).fetchall()
            told = "\n".join(
                bytes(cell).decode("utf-8", "replace") if isinstance(cell, bytes | memoryview) else str(cell)
                for row in rows
                for cell in row
            )
            (folder / f"{table}.txt").write_text(told, encoding="utf-8")
    held = {word for found in find_words(folder, words).values() for word in found}
    return [word for word in words if word.casefold() in held]
