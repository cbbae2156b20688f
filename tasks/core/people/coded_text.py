"""A text in code, as the reader of people sees it: every name, title and capitalised word is one character.

Patterns over the code stay short (`NATION's ROLE NAME`), and each character leads back to its offsets in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from tasks.core.names import NameHit, NameIndex, plain_text
from tasks.core.people.given import GIVEN
from tasks.core.people.words import FAMILY_FIRST, INSTITUTION_WORDS, NO_NAMES, OPENING_TRADES, PARTICLES, SURNAMES_TOO

LEADER, WORD, INSTITUTION = "\ue100", "\ue101", "\ue102"
ROLE, ROLES = "\ue110", "\ue111"
COUNTRY, DEMONYM, CAPITAL, ORGANISATION = "\ue120", "\ue121", "\ue122", "\ue123"

NATION = f"[{COUNTRY}{DEMONYM}{CAPITAL}{ORGANISATION}]"
NAME_CHARS = f"{LEADER}{WORD}"
# A person's name as it may stand: a leader of the catalog, or capitalised words with particles between them.
NAME = f"(?:{LEADER}|{WORD}(?:[ -](?:(?:{PARTICLES})[ -]){{0,3}}{WORD})*)"

_KINDS = {"country": COUNTRY, "demonym": DEMONYM, "capital": CAPITAL, "organisation": ORGANISATION, "leader": LEADER}
# A word with a capital, an Arabic name with its article, or initials; the range above Latin-1 holds small letters too.
_CAPITAL = "[A-Z\u00c0-\u00d6\u00d8-\u00de\u0100-\u024f]"
# The pattern begins with one set of characters, by which the search skips all others.
_TOKEN = re.compile(
    rf"[A-Z\u00c0-\u00d6\u00d8-\u00de\u0100-\u024faedul](?<![\w'-].)(?:(?<=[A-Z])\.-?(?:[A-Z]\.-?)*(?![^\W\d_])"
    rf"|(?:(?<={_CAPITAL})|(?:(?<=a)[lnsdrt]|(?<=a)sh|(?<=[eu])l|(?<=[dl])')-?{_CAPITAL})[^\W\d_]*(?:['-][^\W\d_]+)*)"
)
# Chinese and Korean family names that are English words: names inside a sentence, before another capital.
_NAMES_TOO = frozenset(("He", "So", "An", "You", "Do", "No", "To", "In"))
_SPEAKING_NAMES = ("An", "Do")  # names as well where they speak
_MONTH_NAME = "Jan"
_ODD_NAMES = _NAMES_TOO | {_MONTH_NAME, *_SPEAKING_NAMES}
_NEXT_CAPITAL = re.compile(r" ([A-Z][a-z]+)")
_NEXT_NAME = re.compile(rf" ({_CAPITAL}[^\W\d_]+)")
_NAME_GOES_ON = re.compile(rf" (?:(?:{PARTICLES}) ){{0,2}}{_CAPITAL}[^\W\d_]")
_HYPHENED = re.compile(r" [A-Z][a-z]+-[a-z]+\b")
_NUMERALS = "IVX"
_NUMERAL = re.compile(f"[{_NUMERALS}]{{1,5}}")  # "King Olav IX"
_SURNAME_ROLES = frozenset(("King", "Major", "Prince", "Duke", "Pope"))
# "President Sunday Okoro": after a title these are first names.
_CALENDAR_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january april may june july august september".split()
)
_LAST_WORD = re.compile(r"(\w+) \Z")
_SMALL_WORD = re.compile(r"\b[a-z][a-z'-]*")
_OPENS_SENTENCE = re.compile(r"(?:\A|[.!?:]['\")\]]?\s+|[\n\"“(\[]\s*|[-—–]\s)['\"“(\[]?\Z")


@dataclass(frozen=True, slots=True)
class Piece:
    """What one character of the code stands for; `hit` is the catalog's name, if it is one."""

    kind: str
    start: int
    end: int
    hit: NameHit | None = None


