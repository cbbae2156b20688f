"""The tagger on a catalog made by hand: contexts, masks, zones, classes, languages."""

from dataclasses import replace

import pytest

from tasks.core.model import (
    Catalog,
    Country,
    GazetteerPlace,
    Leader,
    Organisation,
    Outlet,
    Phrase,
    Suppressor,
    TopicRule,
)
from tasks.core.topics.tagger import TopicTagger


def rule(topic, *phrases, threshold=2.0, masks=(), also=(), lang="en"):
    made = tuple(Phrase(text, weight, f"{topic}: {text}", tuple(needs)) for text, weight, *needs in phrases)
    return TopicRule(topic, topic, "", "medtop:1", "ASSAULT", lang, threshold, made, masks, also, ())


CONFLICT = rule(
    "conflict",
    ("shelling", 3.0),
    ("war in {place}", 3.0),
    ("the {warring} front", 3.0),
    ("fired", 3.0, "(missile/n|rockets)"),
    ("clashes", 3.0, "country"),
    ("bombed", 3.0, "(missile/n|rockets)"),
    ("crossfire", 3.0, "warring"),
    ("gunfire", 1.5),
    threshold=4.0,
    masks=("price war in {place}", "union leader/n", "fired the coach"),
)
ATTACK = rule("conflict.attack", ("shelling", 3.0), ("gunfire", 0.7))
DIPLOMACY = rule(
    "diplomacy",
    ("talks", 3.0, "countries"),
    ("pact", 3.0, "parties"),
    ("union leaders", 3.0),
    ("UN envoy", 3.0),
    ("un", 3.0),
    threshold=4.5,
)
PEACE = rule("diplomacy.peace", ("ceasefire", 3.0), also=("conflict",))

COUNTRIES = (
    Country("NOR", "Norway", ("Norway",), ("Norwegian",), "Oslo"),
    Country("CHL", "Chile", ("Chile",), ("Chilean",), "Santiago", masks=("Chile pepper",)),
    Country("SDN", "Sudan", ("Sudan",), ("Sudanese",), "Khartoum", is_at_war=True),
    Country("FJI", "Fiji", (), (), None),
)


def catalog(**changes):
    base = Catalog(
        wires=(),
        topics=(CONFLICT, ATTACK, DIPLOMACY, PEACE),
        suppressors=(
            Suppressor("sport", "en", 1.2, ("coach/n", "goal/n", "match/n")),
            Suppressor("names", "en", 0.0, ("Oslo Marathon",)),
            Suppressor("sport", "de", 9.0, ("shelling",)),
        ),
        countries=COUNTRIES,
        places=(
            GazetteerPlace("Bergen", ("Bjorgvin",), None, "NOR", "city"),
            GazetteerPlace("Nice", (), None, "FRA", "city", is_common=True),
            GazetteerPlace("Rockall", (), None, None, "region"),
        ),
        leaders=(Leader("Kim Jong Un", ("Kim Jong Un",), ("Kim",), "PRK", "Leader", "leader", None, None),),
        roles=(),
        organisations=(
            Organisation("European Union", ("EU",), "EUU", (), None),
            Organisation("Arctic Council", (), None, (), None),
        ),
        outlets=(Outlet("Sudan Tribune", (), "outlet"), Outlet("Norway Ministry", (), "official")),
        cues={},
        languages=frozenset({"en"}),
        rules_version="1",
    )
    return replace(base, **changes)


TAGGER = TopicTagger(catalog())


def tags(text, title=None, tagger=TAGGER, **options):
    return {tag.topic: tag for tag in tagger.tag(title, text, **options)}


def standing(text, title=None, **options):
    return {topic for topic, tag in tags(text, title, **options).items() if tag.confidence != "low"}


def test_a_child_brings_its_root():
    assert standing("Shelling hit Norway and Chile.") == {"conflict", "conflict.attack"}


def test_a_text_without_a_phrase_has_no_topic():
    assert TAGGER.tag("Weather", "Rain in Oslo.") == ()


def test_tags_keep_the_order_of_the_catalog_and_carry_its_codes():
    found = TAGGER.tag(None, "Norway and Chile agreed a ceasefire after talks. Shelling went on in Sudan.")
    assert [tag.topic for tag in found] == ["conflict", "conflict.attack", "diplomacy", "diplomacy.peace"]
    assert {(tag.iptc, tag.plover) for tag in found} == {("medtop:1", "ASSAULT")}


