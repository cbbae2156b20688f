"""Who takes part in the meeting of an anchor: subjects, "between A and B", "with A", "the A-B summit", hosts.

Participants are entities of the scene. A host, a mediator and an absent leader are no parties; countries that are only
the topic ("talks on Syria") are not found, since no pattern leads to them.
"""

from __future__ import annotations

import re

from tasks.core.meetings.anchors import Anchor
from tasks.core.meetings.attributes import find_body_there, is_of_city, read_region
from tasks.core.meetings.entities import DEMONYM, ORG, PERSON, Entity, collect_codes
from tasks.core.meetings.participants import Participants
from tasks.core.meetings.party_words import (
    AT_ONE,
    BEFORE_REACH,
    BODY_BEFORE,
    CALL_FROM,
    GROUP_BEFORE,
    INTER_KOREAN,
    INVITED,
    OBJECT,
    OWNER_BEFORE,
    PAIR_BEFORE,
    PHONED,
    PREFIXES,
    SPOKE,
    SPOKE_AFTER,
    THAT_HE,
    THEIR_LAST,
    TOLD_IN,
    TRIP_FOR,
    UNNAMED_PAIR,
    WITH_MORE,
    WITH_ONE,
    match_rest,
    match_speaker,
)
from tasks.core.meetings.scene import Scene
from tasks.core.meetings.subject import Subject, find_subject
from tasks.core.meetings.theirs import read_theirs
from tasks.core.meetings.unnamed import find_unnamed, is_of_the_body
from tasks.core.meetings.verbs import find_object, find_visitors, read_verb

_OBLIQUE = re.compile(
    r"\b(?:ahead of|wake of|sidelines of|margins of|outcome of|results of|agenda of|eve of|before|after|following"
    r"|since"
    r"|about|until|preparation for|prepar\w+ for)\s(?:(?:an?|the|his|her|this|that|next)\s)?(?:[\w-]+\s){0,3}$"
)
# "A and B both held meetings with officials of C": no meeting of all three.
_EACH = re.compile(r"\b(?:both|each|separate|separately)\b.*\b(?:meetings|talks)$")
# "His talks with X": of whom the sentence before told, else of who tells of them.
_HIS = re.compile(r"(?:^|[,;]\s)(?:His|Her|his|her)\s(?:[a-z-]+\s){0,2}$")
_TELLER = re.compile(rf",\s(?P<who>{PERSON})\s(?:said|told|added)\b")
_OTHER_NOUN = re.compile(r"\b(?:talks|meetings?|summit|negotiations)\b")


def find_participants(scene: Scene, anchor: Anchor) -> Participants:
    """Who takes part in the anchor's meeting, as far as the sentence says."""
    found = Participants()
    if anchor.is_verb:
        read_verb(scene, anchor, found)
    elif anchor.word == "visit":
        found.parties = [each for each in find_visitors(scene, anchor) if each.is_person]
    elif anchor.word == "call" and _is_adverbial(scene.code[anchor.start : anchor.end]):
        _read_spoken(scene, anchor, found)
    else:
        _read_noun(scene, anchor, found)
    near = scene.code[max(0, anchor.start - 80) : anchor.end + 60]
    found.is_unnamed_pair = UNNAMED_PAIR.search(near) is not None
    found.unnamed = find_unnamed(scene, anchor)
    found.is_of_states = found.is_of_states or is_of_city(scene, anchor)
    found.is_of_body = is_of_the_body(scene, anchor)
    found.is_theirs = not anchor.is_verb and THEIR_LAST.search(scene.code[: anchor.start][-80:]) is not None
    return found


def _is_adverbial(words: str) -> bool:
    return PHONED.match(words) is not None or words.startswith(("by ", "over ", "on ", "via "))


def _read_spoken(scene: Scene, anchor: Anchor, found: Participants) -> None:
    """`A spoke with B by phone`, `A and B agreed by telephone`, `A phoned B`."""
    if PHONED.match(scene.code, anchor.start):
        objects = find_object(scene, anchor)
        found.parties = [*find_subject(scene, anchor.start).entities, *objects] if objects else []
        return
    verb = SPOKE.search(scene.code[: anchor.start])
    if verb is None:
        return
    objects = scene.between(*verb.span("list")) if verb["list"] else []
    after = OBJECT.match(scene.code, anchor.end)
    if not objects and after is not None and " with" in after.group():
        objects = scene.between(*after.span("list"))
    found.parties = [*find_subject(scene, verb.start()).entities, *objects]


