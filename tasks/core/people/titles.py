"""Titles beside a name: the role, its country and its organisation, before the name or in apposition after it.

"Russian Foreign Minister Sergey Lavrov", "Ghana's foreign minister, Efua Quarshie,", "Putin's aide Yury Ushakov",
"special envoy of the American leader Steve Witkoff", "Efua Quarshie, the foreign minister of Ghana,".
"""

from __future__ import annotations

import re
from dataclasses import replace

from tasks.core.people.coded_text import (
    COUNTRY,
    INSTITUTION,
    LEADER,
    ORGANISATION,
    ROLE,
    ROLES,
    CodedText,
)
from tasks.core.people.given import GIVEN
from tasks.core.people.institutions import read_level, read_nation, read_of, read_role_name, read_seat, read_things
from tasks.core.people.patterns import (
    AFTER,
    AGE,
    BEFORE,
    ENDS_APPOSED,
    ENDS_KIN,
    ENDS_ROLE,
    HEADS,
    KIN_REACH,
    KIN_TAILS,
    KIN_TITLE,
    OF_NATION,
    PASSING,
    SPEAKS_ON,
    TELLING,
    THEN_NAME,
    TITLE_WORDS,
)
from tasks.core.people.telling import qualify, tell_head_of, tell_role
from tasks.core.people.title import Title
from tasks.core.people.trades import find_trade, make_trade, read_trade_after
from tasks.core.people.words import FAMILY_FIRST

_WINDOW = 150
# The last mark that stands in no title: all but that of "St. Clair" and an institution's short name in brackets.
_LAST_MARK = re.compile(rf'(?s:.*)[.;:!?"“”()\n](?<!st\.)(?<!\({INSTITUTION}\))(?!{INSTITUTION}\))')
# What is said before a name besides the office that its bearer holds.
_RANKS = frozenset(("General", "Admiral", "Colonel", "Major", "Field Marshal", "Dr.", "Sheikh", "Prince", "senator"))
# Ministers are told with what they are ministers of.
_PORTFOLIOS = frozenset(("Minister", "Deputy Minister", "Minister of State for Foreign Affairs"))
_HIRED = frozenset(("business", "expert"))
_HIGH = frozenset(("leader", "deputy", "minister"))
_HEADED = {"headed": "head", "runs": "head", "leads": "leader", "led": "leader", "commands": "commander"}


def read_title(coded: CodedText, low: int, high: int) -> Title | None:
    """The title of the name at low <= index < high of the code, or None."""
    title = _read_beside(coded, low, high)
    if title is not None and title.country is None and title.level in _HIGH and not title.organisation:
        nation = OF_NATION.match(coded.code, high)
        hit = coded.piece(nation.start("nation")).hit if nation else None
        return replace(title, country=hit.code) if hit else title
    return title


def _read_beside(coded: CodedText, low: int, high: int) -> Title | None:
    """The title before the name, behind it, or both in one."""
    before = _read_before(coded, low, high)
    is_rank = before is not None and before.role in _RANKS
    after = _read_after(coded, high) if before is None or is_rank or not before.country else None
    if before is None and after is None:
        return read_trade_after(coded, high) or _read_heads(coded, high)
    if before is None or after is None:
        return before or after
    if (before.level is None or is_rank) and after.level is not None and after.role not in _RANKS:
        # An office says more than a trade or a rank.
        return replace(after, begin=before.begin, country=after.country or before.country)
    return replace(before, country=after.country, organisation=before.organisation or after.organisation)


def has_age(code: str, high: int) -> bool:
    """Whether an age follows the name that ends here."""
    return AGE.match(code, high) is not None


def _read_before(coded: CodedText, low: int, high: int) -> Title | None:
    floor = max(0, low - _WINDOW)
    left = coded.code[floor:low]
    title = None
    match = BEFORE.search(left, find_opening(left)) if _may_be_title(left) else None
    if match and _is_before(coded, match, floor, low, high):
        title = _make_title(coded, match, floor, match.start())
    elif " " in coded.code[low:high] and (trade := find_trade(coded.code, left, high)):
        title = make_trade(coded, trade, low)
    return _add_kin(coded.code, _add_office(coded, title), low)


def _add_office(coded: CodedText, title: Title | None) -> Title | None:
    """The office held now, where a former one stands between it and the name.

    "The African Union's special envoy, former Ghanaian foreign minister Efua Quarshie,"
    """
    if title is None or not title.begin or (title.level != "former" and title.role not in _RANKS):
        return title
    floor = max(0, title.begin - _WINDOW)
    left = coded.code[floor : title.begin]
    may_be_title = left.endswith(", ") and _may_be_title(left)
    match = BEFORE.search(left, find_opening(left)) if may_be_title else None
    return _make_title(coded, match, floor, match.start()) if match and _is_definite(match) else title


