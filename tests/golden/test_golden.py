"""Every golden story reads as its reading.json says; `make golden` rewrites them, and the diff is to be looked at."""

import shutil

import pytest

from tests.golden.rewrite import rewrite_readings
from tests.golden.stories import FOLDER, case_name, list_cases, open_story, read_story, tell_reading

CASES = pytest.mark.parametrize("folder", list_cases(), ids=case_name)


def list_spans(form):
    """All dicts of a reading that claim words of the text."""
    if isinstance(form, list):
        return [span for each in form for span in list_spans(each)]
    if not isinstance(form, dict):
        return []
    own = [form] if {"text", "start", "end"} <= form.keys() and form.get("field", "text") == "text" else []
    return own + [span for each in form.values() for span in list_spans(each)]


def test_there_are_stories_in_many_styles():
    assert len({folder.parent.name for folder in list_cases()}) >= 8


@CASES
def test_the_story_is_read_as_before(folder):
    expected = (folder / "reading.json").read_text(encoding="utf-8")

    assert tell_reading(read_story(folder)) == expected, "if the change is meant: make golden"


@CASES
def test_every_span_is_the_texts_own_words(folder):
    text = open_story(folder).text

    for span in list_spans(read_story(folder)):
        assert text[span["start"] : span["end"]] == span["text"]


@CASES
def test_every_case_is_whole(folder):
    files = {path.name for path in folder.iterdir()} - {"gold.json"}  # what readers found, for `make quality`
    assert files == {"meta.json", "reading.json", "source.txt"}


def test_a_story_in_a_language_without_rules_is_not_read():
    form = read_story(FOLDER / "french" / "not-read")

    assert form["lang"] == "fr"
    assert [form[key] for key in ("topics", "actors", "quotes", "citations", "meetings")] == [None] * 5


def test_of_a_russian_story_topics_are_read_and_the_rest_is_unknown():
    form = read_story(FOLDER / "russian" / "topics-only")

    assert form["lang"] == "ru"
    assert {tag["topic"] for tag in form["topics"]} >= {"diplomacy", "diplomacy.peace", "conflict"}
    assert [form[key] for key in ("actors", "quotes", "citations", "meetings")] == [None] * 4


def test_only_a_reading_that_changed_is_rewritten(tmp_path):
    cases = [shutil.copytree(folder, tmp_path / folder.name) for folder in list_cases()[:2]]
    (cases[1] / "reading.json").write_text("{}", encoding="utf-8")

    assert rewrite_readings(cases) == [cases[1]]
    assert rewrite_readings(cases) == []
