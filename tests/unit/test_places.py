"""Places of invented copy: which words are a place, how it is used, and what the gazetteer adds to them."""

import pytest

from tasks.catalog.folders import BUILT_IN
from tasks.catalog.knowledge import load_countries
from tasks.catalog.layers import Layers
from tasks.catalog.places import PLACES_FILE, load_places
from tasks.core.places import PlaceIndex, fold_name

LAYERS = Layers((BUILT_IN,))
GAZETTEER = load_places(LAYERS)
INDEX = PlaceIndex(GAZETTEER, load_countries(LAYERS))


def find(text):
    return [(hit.place.name, hit.place.region, hit.place.country, hit.use) for hit in INDEX.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met in Geneva.", [("Geneva", None, "CHE", "in")]),
        ("They met near the city of Juneau.", [("Juneau", "Alaska", "USA", "in")]),
        ("The Budapest summit failed.", [("Budapest", None, "HUN", "attributive")]),
        ("He flew to Oslo on Monday.", [("Oslo", None, "NOR", "to")]),
        ("She visited Hanoi and Vientiane.", [("Hanoi", None, "VNM", "to"), ("Vientiane", None, "LAO", "to")]),
        ("They met in Cartagena, Colombia.", [("Cartagena", None, "COL", "in")]),
        ("They met in the Colombian port of Cartagena.", [("Cartagena", None, "COL", "in")]),
        ("Talks were held in Florida.", [("Florida", None, "USA", "in")]),
        ("They met in Colombia.", [("Colombia", None, "COL", "in")]),
    ],
)
def test_a_place_is_read_with_its_use(text, expected):
    assert find(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Moscow and Washington agreed to talk.",
        "Colombia said that it would pay.",
        "The US president's car stopped.",
        "A nice reading of the split vote.",
        "Ships crossed the South China Sea.",
        "She lives in in-between worlds.",
    ],
)
def test_governments_and_ordinary_words_are_no_places(text):
    assert find(text) == []


def test_spans_are_those_of_the_text():
    text = "They met in Sharm el-Sheikh, Egypt, and in Nice."
    hits = INDEX.find(text)

    assert [hit.text for hit in hits] == [text[hit.start : hit.end] for hit in hits]
    assert len(hits) == 2


def test_what_the_gazetteer_adds_is_inferred_and_what_is_written_is_not():
    (alone,) = INDEX.find("They met in Juneau.")
    (written,) = INDEX.find("They met in Cartagena, Colombia.")

    assert alone.inferred == ("region", "country")
    assert "country" not in written.inferred


def test_another_country_after_the_city_wins_over_the_gazetteers():
    (hit,) = INDEX.find("They met in Cartagena, Spain.")

    assert (hit.place.country, hit.inferred) == ("ESP", ())


def test_names_are_looked_up_in_any_case_and_spelling():
    assert INDEX.look_up("GENEVA").country == "CHE"
    assert INDEX.look_up_area("Saudi Arabia").country == "SAU"
    assert INDEX.look_up("Nowhereville") is None
    assert INDEX.spell("GENEVA") == "Geneva"
    assert fold_name("N’Djamena") == fold_name("N'DJAMENA")


def test_every_capital_is_in_the_gazetteer_under_its_country():
    cities = {(place.name, place.country) for place in GAZETTEER}
    aliases = {(alias, place.country) for place in GAZETTEER for alias in place.aliases}
    # The EU is a party, no country with a city of its own.
    countries = [each for each in load_countries(Layers((BUILT_IN,))) if each.code != "EUU"]
    missing = [each.capital for each in countries if each.capital and (each.capital, each.code) not in cities | aliases]

    assert missing == []


def test_the_built_in_gazetteer_has_no_faults():
    assert LAYERS.faults == []
    assert len(GAZETTEER) > 3000


def test_a_name_that_counts_without_a_preposition_means_one_place():
    meanings = {}
    for place in GAZETTEER:
        if not place.is_common:
            for name in (place.name, *place.aliases):
                meanings.setdefault(fold_name(name), set()).add((place.name, place.country))

    # Gaza is the strip in running copy and the city in capitals.
    assert [name for name, places in meanings.items() if len(places) > 1] == ["gaza"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ministers met in Bregenz.", [("Bregenz", None, "AUT", "in")]),
        ("Envoys met at the Palais Coburg.", [("Vienna", None, "AUT", "in")]),
        ("A tanker was stopped in the Strait of Hormuz.", [("Strait of Hormuz", None, None, "in")]),
        ("They discussed the Strait of Hormuz.", []),
    ],
)
def test_halls_mean_their_city_and_straits_have_no_country(text, expected):
    assert find(text) == expected


def test_a_faulty_row_is_a_fault_and_left_out(tmp_path):
    rows = (
        "id,name,aliases,region,country,precision,common\nx,Xville,,,USA,village,\ny,,,,USA,city,\nz,Zed,,,us,city,\n"
    )
    (tmp_path / PLACES_FILE).write_text(rows, encoding="utf-8")
    layers = Layers((tmp_path,))

    assert load_places(layers) == ()
    assert [fault.key for fault in layers.faults] == ["row[x]", "row[y]", "row[z]"]
