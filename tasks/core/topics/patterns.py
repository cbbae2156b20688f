"""The notation of phrases in the catalog, and what it stands for.

peace talks            the words, in this order; capitals only matter in words written wholly in capitals (WHO)
troop/n                a noun: troop, troops
attack/v               a verb: attack, attacks, attacked, attacking; a short one doubles: banned
(armed|rebel) group/n  one of several; an empty alternative makes the words optional: (the|)
{party} minister       a slot that names fill: see SLOTS
fire/v @weapon         the phrase counts only in a sentence that holds the context `weapon`
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod

from tasks.core.topics.folded_text import fold_words

# The classes of names; each is one private character in the text that phrases with slots are matched against.
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

# In a spelling each slot is one character, its sign; which classes it takes is in SIGNS.
_SIGN_OF = {slot: chr(0xE010 + number) for number, slot in enumerate(SLOTS)}
SIGNS: dict[str, str] = {_SIGN_OF[slot]: classes for slot, classes in SLOTS.items()}

ANY_NAME = "\ue00f"  # what the search sees for a name of any class, and for a slot

GAP = " .. "

# What a sentence may have to hold, besides the word lists of the catalog: a state, two states, two states or
# organisations, a state at war.
BUILT_IN_CONTEXTS = frozenset({"country", "countries", "parties", "warring"})
WARRING_INSIDE = "{warring}"  # what a phrase with this slot needs beside its contexts

_MOST_FORMS = 20_000
_MOST_BRACKETS = 200
_JOINED = re.compile(r"[^\s()|]\(|\)[^\s()|/]")
_FOREIGN = re.compile(r"[?*+^$\[\]\\]")
_TOKEN = re.compile(r"[()|]|[^\s()|]+")
_RUN = re.compile(r"[^\W_]+")
_VOWELS = "aeiou"
_SHORT_VERB = re.compile(r"(?:[^aeiou]|qu)+[aeiou][bdgklmnprt]")


class PatternFault(ValueError):
    """A phrase that the notation does not allow; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a phrase in its forms, folded but with their capitals; a slot has its sign for one."""

    forms: tuple[str, ...]
    runs: tuple[tuple[str, ...], ...]  # of each form: its letters and digits, in lower case


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives, each a sequence of words and choices. An empty one makes the rest optional."""

    sequences: tuple[tuple[Word | Choice, ...], ...]


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
        parse_pattern(half)


def expand_pattern(pattern: str, known: Collection[str] | None = None) -> tuple[str, ...]:
    """All spellings that a phrase stands for, folded but with their capitals; PatternFault where it is malformed.

    With `known`, those that consist of these words alone (letters and digits, in lower case).
    """
    return _spell_choice(parse_pattern(pattern), known)


def list_words(pattern: str) -> Iterator[str]:
    """Every word of any spelling, in lower case, as spaces set it apart."""
    for word in _list_words(parse_pattern(pattern)):
        for form in word.forms:
            yield from form.lower().split()


def list_runs(text: str) -> tuple[str, ...]:
    """The runs of letters and digits in a text."""
    return tuple(_RUN.findall(text))


@lru_cache(maxsize=16_384)
def parse_pattern(pattern: str) -> Choice:
    """A phrase without a gap as a tree; PatternFault where it is malformed."""
    if _JOINED.search(pattern):
        raise PatternFault("has a word joined to a bracket; put a space between them")
    if sign := _FOREIGN.search(pattern):
        raise PatternFault(f"has the sign {sign.group()}, which means nothing here")
    tokens = deque(_TOKEN.findall(pattern))
    if tokens.count("(") > _MOST_BRACKETS:
        raise PatternFault(f"has more than {_MOST_BRACKETS} brackets")
    tree = _read_choice(tokens)
    if tokens:
        raise PatternFault("has a closing bracket without an opening one")
    if _may_be_empty(tree):
        raise PatternFault("may be empty")
    if _count_spellings(tree) > _MOST_FORMS:
        raise PatternFault(f"stands for more than {_MOST_FORMS} spellings")
    return tree


def check_spellings(pattern: str, *, has_company: bool) -> int:
    """How many spellings a phrase stands for, with or without a gap.

    Raises PatternFault where one of them would match everywhere: a single letter, or any name without other words or
    company.
    """
    number = 0
    for half in pattern.split(GAP):
        spellings = expand_pattern(half)
        number += len(spellings)
        for spelling in spellings:
            if len(spelling) == 1 and spelling not in SIGNS:
                raise PatternFault(f"may be the single letter {spelling!r}")
            if not has_company and GAP not in pattern and SIGNS.keys() >= set(spelling.replace(" ", "")):
                raise PatternFault("may be a name and nothing else, which stands everywhere; give it words or company")
    return number


