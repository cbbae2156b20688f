"""Commit a chunk in one transaction (T2): articles, readings, claims, the ledger's decisions, alerts and outcomes.

Everything that is decided here is decided on what the lake holds under the write lock: is the item still waiting, is
the text new, which meeting is it, was it told already? So a pass that is killed and run again adds nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from tasks.core.model import Article, Item, LedgerClaim, Reading
from tasks.core.novelty import KnownArticle, Verdict, judge_article
from tasks.core.schedule import LOOKS
from tasks.core.stages import ItemFailure, ReadChunk, StoreReport
from tasks.edge.copying import ChunkCopies, compare_chunk, copy_row, keep_laid, open_window
from tasks.edge.lake.forget import FORGOTTEN, blank_items, read_forgotten
from tasks.edge.lake.ledger_alerts import LedgerBatch, Revised
from tasks.edge.lake.ledger_store import store_ledger
from tasks.edge.lake.rows import article_row, claim_rows, item_row, outcome_row, reading_rows
from tasks.edge.lake.write import LakeWriter, Row, write_lake
from tasks.edge.passes import PassRun
from tasks.edge.visiting import failed_visit_row, select_open, text_visit_row

# The rows of a version that was decided in this very transaction to be a new one: the lake can hold none of them.
_OF_A_VERSION = frozenset(
    "article_facts reading_facts topic_facts evidence_facts actor_facts quote_facts citation_facts claim_facts".split()
)


@dataclass(slots=True)
class Batch:
    """The rows of one transaction, by table, and the count of how items ended."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    claims: list[LedgerClaim] = field(default_factory=list)
    articles: dict[tuple[str, int], Article] = field(default_factory=dict)
    revised: list[Revised] = field(default_factory=list)
    copies: ChunkCopies = field(default_factory=ChunkCopies)

    def add(self, table: str, row: Row) -> None:
        """Another row for a table."""
        self.rows.setdefault(table, []).append(row)

    def add_some(self, table: str, row: Row | None) -> None:
        """Another row for a table, where there is one."""
        if row is not None:
            self.add(table, row)

    def note_retraction(self, article: Article, verdict: Verdict) -> None:
        """A wire's own notice in place of a story: the story's claims count no more, and no version comes of it."""
        self.revised.append(Revised(verdict.day, article, verdict.version, notice=verdict.words or article.title))

    def for_ledger(self) -> LedgerBatch:
        """What the ledger needs to know of the batch."""
        return LedgerBatch(tuple(self.claims), self.articles, tuple(self.revised))

    def count(self, what: str) -> None:
        """One more item that ended so."""
        self.counts[what] = self.counts.get(what, 0) + 1


@dataclass(frozen=True, slots=True)
class Told:
    """Who told a stored version of an article, and when: what its reading is stored under."""

    day: date
    article_id: str
    version: int
    wire_id: str
    origin: str
    published_at: datetime
    is_silent: bool


def store_chunk(run: PassRun, chunk: ReadChunk, *, is_import: bool = False) -> StoreReport:
    """Write one chunk; returns how its items ended. Imported stories bring their items with them."""
    message = f"store {run.run_id} chunk {chunk.number}"
    if chunk.articles:
        open_window(run)
    with write_lake(run.address, f"store {run.run_id}", run.now, message) as lake:
        articles, failures = (chunk.articles, chunk.failures) if is_import else keep_waiting(run, lake, chunk)
        batch = Batch()
        store_articles(run, lake, batch, articles, is_import=is_import)
        store_failures(run, batch, failures)
        # These items wait as they did when they were fetched, so that the lake cannot hold what comes of it; an item of
        # an import may have got the same end from an earlier line.
        are_new = _OF_A_VERSION if is_import else _OF_A_VERSION | {"outcome_facts"}
        for table, rows in batch.rows.items():
            lake.append(table, rows, are_new=table in are_new)
        told = store_ledger(run, lake, batch.for_ledger())
    keep_laid(run, batch.copies)
    return StoreReport(chunk.number, **batch.counts, alerts=told)