def _read_noun(scene: Scene, anchor: Anchor, found: Participants) -> None:
    """The words before the noun ("the A-B summit"), after it ("with C"), and the subject of its verb."""
    start = _read_before(scene, anchor, found)
    if (body := find_body_there(scene, anchor)) is not None:
        found.organisations.append(body)
        return
    rest, how = _read_rest(scene, anchor)
    subject = _find_holder(scene, start, how)
    if not subject.entities:
        _read_speaker(scene, anchor, how, found)
        _read_reporter(scene, start, how, found)
    if how == "with" and _HIS.search(scene.code[:start]):
        _read_his(scene, anchor, found)
    if subject.is_host:
        found.hosts += [each for each in subject.entities if each.codes]
    if anchor.word != "summit" and _EACH.search(subject.gap + scene.code[start : anchor.end]):
        return
    if rest is None:
        _read_subject(subject, found)
        _read_heads(scene, anchor, subject, found)
        return
    found.parties += scene.between(*rest.span("list"))
    found.parties += _read_more(scene, anchor, rest, how)
    if how == "with" and not (subject.is_outside or subject.is_topic):
        pair = collect_codes(found.parties) if found.is_pair else None
        found.parties += [
            each for each in subject.entities if each not in found.parties and (pair is None or set(each.codes) <= pair)
        ]


def _read_rest(scene: Scene, anchor: Anchor) -> tuple[re.Match[str] | None, str | None]:
    """What follows the noun, and by which word: of a call "from C" is as "with C"."""
    rest = match_rest(scene.code, anchor.end)
    if rest is None and anchor.word == "call":
        rest = CALL_FROM.match(scene.code, anchor.end)
    how = rest["how"] if rest else None
    return rest, "with" if how == "from" else how


def _read_more(scene: Scene, anchor: Anchor, rest: re.Match[str], how: str | None) -> list[Entity]:
    """`the dinner of X with Y`, `the summit with X that Y proposed`, `Y's trip for a summit with X`: the other side."""
    if how == "with" and (trip := TRIP_FOR.search(scene.code, 0, anchor.start)) is not None:
        return scene.between(*trip.span("list"))
    more = (
        (WITH_MORE if how == "of" else THAT_HE).match(scene.code, rest.end("list")) if how in ("of", "with") else None
    )
    return scene.between(*more.span("list")) if more else []


def _find_holder(scene: Scene, start: int, how: str | None) -> Subject:
    """The subject of the noun's verb, unless it governs another noun."""
    if how != "with" and _OBLIQUE.search(scene.code[:start]) is not None:
        return Subject()
    subject = find_subject(scene, start)
    # "A and B held talks with C in the wake of the summit": the verb has another noun.
    return Subject() if _OTHER_NOUN.search(subject.gap) else subject


def _read_his(scene: Scene, anchor: Anchor, found: Participants) -> None:
    """`His talks with X will be on trade`."""
    teller = _TELLER.search(scene.code, anchor.end)
    person = scene.person or (scene.at(teller.start("who")) if teller else None)
    found.parties += [person] if person is not None else []


def _read_reporter(scene: Scene, start: int, how: str | None, found: Participants) -> None:
    """`X said on Wednesday after talks with Y`: who speaks has met Y."""
    speaker = SPOKE_AFTER.search(scene.code[:start]) if how == "with" else None
    found.is_reported = found.is_reported or speaker is not None
    found.parties += scene.between(*speaker.span("list")) if speaker else []


def _read_heads(scene: Scene, anchor: Anchor, subject: Subject, found: Participants) -> None:
    """`A and B shook hands at a summit in X`: leaders or ministers of several countries, and nobody else, hold it."""
    if found.parties or not subject.is_many or subject.is_outside:
        return
    are_heads = all(each.level in ("leader", "minister") and each.codes for each in subject.entities)
    if are_heads and AT_ONE.search(scene.code[: anchor.start]):
        found.parties += subject.entities
    elif anchor.word == "summit" and not found.organisations and not subject.is_mediator:
        are_states = all(each.codes and not each.is_person for each in subject.entities)
        of_body = [each for each in subject.entities if each.organisation and each.level == "leader"]
        if of_body or (are_states and WITH_ONE.search(scene.code[: anchor.start])):
            found.parties += of_body or subject.entities