class CodedText:
    """A text from `start` on, with a character for each piece and all else as written (apostrophes straight)."""

    def __init__(self, text: str, start: int, names: NameIndex) -> None:
        self.text = text
        self.plain = plain_text(text)
        self.pieces = list(_walk(self.plain, start, names.find(text)))
        parts: list[str] = []
        done = start
        length = 0
        self._at: list[int] = []
        self._shift: list[int] = []
        for piece in self.pieces:
            parts += (self.plain[done : piece.start], piece.kind)
            length += piece.start - done + 1
            self._at.append(length - 1)
            self._shift.append(piece.end - length)
            done = piece.end
        parts.append(self.plain[done:])
        self.code = "".join(parts)
        self._start = start

    def begin(self, index: int) -> int:
        """The offset in the text where the character at this index of the code begins."""
        number = bisect_left(self._at, index)
        if number < len(self._at) and self._at[number] == index:
            return self.pieces[number].start
        return index + (self._shift[number - 1] if number else self._start)

    def finish(self, index: int) -> int:
        """The offset in the text where the code before this index ends."""
        number = bisect_left(self._at, index)
        if number and self._at[number - 1] == index - 1:
            return self.pieces[number - 1].end
        return index + (self._shift[number - 1] if number else self._start)

    def index(self, offset: int) -> int:
        """The index of the code that stands for an offset of the text."""
        number = bisect_right([piece.start for piece in self.pieces], offset)
        if number and self.pieces[number - 1].end > offset:
            return self._at[number - 1]
        return offset - (self._shift[number - 1] if number else self._start)

    def piece(self, index: int) -> Piece:
        """The piece whose character stands at this index."""
        return self.pieces[bisect_left(self._at, index)]

    def hits(self, low: int, high: int, kinds: str) -> list[Piece]:
        """The pieces of these kinds between two indexes of the code."""
        found = self.pieces[bisect_left(self._at, low) : bisect_left(self._at, high)]
        return [piece for piece in found if piece.kind in kinds]


def find_around(
    whole: re.Pattern[str], heart: re.Pattern[str], reach: int, code: str, part: re.Pattern[str] | None = None
) -> Iterator[re.Match[str]]:
    """The matches of a pattern in order, where each has a heart and at most `reach` characters before and behind it.

    To look for the heart first, and for another `part` of each match, saves the trial of the whole at each character.
    """
    done = 0
    for found in heart.finditer(code):
        if found.start() < done:
            continue
        low, high = max(done, found.start() - reach), found.end() + reach
        match = whole.search(code, low, high) if part is None or part.search(code, low, high) else None
        if match is not None and match.start() <= found.start():
            done = match.end()
            yield match


def _walk(plain: str, start: int, hits: tuple[NameHit, ...]) -> Iterator[Piece]:
    """The pieces of the text in order: the catalog's names, and between them capitalised words."""
    lower = set(_SMALL_WORD.findall(plain))
    done = start
    surnames = {hit.text for hit, before in zip(hits, (None, *hits), strict=False) if _is_surname(plain, hit, before)}
    for number, hit in enumerate(hits):
        after = hits[number + 1] if number + 1 < len(hits) else None
        if hit.start < done or (hit.kind == "role" and (hit.text in surnames or _is_no_role(plain, hit, after))):
            continue
        if hit.kind == "leader" and " " not in hit.text and _is_namesake(plain, hit, after):
            continue  # its word is one of a longer name
        yield from _walk_words(plain, done, hit.start, lower)
        yield Piece(_kind_of(hit), hit.start, hit.end, hit)
        done = hit.end
        if hit.kind == "role" and hit.text.istitle() and (name := _read_calendar_name(plain, done)):
            yield name
            done = name.end
    yield from _walk_words(plain, done, len(plain), lower)


def _is_namesake(plain: str, hit: NameHit, after: NameHit | None) -> bool:
    """Whether a leader's surname is another person's first name: "President Rahmon Sharifov"."""
    if after is not None and after.start <= hit.end + 1:
        return False
    word = _NEXT_NAME.match(plain, hit.end)
    if word is None or word[1].isupper() or word[1].lower() in NO_NAMES:
        return False
    return word[1].lower() not in INSTITUTION_WORDS


def _read_calendar_name(plain: str, low: int) -> Piece | None:
    """The first name after a title that is a weekday's or a month's, before another word with a capital."""
    word = _NEXT_NAME.match(plain, low)
    if word is None or word[1].lower() not in _CALENDAR_NAMES or not _NAME_GOES_ON.match(plain, word.end()):
        return None
    return Piece(WORD, word.start(1), word.end(1))


def _is_surname(plain: str, hit: NameHit, before: NameHit | None) -> bool:
    """Whether a role is somebody's surname here: "Angus King", "John Major"; not "Jordanian King"."""
    if hit.kind != "role" or not hit.text.istitle() or not hit.text.isalpha():
        return False
    word = _LAST_WORD.search(plain[max(0, hit.start - 20) : hit.start])
    if word is None or (before is not None and before.end == hit.start - 1):
        return False
    is_name = hit.text in _SURNAME_ROLES and word[1].istitle() and word[1].lower() not in NO_NAMES
    return word[1] in GIVEN or is_name