def _may_be_title(left: str) -> bool:
    """Whether the pattern of titles can match at all: cheaper than to try it."""
    return (ROLE in left or left.endswith(("counterpart ", "counterpart, "))) and ENDS_ROLE.search(left) is not None


def find_opening(left: str) -> int:
    """Where a title that ends here can begin at the earliest: behind all that stands in no title.

    No such mark is in it, no comma before its first role, and there no small word but those of titles.
    """
    mark = _LAST_MARK.match(left)
    floor = mark.end() if mark else 0
    roles = (at for at in (left.find(ROLE, floor), left.find("counterpart", floor)) if at >= 0)
    head = min(roles, default=len(left))
    low = max(floor, left.rfind(",", floor, head) + 1)
    *words, last = left[low:head].split(" ")
    if last:
        return low
    for word in reversed(words):
        if word not in TITLE_WORDS and word.isalpha() and word.isascii() and word.islower():
            break
        head -= len(word) + 1
    return head


def _add_kin(code: str, title: Title | None, low: int) -> Title | None:
    """The title with what names a relative right before it: "Trump's son-in-law, businessman"."""
    end = title.begin if title and title.begin is not None else low
    floor = max(0, end - _WINDOW)
    left = code[floor:end]
    match = KIN_TITLE.search(left) if _ends_with_kin(left) else None
    if match is None:
        return title
    owner = (floor + match.start("owner"), floor + match.end("owner")) if match["owner"] else None
    begin = floor + match.start()
    return (
        replace(title, begin=begin)
        if title
        else Title(match["kin"], "private", begin=begin, owner=owner, words=match["kin"])
    )


def _ends_with_kin(left: str) -> bool:
    """Whether the words end with those for a relative; most names stand behind others, as the last letters tell."""
    return left[-4:].rstrip(", ")[-2:] in KIN_TAILS and ENDS_KIN.search(left[-KIN_REACH:]) is not None


def _is_before(coded: CodedText, match: re.Match[str], floor: int, low: int, high: int) -> bool:
    """Whether the words before a name are its title, not somebody else's."""
    if match["rank"] and read_role_name(coded, floor + match.end("rank") - 1) not in _RANKS:
        return False
    if match["portfolio"] and read_level(coded, floor + match.start("role")) in _HIGH:
        return True
    if (match["place"] or match["portfolio"]) and not (
        _is_given(coded, low, high) or _opens_with_head(coded, floor + match.start(), low, high)
    ):
        return False  # "chairman of the U.S. Senate Finance Committee"
    if match["of"] and not match["comma"]:
        # "special envoy of the American leader Donald Trump": the leader's own title stands nearer.
        piece = coded.piece(low)
        return not (piece.kind == LEADER and piece.hit and piece.hit.level == "leader")
    if match["comma"]:
        return _is_definite(match) and ENDS_APPOSED.match(coded.code, high) is not None
    return True


def _opens_with_head(coded: CodedText, begin: int, low: int, high: int) -> bool:
    """Whether a sentence begins with the role and goes on behind a name: "Head of the Republic Ramil Kadi said"."""
    is_first = begin == 0 or coded.code[begin - 1] == "\n" or coded.code[max(0, begin - 2) : begin] in (". ", "- ")
    return is_first and " " in coded.code[low:high] and SPEAKS_ON.match(coded.code, high) is not None


def _is_given(coded: CodedText, low: int, high: int) -> bool:
    """Whether the name at these indexes begins like a person's, or stands in full behind a country."""
    first = coded.plain[coded.begin(low) : coded.finish(low + 1)]
    is_told = first in GIVEN or first in FAMILY_FIRST or coded.code[low - 2] == COUNTRY
    return is_told and " " in coded.code[low:high]


def _is_definite(match: re.Match[str]) -> bool:
    return any(match[name] for name in ("det", "possessive", "owner", "their", "of"))


def _read_after(coded: CodedText, high: int) -> Title | None:
    match = AFTER.match(coded.code, high, high + _WINDOW)
    if match is None or THEN_NAME.match(coded.code, match.end()) or match["role"] == "counterpart":
        return None
    if not match["close"] and not (match["det"] or match["possessive"] or match["of"]):
        return None
    return _make_title(coded, match, 0, None)