def _read_choice(tokens: deque[str]) -> Choice:
    """Sequences between bars, up to a closing bracket or the end."""
    sequences = [_read_sequence(tokens)]
    while tokens and tokens[0] == "|":
        tokens.popleft()
        sequences.append(_read_sequence(tokens))
    return Choice(tuple(sequences))


def _read_sequence(tokens: deque[str]) -> tuple[Word | Choice, ...]:
    items: list[Word | Choice] = []
    while tokens and tokens[0] not in "|)":
        piece = tokens.popleft()
        if piece != "(":
            items.append(_read_word(piece))
            continue
        items.append(_read_choice(tokens))
        if not tokens or tokens.popleft() != ")":
            raise PatternFault("has an opening bracket without a closing one")
    return tuple(items)


@lru_cache(maxsize=16_384)
def _read_word(token: str) -> Word:
    if not token.startswith("{"):
        forms = tuple(inflect_word(token))
        return Word(forms, tuple(list_runs(form.lower()) for form in forms))
    slot = token.strip("{}")
    if token != f"{{{slot}}}" or slot not in SLOTS:
        raise PatternFault(f"names the slot {token}, which does not exist")
    return Word((_SIGN_OF[slot],), ((),))


def _spell_choice(choice: Choice, known: Collection[str] | None) -> tuple[str, ...]:
    spellings: dict[str, None] = {}
    for sequence in choice.sequences:
        spellings.update(dict.fromkeys(_spell_sequence(sequence, known)))
    return tuple(spellings)


def _spell_sequence(sequence: tuple[Word | Choice, ...], known: Collection[str] | None) -> list[str]:
    spellings = [""]
    for item in sequence:
        further = _spell_word(item, known) if isinstance(item, Word) else _spell_choice(item, known)
        spellings = [f"{before} {after}".strip() for before in spellings for after in further]
        if not spellings:
            break
    return spellings


def _spell_word(word: Word, known: Collection[str] | None) -> Sequence[str]:
    if known is None:
        return word.forms
    return [form for form, runs in zip(word.forms, word.runs, strict=True) if all(run in known for run in runs)]


def _list_words(choice: Choice) -> Iterator[Word]:
    for sequence in choice.sequences:
        for item in sequence:
            yield from (item,) if isinstance(item, Word) else _list_words(item)


def _count_spellings(choice: Choice) -> int:
    return sum(
        prod(len(item.forms) if isinstance(item, Word) else _count_spellings(item) for item in sequence)
        for sequence in choice.sequences
    )


def _may_be_empty(choice: Choice) -> bool:
    return any(
        all(
            any(not form.strip() for form in item.forms) if isinstance(item, Word) else _may_be_empty(item)
            for item in sequence
        )
        for sequence in choice.sequences
    )


def inflect_word(word: str) -> list[str]:
    """The forms of a word with its ending; `strike/v` gives `striked`, so irregular verbs are written out."""
    stem, mark, form = word.partition("/")
    if not mark:
        return [fold_words(word)]
    if not stem:
        raise PatternFault(f"has the ending /{form} without a word")
    if form == "n":
        return [fold_words(stem), fold_words(_plural(stem))]
    if form == "v":
        return [fold_words(each) for each in (stem, _plural(stem), _past(stem), _participle(stem))]
    raise PatternFault(f"has the ending /{form}; there are /n and /v")


def _plural(word: str) -> str:
    if re.search(r"(s|x|z|ch|sh)$", word):
        return f"{word}es"
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2:-1] not in _VOWELS else f"{word}s"


def _past(word: str) -> str:
    word = _doubled(word)
    if word.endswith("e"):
        return f"{word}d"
    return f"{word[:-1]}ied" if word.endswith("y") and word[-2:-1] not in _VOWELS else f"{word}ed"


def _participle(word: str) -> str:
    word = _doubled(word)
    return f"{word[:-1]}ing" if word.endswith("e") and not word.endswith("ee") else f"{word}ing"


def _doubled(word: str) -> str:
    """A verb of one syllable with its last letter doubled where English doubles it: banned, gunning."""
    return word + word[-1] if _SHORT_VERB.fullmatch(word) else word
