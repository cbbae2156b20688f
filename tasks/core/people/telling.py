"""How a role is told: in the text's own words, but for the highest offices and what is shortened."""

from __future__ import annotations

from tasks.core.names import NameHit
from tasks.core.people.coded_text import CodedText
from tasks.core.people.patterns import TELLING

# Levels whose roles are told by the catalog's name, whatever the spelling.
_ONE_NAME = frozenset(("leader", "royal", "former"))
# Levels whose roles are written like a title.
_TITLED = frozenset(("minister", "deputy", "elect"))
_OFFICES = _ONE_NAME | _TITLED
_SMALL_WORDS = frozenset(("of", "the", "for", "and", "without", "to"))
_PROPER = frozenset(
    ("Kremlin", "White", "House", "Pentagon", "State", "Department", "Senate", "Republican", "Democratic")
)
_RANKS = {
    "Gen.": "General",
    "Lt.": "Lieutenant",
    "Maj.": "Major",
    "Brig.": "Brigadier",
    "Col.": "Colonel",
    "Capt.": "Captain",
    "Cmdr.": "Commander",
    "Sgt.": "Sergeant",
    "Adm.": "Admiral",
}
_PARTIES = frozenset(("Republican", "Democratic", "Conservative", "Liberal", "Labour", "Labor"))
_IN_PLACE = frozenset(("deputy", "assistant", "acting", "interim", "caretaker"))
_LONGEST_OF = 7  # words of what somebody is the head of


def tell_role(hit: NameHit) -> str:
    """A role as it is told: "Kremlin Spokesman" as "Kremlin spokesman", "Sen." as "senator", "vice premier" titled."""
    text = hit.text.removeprefix("U.S. ")
    if "." in text and hit.level == "military":
        return " ".join(_RANKS.get(word, word) for word in text.split(" "))
    is_short = "." in text or (hit.level in _OFFICES and text.isupper())
    if hit.level in _ONE_NAME or is_short or text.lower().replace("-", " ") == hit.name.lower().replace("-", " "):
        return hit.name
    words = text.split(" ")
    if hit.level in _TITLED:
        return " ".join(word if word in _SMALL_WORDS else word[:1].upper() + word[1:] for word in words)
    if any(word[0].islower() for word in words):
        return text
    return " ".join(word if word in _PROPER or not word.istitle() else word.lower() for word in words)


def qualify(coded: CodedText, low: int, high: int, words: str, hit: NameHit) -> str:
    """The role with the words before it that say of what: "legislative affairs director", "Resources Minister".

    Of words with a capital only the one that may open a sentence counts ("Customs chief"): others are an institution's.

    `low` and `high` are the indexes of the code between which they stand.
    """
    before = coded.plain[coded.begin(low) : coded.finish(high)].split() if low < high else []
    if hit.name == "Minister" and before and before[-1][0].isupper():
        return f"{before[-1]} {words}"
    if hit.name in ("commissioner", "Under Secretary") and len(before) == 1 and before[0].istitle():
        return f"{before[0]} {hit.text}"  # "Trade Commissioner"
    told: list[str] = []
    opens = hit.text.islower() and not any(word[0].isupper() for word in before[1:])
    while before and before[-1].lower() in TELLING:
        is_first = opens and len(before) == 1 and before[-1] not in _PARTIES
        if not (before[-1].islower() or before[-1] == "Deputy" or is_first):
            break
        told.insert(0, before.pop().lower())
    if not told or (hit.level in _OFFICES and told[-1] not in _IN_PLACE):
        return words
    if told[0] == "deputy" and before and before[-1].lower() == "first":
        told.insert(0, before[-1].lower())
    return " ".join((*told, words))


def tell_head_of(role: str, of: str) -> str:
    """Of what somebody is the head, where no organisation says so: "head of the Somali delegation"."""
    return role if role not in ("head", "chief") or len(of.split()) > _LONGEST_OF else f"{role} {of.strip()}"
