"""press.duckdb: whole, read by any DuckDB, and renamed into place under those who read the one before."""

import os
import subprocess
import sys
from contextlib import closing
from datetime import timedelta

import duckdb
import pytest

from tasks.core.errors import DatelineError, LakeMissing
from tasks.edge.lake import publish
from tasks.edge.lake.publish import TEXT_DAYS, publish_press
from tasks.edge.lake.statements import list_sql
from tasks.edge.lake.write import write_lake
from tests.lakes import DAY, NOW, fill_row, locate, make_lake

OLD_DAY = DAY - timedelta(days=TEXT_DAYS + 1)


def add_article(address, ident, day=DAY):
    with write_lake(address, "test", NOW, "test") as lake:
        article = {"article_id": ident, "text": f"Text of {ident}", "day": day}
        lake.append("article_facts", [fill_row(lake.connection, "article_facts", **article)])


def ask(path, statement):
    """What a DuckDB without any extension of ours is told."""
    with closing(duckdb.connect(str(path), read_only=True)) as connection:
        return connection.execute(statement).fetchall()


@pytest.fixture(scope="module")
def press(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    address = make_lake(home)
    add_article(address, "new")
    add_article(address, "old", OLD_DAY)
    return publish_press(address, home / "out", NOW)


def test_every_public_relation_is_a_table_with_its_words(press):
    comments = dict(ask(press, "select table_name, comment from duckdb_tables()"))
    assert comments.keys() == {view.name for view in list_sql("views")} | {"published", "dictionary"}
    assert all(comments.values())
    assert comments["published"] == "One row: when this file was written, and by what."


def test_every_column_has_its_words(press):
    assert (
        ask(press, "select table_name, column_name from duckdb_columns() where not internal and comment is null") == []
    )


def test_the_dictionary_lists_exactly_what_the_file_has(press):
    columns = "select table_name, column_name from duckdb_columns() where not internal"
    listed = "select relation, name from dictionary where name is not null and kind in ('table', 'view')"
    assert sorted(ask(press, columns)) == sorted(ask(press, listed))
    assert ask(press, "select count(*) from dictionary where meaning = ''") == [(0,)]


def test_the_macros_that_need_no_facts_are_there_and_in_the_dictionary(press):
    had = [name for (name,) in ask(press, "select function_name from duckdb_functions() where not internal order by 1")]
    of_the_past = {"as_tagged", "readings_on", "tags_between", "articles_between", "ledger_on", "ledger_between"}
    assert had == sorted({macro.name for macro in list_sql("macros")} - of_the_past - {"search"})
    listed = "select relation, count(*) filter (where kind = 'parameter') from dictionary where kind in ('macro', 'parameter')"
    assert ask(press, f"{listed} group by 1 order by 1") == [
        (macro.name, len(macro.parameters)) for macro in list_sql("macros") if macro.name in had
    ]
    assert ask(
        press, "select count(*), sum(articles) from topic_volume('x', since := '2026-02-01', until := '2026-03-01')"
    ) == [(29, 0)]


def test_texts_of_the_last_days_are_there_and_older_ones_are_left_out(press):
    assert ask(press, "select article_id, text from articles order by 1") == [("new", "Text of new"), ("old", None)]
    assert ask(press, "select count(text) from article_versions") == [(1,)]
    ((at, texts_since),) = ask(press, "select published_at::varchar, texts_since from published")
    assert at.startswith("2026-03-01")
    assert OLD_DAY < texts_since <= DAY


def test_the_file_opens_where_no_extension_is_installed_and_no_network_is_there(press):
    program = (
        "import duckdb, sys; c = duckdb.connect(sys.argv[1], read_only=True, config={'autoinstall_known_extensions': "
        "'false', 'autoload_known_extensions': 'false'}); print(c.execute('select count(*) from articles').fetchone())"
    )
    done = subprocess.run([sys.executable, "-I", "-c", program, str(press)], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("(2,)\n", "")


def test_a_reader_of_the_file_before_keeps_it_while_a_new_one_is_put_in_its_place(tmp_path):
    address = make_lake(tmp_path)
    path = publish_press(address, tmp_path, NOW)
    with closing(duckdb.connect(str(path), read_only=True)) as reader:
        assert reader.execute("select count(*) from articles").fetchone() == (0,)
        add_article(address, "new")
        assert publish_press(address, tmp_path, NOW) == path
        assert reader.execute("select count(*) from articles").fetchone() == (0,)
        assert reader.execute("select count(*) from items").fetchone() == (0,)

    assert ask(path, "select article_id from articles") == [("new",)]


def test_the_file_is_of_one_moment_although_a_pass_commits_meanwhile(tmp_path, monkeypatch):
    """All its relations are of one snapshot: what is committed after the first was read is in none of them."""
    address = make_lake(tmp_path)

    def list_while_a_pass_commits(folder):
        for number, file in enumerate(list_sql(folder)):
            yield file
            if (folder, number) == ("views", 0):
                add_article(address, "meanwhile")

    monkeypatch.setattr(publish, "list_sql", list_while_a_pass_commits)
    path = publish_press(address, tmp_path, NOW)

    assert ask(path, "select count(*) from articles") == [(0,)]
    assert ask(path, "select count(*) from article_versions") == [(0,)]


def test_a_publish_that_fails_leaves_the_file_that_was_there(tmp_path, monkeypatch):
    address = make_lake(tmp_path)
    path = publish_press(address, tmp_path, NOW)
    before = path.read_bytes()
    monkeypatch.setattr(publish, "STORAGE_VERSION", "v0.0.1")

    with pytest.raises(DatelineError, match=r"press.duckdb cannot be written \(.*\); the file that was"):
        publish_press(address, tmp_path, NOW)

    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.glob("*press*")] == ["press.duckdb"]


def test_what_a_killed_publish_left_is_swept_after_a_day_and_not_before(tmp_path):
    address = make_lake(tmp_path)
    old, young = tmp_path / ".press-1.duckdb", tmp_path / ".press-2.duckdb"
    for left, age in ((old, 25), (young, 1)):
        left.write_text("half a file")
        at = (NOW - timedelta(hours=age)).timestamp()
        os.utime(left, (at, at))

    publish_press(address, tmp_path, NOW)

    assert not old.exists()
    assert young.exists()


def test_without_a_lake_there_is_nothing_to_publish(tmp_path):
    with pytest.raises(LakeMissing):
        publish_press(locate(tmp_path / "none"), tmp_path / "out", NOW)
    assert not list((tmp_path / "out").iterdir())
