"""Names of states and organisations in other languages: what the loader reads, and every fault by name."""

from tasks.catalog.folders import BUILT_IN
from tasks.catalog.knowledge import load_countries, load_organisations
from tasks.catalog.layers import Layers
from tasks.catalog.spoken_names import load_spoken_names
from tasks.core.model import SpokenName


def load(*folders):
    layers = Layers((BUILT_IN, *folders))
    names = load_spoken_names(layers, load_countries(layers), load_organisations(layers))
    return names, list(map(str, layers.faults))


def write(folder, text, name="names/de.csv"):
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_text(f"id,names,people,capital\n{text}\n", encoding="utf-8")
    return folder


def test_the_built_in_names_have_no_fault_and_no_two_states_share_one():
    names, found = load()
    assert found == []
    meanings = {}
    for name in names:
        meanings.setdefault((name.lang, name.spelling), set()).add(name.value)
    assert [name for name, values in meanings.items() if len(values) > 1] == []


def test_states_at_war_have_names_in_every_language_with_rules():
    names, _ = load()
    at_war = {country.code for country in load_countries(Layers((BUILT_IN,))) if country.is_at_war}
    assert at_war <= {name.value for name in names if name.lang == "ru"}


def test_a_language_is_a_file_and_a_row_gives_names_people_and_capital(tmp_path):
    names, found = load(write(tmp_path, "FRA,Frankreich;Französische Republik,französisch,Paris\nNATO,Nato,,"))
    assert found == []
    assert [name for name in names if name.lang == "de"] == [
        SpokenName("de", "Frankreich", "country", "FRA"),
        SpokenName("de", "Französische Republik", "country", "FRA"),
        SpokenName("de", "französisch", "people", "FRA"),
        SpokenName("de", "Paris", "capital", "FRA"),
        SpokenName("de", "Nato", "organisation", "NATO"),
    ]


def test_a_row_of_what_nobody_knows_is_a_fault(tmp_path):
    _, found = load(write(tmp_path, "XYZ,Nirgendland,,"))
    assert found == [
        "names/de.csv: row[XYZ]: is neither a country of countries.csv nor an organisation of organisations.toml"
        " (correct the id)"
    ]
