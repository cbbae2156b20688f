"""What an operator removes leaves the rows here: words go, ids and outcomes stay, and a fact says why.

All in the caller's transaction, under the write lock. The rows are then still in old snapshots and files: `scrub.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tasks.core.address.forms import article_id_of
from tasks.edge.lake.rows import outcome_row
from tasks.edge.lake.write import LakeWriter, Row

FORGOTTEN = "forgotten"  # the reason of an item's end
REMOVED_WORDS = "(forgotten)"  # stands where a column must hold words

# Rows that say nothing but what the article says.
_TABLES = (
    "article_facts", "reading_facts", "topic_facts", "evidence_facts", "actor_facts", "quote_facts", "citation_facts",
    "claim_facts", "decision_facts", "copy_facts",
)  # fmt: skip
# An item without its words; `entry_key` may be an address, and the id is its hash.
BLANK_ITEM: Row = {
    "entry_key": REMOVED_WORDS, "url": None, "title": None, "summary": None, "content": None, "author": None,
}  # fmt: skip
_BLANK_ALERT = (
    "title = null, article_url = null, name = null, before = null, place = null, place_region = null, "
    "sentence = case when kind like 'wire.%' then sentence else $words end, start_char = 0, end_char = 0"
)

_BLANK_VISIT = "page_title = null, cause = null, archive_file = null, archive_offset = null"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to go: articles by their whole ids, or all of a wire, its items without an article included."""

    article_ids: tuple[str, ...] = ()
    wire_id: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What the lake holds of it: versions of articles, items, and places in the archive (file, offset)."""

    versions: tuple[Row, ...]
    items: tuple[Row, ...]
    pages: frozenset[tuple[str, int]]

    @property
    def article_ids(self) -> list[str]:
        """The articles, each once."""
        return list(dict.fromkeys(row["article_id"] for row in self.versions))

    @property
    def item_ids(self) -> list[str]:
        """The items."""
        return [row["item_id"] for row in self.items]

    def marks(self) -> frozenset[str]:
        """Addresses and titles by which a kept body of a feed is known to hold an entry of it."""
        told = (row[name] for row in self.items for name in ("url", "title"))
        return frozenset({word for word in told if word} | {row["url"] for row in self.versions if row["url"]})


def find_wanted(lake: LakeWriter, wanted: Wanted) -> Found:
    """All rows that tell of what is to go."""
    asked = {"article_ids": list(wanted.article_ids), "wire_id": wanted.wire_id}
    versions = lake.rows("select_to_forget", asked)
    ids = sorted({row["article_id"] for row in versions} | set(wanted.article_ids))
    urls = sorted({row["url"] for row in versions if row["url"]})
    items = lake.rows("select_items_to_forget", {"article_ids": ids, "urls": urls, "wire_id": wanted.wire_id})
    pages = lake.rows("select_pages_to_forget", {"item_ids": [row["item_id"] for row in items]})
    places = {(row["archive_file"], row["archive_offset"]) for row in (*versions, *pages) if row["archive_file"]}
    return Found(tuple(versions), tuple(items), frozenset(places))


def remove_rows(lake: LakeWriter, found: Found, reason: str, now: datetime, run_id: str) -> None:
    """Delete what the articles say, blank what must stay of items, visits and alerts, and append the facts."""
    ids, item_ids = found.article_ids, found.item_ids
    for table in _TABLES:
        delete_rows(lake, table, "article_id", ids)
    delete_rows(lake, "copy_facts", "of_article_id", ids)
    _update_rows(lake, "alert_facts", _BLANK_ALERT, "article_id", ids, words=REMOVED_WORDS)
    blank_items(lake, item_ids)
    _update_rows(lake, "outcome_facts", "cause = null", "item_id", item_ids)
    _update_rows(lake, "visit_facts", _BLANK_VISIT, "item_id", item_ids)
    lake.append("outcome_facts", [_end_item(row, reason, now, run_id) for row in found.items])
    lake.append("forget_facts", _make_facts(found, reason, now, run_id))


def blank_items(lake: LakeWriter, item_ids: Sequence[str]) -> None:
    """Take the words, addresses and keys out of items."""
    parts = ", ".join(f"{name} = ${name}" for name in BLANK_ITEM)
    _update_rows(lake, "item_facts", parts, "item_id", item_ids, **BLANK_ITEM)


def delete_rows(lake: LakeWriter, table: str, column: str, ids: Sequence[str]) -> None:
    """Delete the rows of a table that have one of these ids in the column."""
    lake.connection.execute(f"delete from {table} where {_is_among(column)}", {"ids": list(ids)})  # noqa: S608 - our own


def _update_rows(lake: LakeWriter, table: str, change: str, column: str, ids: Sequence[str], **values: Any) -> None:
    """Change the rows that have one of these ids in the column; `values` are those of the `$names`."""
    statement = f"update {table} set {change} where {_is_among(column)}"  # noqa: S608 - our own names
    lake.connection.execute(statement, {**values, "ids": list(ids)})


def _is_among(column: str) -> str:
    return f"{column} in (select unnest($ids::varchar[]))"


def read_forgotten(lake: LakeWriter, ids: Sequence[str]) -> Mapping[str, str]:
    """Those of these ids that a forgotten article is known by, each with the reason."""
    rows = lake.rows("select_forgotten", {"ids": list(ids)}) if ids else []
    return {row["id"]: row["reason"] for row in rows}


def _end_item(row: Mapping[str, Any], reason: str, now: datetime, run_id: str) -> Row:
    ended = {"reason": FORGOTTEN, "cause": reason, "attempt": row["attempt"], "article_id": row["article_id"]}
    return outcome_row(row["day"], row["item_id"], run_id, now, "rejected", **ended)


def _make_facts(found: Found, reason: str, now: datetime, run_id: str) -> list[Row]:
    facts: dict[str, dict[str, Any]] = {}
    for row in found.versions:
        fact = facts.setdefault(
            row["article_id"],
            {
                **{name: row[name] for name in ("day", "article_id", "wire_id")},
                "also_ids": {row["article_id"]}, "versions": 0, "items": 0,
                "reason": reason, "forgotten_at": now, "run_id": run_id,
            },
        )  # fmt: skip
        fact["versions"] += 1
        fact["also_ids"] |= {article_id_of(row["url"])} if row["url"] else set()
    for item in found.items:
        listed = article_id_of(item["url"]) if item["url"] else ""
        told = facts.get(item["article_id"] or listed)
        if told is not None:
            told["items"] += 1
            told["also_ids"] |= {listed} - {""}
    return [{**fact, "also_ids": sorted(fact["also_ids"])} for fact in facts.values()]
