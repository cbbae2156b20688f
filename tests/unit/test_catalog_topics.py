"""Every topic of the catalog is proved by its own examples, and the catalog by the stories of others."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.core.topics.tagger import TopicTagger
from tasks.edge.sample import load_sample, tell_text
from tests.data import DATA, needs_data
from tests.rules_catalog import load_rules

ROOT = Path(__file__).parents[2]
CATALOG = load_rules()
TAGGERS = {lang: TopicTagger(CATALOG, lang) for lang in sorted(CATALOG.languages)}
TAGGER = TAGGERS["en"]
EXAMPLES = [(rule.topic, rule.lang, example) for rule in CATALOG.topics for example in rule.examples]
LEAST_EXAMPLES = {"en": (3, 2)}  # positive and negative ones of a topic in the first language; in others fewer will do
NOW = datetime(2025, 12, 11, 14, 30, tzinfo=UTC)
SAMPLE = load_sample(ROOT / "deploy" / "sample")
READ = [story for story in SAMPLE.stories if story.topics is not None and not story.fault]

CHILDREN = {
    "conflict": "war civil_war armed attack terror insurgency coup mobilize weapons war_crimes occupation threat"
    " sabotage casualties",
    "diplomacy": "summit talks meeting visit call peace envoy mediation agreement treaty sanctions relations protest"
    " statement un organisation aid",
}


def standing(title, text, body_start=0, lang="en"):
    return {tag.topic for tag in TAGGERS[lang].tag(title, text, body_start, lang) if tag.confidence != "low"}


@pytest.mark.parametrize("lang", TAGGERS)
def test_all_topics_of_the_design_are_there_in_every_language(lang):
    wanted = {*CHILDREN, *(f"{root}.{child}" for root, below in CHILDREN.items() for child in below.split())}
    assert {rule.topic for rule in CATALOG.topics if rule.lang == lang} == wanted


@pytest.mark.parametrize("rule", CATALOG.topics, ids=lambda rule: f"{rule.topic}-{rule.lang}")
def test_a_topic_has_a_definition_that_says_what_does_not_count_and_enough_examples(rule):
    matches = [example.match for example in rule.examples]
    assert "Not:" in rule.definition
    positive, negative = LEAST_EXAMPLES.get(rule.lang, (2, 1))
    assert matches.count(True) >= positive
    assert matches.count(False) >= negative


def test_only_topics_that_have_no_code_elsewhere_are_without_one():
    assert {rule.topic for rule in CATALOG.topics if rule.iptc is None} == {"conflict.threat", "conflict.sabotage"}
    assert {rule.topic for rule in CATALOG.topics if rule.plover is None} == {"diplomacy.statement"}


def test_no_retired_iptc_code_is_used():
    retired = {"medtop:20000647", "medtop:20000064", "medtop:20001378"}
    assert not retired & {rule.iptc for rule in CATALOG.topics}


@pytest.mark.parametrize(
    ("topic", "lang", "example"), EXAMPLES, ids=lambda value: value if isinstance(value, str) else value.text[:40]
)
def test_an_example_is_tagged_as_it_says(topic, lang, example):
    found = standing(example.title, example.text, lang=lang)
    assert (topic in found) is example.match
    if not example.match:
        assert not {each for each in found if "." not in each}


@pytest.mark.parametrize("story", READ, ids=lambda story: story.slug)
def test_a_story_of_the_sample_wire_has_its_topics_and_no_other_class(story):
    found = standing(story.title, tell_text(SAMPLE, story, NOW), lang=story.lang)
    assert set(story.topics) <= found
    assert {topic for topic in found if "." not in topic} <= {*story.topics, *story.may}


@pytest.mark.parametrize(
    "text",
    [
        "A thaw: Norway\u2019s foreign minister met his Chilean counterpart in Santiago.",
        "KYIV\u00a0\u2014 A drone strike hit a port near Odesa; Ukraine\u2019s army said three rockets were shot down.",
        "The U.S. envoy held peace-talks in Bogot\u00e1 with Colombia\u2019s rebels, who \u201claid down arms\u201d.",
        "МИНСК \u2014 «Мирные\u00a0переговоры» России и Украины;  обстрелы прекращены, рассказал посол Чёрной\u00adгории.",
    ],
)
def test_evidence_is_exact_in_any_typography(text):
    found = TAGGER.tag(text, text) or TAGGERS["ru"].tag(text, text, lang="ru")
    assert found
    for tag in found:
        assert tag.evidence
        for proof in tag.evidence:
            assert text[proof.start : proof.end] == proof.text


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Trade union leaders met in Leeds on Monday.", set()),
        ("European Union leaders met Norway's prime minister at an EU summit in Brussels.", {"diplomacy"}),
        ("Twenty died in suicide bombings in Baghdad, Iraq.", {"conflict"}),
        ("KIM JONG UN OPENS A FACTORY FOR NOODLES", set()),
    ],
)
def test_short_words_inside_long_names_mislead_nobody(text, topics):
    assert {topic for topic in standing(None, text) if "." not in topic} == topics


def digest(seed):
    code = "from tests.unit.test_catalog_topics import digest_tags\nprint(digest_tags())"
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def digest_tags():
    """The hash of all tags of all examples in their languages, one by one and all in one text."""
    tags = []
    for lang, tagger in TAGGERS.items():
        texts = [example.text for _, of, example in EXAMPLES if of == lang]
        tags += [[asdict(tag) for tag in tagger.tag(None, text, lang=lang)] for text in [*texts, " ".join(texts)]]
    return hashlib.sha256(json.dumps(tags).encode()).hexdigest()


def test_the_same_text_gives_the_same_bytes_in_every_process():
    assert {digest("1"), digest("4242")} == {digest_tags()}


@needs_data
def test_the_seed_story_has_its_topics_with_the_words_that_prove_them():
    text = (DATA / "seed" / "story.txt").read_text(encoding="utf-8")
    expected = json.loads((DATA / "seed" / "expected.json").read_text(encoding="utf-8"))
    found = {
        tag.topic: tag for tag in TAGGER.tag(None, text, expected["dateline"]["body_start"]) if tag.confidence != "low"
    }
    for wanted in expected["topics"]:
        if not wanted["required"]:
            continue
        spans = [(proof.start, proof.end) for proof in found[wanted["topic"]].evidence]
        assert any(
            start <= span["start"] and span["end"] <= end for start, end in spans for span in wanted["evidence"]
        ), wanted["topic"]
    assert {topic.partition(".")[0] for topic in found} == {"conflict", "diplomacy"}