def _read_firm_before(coded: CodedText, low: int, high: int) -> str | None:
    """The one word of a firm or a chamber whose president somebody is: "Toyota President", no state's."""
    pieces = coded.hits(low, high, INSTITUTION)
    return coded.plain[pieces[0].start : pieces[0].end] if len(pieces) == 1 else None


def _read_employer(coded: CodedText, low: int, high: int) -> str | None:
    """The firm or institute whose name alone stands before the role: "Nordwind chief executive"."""
    words = coded.plain[coded.begin(low) : coded.finish(high)].strip().removesuffix("'s") if low < high else ""
    is_name = all(word[0].isupper() and word.lower() not in TELLING for word in words.split())
    return words if words and is_name and words.split()[0].lower() not in PASSING else None


def _read_heads(coded: CodedText, high: int) -> Title | None:
    """What a clause behind the name makes of its bearer: "who heads the agency"."""
    match = HEADS.match(coded.code, high) if coded.code.startswith((", who ", " who "), high) else None
    organisation = read_things(coded, match.start("of"), match.end("of")) if match else None
    if match is None or organisation is None:
        return None
    hit = coded.piece(match.start("verb")).hit if match["verb"] == ROLES else None
    verb = hit.text if hit else match["verb"]
    if hit and verb not in ("heads", "chairs"):
        return None
    role = verb.rstrip("s") if hit else _HEADED.get(verb, "chair")
    return Title(role, "official", organisation=organisation, words=role)


def _make_title(coded: CodedText, match: re.Match[str], floor: int, begin: int | None) -> Title:
    owner = match.start("owner") >= 0 if "owner" in match.re.groupindex else False
    nation = read_nation(coded, match, floor)
    role = _read_role(coded, match, floor)
    country = nation.hit.code if nation and nation.hit else None
    organisation = nation.hit.name if nation and nation.hit and nation.kind == ORGANISATION else None
    of_country, of_organisation = read_of(coded, match, floor, role.level) if match["of"] else (None, None)
    things = read_things(coded, floor + match.start("things"), floor + match.end("things"))
    if role.level == "leader" and not things and not nation:
        things = _read_firm_before(coded, floor + match.start("things"), floor + match.end("things"))
    if role.level in _HIRED and not things and not nation:
        things = _read_employer(coded, floor + match.start("things"), floor + match.end("things"))
    told = organisation or things or of_organisation
    if match["of"] and (not told or role.role in _PORTFOLIOS):
        of = coded.plain[coded.begin(floor + match.start("of")) : coded.finish(floor + match.end("of"))]
        if role.role in _PORTFOLIOS and not of_country and role.level != "former":
            role, told = replace(role, words=f"{role.words} {of.strip()}"), None
        else:
            role = replace(role, words=tell_head_of(role.words, of))
    return replace(
        role,
        country=country or of_country,
        organisation=told,
        begin=None if begin is None else floor + begin,
        owner=(floor + match.start("owner"), floor + match.end("owner")) if owner else None,
        seat=read_seat(coded, floor + match.start(), floor + match.end()),
        is_theirs=bool(match.groupdict().get("their")),
    )


def _read_role(coded: CodedText, match: re.Match[str], floor: int) -> Title:
    """The role alone; of "the president and Prime Minister X" the second is meant."""
    if match["role"] == "counterpart":
        return Title("counterpart", None)
    is_second = match["second"] and match["and"] == " and " and match["det"] in ("the ", "The ")
    hit = coded.piece(floor + match.start("second" if is_second else "role")).hit
    if hit is None:
        return Title("", None)
    words = tell_role(hit)
    if not is_second:
        words = qualify(coded, floor + match.start("things"), floor + match.end("things"), words, hit)
        words += _tell_second(coded, match, floor, hit.level)
    level = "deputy" if words.lower().startswith("deputy ") else hit.level
    former = (match["former"] or "").lower().strip(" -")
    if former and hit.level != "former":
        prefix = "then-" if former == "then" else f"{former.replace('ex', 'former')} "
        return Title(hit.name, "former", words=prefix + words)
    return Title(hit.name, level, words=words)


def _tell_second(coded: CodedText, match: re.Match[str], floor: int, level: str | None) -> str:
    """The second of two offices that somebody holds: "Deputy Premier and Foreign Minister Livia Conti"."""
    hit = coded.piece(floor + match.start("second")).hit if match["and"] == " and " and not match["former"] else None
    if hit is None or level not in _HIGH or hit.level not in _HIGH:
        return ""
    between = coded.plain[coded.finish(floor + match.end("and")) : hit.start]
    return f" and {between}{tell_role(hit)}"
