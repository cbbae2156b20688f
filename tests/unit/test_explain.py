"""The explainer says what the tagger does, and what each phrase that did not count lacked."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.core.model import Catalog, Country, Evidence, Leader, Organisation, Phrase, Suppressor, TopicRule
from tasks.core.topics.explain import TopicExplainer
from tasks.core.topics.tagger import TopicTagger
from tasks.desk.why_words import Contexts, tell_miss, tell_reasons, tell_verdict, tell_why, tell_why_not
from tasks.edge.sample import load_sample, tell_text
from tests.rules_catalog import load_rules

SAMPLE = load_sample(Path(__file__).parents[2] / "deploy" / "sample")
NOW = datetime(2025, 12, 11, 14, 30, tzinfo=UTC)


def rule(topic, *phrases, threshold=2.0, masks=(), also=()):
    made = []
    for written, weight in phrases:
        words = written.split()
        needs = tuple({"@armed": "(soldier/n|army)"}.get(word, word[1:]) for word in words if word.startswith("@"))
        text = " ".join(word for word in words if not word.startswith("@"))
        made.append(Phrase(text, weight, f"{topic}: {written}", needs))
    return TopicRule(topic, topic, "", None, None, "en", threshold, tuple(made), masks, also, ())


CATALOG = Catalog(
    wires=(),
    topics=(
        rule("conflict", ("shelling", 3.0), ("war", 3.0), threshold=4.0, masks=("price war",)),
        rule("conflict.attack", ("raid/n @armed @country", 3.0), ("the {warring} front", 1.5)),
        rule("diplomacy", ("talks", 3.0), ("un", 3.0), threshold=4.5),
        rule("diplomacy.peace", ("truce", 3.0), ("truce talks", 3.0), also=("conflict",)),
    ),
    suppressors=(Suppressor("sport", "en", 1.2, ("coach", "derby")),),
    countries=(
        Country("NOR", "Norway", ("Norway",), ("Norwegian",), "Oslo"),
        Country("CHL", "Chile", ("Chile",), ("Chilean",), "Santiago"),
        Country("SDN", "Sudan", ("Sudan",), ("Sudanese",), "Khartoum", is_at_war=True),
    ),
    places=(),
    leaders=(Leader("Kim Jong Un", ("Kim Jong Un",), ("Kim",), "PRK", "Leader", "leader", None, None),),
    roles=(),
    organisations=(Organisation("European Union", ("EU",), "EUU", (), None),),
    outlets=(),
    cues={},
    languages=frozenset({"en"}),
    rules_version="1",
)
EXPLAINER = TopicExplainer(CATALOG)


def explain(text, title=None):
    return EXPLAINER.explain(title, text)


def misses_of(topic, text, title=None):
    return explain(text, title).find(topic).misses


REAL = load_rules()
STORIES = [
    *((example.title, example.text) for topic in REAL.topics for example in topic.examples if topic.lang == "en"),
    *((story.title, tell_text(SAMPLE, story, NOW)) for story in SAMPLE.stories if story.topics is not None),
]


def test_a_verdict_is_what_the_tagger_says_of_the_same_story():
    tagger, explainer = TopicTagger(REAL), TopicExplainer(REAL)
    for title, text in STORIES:
        tags = {tag.topic: (tag.score, tag.confidence, tag.evidence) for tag in tagger.tag(title, text)}
        verdicts = explainer.explain(title, text).verdicts
        kept = {each.topic: (each.score, each.confidence, each.evidence) for each in verdicts if each.confidence}
        assert kept == tags


def test_every_span_of_an_explanation_is_its_text():
    explainer = TopicExplainer(REAL)
    for title, text in STORIES:
        told = explainer.explain(title, text)
        proofs = [each.proof for each in told.taken]
        for verdict in told.verdicts:
            proofs += verdict.evidence
            proofs += [miss.proof for miss in verdict.misses] + [miss.by for miss in verdict.misses if miss.by]
        for proof in proofs:
            source = title if proof.field == "title" else text
            assert source[proof.start : proof.end] == proof.text


def test_whatever_was_taken_has_its_taker():
    explainer = TopicExplainer(REAL)
    told = [explainer.explain(title, text) for title, text in STORIES]
    taken = [
        miss for each in told for verdict in each.verdicts for miss in verdict.misses if miss.kind in ("mask", "name")
    ]
    assert taken
    assert all(miss.by is not None for miss in taken)


def test_what_would_let_a_class_stand_lets_it_stand():
    what_ifs = {each.changes: each.score for each in explain("Talks went on in Norway.").find("diplomacy").what_ifs}
    assert set(what_ifs) == {("two parties",), ("a strong phrase",)}
    told = explain("Talks went on in Norway with Chile.").find("diplomacy")
    assert (told.is_standing, told.score) == (True, what_ifs["two parties",])


def test_a_phrase_without_company_names_what_its_sentence_lacks():
    (miss,) = misses_of("conflict.attack", "A raid began. The army of Norway slept.")
    assert (miss.kind, miss.lacks, miss.proof.text, miss.proof.weight) == (
        "company",
        ("@armed", "@country"),
        "raid",
        4.5,
    )
    (miss,) = misses_of("conflict.attack", "The army began a raid. Norway slept.")
    assert tell_miss(miss) == "its sentence lacks @country (a state)"


def test_a_phrase_about_a_state_at_war_says_that_the_state_is_not():
    (miss,) = misses_of("conflict.attack", "It was quiet on the Norwegian front.")
    assert tell_miss(miss) == "its sentence lacks {warring} (a state at war within the phrase)"
    assert misses_of("conflict.attack", "It was quiet on the Sudanese front.") == ()


def test_a_masked_phrase_names_the_mask():
    (miss,) = misses_of("conflict", "A price war began in Norway.")
    assert (miss.kind, miss.by.text, miss.by.rule) == ("mask", "price war", "conflict: price war")
    assert tell_miss(miss) == "“price war” takes it away, a mask of conflict: price war"


def test_a_phrase_within_a_persons_name_says_so():
    (miss,) = misses_of("diplomacy", "Kim Jong Un opened a factory.")
    assert tell_miss(miss) == "it is part of the name “Kim Jong Un”"


def test_words_that_count_already_say_for_which_rule():
    found = misses_of("diplomacy.peace", "Norway and Chile began truce talks.")
    assert [(miss.kind, miss.proof.text, miss.by.text) for miss in found] == [("counted", "truce", "truce talks")]
    third = misses_of("conflict", "Shelling, shelling and shelling in Norway.")
    assert [tell_miss(miss) for miss in third] == ["said twice already: a third time is no evidence"]


def test_other_subjects_are_told_with_what_they_take():
    told = explain("Shelling, the Norwegian coach said.")
    verdict = told.find("conflict")
    assert (verdict.confidence, verdict.taken) == ("low", 1.8)
    assert "Other subjects take 1.8 points: sport: “coach”." in tell_reasons(verdict, told)
    assert "It would stand (4.5) if no words of other subjects were there." in tell_reasons(verdict, told)


def test_a_gate_that_shuts_is_told_with_what_would_open_it():
    told = explain("The truce went on.")
    reasons = tell_reasons(told.find("conflict"), told)
    assert reasons[0].startswith("Its phrases weigh 4.5 together; the gates of its class")
    assert "It would stand (5.5) if title or lead named a state at war." in reasons


def test_a_topic_waits_for_its_class():
    told = explain("The truce went on.")
    verdict = told.find("diplomacy.peace")
    assert (verdict.waits_for, verdict.is_standing, verdict.score) == ("diplomacy", False, 4.5)
    assert tell_reasons(verdict, told) == [
        "Its class does not stand (diplomacy: 1.9 of 4.5 points, short by 2.6, does not stand)."
    ]


@pytest.mark.parametrize(
    ("topic", "text", "words"),
    [
        ("conflict", "Rain fell.", "conflict: no phrase of it counts here"),
        ("conflict", "Shelling hit Norway.", "conflict: 4.5 of 4 points, stands (medium)"),
        (
            "diplomacy",
            "Talks went on in Norway.",
            "diplomacy: 3 of 4.5 points, short by 1.5, low: kept for SQL, no tag",
        ),
        ("conflict", "The truce went on.", "conflict: 1.9 of 4 points, short by 2.1, does not stand"),
    ],
)
def test_a_verdict_says_how_far_a_topic_came(topic, text, words):
    assert tell_verdict(explain(text).find(topic)) == words


def test_a_report_says_in_one_sentence_why_and_why_not():
    told = explain("Shelling hit Norway in a price war.")
    assert tell_why(told.find("conflict")) == (
        "conflict: 4.5 of 4 points, stands (medium); “Shelling” +4.5 (conflict: shelling)"
    )
    told = explain("A price war began.")
    assert tell_why_not(told.find("conflict"), told) == (
        "conflict: no phrase of it counts here; “war” (conflict: war): “price war” takes it away, a mask of conflict: price war"
    )


def proof_at(text, words, field="text"):
    start = text.index(words)
    return Evidence(words, start, start + len(words), field, "lead", "rule", 1.0)


def test_a_span_is_shown_in_its_sentence():
    text = "Rain fell. Shelling hit Oslo again. It was May."
    contexts = Contexts("A “truce”", text)
    assert contexts.mark(proof_at(text, "Oslo")) == "Shelling hit [[Oslo]] again."
    assert contexts.mark(proof_at("A “truce”", "truce", "title")) == "A “[[truce]]”"
    across = proof_at(text, "again. It")
    assert contexts.mark(across) == "[[again. It]]"


def test_of_a_text_without_full_stops_only_what_stands_around_the_span_is_shown():
    text = f"{'rain ' * 5000}shelling{' snow' * 5000}"
    contexts = Contexts("", text)
    sentence = contexts.find(proof_at(text, "shelling"))
    assert len(sentence.text) < 500
    assert text[sentence.start : sentence.end] == sentence.text
    assert "rain [[shelling]] snow" in contexts.mark(proof_at(text, "shelling"))


def test_a_language_has_its_own_rules():
    other = TopicExplainer(replace(CATALOG, topics=()), "ru")
    assert other.explain(None, "Shelling hit Norway.").verdicts == ()
    assert other.explain(None, "").find("conflict") is None