def _read_speaker(scene: Scene, anchor: Anchor, how: str | None, found: Participants) -> None:
    """`At a summit in Geneva, the leaders of A and B agreed ...`: who speaks there takes part."""
    match = match_speaker(scene.code, anchor.start, anchor.end)
    if match is None:
        return
    named = scene.between(*match.span("list"))
    if how == "with":
        # "After talks with X, Y said": who speaks has met X.
        found.parties += [each for each in named if each.is_person]
        found.is_reported = True
        return
    if anchor.word != "summit" and len(collect_codes(each for each in named if each.is_person)) > 1:
        found.parties += named
        return
    leaders = [each for each in named if each.level == "leader"]
    found.organisations += [each for each in named if each.kind == ORG]
    found.organisations += [each for each in leaders if each.organisation]
    states = [each for each in leaders if not each.organisation]
    if len(collect_codes(states)) > 1:
        found.parties += states
    else:
        found.attending += states


def _read_before(scene: Scene, anchor: Anchor, found: Participants) -> int:
    """What stands right before the noun; gives the index where the noun phrase begins."""
    if scene.code[anchor.start] == ORG:
        found.organisations.append(scene.at(anchor.start))
        return anchor.start
    offset = max(0, anchor.start - BEFORE_REACH)
    before = scene.code[offset : anchor.start]
    if _read_implied(scene, anchor, before, found):
        return anchor.start
    pair = PAIR_BEFORE.search(before)
    if pair is not None and _read_pair(scene, pair, offset, found):
        return pair.start("list") + offset
    if anchor.word == "summit" and (begin := read_region(scene, before, offset, found)) is not None:
        return begin
    body = BODY_BEFORE.search(before)
    if body is not None:
        found.organisations.append(scene.at(body.start("list") + offset))
        return body.start("list") + offset
    owner = OWNER_BEFORE.search(before) or GROUP_BEFORE.search(before)
    if owner is not None:
        found.parties += scene.between(owner.start("list") + offset, owner.end("list") + offset)
        return owner.start("list") + offset
    return anchor.start


def _read_implied(scene: Scene, anchor: Anchor, before: str, found: Participants) -> bool:
    """`inter-Korean talks`; `A asked B during their talks`: the two persons before."""
    if INTER_KOREAN.search(before):
        found.parties += [Entity(DEMONYM, 0, 0, (code,)) for code in ("KOR", "PRK")]
        found.is_pair = True
        return True
    if "invited" in before and (invited := INVITED.search(scene.code[: anchor.start])) is not None:
        found.parties += [*scene.between(*invited.span("host")), *scene.between(*invited.span("list"))]
        return True
    if anchor.word == "call" and (told := TOLD_IN.search(scene.code[: anchor.start])) is not None:
        found.parties += [*scene.between(*told.span("one")), *scene.between(*told.span("list"))]
        return True
    return read_theirs(scene, anchor, before, found)


def _read_pair(scene: Scene, pair: re.Match[str], offset: int, found: Participants) -> bool:
    """`the A-B summit`, `Sino-US talks`, `the EU-Japan summit`."""
    members = scene.between(pair.start("list") + offset, pair.end("list") + offset)
    prefix = PREFIXES.get(re.split(r"[-–]", pair["list"])[0])
    if prefix:
        members = [Entity(DEMONYM, 0, 0, (prefix,)), *members]
    is_body_and_state = any(each.kind == ORG for each in members) and any(
        each.kind != ORG and each.codes for each in members
    )
    found.is_pair = len(collect_codes(members)) > 1 or is_body_and_state
    found.parties += members if found.is_pair else []
    return found.is_pair


def _read_subject(subject: Subject, found: Participants) -> None:
    """The subject of a verb of holding: parties if they hold it, no parties if they host it, else only present."""
    if subject.is_outside:
        return
    if subject.is_verb_of_holding:
        found.organisations += [each for each in subject.entities if each.kind == ORG]
    if subject.is_mediator:
        return
    if subject.is_holder:
        found.parties += [each for each in subject.entities if each.kind != ORG or each.codes]
    elif subject.is_guest:
        found.attending += [each for each in subject.entities if each.is_person]
