"""Scenes: names, roles and countries that belong together become one entity with its level and countries."""

from datetime import date

import pytest

from tasks.core.meetings.cast import Casting
from tasks.core.meetings.entities import DAY, LEADER, MINISTER, OTHER, PLACE, STATE
from tasks.core.model import Actor, Mention
from tasks.core.sentences import split_sentences
from tests.catalog import builtin_catalog

CASTING = Casting(builtin_catalog())
DAY_OF_STORY = date(2025, 12, 11)


def see(text, actors=()):
    cast = CASTING.cast(text, actors, DAY_OF_STORY)
    (sentence,) = split_sentences(text)
    return cast.scene(sentence)


@pytest.mark.parametrize(
    ("text", "kind", "codes", "names"),
    [
        ("Kenyan President Daniel Otieno left.", LEADER, ("KEN",), ("Daniel Otieno",)),
        ("Norway's prime minister left.", LEADER, ("NOR",), ()),
        ("The leaders of Chad and Niger left.", LEADER, ("TCD", "NER"), ()),
        ("Egyptian and Ethiopian leaders left.", LEADER, ("EGY", "ETH"), ()),
        ("The foreign ministers of Malta, Cyprus and Greece left.", MINISTER, ("MLT", "CYP", "GRC"), ()),
        ("Peru's foreign minister left.", MINISTER, ("PER",), ()),
        ("Russian and Ukrainian negotiators left.", OTHER, ("RUS", "UKR"), ()),
        ("Delegations from Sudan and Chad left.", OTHER, ("SDN", "TCD"), ()),
        ("Former Ghanaian President Kofi Sarpong left.", OTHER, ("GHA",), ("Kofi Sarpong",)),
    ],
)
def test_words_that_belong_together_are_one_entity(text, kind, codes, names):
    scene = see(text)
    persons = [entity for entity in scene.entities if entity.is_person]

    assert [(entity.kind, entity.codes, entity.names) for entity in persons] == [(kind, codes, names)]


def test_a_counterpart_has_the_level_of_the_person_before():
    scene = see("Finnish President Aino Salo met her Estonian counterpart, Mart Kask, in Turku.")
    first, second = (entity for entity in scene.entities if entity.is_person)

    assert (first.level, first.codes) == ("leader", ("FIN",))
    assert (second.level, second.codes) == ("leader", ("EST",))


def test_an_envoy_of_a_leader_is_no_leader():
    scene = see("The special envoy of the Turkish president, Selim Arda, left.")
    (person,) = (entity for entity in scene.entities if entity.is_person)

    assert (person.level, person.codes) == ("other", ("TUR",))


def test_code_has_one_character_for_each_entity_and_leads_back_to_the_text():
    text = "The presidents of Chile and Peru will meet in Lima on December 20."
    scene = see(text)

    assert scene.code == f"The {LEADER} will meet in {PLACE} on {DAY}."
    for index, entity in zip(scene.positions(LEADER + PLACE + DAY), scene.entities, strict=True):
        assert scene.source(index) == entity.start
        assert scene.at(index) == entity
    assert scene.words(scene.code.index("will"), scene.code.index(" in")) == "will meet"


def test_a_capital_is_a_state_or_a_place_by_its_use():
    assert STATE in see("Moscow and Ankara agreed.").code
    assert PLACE in see("They met in Moscow.").code
    assert PLACE not in see("The Moscow-Ankara talks failed.").code


def test_the_capital_of_a_country_is_found_by_its_description():
    (place,) = (entity.place for entity in see("They met in the Slovenian capital.").entities if entity.place)

    assert (place.place.name, place.inferred) == ("Ljubljana", ("place",))


def test_an_actor_gives_level_and_country_to_a_bare_surname():
    text = "Otieno met the ambassador."
    actor = Actor("Daniel Otieno", "President", "KEN", None, (), (Mention("Otieno", 0, 6),))
    (person,) = (entity for entity in see(text, (actor,)).entities if entity.names)

    assert (person.kind, person.codes) == (LEADER, ("KEN",))


def test_offices_count_on_the_day_of_the_story():
    text = "Angela Merkel met the ambassador."
    then = CASTING.cast(text, (), date(2018, 5, 1)).scene(split_sentences(text)[0])
    now = CASTING.cast(text, (), DAY_OF_STORY).scene(split_sentences(text)[0])

    assert then.entities[0].level == "leader"
    assert now.entities[0].level == "other"
