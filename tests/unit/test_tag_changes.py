"""Two taggings of one story: the topics that came and went, and the phrase that did it."""

from tasks.core.model import Evidence, Tag
from tasks.core.tag_changes import compare_tags

WAR = Evidence("war", 0, 3, "text", "lead", "conflict: war", 4.5)
RAID = Evidence("raid", 10, 14, "text", "lead", "conflict.attack: raid/n", 2.25)
TITLE = Evidence("Raid", 0, 4, "title", "title", "conflict.attack: raid/n", 6.0)


def tag(topic, *evidence, score=4.5, confidence="medium"):
    return Tag(topic, None, None, score, confidence, evidence)


def test_the_same_tags_are_no_change():
    assert compare_tags([tag("conflict", WAR)], [tag("conflict", WAR, RAID, score=6.75, confidence="high")]) == ()


def test_a_topic_that_came_names_the_phrases_that_were_not_there_the_weightiest_first():
    (change,) = compare_tags([tag("conflict", WAR)], [tag("conflict", WAR), tag("conflict.attack", RAID, TITLE)])
    assert (change.kind, change.topic, change.before, change.is_same_words) == ("came", "conflict.attack", None, False)
    assert change.phrases == (TITLE, RAID)


def test_a_topic_that_went_names_the_phrases_that_are_gone():
    (change,) = compare_tags([tag("conflict", WAR, RAID)], [])
    assert (change.kind, change.topic, change.after) == ("went", "conflict", None)
    assert change.phrases == (WAR, RAID)


def test_a_low_topic_is_no_tag_and_is_kept_for_its_points():
    low = tag("conflict", WAR, score=3.0, confidence="low")
    (change,) = compare_tags([low], [tag("conflict", WAR)])
    assert (change.kind, change.before, change.is_same_words, change.phrases) == ("came", low, True, (WAR,))
    assert compare_tags([low], []) == ()


def test_a_phrase_that_weighs_otherwise_did_it_too():
    lighter = Evidence("war", 0, 3, "text", "lead", "conflict: war", 1.05)
    (change,) = compare_tags([tag("conflict", WAR)], [tag("conflict", lighter, score=1.05, confidence="low")])
    assert (change.kind, change.phrases, change.is_same_words) == ("went", (WAR,), False)


def test_those_that_came_stand_before_those_that_went():
    changes = compare_tags([tag("conflict", WAR)], [tag("diplomacy", RAID)])
    assert [(change.kind, change.topic) for change in changes] == [("came", "diplomacy"), ("went", "conflict")]
