"""Every claim of the whole demo lake has its words: SQL over all rows, of all versions and all readings."""

import pytest

from tests.passes import ask_home

TABLES = {
    "evidence_facts": "text",
    "actor_facts": "text",
    "quote_facts": "text",
    "citation_facts": "text",
    "claim_facts": "sentence",
}


@pytest.mark.parametrize(("table", "words"), TABLES.items())
def test_every_row_is_the_stored_text_at_its_offsets(table, words, demo_home):
    source = "case when c.field = 'title' then a.title else a.text end" if table == "evidence_facts" else "a.text"
    (counted,) = ask_home(
        demo_home,
        f"select count(*) as all_rows, count(a.article_id) as with_text, count(*) filter ("  # noqa: S608 - our names
        f"  substring({source}, c.start_char + 1, c.end_char - c.start_char) = c.{words} and c.{words} <> '') as exact "
        f"from {table} as c left join article_versions as a using (day, article_id, version)",
    )
    assert counted["all_rows"] > 0
    assert counted["all_rows"] == counted["with_text"] == counted["exact"]


def test_evidence_stands_in_titles_and_in_texts_and_every_tag_has_some(demo_home):
    assert {row["field"] for row in ask_home(demo_home, "select distinct field from topic_evidence")} == {
        "title",
        "text",
    }
    bare = "select * from topics anti join topic_evidence using (day, article_id, version, rules_version, topic)"
    assert ask_home(demo_home, bare) == []


def test_every_alert_has_its_sentence(demo_home):
    (counted,) = ask_home(
        demo_home,
        "select count(*) as all_rows, count(*) filter (substring(v.text, a.start_char + 1, a.end_char - a.start_char) "
        "= a.sentence) as exact from alerts as a inner join article_versions as v on v.article_id = a.article_id "
        "and v.day = a.article_day where a.meeting_id is not null and v.version = 1",
    )
    assert counted["all_rows"] > 0
    assert counted["all_rows"] == counted["exact"]
