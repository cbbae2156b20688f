"""Whose officials those are whose titles name no country: told by the setting, and never against the text."""

from datetime import UTC, datetime

import pytest

from tasks.core.model import Story
from tasks.core.reading import open_reader
from tests.catalog import builtin_catalog

PUBLISHED = datetime(2025, 12, 1, tzinfo=UTC)


def read(text):
    actors = open_reader(builtin_catalog()).read_story(Story(text, None, PUBLISHED, "en", None)).actors
    return {actor.name: (actor.country, actor.inferred) for actor in actors}


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("LIMA, May 3 (Reuters) - Peru will vote in May, Interior Minister Rosa Quispe said.", "PER"),
        ("KIEL (dpa) - It burned all night, fire brigade spokesman Jonas Wiechert said.", "DEU"),
        ("KYIV, May 3 (Reuters) - Russian drones came at night, Foreign Minister Taras Hnatiuk said.", "UKR"),
        ("Abuja, May 3, 2025 (AFP) - Leaders met.\nIn Freetown, Army spokesman Col. Ali Kamara saw calm.", "SLE"),
        ("BRIDGETOWN (AP) — Leaders met.\nHaiti was represented by Foreign Minister Jean Cadet.", "HTI"),
        ("GENEVA, May 3 (Reuters) - A Rwandan adviser said President Paul Gasana was ready to meet Kenya.", "RWA"),
    ],
)
def test_an_official_without_a_country_is_of_the_setting(text, country):
    (told,) = [value for name, value in read(text).items() if value[0]]

    assert told == (country, ("country",))


@pytest.mark.parametrize(
    "text",
    [
        "GENEVA, May 3 (Reuters) - Foreign Minister Omid Golestani left after talks with the United States and Iran.",
        "LIMA, May 3 (Reuters) - Peru greeted visiting Foreign Minister Omid Golestani.",
        "LIMA, May 3 (Reuters) - The rail of Peru is old, resident Omid Golestani said.",
        "LIMA, May 3 (Reuters) - Peru is poor, rebel spokesman Omid Golestani said.",
        "LIMA, May 3 (Reuters) - Peru is poor, NATO spokesman Omid Golestani said.",
        "LIMA, May 3 (Reuters) - Peru is poor, analyst Omid Golestani said.",
        "DOHA (AA) – Turkish Defense Minister Cem Bayrak was in Qatar. Deputy Minister Omid Golestani came too.",
    ],
)
def test_where_the_setting_leaves_a_choice_nothing_is_told(text):
    assert read(text)["Omid Golestani"][0] is None


def test_of_an_office_that_a_country_has_once_there_is_one_holder():
    text = "BOGOTA, Colombia (AP) — Colombian President Andres Villar spoke.\n“I told President Romulo Cabrera so,” he said."

    assert read(text)["Romulo Cabrera"][0] is None