def keep_waiting(
    run: PassRun, lake: LakeWriter, chunk: ReadChunk
) -> tuple[tuple[tuple[Article, Reading], ...], tuple[ItemFailure, ...]]:
    """The parts of the chunk whose items still wait; another pass may have ended the others meanwhile."""
    items = [article.item for article, _ in chunk.articles] + [failed.item for failed in chunk.failures]
    waiting = select_open(run, lake, items)
    return (
        tuple(pair for pair in chunk.articles if pair[0].item.item_id in waiting),
        tuple(failed for failed in chunk.failures if failed.item.item_id in waiting),
    )


def store_articles(
    run: PassRun, lake: LakeWriter, batch: Batch, pairs: Sequence[tuple[Article, Reading]], *, is_import: bool
) -> None:
    """Decide for each text whether it is a version, and lay out its rows."""
    known = read_known_articles(run, lake, [article.article_id for article, _ in pairs])
    gone = read_forgotten(lake, [article.article_id for article, _ in pairs])
    if pairs:
        batch.copies = compare_chunk(run, lake, [pair for pair in pairs if pair[0].article_id not in gone])
    for article, reading in sorted(pairs, key=_by_publication):
        if article.article_id in gone:
            _end_forgotten(run, lake, batch, article, gone[article.article_id], is_import=is_import)
            continue
        before = known.get(article.article_id)
        verdict = judge_article(before, article)
        if verdict.is_notice:
            batch.note_retraction(article, verdict)
        if is_import and not verdict.is_stored:
            _end_import(run, batch, article, verdict)
            continue
        if is_import:
            batch.add("item_facts", item_row(article.item, article.item.item_id, run.run_id))
        if verdict.is_stored:
            _lay_article(run, batch, article, reading, verdict)
            known[article.article_id] = _known_after(article, verdict, before)
        _end_item(run, batch, article, verdict, before)


def _end_forgotten(
    run: PassRun, lake: LakeWriter, batch: Batch, article: Article, reason: str, *, is_import: bool
) -> None:
    """An article that an operator removed came again, at an address that no poll knew: it ends without its words."""
    batch.count("rejected")
    if not is_import:
        blank_items(lake, [article.item.item_id])
        words = {"reason": FORGOTTEN, "cause": reason, "article_id": article.article_id}
        batch.add("outcome_facts", _outcome(run, article.item, "rejected", **words))


def _end_import(run: PassRun, batch: Batch, article: Article, verdict: Verdict) -> None:
    """An imported story that adds nothing; a notice that takes one back is kept."""
    batch.count("duplicate")
    if verdict.is_notice:
        batch.add_some("visit_facts", text_visit_row(run, article.item, article.article_id, verdict))


def _lay_article(run: PassRun, batch: Batch, article: Article, reading: Reading, verdict: Verdict) -> None:
    wire_id = article.item.wire_id
    own, copies = batch.copies.settle(article, reading, verdict)
    parts: Row = {"change": verdict.change, "sketch": list(own.sketch), "origin": own.origin}
    batch.add("article_facts", article_row(article, verdict.version, verdict.day, run.run_id, **parts))
    for pair in copies:
        batch.add("copy_facts", copy_row(pair, run))
    published_at = article.published_at or article.item.first_seen_at
    told = Told(
        day=verdict.day,
        article_id=article.article_id,
        version=verdict.version,
        wire_id=wire_id,
        origin=own.origin,
        published_at=published_at,
        is_silent=article.item.is_silent,
    )
    lay_reading(run, batch, told, reading)
    batch.articles[article.article_id, verdict.version] = article
    if verdict.version > 1:
        batch.revised.append(Revised(verdict.day, article, verdict.version))


def lay_reading(run: PassRun, batch: Batch, told: Told, reading: Reading) -> None:
    """Lay out all rows of one reading, and its meetings on their way into the ledger."""
    key = {"day": told.day, "article_id": told.article_id, "version": told.version}
    key |= {"rules_version": reading.rules_version}
    for table, row in reading_rows(key, reading, run.run_id, run.now):
        batch.add(table, row)
    for row in claim_rows(key, reading, told.wire_id, told.origin, told.published_at):
        batch.add("claim_facts", row)
    batch.claims += make_claims(told, reading)


