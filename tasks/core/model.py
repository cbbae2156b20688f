"""The nouns of the pipeline, in the order in which a story meets them.

Every class is a frozen value named for its stage. Times are aware UTC datetimes, days are dates, countries are
ISO 3166-1 alpha-3 codes, and every `start`/`end` counts characters (code points) of the stored text, end exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from tasks.core.rights import Visit

# --- what we watch ---------------------------------------------------------------------------------------------------

Gives = Literal["full text", "summary", "subscription"]
Manner = Literal["obey", "ignore"]


@dataclass(frozen=True, slots=True)
class Auth:
    """What a subscriber's feed is asked with: a header, and the *name* of the environment variable with its value."""

    header: str
    env: str


@dataclass(frozen=True, slots=True)
class Feed:
    """One address of a wire that is polled. `zone` is the IANA zone of dates that carry none."""

    feed_id: str
    wire_id: str
    url: str
    lang: str | None
    zone: str
    every_s: int
    auth: Auth | None = None


@dataclass(frozen=True, slots=True)
class PageRule:
    """Where the story stands on a wire's pages, as XPath: the body's elements, those of its lead, what is none of it.

    `example` is a page in that layout, `gives` the paragraphs that must come out of it.
    """

    body: str
    lead: str | None
    remove: tuple[str, ...]
    example: str
    gives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wire:
    """A news agency or newsroom. `agency` is the mark in its datelines; `checked` when its feeds last answered.

    `tier` is 1 for agencies to 3 for newsrooms that carry them; under `floor` stories a day the wire is silent.
    `robots` and `tdm` say whether its site's robots.txt and its reservations of text mining are obeyed.
    """

    wire_id: str
    name: str
    country: str | None
    ownership: str | None
    lang: str | None
    agency: str | None
    zone: str
    dateline: str | None
    gives: Gives
    checked: date | None
    home: str | None
    feeds: tuple[Feed, ...]
    region: str | None = None
    tier: int | None = None
    floor: int | None = None
    robots: Manner = "obey"
    tdm: Manner = "obey"
    page: PageRule | None = None


# --- from the feed to the text ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Failure:
    """An expected failure, as a value. `kind` is one of a small set of words, `retry_after_s` what the server asked."""

    kind: str
    cause: str
    is_permanent: bool = False
    retry_after_s: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed lists: one story, before anything was fetched. `key` is stable within the feed."""

    key: str
    url: str | None
    title: str
    summary: str
    content: str
    author: str | None
    published_at: datetime | None
    published_source: str
    updated_at: datetime | None
    fingerprint: str


@dataclass(frozen=True, slots=True)
class FeedBody:
    """A feed as parsed: its entries in feed order, and what had to be mended on the way."""

    title: str
    entries: tuple[Entry, ...]
    repeated: int
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Before:
    """What an item became at an earlier visit: its article, with the latest headline and the one that its page bore."""

    article_id: str
    day: date
    version: int
    title: str
    page_title: str


@dataclass(frozen=True, slots=True)
class Item:
    """An entry's first sight, as it waits in the lake for its page. `day` never changes again.

    `look` is why its page is visited: first, edited, 1 h or 1 d; `before` is there for all but the first. `visit` is
    what was found beside the text.
    """

    item_id: str
    feed_id: str
    wire_id: str
    day: date
    first_seen_at: datetime
    url: str | None
    title: str
    summary: str
    content: str
    author: str | None
    published_at: datetime | None
    published_source: str
    is_silent: bool
    is_first_load: bool
    attempts: int = 0
    look: str = "first"
    before: Before | None = None
    visit: Visit | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Raw bytes of one address, and where the archive keeps them."""

    item: Item
    url: str
    status: int
    content_type: str
    body: bytes
    fetched_at: datetime
    archive_file: str | None = None
    archive_offset: int | None = None


Quality = Literal["ok", "partial", "summary"]


@dataclass(frozen=True, slots=True)
class Sources:
    """Where each field of a text comes from.

    "feed" and "import" are the words that came with the item; of the page "json-ld", "meta", "time" (a marked element),
    "heading" and "title" are its statements, "page" is the text that was extracted from its markup, "rule" what the
    wire's own rule selects, and "search" what a library made out; "none" where there is nothing.
    """

    title: str = "none"
    text: str = "none"
    authors: str = "none"
    published: str = "none"
    section: str = "none"


NO_SOURCES = Sources()


@dataclass(frozen=True, slots=True)
class Article:
    """Clean text. `reason` says why `quality` is not ok; `content_hash` tells versions apart."""

    item: Item
    article_id: str
    url: str | None
    title: str
    text: str
    summary: str
    authors: tuple[str, ...]
    published_at: datetime | None
    published_source: str
    page_published_at: datetime | None
    lang_hint: str | None
    quality: Quality
    reason: str | None
    content_hash: str
    fetched_at: datetime
    archive_file: str | None
    archive_offset: int | None
    section: str = ""
    sources: Sources = NO_SOURCES


