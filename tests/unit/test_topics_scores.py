"""Scores: zones, repeats, overlaps, suppressors, gates and bands."""

import pytest

from tasks.core.model import Evidence
from tasks.core.topics.scores import Context, Hit, rate, score_class, suppress, weigh_hits

FACTOR = {"title": 2.0, "lead": 1.5, "body": 1.0}
NOBODY = Context(parties=0, any_party=False, at_war=False, suppression=0.0)
TWO = Context(parties=2, any_party=True, at_war=False, suppression=0.0)


def hit(words, base=3.0, zone="lead", start=0, topic="conflict", rule="r"):
    field = "title" if zone == "title" else "text"
    proof = Evidence(words, start, start + len(words), field, zone, rule, base * FACTOR[zone])
    return Hit(topic, rule, words, base, proof)


def spread(*hits):
    """The same hits at places of their own."""
    return weigh_hits(
        Hit(
            each.topic,
            each.rule,
            each.words,
            each.base,
            Evidence(e.text, 50 * n, 50 * n + 9, e.field, e.zone, e.rule, e.weight),
        )
        for n, each in enumerate(hits)
        for e in (each.evidence,)
    )


def context(**values):
    return Context(**{"parties": 0, "any_party": False, "at_war": False, "suppression": 0.0, **values})


def test_a_repeat_in_a_zone_counts_less_and_a_third_time_not_at_all():
    weighed = spread(hit("shelling"), hit("shelling"), hit("shelling"), hit("shelling", zone="body"))
    assert [each.evidence.weight for each in weighed] == [4.5, 1.8, 3.0]


def test_of_two_that_overlap_the_heavier_counts():
    weighed = weigh_hits([hit("armed", 1.5, start=0), hit("armed group", 3.0, start=0)])
    assert [each.words for each in weighed] == ["armed group"]


def test_title_and_text_do_not_overlap():
    assert len(weigh_hits([hit("truce", zone="title"), hit("truce", zone="body")])) == 2


def test_hits_come_back_in_the_order_of_the_story():
    weighed = weigh_hits([hit("b", start=40), hit("a", zone="title", start=60), hit("c", start=10)])
    assert [each.words for each in weighed] == ["a", "c", "b"]


def test_no_hits_score_nothing():
    assert score_class("conflict", [], TWO) == 0.0


def test_what_only_the_body_says_counts_little():
    near, far = spread(hit("shelling", zone="lead")), spread(hit("shelling", zone="body"))
    assert score_class("conflict", far, TWO) < 0.5 * score_class("conflict", near, TWO)


def test_a_long_body_adds_no_more_than_title_and_lead_bear_out():
    body = [hit(f"word{n}", zone="body") for n in range(20)]
    short = score_class("conflict", spread(hit("shelling"), *body[:3]), TWO)
    long = score_class("conflict", spread(hit("shelling"), *body), TWO)
    assert short < long < short + 10


def test_suppressors_take_away_and_less_so_where_much_speaks_for_the_class():
    one, three = spread(hit("shelling")), spread(hit("shelling"), hit("airstrike"), hit("ambush"))
    sport = context(any_party=True, parties=2, suppression=2.0)
    assert score_class("conflict", one, sport) == pytest.approx(4.5 - 2.0)
    assert score_class("conflict", three, sport) == pytest.approx(13.5 - 1.0)


def test_a_score_is_never_negative():
    assert score_class("conflict", spread(hit("war", 0.7)), context(suppression=9.0)) == 0.0


def test_a_country_at_war_adds_to_conflict():
    quiet, at_war = context(any_party=True, parties=1), context(any_party=True, parties=1, at_war=True)
    hits = spread(hit("shelling"))
    assert score_class("conflict", hits, at_war) == score_class("conflict", hits, quiet) + 1.0


def test_weak_words_alone_are_no_conflict_without_a_state():
    hits = spread(*(hit(f"word{n}", 1.5) for n in range(4)))
    assert score_class("conflict", hits, NOBODY) < 2.0
    assert score_class("conflict", hits, TWO) > 4.0


def test_one_strong_phrase_is_no_conflict_without_a_state_but_three_phrases_are():
    assert score_class("conflict", spread(hit("shelling")), NOBODY) < 4.0
    many = spread(hit("shelling"), hit("rebels", 1.5), hit("killed", 1.5))
    assert score_class("conflict", many, NOBODY) > 4.0


def test_a_phrase_that_is_no_figure_of_speech_needs_no_state_beside_it():
    assert score_class("conflict", spread(hit("roadside bomb", 4.0)), NOBODY) > 4.0


def test_a_suppressor_counts_less_beside_such_a_phrase():
    health = context(any_party=True, parties=1, suppression=2.0)
    assert score_class("conflict", spread(hit("roadside bomb", 4.0)), health) == pytest.approx(6.0 - 0.75 * 2.0)


def test_words_of_peace_alone_are_no_conflict_where_nobody_is_named():
    hits = spread(hit("ceasefire", topic="diplomacy.peace"), hit("peace treaty", topic="diplomacy.peace"))
    one_city = context(any_party=True, parties=1)
    assert score_class("conflict", hits, one_city) < 2.0
    assert score_class("conflict", hits, TWO) > 4.0


def test_diplomacy_needs_two_parties_or_two_strong_phrases():
    one_state = context(any_party=True, parties=1)
    alone, two = (
        spread(hit("treaty", topic="diplomacy")),
        spread(hit("treaty", topic="diplomacy"), hit("envoy", topic="diplomacy")),
    )
    assert score_class("diplomacy", alone, one_state) < 4.5 < score_class("diplomacy", alone, TWO)
    assert score_class("diplomacy", two, one_state) > 4.5


def test_diplomacy_where_nobody_is_named_needs_more_than_one_strong_phrase():
    assert score_class("diplomacy", spread(hit("summit", topic="diplomacy"), hit("met", 1.5)), NOBODY) < 2.0
    assert score_class("diplomacy", spread(hit("summit", topic="diplomacy"), hit("envoy")), NOBODY) > 4.5


def test_diplomacy_in_the_body_alone_is_none_where_nobody_is_named():
    hits = spread(hit("treaty", zone="body", topic="diplomacy"), hit("envoy", zone="body", topic="diplomacy"))
    assert score_class("diplomacy", hits, context(any_party=True, parties=1)) < 2.0


def test_another_class_has_neither_bonus_nor_gate():
    assert score_class("space", spread(hit("rocket", 1.5, topic="space")), NOBODY) == 2.25


@pytest.mark.parametrize(
    ("score", "confidence"), [(2.3, None), (2.4, "low"), (3.9, "low"), (4.0, "medium"), (7.9, "medium"), (8.0, "high")]
)
def test_bands_of_confidence(score, confidence):
    assert rate(score, 4.0, [hit("shelling")]) == confidence


def test_high_needs_a_strong_phrase_in_title_or_lead():
    assert rate(20.0, 4.0, [hit("shelling", zone="body"), hit("war", 1.5)]) == "medium"


def test_suppressing_phrases_weigh_by_zone_and_less_when_repeated():
    assert suppress([("goal", "title", 1.0), ("goal", "body", 1.0), ("coach", "lead", 1.2)]) == pytest.approx(
        2.0 + 0.3 + 1.8
    )