def test_evidence_stands_in_the_stored_text():
    title, text = "Shelling “again”", "OSLO, May 3 — Norway’s envoy said: shelling  near Bjørgvin."
    for tag in TAGGER.tag(title, text, 14):
        for proof in tag.evidence:
            source = title if proof.field == "title" else text
            assert source[proof.start : proof.end] == proof.text
            assert proof.text.lower() == "shelling"


def test_the_dateline_is_no_evidence():
    text = "SHELLING, Norway, May 3 - Rain fell."
    assert TAGGER.tag(None, text, text.index("Rain")) == ()


def test_zones_are_title_lead_and_body():
    text = f"Shelling in Norway. {'Rain fell. ' * 60}Shelling in Chile."
    found = tags(text, "Shelling")["conflict"].evidence
    assert [(proof.zone, proof.weight) for proof in found] == [("title", 6.0), ("lead", 4.5), ("body", 3.0)]


def test_the_lead_ends_with_a_first_paragraph_that_runs_on():
    text = f"{'Rain fell again. ' * 20}Shelling in Norway.\n\n{'x' * 200}"
    assert tags(text)["conflict"].evidence[0].zone == "lead"


def test_a_topic_of_two_classes_brings_both_roots():
    assert standing("Norway and Chile agreed a ceasefire.") == {"conflict", "diplomacy", "diplomacy.peace"}


def test_a_low_root_keeps_its_children_low():
    found = tags("Shelling went on.")
    assert {topic: tag.confidence for topic, tag in found.items()} == {"conflict": "low", "conflict.attack": "low"}


def test_a_child_under_its_own_threshold_is_low():
    found = tags("Norwegian gunfire, shellings and the war in Bergen.")
    assert found["conflict"].confidence != "low"
    assert "conflict.attack" not in found


def test_a_weak_child_is_low_beside_a_sure_root():
    tagger = TopicTagger(catalog(topics=(CONFLICT, rule("conflict.attack", ("gunfire", 0.7), threshold=1.5))))
    assert tags("Gunfire and the war in Norway.", tagger=tagger)["conflict.attack"].confidence == "low"


def test_a_child_is_never_surer_than_its_root():
    found = tags("Shelling in Norway.")
    assert (found["conflict"].confidence, found["conflict.attack"].confidence) == ("medium", "medium")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They fired missiles at Norway.", True),
        ("They fired at Norway. The missiles were old.", False),
        ("Clashes broke out in Chile.", True),
        ("Clashes broke out. Chile waits.", False),
        ("Norway and Chile began talks.", True),
        ("Norway began talks. Chile waits.", False),
        ("Norway and Oslo began talks.", False),
        ("The Arctic Council and the EU sealed a pact with Norway.", True),
        ("Crossfire in Khartoum.", True),
        ("Crossfire in Oslo.", False),
        ("Clashes broke out near Rockall.", False),
        ("They fired rockets at Norway and fired missiles at Chile.", True),
        ("Norway lost the Sudanese front.", True),
        ("Sudan lost the Norwegian front.", False),
    ],
)
def test_a_phrase_needs_its_context_in_its_own_sentence(text, expected):
    assert bool(TAGGER.tag(None, text)) is expected


def test_a_phrase_is_no_context_of_itself():
    tagger = TopicTagger(catalog(topics=(rule("conflict", ("missile fired", 3.0, "missile"), threshold=2.0),)))
    assert tagger.tag(None, "A missile fired at Norway.") == ()
    assert tagger.tag(None, "A missile fired at Norway hit a missile.") != ()


def test_a_mask_takes_away_what_lies_inside_it():
    assert TAGGER.tag(None, "A price war in Norway hit Chile.") == ()
    assert standing("A war in Norway hit Chile.") == {"conflict"}


def test_a_mask_takes_away_what_it_cuts_into_but_not_what_holds_it():
    topic = rule("conflict", ("war in {place}", 3.0), ("trade war in {place} turned hot", 3.0), masks=("trade war",))
    tagger = TopicTagger(catalog(topics=(topic,)))
    assert tagger.tag(None, "The trade war in Norway hit Chile.") == ()
    assert tagger.tag(None, "The trade war in Norway turned hot.") != ()


def test_a_mask_takes_a_phrase_of_which_only_the_gap_reaches_beyond_it():
    topic = rule("conflict", ("{place} .. talks", 3.0), ("{place} and {place}", 3.0), masks=("merger talks", "tall"))
    tagger = TopicTagger(catalog(topics=(topic,)))
    (tag,) = tagger.tag(None, "Norway and Chile hold merger talks. Norway opened tall new talks.")
    assert [proof.text for proof in tag.evidence] == ["Norway and Chile", "Norway opened tall new talks"]