@dataclass(frozen=True, slots=True)
class Story:
    """What the reader needs to know of a story, wherever it comes from."""

    text: str
    title: str | None = None
    published_at: datetime | None = None
    lang: str | None = None
    wire: Wire | None = None


# --- what a text says ------------------------------------------------------------------------------------------------

Zone = Literal["title", "lead", "body", "background"]
Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where, when and by whom a story was filed. `body_start` is where the prose begins."""

    cities: tuple[str, ...]
    region: str | None
    country: str | None
    date: date | None
    agency: str | None
    start: int
    end: int
    body_start: int
    inferred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that prove a tag, the rule that found them and what they weigh in their zone."""

    text: str
    start: int
    end: int
    field: Literal["title", "text"]
    zone: Zone
    rule: str
    weight: float


@dataclass(frozen=True, slots=True)
class Tag:
    """A topic of a text with its evidence. `low` confidence is kept for SQL and is not a tag."""

    topic: str
    iptc: str | None
    plover: str | None
    score: float
    confidence: Confidence
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of the text that name something."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Actor:
    """A person as the text names them; `inferred` lists the fields that a lexicon supplied."""

    name: str
    role: str | None
    country: str | None
    organisation: str | None
    inferred: tuple[str, ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Attributed speech, `text` being the words that were said or reported."""

    kind: Literal["direct", "indirect", "mixed"]
    text: str
    start: int
    end: int
    speaker: str | None
    speaker_text: str | None
    verb: str | None
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A source that the text leans on."""

    source: str
    kind: Literal["outlet", "agency", "official", "document"]
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a meeting is, as precisely as the text says and no more."""

    name: str
    region: str | None
    country: str | None
    precision: Literal["city", "region", "country"]


MeetingKind = Literal["summit", "ministerial", "talks", "visit", "call", "conference"]
MeetingFormat = Literal["bilateral", "trilateral", "multilateral", "organisation"]
DatePrecision = Literal["day", "week", "part of month", "month", "season", "year"]
Status = Literal["proposed", "planned", "ongoing", "held", "postponed", "cancelled", "ruled_out"]


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting as one article tells it; `claims` are its sentences."""

    kind: MeetingKind
    format: MeetingFormat
    name: str | None
    organisation: str | None
    edition: str | None
    parties: tuple[str, ...]
    host: str | None
    actors: tuple[str, ...]
    place: Place | None
    from_day: date | None
    to_day: date | None
    date_precision: DatePrecision | None
    status: Status
    confidence: Confidence
    inferred: tuple[str, ...]
    claims: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one article says, under one rules version. The lists are None where the language is not read."""

    lang: str | None
    rules_version: str
    dateline: Dateline | None
    topics: tuple[Tag, ...] | None
    actors: tuple[Actor, ...] | None
    quotes: tuple[Quote, ...] | None
    citations: tuple[Citation, ...] | None
    meetings: tuple[Meeting, ...] | None


# --- the ledger and its alerts ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LedgerClaim:
    """A meeting of one article on its way into the ledger; `seq` counts the article's meetings from 0."""

    article_id: str
    version: int
    rules_version: str
    seq: int
    day: date
    wire_id: str
    origin: str
    published_at: datetime
    is_silent: bool
    meeting: Meeting


@dataclass(frozen=True, slots=True)
class LedgerMeeting:
    """A row of the ledger: one meeting, whatever the wires call it, folded from its claims so far."""

    meeting_id: str
    opened_day: date
    kind: MeetingKind
    format: MeetingFormat
    name: str | None
    aliases: tuple[str, ...]
    organisation: str | None
    edition: str | None
    parties: tuple[str, ...]
    host: str | None
    actors: tuple[str, ...]
    place: Place | None
    from_day: date | None
    to_day: date | None
    date_precision: DatePrecision | None
    status: Status
    confidence: Confidence
    needs_review: bool
    first_seen: datetime
    last_seen: datetime
    status_at: datetime
    window_at: datetime | None
    is_told: bool


Action = Literal["open", "attach", "review"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What the ledger does with one claim, why, the row after it, and whether `summit.new` is now raised."""

    claim: LedgerClaim
    action: Action
    meeting_id: str
    score: float
    reason: str
    after: LedgerMeeting
    raises_new: bool


@dataclass(frozen=True, slots=True)
class Alert:
    """Something an analyst is woken for, with its proof. `value` is what the subject entered, for the n-th time.

    `before` is what stood before the change, `step` the number of the alert among those of its subject. `sources` are
    the independent origins in words, `sides` the parties whose own wires tell of it.
    """

    alert_id: str
    kind: str
    meeting_id: str | None
    wire_id: str | None
    value: str
    day: date
    article_id: str
    version: int
    article_url: str | None
    wire: str
    title: str
    sentence: str
    start: int
    end: int
    name: str | None
    parties: tuple[str, ...]
    place: Place | None
    from_day: date | None
    to_day: date | None
    status: str
    wires: int
    origins: int
    raised_at: datetime
    is_first_load: bool
    before: str | None = None
    organisation: str | None = None
    confidence: str | None = None
    sources: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    step: int = 1


# --- the catalog -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Phrase:
    """A weighted phrase of a topic; weight 0 with `masks` takes away the matches that lie inside it."""

    text: str
    weight: float
    rule: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that a rule must (or must not) match; the catalog is tested with it."""

    text: str
    match: bool
    title: str | None = None


@dataclass(frozen=True, slots=True)
class TopicRule:
    """One topic: what it means, its codes elsewhere, and the phrases that prove it."""

    topic: str
    label: str
    definition: str
    iptc: str | None
    plover: str | None
    lang: str
    threshold: float
    phrases: tuple[Phrase, ...]
    masks: tuple[str, ...]
    also: tuple[str, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Suppressor:
    """A domain that is not ours (sport, business ...) and the phrases that say so."""

    domain: str
    lang: str
    weight: float
    phrases: tuple[str, ...]


NameKind = Literal["country", "people", "capital", "organisation"]


@dataclass(frozen=True, slots=True)
class SpokenName:
    """A name of a state or an organisation in another language than English; `value` is the state's code."""

    lang: str
    spelling: str
    kind: NameKind
    value: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country or entity as copy names it. `capital` may stand for the government.

    `capital_names` are its other spellings and further seats; `masks` are longer phrases in which a name of the
    country means something else ("South China Sea").
    """

    code: str
    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: str | None
    is_at_war: bool = False
    capital_names: tuple[str, ...] = ()
    masks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GazetteerPlace:
    """A place of the curated gazetteer with its aliases.

    `is_common` means that the names are also ordinary words: they count only after a preposition ("in Nice").
    """

    name: str
    aliases: tuple[str, ...]
    region: str | None
    country: str | None
    precision: Literal["city", "region"]
    is_common: bool = False


@dataclass(frozen=True, slots=True)
class Leader:
    """Who held which office, from when to when; `names` are all spellings, `families` surnames that name them alone.

    An officer of an organisation has an `organisation`, and then `country` may be empty.
    """

    name: str
    names: tuple[str, ...]
    families: tuple[str, ...]
    country: str
    role: str
    level: str
    since: date | None
    until: date | None
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A role as copy writes it, with its level: `leader`, `minister`, `envoy`, `aide`, `spokesperson`, `official`."""

    role: str
    names: tuple[str, ...]
    level: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation whose meetings we know; `leaders_meeting` is the name of its summit, if it has one."""

    name: str
    aliases: tuple[str, ...]
    code: str | None
    members: tuple[str, ...]
    leaders_meeting: str | None


@dataclass(frozen=True, slots=True)
class Outlet:
    """A source that stories cite."""

    name: str
    aliases: tuple[str, ...]
    kind: Literal["outlet", "agency", "official", "document"]


@dataclass(frozen=True, slots=True)
class AlertRule:
    """Which alerts a channel wants: each list that is not empty must hold one of the alert's own; `*` ends a kind.

    `examples` are alerts in part, each with whether the rule takes it.
    """

    rule_id: str
    label: str
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    wires: tuple[str, ...] = ()
    least_confidence: Confidence | None = None
    least_origins: int | None = None
    examples: tuple[tuple[Mapping[str, object], bool], ...] = ()


@dataclass(frozen=True, slots=True)
class NamedChannel:
    """A channel of the catalog: its address, or `env:NAME` for one that a variable holds, and the rules it is sent."""

    name: str
    url: str
    rules: tuple[AlertRule, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Catalog:
    """All that we watch and know, as data. Compared by identity, so that what is compiled from it can be cached."""

    wires: tuple[Wire, ...]
    topics: tuple[TopicRule, ...]
    suppressors: tuple[Suppressor, ...]
    countries: tuple[Country, ...]
    places: tuple[GazetteerPlace, ...]
    leaders: tuple[Leader, ...]
    roles: tuple[Role, ...]
    organisations: tuple[Organisation, ...]
    outlets: tuple[Outlet, ...]
    cues: Mapping[str, tuple[str, ...]]
    languages: frozenset[str]
    rules_version: str
    files: Mapping[str, str] = field(default_factory=dict)
    spoken_names: tuple[SpokenName, ...] = ()
    alert_rules: tuple[AlertRule, ...] = ()
    channels: tuple[NamedChannel, ...] = ()
