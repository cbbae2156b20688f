"""The latest alerts as an Atom feed (RFC 4287), the newest first. Pure.

The text depends on the rows alone, so that what did not change is the same to the byte and a reader's next request
brings nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from html import escape

from tasks.core.address.forms import MAX_URL_LENGTH
from tasks.core.alerts.digest import describe_alert, title_of
from tasks.core.publish.rows import ATOM, PAGE, ToldAlert
from tasks.core.publish.words import MOST_NAME, find_link, tell

WITHDRAWN = "Withdrawn since: no current reading speaks of it any more."
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def build_atom(alerts: Sequence[ToldAlert], countries: Mapping[str, str]) -> str:
    """The feed. `countries` are names by code."""
    updated = max((told.alert.raised_at for told in alerts), default=_NEVER)
    entries = [line for told in alerts for line in _tell_entry(told, countries)]
    lines = (
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        "<id>urn:dateline:alerts</id>",
        "<title>Dateline: alerts</title>",
        "<subtitle>New summits, each told once, with the sentence that proves it.</subtitle>",
        f"<updated>{_stamp(updated)}</updated>",
        f'<link rel="self" type="application/atom+xml" href="{ATOM}"/>',
        f'<link rel="alternate" type="text/html" href="{PAGE}"/>',
        "<author><name>Dateline</name></author>",
        "<generator>Dateline</generator>",
        *entries,
        "</feed>",
    )
    return "\n".join(lines) + "\n"


def _tell_entry(told: ToldAlert, countries: Mapping[str, str]) -> Iterator[str]:
    alert, link = told.alert, find_link(told.alert.article_url)
    content = [tell(line, MAX_URL_LENGTH) for line in describe_alert(alert, countries).split("\n")]  # one is its link
    title = tell(title_of(alert, countries), 2 * MOST_NAME)
    if not told.stands:
        title, content = f"Withdrawn: {title}", [WITHDRAWN, *content]
    yield "<entry>"
    yield f"<id>urn:dateline:alert:{escape(tell(alert.alert_id))}</id>"
    yield f'<title type="text">{escape(title)}</title>'
    yield f"<updated>{_stamp(alert.raised_at)}</updated>"
    yield f"<published>{_stamp(alert.raised_at)}</published>"
    yield f"<author><name>{escape(tell(alert.wire, MOST_NAME) or tell(alert.wire_id) or 'Dateline')}</name></author>"
    yield f'<category term="{escape(tell(alert.kind))}"/>'
    if link:
        yield f'<link rel="alternate" href="{escape(link)}"/>'
    yield f'<content type="text">{escape(chr(10).join(content))}</content>'
    yield "</entry>"


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
