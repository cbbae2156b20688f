"""What a poll found, committed in one transaction (T1): polls with their validators and all new items, or nothing.

    answers -> what is new? -> fold_poll -> poll_facts, item_facts, outcome_facts

A validator becomes visible only with the items that came with it, so a crash between the two loses nothing: the next
poll gets the body again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from tasks.core.address.forms import article_id_of, redact_url
from tasks.core.novelty import ALIAS_WITHIN, ids_of, sort_entries
from tasks.core.poll.fold import EMPTY_POLLS, FoldedPoll, Sighting, fold_poll
from tasks.core.poll.lanes import authority_of
from tasks.core.poll.verdicts import is_egress_down, is_egress_ill, is_on_the_way
from tasks.core.stages import FeedAnswer, FeedCount, FeedMemory, FeedNews, KnownItem
from tasks.edge.lake.forget import BLANK_ITEM, FORGOTTEN, read_forgotten
from tasks.edge.lake.rows import item_row, outcome_row
from tasks.edge.lake.write import LakeWriter, Row, write_lake
from tasks.edge.passes import PassRun

MEMORY = tuple(part.name for part in fields(FeedMemory))


@dataclass(frozen=True, slots=True)
class Record:
    """One answer with what it adds to the lake."""

    answer: FeedAnswer
    news: FeedNews
    folded: FoldedPoll
    is_ours: bool


def record_answers(run: PassRun, answers: Sequence[FeedAnswer]) -> list[FeedCount]:
    """T1: all polls with their validators and all new items, in one transaction."""
    if not answers:
        return []
    message = f"poll {run.run_id}: {len(answers)} feeds"
    with write_lake(run.address, f"poll {run.run_id}", run.now, message) as lake:
        known, endless = read_known_items(lake, answers, run.now)
        # While our own network is down nothing is held against a feed: it would be left alone for hours afterwards.
        is_ill = is_egress_down(answers, not_due=1) or is_egress_ill(answers)
        records = [_judge(run, answer, known, is_ours=is_ill and is_on_the_way(answer)) for answer in answers]
        if endless:
            records = [_keep_days(record, endless) for record in records]
        news = [record.news for record in records]
        gone = find_forgotten(lake, news)
        fresh = [(item, entry) for new in news for item, entry in new.new if item.item_id not in endless]
        items = [item_row(item, entry.key, run.run_id) for item, entry in fresh]
        items = [{**row, **BLANK_ITEM} if row["item_id"] in gone else row for row in items]
        lake.append("item_facts", items, are_new=True)
        waiting = [row for new in news for row in waiting_rows(run, new)]
        lake.append("outcome_facts", [{**row, **gone.get(row["item_id"], {})} for row in waiting])
        lake.append("poll_facts", [poll_row(run, record) for record in records])
    return [count_feed(record.answer, record.news) for record in records]


def _judge(run: PassRun, answer: FeedAnswer, known: Mapping[str, KnownItem], *, is_ours: bool) -> Record:
    news = _sort(run, answer, known)
    folded = fold_poll(answer.feed, answer.state, _sight(answer, news, is_ours=is_ours), run.now)
    if folded.is_held:
        news = replace(news, new=tuple((replace(item, is_silent=True), entry) for item, entry in news.new))
    return Record(answer, news, folded, is_ours)


def _keep_days(record: Record, endless: Mapping[str, date]) -> Record:
    """The record, with those of its new items that have a row already under the day of that row."""
    new = tuple((replace(item, day=endless.get(item.item_id, item.day)), entry) for item, entry in record.news.new)
    return replace(record, news=replace(record.news, new=new))


def _sight(answer: FeedAnswer, news: FeedNews, *, is_ours: bool) -> Sighting:
    has_body = answer.status == 200 and answer.failure is None
    state = answer.state
    entries = len(answer.body.entries) if answer.body else state.found - state.repeated
    return Sighting(
        failure=answer.failure,
        is_ours=is_ours,
        entries=entries if has_body else None,
        known=news.known if has_body else None,
        title=answer.body.title if answer.body else state.title,
        final_url=answer.final_url,
        moved_to=answer.moved_to,
        has_lied=answer.has_lied and bool(news.new or news.revised),
    )


def read_known_items(
    lake: LakeWriter, answers: Sequence[FeedAnswer], now: datetime
) -> tuple[dict[str, KnownItem], dict[str, date]]:
    """The items of these bodies that the lake holds already, and the days of those that wait for nothing, by id.

    Item and first outcome are one commit, so an item without one comes of a damaged lake: it is new once more, but its
    row is there, under its day.
    """
    listed = [(answer.feed, entry) for answer in answers if answer.body for entry in answer.body.entries]
    sought = {
        "item_ids": [item_id for feed, entry in listed for item_id in ids_of(feed, entry)],
        "urls": [entry.url for _, entry in listed if entry.url],
        "since": (now - ALIAS_WITHIN).date(),
    }
    rows = lake.rows("select_known_items", sought) if listed else []
    known = [row for row in rows if row["outcome"] is not None]
    endless = {row["item_id"]: row["day"] for row in rows if row["outcome"] is None}
    return {row["item_id"]: KnownItem(**{**row, "fingerprint": row["fingerprint"] or ""}) for row in known}, endless


def _sort(run: PassRun, answer: FeedAnswer, known: Mapping[str, KnownItem]) -> FeedNews:
    if answer.body is None:
        # The same bytes again: every entry of the body is one that we know. A 304 has no body to count.
        same = answer.state.found - answer.state.repeated if answer.status == 200 and answer.failure is None else 0
        return FeedNews((), (), same)
    return sort_entries(answer.feed, answer.body, known, run.now, is_first_load=not answer.state.has_answered)


def find_forgotten(lake: LakeWriter, news: Sequence[FeedNews]) -> dict[str, Row]:
    """The end of each new item that lists an article which an operator removed, by the item's id."""
    ids = {item.item_id: article_id_of(item.url) for new in news for item, _ in new.new if item.url}
    gone = read_forgotten(lake, sorted(set(ids.values())))
    return {
        item_id: {
            "outcome": "rejected", "reason": FORGOTTEN, "cause": gone[article_id], "next_try_at": None,
            "article_id": article_id,
        }
        for item_id, article_id in ids.items()
        if article_id in gone
    }  # fmt: skip


