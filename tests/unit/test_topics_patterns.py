"""The notation of phrases: what it stands for, and what it refuses."""

import pytest

from tasks.core.topics.patterns import (
    SIGNS,
    SLOTS,
    PatternFault,
    check_pattern,
    expand_pattern,
    inflect_word,
    split_context,
)


@pytest.mark.parametrize(
    ("pattern", "forms"),
    [
        ("peace talks", {"peace talks"}),
        ("truce/n", {"truce", "truces"}),
        ("(armed|rebel) group/n", {"armed group", "armed groups", "rebel group", "rebel groups"}),
        ("(the|) junta", {"the junta", "junta"}),
        ("a (b (c|d)|e)", {"a b c", "a b d", "a e"}),
        ("cease-fire", {"cease fire"}),
        ("d'état", {"d'etat"}),
        ("WHO chief", {"WHO chief"}),
        ("(x|x)", {"x"}),
    ],
)
def test_a_pattern_stands_for_its_forms(pattern, forms):
    forms_found = expand_pattern(pattern)
    assert set(forms_found) == forms
    assert len(forms_found) == len(forms)


def test_a_slot_is_one_sign_that_stands_for_its_classes():
    ((sign, *rest),) = expand_pattern("{state} army")
    assert (SIGNS[sign], "".join(rest)) == (SLOTS["state"], " army")


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("attack/v", ["attack", "attacks", "attacked", "attacking"]),
        ("seize/v", ["seize", "seizes", "seized", "seizing"]),
        ("supply/v", ["supply", "supplies", "supplied", "supplying"]),
        ("deploy/v", ["deploy", "deploys", "deployed", "deploying"]),
        ("clash/v", ["clash", "clashes", "clashed", "clashing"]),
        ("agree/v", ["agree", "agrees", "agreed", "agreeing"]),
        ("ban/v", ["ban", "bans", "banned", "banning"]),
        ("gun/v", ["gun", "guns", "gunned", "gunning"]),
        ("free/v", ["free", "frees", "freed", "freeing"]),
        ("raid/v", ["raid", "raids", "raided", "raiding"]),
        ("visit/v", ["visit", "visits", "visited", "visiting"]),
        ("army/n", ["army", "armies"]),
        ("crisis", ["crisis"]),
    ],
)
def test_a_word_is_inflected(word, forms):
    assert inflect_word(word) == forms


@pytest.mark.parametrize(
    ("pattern", "cause"),
    [
        ("(a|b", "opening bracket"),
        ("a|b)", "closing bracket"),
        ("(a|)", "may be empty"),
        ("", "may be empty"),
        ("{planet} army", "slot"),
        ("{state army", "slot"),
        ("attack/x", "ending /x"),
        ("(strike|attack)/n", "ending /n without a word"),
        ("retaliat(e|ion)", "word joined to a bracket"),
        ("(re|)take", "word joined to a bracket"),
        ("missiles?", r"the sign \?"),
        ("a .. b .. c", "more than one gap"),
        (" ".join(["(a|b|c|d|e|f|g|h|i|j)"] * 5), "20000"),
    ],
)
def test_a_malformed_pattern_is_refused_with_its_cause(pattern, cause):
    with pytest.raises(PatternFault, match=cause):
        check_pattern(pattern)


def test_a_bar_outside_brackets_parts_alternatives():
    assert set(expand_pattern("a|b c")) == {"a", "b c"}


def test_contexts_are_split_off_wherever_they_stand():
    assert split_context("fire/v @weapon at @country") == ("fire/v at", ("weapon", "country"))


def test_a_phrase_with_one_gap_is_well_formed():
    check_pattern("fire/v .. (at|on) {place}")
