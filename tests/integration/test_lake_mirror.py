"""The catalog in the lake: a fact for each change, and none where nothing changed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tasks.core.model import Catalog, Feed, TopicRule, Wire
from tasks.edge.lake.mirror import mirror_catalog
from tasks.edge.lake.write import write_lake
from tests.lakes import NOW, count_snapshots, make_lake, read_lake

FEED = Feed("norvik/world", "norvik", "https://norvik.example/rss?key=secret", "en", "UTC", 300)
NORVIK = Wire("norvik", "Norvik Press", "NOR", None, "en", "NVP", "UTC", None, "full text", None, None, (FEED,))
LUMEN = replace(NORVIK, wire_id="lumen", name="Agence Lumen", feeds=())
SUMMIT = TopicRule("diplomacy.summit", "Summit", "Leaders meet.", None, None, "en", 3.0, (), (), (), ())
CATALOG = Catalog(
    wires=(NORVIK, LUMEN),
    topics=(SUMMIT, replace(SUMMIT, lang="fr")),
    suppressors=(),
    countries=(),
    places=(),
    leaders=(),
    roles=(),
    organisations=(),
    outlets=(),
    cues={},
    languages=frozenset({"en"}),
    rules_version="rules-1",
    files={"topics/diplomacy.toml": "abc"},
)
WIRES = "select wire_id, name, is_enabled from wires order by 1"


@pytest.fixture
def address(tmp_path):
    return make_lake(tmp_path)


def mirror(address, catalog, minutes=0, **options):
    now = NOW + timedelta(minutes=minutes)
    with write_lake(address, "test", now, "test") as lake:
        mirror_catalog(lake, catalog, now, **options)


def test_wires_feeds_topics_and_rules_are_there_by_name(address):
    mirror(address, CATALOG)

    assert read_lake(address, WIRES) == [("lumen", "Agence Lumen", True), ("norvik", "Norvik Press", True)]
    assert read_lake(address, "select feed_id, every_s, health from feeds") == [("norvik/world", 300, "never asked")]
    assert read_lake(address, "select topic, label from topic_definitions") == [("diplomacy.summit", "Summit")]
    assert read_lake(address, "select rules_version, files from rules") == [
        ("rules-1", '{"topics/diplomacy.toml": "abc"}')
    ]


def test_the_same_catalog_again_is_no_snapshot(address):
    mirror(address, CATALOG)
    before = count_snapshots(address)
    mirror(address, CATALOG, minutes=5)
    assert count_snapshots(address) == before


def test_a_change_is_one_fact_more_and_the_latest_counts(address):
    mirror(address, CATALOG)
    mirror(address, replace(CATALOG, wires=(replace(NORVIK, name="Norvik News"), LUMEN)), minutes=5)

    assert read_lake(address, WIRES)[1] == ("norvik", "Norvik News", True)
    assert read_lake(address, "select count(*) from wire_facts") == [(3,)]


def test_a_wire_that_left_the_catalog_is_off_and_is_on_again_when_it_comes_back(address):
    mirror(address, CATALOG)
    mirror(address, replace(CATALOG, wires=(NORVIK,)), minutes=5)
    assert read_lake(address, WIRES)[0] == ("lumen", "Agence Lumen", False)

    mirror(address, CATALOG, minutes=10)
    assert read_lake(address, WIRES)[0] == ("lumen", "Agence Lumen", True)


def test_a_pass_over_a_file_of_other_feeds_switches_no_wire_off(address):
    mirror(address, CATALOG)
    mirror(address, replace(CATALOG, wires=(NORVIK,)), minutes=5, is_whole=False)
    assert read_lake(address, WIRES)[0] == ("lumen", "Agence Lumen", True)


def test_no_secret_of_an_address_reaches_the_lake(address):
    mirror(address, CATALOG)
    ((url,),) = read_lake(address, "select url from feed_facts")
    assert url.startswith("https://norvik.example/rss")
    assert "secret" not in url