def _is_no_role(plain: str, hit: NameHit, after: NameHit | None) -> bool:
    """Whether a word that may be a role is a part of another: "Deputy Mayor", "co-director", "Justice Department"."""
    if hit.kind != "role":
        return False
    if (
        hit.start
        and plain[hit.start - 1] == "-"
        and not plain[max(0, hit.start - 6) : hit.start].endswith(("ex-", "Ex-", "then-", "Then-"))
    ):
        return True
    word = _NEXT_CAPITAL.match(plain, hit.end)
    if word and _HYPHENED.match(plain, word.end()):
        return False  # "Rep. Park Joo-hyun"
    if word and word[1].lower() in INSTITUTION_WORDS and hit.text[0].isupper() and " " not in hit.text:
        return True
    is_adjective = hit.text.lower() in ("deputy", "chief", "assistant")
    return is_adjective and after is not None and after.kind in ("role", "country") and after.start - hit.end <= 1


def _kind_of(hit: NameHit) -> str:
    if hit.kind != "role":
        return _KINDS[hit.kind]
    return ROLES if _is_plural(hit.text) else ROLE


def _is_plural(role: str) -> bool:
    """Whether a role is in the plural: it names several persons, or nobody in particular."""
    head = re.split(r" (?:of|to|for|and) ", role.lower())[0].rstrip(".")
    ends_plural = head.endswith(("s", "men", "people")) and not head.endswith(("affairs", "ss"))
    return ends_plural or "secretaries" in head


def _walk_words(plain: str, low: int, high: int, lower: set[str]) -> Iterator[Piece]:
    is_after_given = False
    for match in _TOKEN.finditer(plain, low, high):
        word = match.group()
        end = match.end() - (2 if word.endswith("'s") else 0)
        word = plain[match.start() : end]
        kind = _classify(plain, match.start(), word, lower, is_after_given)
        is_after_given = kind == WORD and word in GIVEN and plain[end : end + 1] == " "
        if kind:
            yield Piece(kind, match.start(), end)


def _is_name_too(plain: str, start: int, end: int, word: str) -> bool:
    """Whether a word that is another one as well is a name here: "He Lin", "Jan de Boer", "King Olav IX"."""
    if word == _MONTH_NAME:
        return _NAME_GOES_ON.match(plain, end) is not None
    if word in _NAMES_TOO and plain[end : end + 2].lstrip(" ").istitle():
        return not _OPENS_SENTENCE.search(plain[max(0, start - 4) : start])
    if word in _SPEAKING_NAMES:
        return plain.startswith((" said", " told", " added"), end)
    return _NUMERAL.fullmatch(word) is not None and plain[max(0, start - 2) : start].strip().islower()


def _opens_with_trade(plain: str, start: int, end: int) -> bool:
    """Whether a sentence begins with the trade here before a name in full."""
    if not _OPENS_SENTENCE.search(plain[max(0, start - 4) : start]):
        return False
    given = _NEXT_NAME.match(plain, end)
    return given is not None and _NAME_GOES_ON.match(plain, given.end()) is not None


def _classify(plain: str, start: int, word: str, lower: set[str], is_after_given: bool) -> str | None:
    """Whether a word may be a part of a name, or names an institution; None for all others."""
    small = word.lower()
    end = start + len(word)
    if (word in _ODD_NAMES or word[0] in _NUMERALS) and _is_name_too(plain, start, end, word):
        return WORD
    if small == word or (small in NO_NAMES and not is_after_given):
        return None
    if small in OPENING_TRADES and _opens_with_trade(plain, start, end):
        return None
    if small in INSTITUTION_WORDS and word in FAMILY_FIRST and _HYPHENED.match(plain, end):
        return WORD  # "Park Joo-hyun"
    if small in INSTITUTION_WORDS:
        return WORD if is_after_given and small in SURNAMES_TOO else INSTITUTION
    is_initial = word.endswith(".") or len(word) == 1
    if not is_initial and not word[1:2].islower() and (word.isupper() or not any(map(str.islower, word))):
        return INSTITUTION
    opens = word not in GIVEN and small in lower and _OPENS_SENTENCE.search(plain[max(0, start - 4) : start])
    return None if opens else WORD
