"""The notation of phrases in the catalog, and what it stands for.

peace talks            the words, in this order; capitals only matter in words written wholly in capitals (WHO)
troop/n                a noun: troop, troops
attack/v               a verb: attack, attacks, attacked, attacking
(armed|rebel) group/n  one of several; an empty alternative makes the words optional: (the|)
{party} minister       a slot that names fill: see SLOTS
fire/v @weapon         the phrase counts only in a sentence that holds the context `weapon`
"""

from __future__ import annotations

import re
from collections import deque
from functools import lru_cache

from tasks.core.topic_text import fold_text

# The classes of names; each is one private character in the text that slot phrases are matched against.
COUNTRY, CAPITAL, NATIONALITY, PLACE, LEADER = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
ORGANISATION, NAME, NUMBER = "\ue005", "\ue006", "\ue007"

SLOTS: dict[str, str] = {
    "country": COUNTRY,
    "state": COUNTRY + CAPITAL,
    "nationality": NATIONALITY,
    "party": COUNTRY + CAPITAL + NATIONALITY + ORGANISATION,
    "warring": COUNTRY + CAPITAL + NATIONALITY,  # and one of the states inside the phrase must be at war
    "place": COUNTRY + CAPITAL + PLACE,
    "leader": LEADER,
    "person": LEADER + NAME,
    "organisation": ORGANISATION,
    "proper": COUNTRY + CAPITAL + NATIONALITY + PLACE + LEADER + ORGANISATION + NAME,
    "name": NAME,
    "number": NUMBER,
}

GAP = " .. "

# What a sentence may have to hold, besides the word lists of the catalog: a state, two states, two states or
# organisations, a state at war.
BUILT_IN_CONTEXTS = frozenset({"country", "countries", "parties", "warring"})
WARRING_INSIDE = "{warring}"  # what a phrase with this slot needs beside its contexts

_MOST_FORMS = 20_000
_JOINED = re.compile(r"[^\s()|]\(|\)[^\s()|/]")
_FOREIGN = re.compile(r"[?*+^$\[\]\\]")
_TOKEN = re.compile(r"[()|]|[^\s()|]+")
_VOWELS = "aeiou"


class PatternFault(ValueError):
    """A phrase that the notation does not allow; the message says what is wrong with it."""


def split_context(pattern: str) -> tuple[str, tuple[str, ...]]:
    """`fire/v @weapon @country` as the phrase and the contexts that it needs."""
    words = pattern.split()
    needs = tuple(word[1:] for word in words if word.startswith("@"))
    return " ".join(word for word in words if not word.startswith("@")), needs


def check_pattern(pattern: str) -> None:
    """Raise PatternFault where a phrase, with or without a gap, is malformed."""
    halves = pattern.split(GAP)
    if len(halves) > 2:
        raise PatternFault("has more than one gap")
    for half in halves:
        expand_pattern(half)


@lru_cache(maxsize=16_384)
def expand_pattern(pattern: str) -> tuple[str, ...]:
    """All spellings that a phrase stands for, folded but with their capitals; PatternFault where it is malformed."""
    if _JOINED.search(pattern):
        raise PatternFault("has a word joined to a bracket; put a space between them")
    if sign := _FOREIGN.search(pattern):
        raise PatternFault(f"has the sign {sign.group()}, which means nothing here")
    tokens = deque(_TOKEN.findall(pattern))
    forms = _read_choice(tokens)
    if tokens:
        raise PatternFault("has a closing bracket without an opening one")
    if not all(forms):
        raise PatternFault("may be empty")
    return forms


def _read_choice(tokens: deque[str]) -> tuple[str, ...]:
    """Sequences between bars, up to a closing bracket or the end."""
    forms = dict.fromkeys(_read_sequence(tokens))
    while tokens and tokens[0] == "|":
        tokens.popleft()
        forms.update(dict.fromkeys(_read_sequence(tokens)))
    return tuple(forms)


def _read_sequence(tokens: deque[str]) -> list[str]:
    forms = [""]
    while tokens and tokens[0] not in "|)":
        piece = tokens.popleft()
        if piece == "(":
            choice = _read_choice(tokens)
            if not tokens or tokens.popleft() != ")":
                raise PatternFault("has an opening bracket without a closing one")
        else:
            choice = _word_forms(piece)
        forms = [f"{before} {after}".strip() for before in forms for after in choice]
        if len(forms) > _MOST_FORMS:
            raise PatternFault(f"stands for more than {_MOST_FORMS} spellings")
    return forms


def _word_forms(token: str) -> tuple[str, ...]:
    if not token.startswith("{"):
        return tuple(inflect_word(token))
    slot = token.strip("{}")
    if token != f"{{{slot}}}" or slot not in SLOTS:
        raise PatternFault(f"names the slot {token}, which does not exist")
    return tuple(SLOTS[slot])


def inflect_word(word: str) -> list[str]:
    """The forms of a word with its ending; `strike/v` gives `striked`, so irregular verbs are written out."""
    stem, mark, form = word.partition("/")
    if not mark:
        return [_fold(word)]
    if not stem:
        raise PatternFault(f"has the ending /{form} without a word")
    if form == "n":
        return [_fold(stem), _fold(_plural(stem))]
    if form == "v":
        return [_fold(each) for each in (stem, _plural(stem), _past(stem), _participle(stem))]
    raise PatternFault(f"has the ending /{form}; there are /n and /v")


def _fold(word: str) -> str:
    return fold_text(word).cased


def _plural(word: str) -> str:
    if re.search(r"(s|x|z|ch|sh)$", word):
        return f"{word}es"
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2:-1] not in _VOWELS else f"{word}s"


def _past(word: str) -> str:
    if word.endswith("e"):
        return f"{word}d"
    return f"{word[:-1]}ied" if word.endswith("y") and word[-2:-1] not in _VOWELS else f"{word}ed"


def _participle(word: str) -> str:
    return f"{word[:-1]}ing" if word.endswith("e") and not word.endswith("ee") else f"{word}ing"
