"""Phrases are found whole, overlapping, in any spelling of the text, and their spans lead back to it exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.core.topics.folded_text import fold_text
from tasks.core.topics.matcher import Name, PhraseMatcher
from tasks.core.topics.patterns import CAPITAL, COUNTRY, LEADER, NATIONALITY, ORGANISATION

NAMES = (
    Name("Norway", COUNTRY, "NOR"),
    Name("United States", COUNTRY, "USA"),
    Name("US", COUNTRY, "USA"),
    Name("Chile", COUNTRY, "CHL"),
    Name("Chilean", NATIONALITY, "CHL"),
    Name("Oslo", CAPITAL, "NOR"),
    Name("European Union", ORGANISATION, "EUU"),
    Name("Union", ORGANISATION, "Union"),
    Name("Tor Halvorsen", LEADER, "NOR"),
    Name("Halvorsen", LEADER, "NOR"),
)


def texts(phrases, source, names=NAMES, hidden=()):
    """What each phrase matched, in the order of the text."""
    found = PhraseMatcher(phrases, names, hidden).find(source)
    return [
        (phrases[match.phrase], source[slice(*found.folded.source_span(match.at, match.to))]) for match in found.matches
    ]


def words(phrase, source, **options):
    return [text for _, text in texts([phrase], source, **options)]


def names(source, hidden=()):
    found = PhraseMatcher(["x"], NAMES, hidden).find(source)
    return [match.name.value for match in found.names if match.name.value]


def test_a_phrase_is_found_with_its_offsets():
    found = PhraseMatcher(["peace talks"]).find("New peace talks began.")

    (match,) = found.matches
    assert (match.phrase, match.at, match.to) == (0, 4, 15)


def test_an_empty_matcher_finds_nothing():
    assert PhraseMatcher([]).find("Peace talks in Oslo").matches == ()


def test_an_empty_text_holds_nothing():
    assert PhraseMatcher(["truce"], NAMES).find("").matches == ()


def test_capitals_do_not_matter_in_plain_words():
    assert words("truce", "TRUCE, Truce and truce") == ["TRUCE", "Truce", "truce"]


@pytest.mark.parametrize("source", ["warring parties", "postwar", "war1", "a thaw arrived"])
def test_a_part_of_a_word_is_no_match(source):
    assert words("war", source) == []


def test_a_longer_phrase_does_not_hide_the_one_inside_it():
    source = "A wave of suicide bombings shook the town."
    assert texts(["suicide bombing/n", "suicide bombing", "bombings", "wave of suicide bombings"], source) == [
        ("wave of suicide bombings", "wave of suicide bombings"),
        ("suicide bombing/n", "suicide bombings"),
        ("bombings", "bombings"),
    ]


def test_a_word_written_in_capitals_must_be_in_capitals():
    assert words("WHO chief", "the WHO chief; the who chief; Who chief") == ["WHO chief"]


def test_dotted_capitals_are_capitals():
    assert words("UN envoy", "the U.N. envoy") == ["U.N. envoy"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("peace-talks", "peace-talks"),
        ("peace\u2011talks", "peace\u2011talks"),
        ("peace\u00a0talks", "peace\u00a0talks"),
        ("peace  talks", "peace  talks"),
        ("peace\ntalks", "peace\ntalks"),
        ("PEACE TALKS", "PEACE TALKS"),
        ("“peace talks”", "peace talks"),
        ("peace’s talks", "peace’s talks"),
        ("(peace talks)", "peace talks"),
        ("péàce talks", "péàce talks"),
    ],
)
def test_a_phrase_is_found_however_the_text_spells_it(source, expected):
    assert words("peace talks", source) == [expected]


@pytest.mark.parametrize(
    "source",
    ["peace. Talks", "peace, talks", "peace — talks", "peace—talks", "peace – talks", "peace\n\ntalks", "peace\nTalks"],
)
def test_no_phrase_runs_across_punctuation_or_a_paragraph(source):
    assert words("peace talks", source) == []


def test_a_dash_between_two_words_without_spaces_is_a_hyphen():
    assert words("{country} {country} talks", "The Norway–Chile talks go on") == ["Norway–Chile talks"]


@pytest.mark.parametrize(
    ("pattern", "source"),
    [
        ("{country} talks", "Norway talks"),
        ("{state} talks", "Oslo talks"),
        ("{nationality} talks", "Chilean talks"),
        ("{party} talks", "European Union talks"),
        ("{place} talks", "Oslo talks"),
        ("{leader} talks", "Tor Halvorsen talks"),
        ("{person} talks", "Jane Doe talks"),
        ("{organisation} talks", "European Union talks"),
        ("{proper} talks", "Rugen talks"),
        ("{number} talks", "1,200 talks"),
        ("{number} talks", "three talks"),
    ],
)
def test_a_slot_takes_a_name_of_its_class(pattern, source):
    assert words(pattern, source) == [source]


@pytest.mark.parametrize(
    ("pattern", "source"),
    [
        ("{country} talks", "Oslo talks"),
        ("{leader} talks", "Jane Doe talks"),
        ("{state} talks", "chile talks"),
        ("{number} talks", "many talks"),
    ],
)
def test_a_slot_takes_nothing_else(pattern, source):
    assert words(pattern, source) == []


def test_a_possessive_name_fills_a_slot():
    assert words("{country} envoy", "Norway’s envoy") == ["Norway’s envoy"]


def test_a_dotted_abbreviation_fills_a_slot_and_its_evidence_is_whole():
    assert words("envoy of the {country}", "an envoy of the U.S. left") == ["envoy of the U.S."]


def test_neighbouring_capitalised_words_are_one_name():
    assert words("minister {person} said", "Foreign Minister Ann Mary Lee said") == ["Minister Ann Mary Lee said"]


def test_a_leader_with_a_first_name_is_one_leader():
    assert words("{leader} met", "Aksel Halvorsen met") == ["Aksel Halvorsen met"]


def test_the_longest_name_counts():
    assert names("The European Union and the Union") == ["EUU", "Union"]


def test_a_name_in_small_letters_is_no_name():
    assert names("us and chile peppers, the US") == ["USA"]


def test_a_hidden_spelling_hides_the_name_in_it():
    assert names("The Oslo Marathon is run in Oslo", hidden=["Oslo Marathon"]) == ["NOR"]


def test_a_hidden_spelling_must_be_written_as_it_is():
    assert names("Norway today", hidden=["Norway Today"]) == ["NOR"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("fired rockets at", ["fired rockets at"]),
        ("fired a dozen new rockets at", ["fired a dozen new rockets at"]),
        ("fired 4,000 and then 2.5 rockets at", ["fired 4,000 and then 2.5 rockets at"]),
        ("fired one two three four five rockets at", []),
        ("fired, and rockets at", []),
        ("fired. The rockets at", []),
        ("rockets at the man who fired", []),
        ("rockets at", []),
        ("fired", []),
    ],
)
def test_a_gap_spans_up_to_four_words_and_no_punctuation(source, expected):
    assert words("fire/v .. rockets at", source) == expected


def test_a_gap_ends_at_the_nearest_tail():
    assert words("met .. envoy", "met the envoy and an envoy") == ["met the envoy"]


def test_phrases_share_their_halves():
    phrases = ["met .. envoy", "met .. king", "met"]
    assert texts(phrases, "She met the king") == [("met", "met"), ("met .. king", "met the king")]


def test_a_gap_may_stand_beside_slots():
    assert words("{country} .. agreed", "Norway and then Chile agreed") == [
        "Norway and then Chile agreed",
        "Chile agreed",
    ]


@given(st.text(alphabet="aB .,'’—–-é\u0301\u00a0U.S\n\t“”½İ🙂", max_size=80))
def test_every_span_lies_in_the_source_and_folds_to_what_was_found(source):
    folded = fold_text(source)
    assert len(folded.plain) == len(folded.cased)
    for start in range(len(folded.cased)):
        at, to = folded.source_span(start, start + 1)
        assert 0 <= at < to <= len(source)


@given(
    st.lists(
        st.sampled_from(["truce", "U.S.", "Norway’s", "—", "peace-talks", "\n\n", "“Oslo”", "é", "and", "  ", "½"]),
        max_size=25,
    )
)
def test_evidence_is_the_same_words_as_the_phrase(pieces):
    source = " ".join(pieces)
    found = PhraseMatcher(["peace talks", "truce", "{country} .. truce", "{country} and {state}"], NAMES).find(source)
    for match in found.matches:
        at, to = found.folded.source_span(match.at, match.to)
        assert fold_text(source[at:to]).plain == found.folded.plain[match.at : match.to]


WORDS = "rebel rebels group armed US us UN Norway Chilean Oslo talks, in .. 12 Tor Halvorsen O'Neill cease-fire . met"


@given(st.lists(st.sampled_from(WORDS.split()), max_size=14).map(" ".join))
def test_tables_of_one_text_find_what_the_whole_finds(source):
    phrases = [
        "(armed|rebel) group/n",
        "{party} .. met",
        "met {person}",
        "cease-fire talks",
        "{number} (US|rebel)",
        "Oslo",
    ]
    narrow = PhraseMatcher(phrases, NAMES, ["Oslo talks"], few=9).find(source)
    whole = PhraseMatcher(phrases, NAMES, ["Oslo talks"], few=0).find(source)
    assert (narrow.matches, narrow.names) == (whole.matches, whole.names)
