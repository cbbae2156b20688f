"""The feeds of the sample wire: RSS 2.0 for most agencies, Atom for one."""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime
from html import escape
from string import Template

from tasks.edge.sample_stories import (
    Sample,
    SampleAgency,
    SampleStory,
    fill_story,
    list_stories,
    original_of,
    story_path,
    times_of,
)

_RSS = Template("""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>$name</title>
<link>$home</link>
<atom:link href="$feed" rel="self" type="application/rss+xml"/>
<description>$name: world news. A sample wire of Dateline; all stories are invented.</description>
$language<lastBuildDate>$updated</lastBuildDate>
$entries
</channel>
</rss>
""")

_ATOM = Template("""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>$name</title>
<subtitle>World news. A sample wire of Dateline; all stories are invented.</subtitle>
<id>tag:sample.invalid,2025:$agency</id>
<link href="$home"/>
<link rel="self" href="$feed"/>
<updated>$updated</updated>
<author><name>$name</name></author>
$entries
</feed>
""")


def render_feed(sample: Sample, agency: SampleAgency, act: int, now: datetime, base_url: str) -> bytes:
    """Return the agency's feed in act 1 or 2, RSS 2.0 or Atom, as bytes of UTF-8 XML."""
    stories = list_stories(sample, agency.agency_id, act)
    newest = max(times_of(sample, story, now)[1] for story in stories)
    render_entry, frame = (_atom_entry, _ATOM) if agency.form == "atom" else (_rss_item, _RSS)
    home = f"{base_url}/{agency.agency_id}/"
    text = frame.substitute(
        name=escape(agency.name),
        agency=agency.agency_id,
        home=home,
        feed=f"{home}feed.xml",
        language=f"<language>{agency.lang}</language>\n" if agency.lang else "",
        updated=newest.isoformat() if agency.form == "atom" else format_datetime(newest),
        entries="\n".join(render_entry(sample, story, now, base_url) for story in stories),
    )
    return text.encode()


def _rss_item(sample: Sample, story: SampleStory, now: datetime, base_url: str) -> str:
    published, updated = times_of(sample, story, now)
    lines = [
        f"<title>{_xml(sample, story, story.title, now)}</title>",
        f"<link>{base_url}{story_path(sample, story)}</link>",
        f"<description>{_xml(sample, story, story.deck, now)}</description>",
        f"<dc:creator>{escape(story.author)}</dc:creator>" if story.author else "",
        "<category>World</category>",
    ]
    if not story.is_bare:
        lines.append(f'<guid isPermaLink="false">{_guid(sample, story)}</guid>')
        lines.append(f"<pubDate>{format_datetime(published)}</pubDate>")
    if updated != published:
        lines.append(f"<atom:updated>{updated.isoformat()}</atom:updated>")
    return "<item>\n" + "\n".join(line for line in lines if line) + "\n</item>"


def _atom_entry(sample: Sample, story: SampleStory, now: datetime, base_url: str) -> str:
    published, updated = times_of(sample, story, now)
    lines = [
        f"<title>{_xml(sample, story, story.title, now)}</title>",
        f'<link href="{base_url}{story_path(sample, story)}"/>',
        f"<id>{_guid(sample, story)}</id>",
        f"<published>{published.isoformat()}</published>",
        f"<updated>{updated.isoformat()}</updated>",
        f"<author><name>{escape(story.author)}</name></author>" if story.author else "",
        f'<summary type="text">{_xml(sample, story, story.deck, now)}</summary>',
    ]
    return "<entry>\n" + "\n".join(line for line in lines if line) + "\n</entry>"


def _xml(sample: Sample, story: SampleStory, text: str, now: datetime) -> str:
    return escape(fill_story(sample, story, text, now), quote=False)


def _guid(sample: Sample, story: SampleStory) -> str:
    return f"tag:sample.invalid,2025:{story.agency_id}/{original_of(sample, story).slug}"