def waiting_rows(run: PassRun, news: FeedNews) -> list[Row]:
    """New items wait for their first fetch, edited ones for another."""
    fresh: list[Row] = [
        outcome_row(
            item.day, item.item_id, run.run_id, run.now, "waiting",
            reason="new", next_try_at=run.now, fingerprint=entry.fingerprint,
        )
        for item, entry in news.new
    ]  # fmt: skip
    again: list[Row] = [
        outcome_row(
            seen.day, seen.item_id, run.run_id, run.now, "waiting",
            reason="revised", attempt=seen.attempts, next_try_at=run.now, fingerprint=entry.fingerprint,
        )
        for seen, entry in news.revised
    ]  # fmt: skip
    return fresh + again


def poll_row(run: PassRun, record: Record) -> Row:
    """The fact of one poll, with the feed's whole memory after it."""
    answer, folded = record.answer, record.folded
    count = count_feed(answer, record.news)
    body = answer.body
    renamed = record.news.renamed
    told = [*(("empty_feed",) if folded.memory.empty_polls >= EMPTY_POLLS else ())]
    told += [f"guid_unstable:{renamed}"] if renamed else []
    return {
        "day": run.now.date(),
        "run_id": run.run_id,
        "feed_id": answer.feed.feed_id,
        "wire_id": answer.feed.wire_id,
        "polled_at": answer.polled_at,
        "url": redact_url(answer.url),
        "host": authority_of(answer.url),
        "final_url": answer.final_url,
        "outcome": answer.outcome,
        "status": answer.status,
        "failure": count.failure,
        "cause": count.cause,
        "is_ours": record.is_ours,
        "etag": answer.etag,
        "last_modified": answer.last_modified,
        "body_hash": answer.body_hash,
        "title": body.title if body else None,
        "found": count.found,
        "known": count.known,
        "repeated": count.repeated,
        "new": count.new,
        "revised": len(record.news.revised),
        "remarks": [*(body.remarks if body else ()), *told],
        "took_ms": answer.took_ms,
        "is_full": answer.is_full,
        "overlap": folded.overlap,
        "gap_from": folded.gap_from,
        "retry_until": folded.retry_until,
        "next_poll_at": folded.next_poll_at,
        "events": list(folded.events),
        **{name: getattr(folded.memory, name) for name in MEMORY},
    }


def count_feed(answer: FeedAnswer, news: FeedNews) -> FeedCount:
    """The count of one feed. `found` is what its body held, counted apart from what became of it."""
    is_same = answer.body is None and answer.status == 200 and answer.failure is None
    body = answer.body
    return FeedCount(
        feed_id=answer.feed.feed_id,
        wire_id=answer.feed.wire_id,
        outcome=answer.outcome,
        failure=answer.failure.kind if answer.failure else None,
        cause=answer.failure.cause if answer.failure else None,
        found=len(body.entries) + body.repeated if body else (answer.state.found if is_same else 0),
        known=news.known,
        repeated=body.repeated if body else (answer.state.repeated if is_same else 0),
        new=len(news.new),
    )
