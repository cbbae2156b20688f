"""The example questions have answers on the sample wire, as whoever tries them first will see."""

import pytest

from tasks.desk.desk import open_desk
from tasks.edge.lake.adhoc import ask, find_parameters
from tasks.edge.lake.statements import list_sql

# What a lake of two healthy polls has none of: gaps, silent feeds, stories taken back, alerts that no channel took.
WITHOUT_ANSWER = {"gaps", "silent_feeds", "tags_week", "undelivered", "withdrawn"}


@pytest.mark.parametrize("example", list_sql("examples"), ids=lambda example: example.name)
def test_an_example_has_rows_on_the_sample_wire(example, demo_home):
    with open_desk(demo_home, example.text) as desk:
        ((meeting,),) = ask(desk.connection, "select meeting_id from summits where name = 'Cartagena Summit'").rows
        values = {
            "rules_version": "", "since": "2020-01-01", "on": f"{desk.now:%Y-%m-%d}", "name": "Panama",
            "words": "ceasefire", "country": "Egypt", "topic": "conflict", "meeting": meeting[:8], "cursor": "",
        }  # fmt: skip
        if example.name == "person":
            values["name"] = "Batista"
        given = {name: values[name] for name in find_parameters(example.text)}
        answer = ask(desk.connection, example.text, given or None)
    if example.name not in WITHOUT_ANSWER:
        assert answer.rows
