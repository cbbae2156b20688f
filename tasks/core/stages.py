"""What one stage of a pass hands to the next, and what each says of itself. Values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, TypeVar

from tasks.core.model import Article, Entry, Failure, Feed, FeedBody, Item, Page, Reading

T_co = TypeVar("T_co", covariant=True)


class Parcel(Generic[T_co]):
    """What one stage task hands to the next, closed: Prefect sees who handed it over, but does not look inside.

    Prefect walks the arguments of a task (dataclasses, lists, dicts) in search of futures: 0.9 s of CPU for 20,000
    small values, also in `quote(x)` with `wait_for=[x]` (measured on 3.8.8). A plain object it passes on as it is, and
    the edge of the graph stays.
    """

    __slots__ = ("content",)

    def __init__(self, content: T_co) -> None:
        self.content = content


@dataclass(frozen=True, slots=True)
class FeedMemory:
    """What each poll leaves behind for the next: the columns of `poll_facts` by the same names, explained there."""

    seq: int = 0
    failures: int = 0
    weight: float = 0.0
    failing_since: datetime | None = None
    health: str = "ok"
    interval_s: int | None = None
    window_n: int = 0
    easy_polls: int = 0
    empty_polls: int = 0
    unseen_polls: int = 0
    body_at: datetime | None = None
    has_lying_etag: bool = False
    identity: str | None = None
    identity_host: str | None = None
    held_since: datetime | None = None
    moved_to: str | None = None
    moved_polls: int = 0
    moved_since: datetime | None = None
    effective_url: str | None = None
    moved_from: str | None = None
    gone_polls: int = 0
    gone_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class FeedState:
    """What the lake knows of a feed: its validators, what its polls left behind, and when it may be asked again.

    `asked_url` and `final_url` are those of the last usable answer; `hours` are the new items of each hour of the last
    week in which it was polled. A host that asked for a pause is not asked before `host_paused_until`.
    """

    feed_id: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    found: int = 0
    repeated: int = 0
    asked_url: str | None = None
    final_url: str | None = None
    title: str | None = None
    polled_at: datetime | None = None
    answered_at: datetime | None = None
    next_poll_at: datetime | None = None
    host_paused_until: datetime | None = None
    hours: tuple[int, ...] = ()
    memory: FeedMemory = FeedMemory()

    @property
    def has_answered(self) -> bool:
        """False until its first usable answer."""
        return self.answered_at is not None


@dataclass(frozen=True, slots=True)
class FeedAnswer:
    """What one feed answered to one poll. `body` is None where it failed or had not changed.

    `url` is the address that was asked, `moved_to` where permanent redirects led; `is_full` says that it was asked
    without validators, `has_lied` that the validator it had would have hidden this body.
    """

    feed: Feed
    state: FeedState
    polled_at: datetime
    outcome: str
    status: int | None
    failure: Failure | None
    etag: str | None
    last_modified: str | None
    body_hash: str | None
    body: FeedBody | None
    final_url: str | None
    took_ms: int
    url: str
    moved_to: str | None = None
    is_full: bool = False
    has_lied: bool = False


@dataclass(frozen=True, slots=True)
class KnownItem:
    """An item that the lake holds already, as far as a poll needs it."""

    item_id: str
    day: date
    outcome: str
    attempts: int
    fingerprint: str
    revisits: int
    feed_id: str = ""
    url: str | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class FeedNews:
    """What a poll of one feed adds: items seen for the first time, and known ones to fetch again.

    `renamed` of the known entries came under another id than before.
    """

    new: tuple[tuple[Item, Entry], ...]
    revised: tuple[tuple[KnownItem, Entry], ...]
    known: int
    renamed: int = 0


@dataclass(frozen=True, slots=True)
class FeedCount:
    """The sum of one feed in one pass, for the table that a person reads."""

    feed_id: str
    wire_id: str
    outcome: str
    failure: str | None
    cause: str | None
    found: int
    known: int
    repeated: int
    new: int


@dataclass(frozen=True, slots=True)
class PollReport:
    """The end of `poll`: a count for each feed asked. `not_due` feeds were left alone.

    `is_egress_down` says that no feed could be reached at all, `is_egress_ill` that most failed alike: then nothing is
    held against those that did.
    """

    feeds: tuple[FeedCount, ...]
    not_due: int
    is_egress_down: bool = False
    is_egress_ill: bool = False


@dataclass(frozen=True, slots=True)
class ItemFailure:
    """An item without a text so far: tried again at `next_try_at`, or given up where that is None."""

    item: Item
    failure: Failure
    next_try_at: datetime | None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A chunk of items with their pages. `is_last` says that no further chunk is due in this pass."""

    number: int
    pages: tuple[Page, ...]
    failures: tuple[tuple[Item, Failure], ...]
    feed_only: tuple[Item, ...]
    is_last: bool

    @property
    def size(self) -> int:
        """Items in the chunk."""
        return len(self.pages) + len(self.failures) + len(self.feed_only)


@dataclass(frozen=True, slots=True)
class Extracted:
    """A chunk as clean text, with the items that have none."""

    number: int
    articles: tuple[Article, ...]
    failures: tuple[ItemFailure, ...]

    @property
    def size(self) -> int:
        """Items in the chunk."""
        return len(self.articles) + len(self.failures)


@dataclass(frozen=True, slots=True)
class ReadChunk:
    """A chunk as read, each article with what it says."""

    number: int
    articles: tuple[tuple[Article, Reading], ...]
    failures: tuple[ItemFailure, ...]

    @property
    def size(self) -> int:
        """Items in the chunk."""
        return len(self.articles) + len(self.failures)


@dataclass(frozen=True, slots=True)
class StoreReport:
    """The end of one `store`: how the items of the chunk ended, and how many alerts were raised."""

    number: int
    stored: int = 0
    revised: int = 0
    unchanged: int = 0
    duplicate: int = 0
    rejected: int = 0
    waiting: int = 0
    alerts: int = 0


@dataclass(frozen=True, slots=True)
class AlertReport:
    """The end of `alert`: deliveries that were taken, that failed, and their words for the console."""

    sent: int = 0
    failed: int = 0
    dead: int = 0
    errors: tuple[str, ...] = field(default=())
