"""`dateline why` on a real lake: each tag with its words in their sentence, and what nearly stood, by which rules."""

import re
from datetime import UTC, datetime
from functools import partial

import pytest

from flows.__main__ import main
from tests.homes import begin
from tests.stories import HARVEST, SHELLING, SUMMIT, write_stories

MARKET = {
    "url": "https://meridian.example/business/price-war",
    "title": "Grocers in price war",
    "text": (
        "OSLO, December 11 (Meridian) - A price war between two grocers went into its third week on Thursday.\n\n"
        "Talks about Norwegian avocados were friendly, the ministry said."
    ),
    "published_at": "2025-12-11T10:00:00Z",
    "wire": "Meridian Wire",
}
WRAPPED = {
    "url": "https://meridian.example/world/wrapped",
    "title": "Army shelling of villages goes on",
    "text": "\n".join(
        f"GOMA, December 11 (Meridian) - The army of Sudan shelled\nvillages for the {day} day while talks on a price\n"
        f"war between grocers went on in Oslo, and shelling\nkilled four soldiers, the ministry of Norway said.\n"
        for day in ("third", "fourth", "fifth")
    ),
    "published_at": "2025-12-11T11:00:00Z",
    "wire": "Meridian Wire",
}
BLOCKADE = """
[[topic]]
id = "conflict.grocers"
label = "Grocers"
definition = "Grocers at war. Not: grocers at peace."
threshold = 2.0
strong = ["price war between two grocers"]
examples = [{ text = "A price war between two grocers.", match = true }, { text = "Peace.", match = false }]
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("why")
    begin(folder / "home", datetime(2025, 12, 12, tzinfo=UTC))
    path = write_stories(folder / "stories.jsonl", [SUMMIT, SHELLING, HARVEST, MARKET, WRAPPED])
    assert main(["import", str(path), "--home", str(folder / "home")]) == 0
    return folder / "home"


@pytest.fixture
def run(run):
    return partial(run, "why")


def test_each_tag_is_told_with_its_words_marked_in_their_sentence(run):
    code, out, _ = run(SUMMIT["url"])
    assert code == 0
    (marked, rule, *_) = out.partition("\ndiplomacy.summit: ")[2].splitlines()[1:]
    assert re.search(r"\[\[[^]]*summit[^]]*\]\]", out.partition("\ndiplomacy.summit: ")[2], re.IGNORECASE)
    assert "[[" in marked
    assert rule.strip().startswith("diplomacy.summit: ")
    assert "Why its tags stand, by the rules that read it (" in out


def test_the_machine_form_has_spans_sentences_rules_and_the_version(run_json):
    told = run_json(SUMMIT["url"])
    assert told["rules_version"] == told["rules_today"]
    assert "diplomacy.summit" in {tag["topic"] for tag in told["topics"]}
    for tag in told["topics"]:
        for proof in tag["evidence"]:
            sentence = proof["sentence"]
            source = told["title"] if proof["field"] == "title" else SUMMIT["text"]
            assert source[sentence["start"] : sentence["end"]] == sentence["text"]
            at = proof["start"] - sentence["start"]
            assert sentence["text"][at : at + len(proof["text"])] == proof["text"]
            assert proof["rule"]
            assert proof["zone"] in {"title", "lead", "body"}


def test_what_a_mask_took_and_what_company_was_missing_are_named(run_json):
    told = run_json(MARKET["url"])
    near = {verdict["topic"]: verdict for verdict in told["near_misses"]}
    masked = [miss for miss in near["conflict.war"]["misses"] if miss["kind"] == "mask"]
    assert {miss["by"]["text"].lower() for miss in masked} == {"price war"}
    lonely = [miss for verdict in near.values() for miss in verdict["misses"] if miss["kind"] == "company"]
    assert all(need.startswith(("@", "{")) for miss in lonely for need in miss["lacks"])
    assert "Talks" in {miss["text"] for miss in lonely}
    assert not any(verdict["stands"] for verdict in near.values())


def test_of_hard_wrapped_copy_every_span_is_the_stored_text(run_json):
    told = run_json(WRAPPED["url"], "--topic", "conflict.war")
    misses = [miss for verdict in told["near_misses"] for miss in verdict["misses"]]
    proofs = [proof for each in (*told["topics"], *told["near_misses"]) for proof in each["evidence"]]
    takers = [miss["by"] for miss in misses if miss["by"]]
    assert "price\nwar" in {taker["text"] for taker in takers}
    for proof in (*misses, *proofs, *takers, *told["other_subjects"]):
        source = told["title"] if proof["field"] == "title" else WRAPPED["text"].strip()
        assert source[proof["start"] : proof["end"]] == proof["text"]


def test_one_topic_can_be_asked_for(run, run_json):
    code, out, _ = run(MARKET["url"], "--topic", "conflict.war")
    assert code == 0
    assert "It is not tagged conflict.war." in out
    assert "“price war” takes it away" in out
    assert "Its class does not stand (conflict: " in out
    assert [verdict["topic"] for verdict in run_json(MARKET["url"], "--topic", "conflict.war")["near_misses"]] == [
        "conflict.war"
    ]
    assert "diplomacy.summit: " in run(SUMMIT["url"], "--topic", "diplomacy.summit")[1]


def test_a_topic_that_does_not_exist_is_a_slip(run):
    code, _, err = run(SUMMIT["url"], "--topic", "diplomacy.sumit")
    assert code == 2
    assert err == "There is no topic 'diplomacy.sumit'; `dateline topics` lists them.\n"


def test_a_story_that_was_not_read_says_so(run, run_json):
    assert "Not read: no rules knew its language (fr)." in run(HARVEST["url"])[1]
    told = run_json(HARVEST["url"])
    assert (told["lang"], told["topics"], told["near_misses"]) == ("fr", None, None)


def test_it_is_said_when_other_rules_than_todays_read_the_story(home, run, run_json):
    (home / "catalog" / "topics").mkdir(parents=True)
    (home / "catalog" / "topics" / "mine.toml").write_text(BLOCKADE, encoding="utf-8")
    try:
        told = run_json(MARKET["url"])
        out = run(MARKET["url"])[1]
    finally:
        (home / "catalog" / "topics" / "mine.toml").unlink()
    assert told["rules_version"] != told["rules_today"]
    assert "Other rules than today's read it. Today's would change its tags: +conflict, +conflict.grocers" in out