def test_a_context_inside_a_mask_is_none():
    tagger = TopicTagger(catalog(topics=(rule("conflict", ("sanctions", 3.0, "war"), masks=("trade war",)),)))
    assert tagger.tag(None, "Sanctions on Norway follow the trade war.") == ()
    assert tagger.tag(None, "Sanctions on Norway follow the war.") != ()


def test_a_mask_that_cuts_through_a_name_is_none():
    assert standing("European Union leaders met Norway’s king.") == {"diplomacy"}
    assert TAGGER.tag(None, "Trade union leaders met the EU in Norway.") == ()


def test_a_word_inside_the_name_of_a_person_is_no_phrase():
    assert TAGGER.tag(None, "KIM JONG UN ENVOY of Norway") == ()
    assert standing("The un of Norway and Chile.") == {"diplomacy"}


def test_another_domain_takes_a_story_away():
    assert standing("Shelling in Norway.") == {"conflict", "conflict.attack"}
    assert standing("The coach called the late goals of the match a shelling of Norway.") == set()


def test_a_suppressor_inside_a_phrase_of_ours_does_not_count():
    def score(*phrases):
        storm = Suppressor("weather", "en", 2.0, ("storm/n",))
        rules = (rule("conflict", *phrases, threshold=4.0),)
        (tag,) = TopicTagger(catalog(topics=rules, suppressors=(storm,))).tag(None, "Gunmen storm a hall in Sudan.")
        return tag.score

    assert score(("gunmen storm", 3.0)) == score(("gunmen", 3.0)) + 3.0


BACKGROUND = TopicTagger(catalog(suppressors=(Suppressor("background", "en", 0.0, ("background", "for context")),)))
LONG = f"Shelling in Norway. {'Nobody spoke. ' * 40}\n\n"


@pytest.mark.parametrize(
    ("rest", "zones"),
    [
        ("BACKGROUND: shelling in Chile.", ["lead", "background"]),
        ("Background\n\nShelling in Chile.", ["lead", "background"]),
        ("(For context) - Shelling in Chile.", ["lead", "background"]),
        ("Background checks told of shelling in Chile.", ["lead", "body"]),
        ("In the background, for context: shelling in Chile.", ["lead", "body"]),
        (
            "Shelling again.\n\nBackground\n\nShelling in Chile.\n\nBackground\n\nNobody spoke.",
            ["lead", "body", "background"],
        ),
    ],
)
def test_what_stands_under_a_heading_of_the_background_counts_little(rest, zones):
    tag = tags(LONG + rest, tagger=BACKGROUND)["conflict.attack"]
    weights = {"lead": 4.5, "body": 3.0, "background": 1.2}
    assert [(proof.zone, proof.weight) for proof in tag.evidence] == [(zone, weights[zone]) for zone in zones]


def test_the_lead_ends_where_the_background_begins():
    assert standing("Norway waits.\n\nBackground\n\nShelling in Norway.", tagger=BACKGROUND) == set()
    assert "conflict" in standing("Norway waits.\n\nBackground checks.\n\nShelling in Norway.", tagger=BACKGROUND)


def test_a_suppressor_of_another_language_does_not_count():
    assert tags("Shelling in Norway.")["conflict"].score == 4.5


@pytest.mark.parametrize(
    ("text", "is_state"),
    [
        ("Shelling. The Oslo Marathon begins.", False),
        ("Shelling. A Chile pepper burns.", False),
        ("Shelling. The Sudan Tribune says so.", False),
        ("Shelling. Norway Ministry says so.", True),
        ("Shelling. Nice weather.", False),
        ("Shelling near Rockall.", False),
        ("Shelling near Bjorgvin.", True),
        ("Shelling, says Kim.", True),
        ("Shelling in Fiji.", True),
    ],
)
def test_only_what_names_a_state_counts_as_one(text, is_state):
    assert (tags(text)["conflict"].confidence != "low") is is_state


def test_another_language_is_not_read():
    assert TAGGER.tag(None, "Shelling in Norway.", lang="de") == ()


def test_topics_of_another_language_are_left_out():
    tagger = TopicTagger(catalog(topics=(CONFLICT, rule("krieg", ("krieg", 3.0), lang="de"))), lang="de")
    assert [tag.topic for tag in tagger.tag(None, "Krieg in Norwegen", lang="de")] == ["krieg"]


def test_a_child_without_its_root_is_passed_over():
    tagger = TopicTagger(catalog(topics=(ATTACK,)))
    assert tagger.tag(None, "Shelling in Norway.") == ()


def test_an_empty_story_has_no_topic():
    assert TAGGER.tag("", "") == ()
