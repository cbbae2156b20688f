"""The cues of meetings: each matches its own example and not the sentence beside it; phrases match as written."""

import pytest

from tasks.catalog.folders import BUILT_IN
from tasks.catalog.layers import Layers
from tasks.catalog.places import CUES_FILE, load_cues
from tasks.core.meetings.cues import CueBook, compile_cue

LAYERS = Layers((BUILT_IN,))
ENTRIES = LAYERS.entries(CUES_FILE, "cue")
CUES = load_cues(LAYERS)
BOOK = CueBook(CUES)


def test_the_cues_have_no_faults():
    assert LAYERS.faults == []
    assert set(CUES) == {entry.id for entry in ENTRIES}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_a_cue_matches_its_example_and_not_the_other(entry):
    assert BOOK.find(entry.id, entry.values["example"])
    assert not BOOK.find(entry.id, entry.values["not"])


@pytest.mark.parametrize(
    ("phrase", "text", "is_found"),
    [
        ("called off", "Berlin called off the talks", True),
        ("called off", "He called officials", False),
        ("postpon*", "They are postponing it", True),
        ("call* off", "It was Called Off", True),
        ("won't meet", "They won’t meet", True),
        ("denied ... talks", "Seoul denied that it had held any talks", True),
        ("denied ... talks", "Seoul denied that its army or its navy would ever hold talks", False),
        ("will", "goodwill", False),
        ("will", "ill-will", False),
    ],
)
def test_a_phrase_matches_whole_words_with_its_wildcards(phrase, text, is_found):
    assert bool(compile_cue([phrase]).search(text)) is is_found


def test_an_unknown_cue_matches_nothing():
    assert CueBook({}).find("held", "The talks were held.") is None


def test_a_cue_without_phrases_is_a_fault(tmp_path):
    (tmp_path / CUES_FILE).write_text('[[cue]]\nid = "held"\nphrases = []\n', encoding="utf-8")
    layers = Layers((tmp_path,))

    assert load_cues(layers) == {}
    assert [fault.key for fault in layers.faults] == ["cue[held]"]