def make_claims(told: Told, reading: Reading) -> Iterable[LedgerClaim]:
    """The meetings of a reading as claims."""
    for seq, meeting in enumerate(reading.meetings or ()):
        yield LedgerClaim(
            article_id=told.article_id,
            version=told.version,
            rules_version=reading.rules_version,
            seq=seq,
            day=told.day,
            wire_id=told.wire_id,
            origin=told.origin,
            published_at=told.published_at,
            is_silent=told.is_silent,
            meeting=meeting,
        )


def _end_item(run: PassRun, batch: Batch, article: Article, verdict: Verdict, before: KnownArticle | None) -> None:
    item = article.item
    if verdict.is_stored:
        outcome, reason, counted = "stored", verdict.change, "stored" if verdict.change == "new" else "revised"
    elif (before is not None and before.item_id == item.item_id) or item.before is not None:
        reason = "unchanged" if verdict.change in {"same", "poorer"} else verdict.change
        outcome, counted = "stored", "unchanged"
    else:
        outcome, reason, counted = "duplicate", verdict.change, "duplicate"
    batch.count(counted)
    if item.look not in LOOKS or verdict.is_stored:
        ended: dict[str, Any] = {"reason": reason, "article_id": article.article_id, "version": verdict.version}
        batch.add("outcome_facts", _outcome(run, item, outcome, cause=verdict.words, **ended))
    batch.add_some("visit_facts", text_visit_row(run, item, article.article_id, verdict))


def store_failures(run: PassRun, batch: Batch, failures: Sequence[ItemFailure]) -> None:
    """Items without a text: they wait for their next try, are rejected with the reason, or keep their stored text."""
    for failed in failures:
        item, before = failed.item, failed.item.before
        words: dict[str, Any] = {"reason": failed.failure.kind, "cause": failed.failure.cause}
        batch.add_some("visit_facts", failed_visit_row(run, failed))
        if item.look in LOOKS:
            batch.count("unchanged")
        elif failed.next_try_at is not None:
            batch.count("waiting")
            reason = "revised" if item.look == "edited" else failed.failure.kind
            words |= {"reason": reason, "next_try_at": failed.next_try_at}
            batch.add("outcome_facts", _outcome(run, item, "waiting", **words))
        elif before is not None:
            batch.count("unchanged")
            kept = {"article_id": before.article_id, "version": before.version}
            batch.add("outcome_facts", _outcome(run, item, "stored", **words, **kept))
        else:
            batch.count("rejected")
            batch.add("outcome_facts", _outcome(run, item, "rejected", **words))


def _outcome(run: PassRun, item: Item, outcome: str, **parts: Any) -> Row:
    return outcome_row(item.day, item.item_id, run.run_id, run.now, outcome, attempt=item.attempts + 1, **parts)


def read_known_articles(run: PassRun, lake: LakeWriter, article_ids: list[str]) -> dict[str, KnownArticle]:
    """The latest versions of these articles, by id.

    Their days are asked for first: to look for ids among all texts of a million articles took seconds of a chunk.
    """
    asked: dict[str, Any] = {"article_ids": article_ids}
    days = [row["day"] for row in lake.rows("select_days_of", asked)] if article_ids else []
    asked |= {"days": days, "lately": run.now - timedelta(days=1)}
    rows = lake.rows("select_known_articles", asked) if days else []
    return {row["article_id"]: KnownArticle(**row) for row in rows}


def _known_after(article: Article, verdict: Verdict, before: KnownArticle | None) -> KnownArticle:
    return KnownArticle(
        article.article_id,
        verdict.day,
        verdict.version,
        article.item.item_id,
        article.url,
        article.title,
        article.text,
        article.content_hash,
        article.quality,
        before.lately + 1 if before else 0,
    )


def _by_publication(pair: tuple[Article, Reading]) -> tuple[Any, str]:
    article = pair[0]
    return article.published_at or article.item.first_seen_at, article.item.item_id
