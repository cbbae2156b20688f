"""The pages of the sample wire: a story in its agency's HTML frame (deploy/sample/*.html), and front pages."""

from __future__ import annotations

import json
from datetime import datetime
from html import escape
from string import Template
from typing import Any

from tasks.edge.sample_stories import (
    Sample,
    SampleAgency,
    SampleStory,
    fill_story,
    latest_of,
    list_stories,
    story_path,
    times_of,
)

_RELATED = 4  # links under a story, as many as a page has room for


def render_page(sample: Sample, story: SampleStory, act: int, now: datetime) -> bytes:
    """Return the HTML page at the story's address in act 1 or 2; b"" for the page that is empty."""
    current = latest_of(sample, story, act)
    if current.fault == "empty":
        return b""
    agency = sample.agency(current.agency_id)
    published, updated = times_of(sample, current, now)
    words = {
        "lang": current.lang,
        "title": escape(fill_story(sample, current, current.title, now)),
        "deck": escape(fill_story(sample, current, current.deck, now)),
        "agency": escape(agency.name),
        "published": published.isoformat(),
        "updated": updated.isoformat(),
        "published_words": published.strftime("%Y-%m-%d %H:%M %Z"),
    }
    parts = {
        "byline": f'<p class="byline">By {escape(current.author)}</p>\n' if current.author else "",
        "author_meta": f'<meta name="author" content="{escape(current.author)}">\n' if current.author else "",
        "json_ld": _json_ld(sample, current, now) if agency.has_json_ld else "",
        "body": "\n".join(_block(fill_story(sample, current, part, now), part) for part in current.paragraphs),
        "related": "\n".join(_related(sample, current, act, now)),
    }
    return Template(sample.pages[agency.page]).substitute(words | parts).encode()


def _block(filled: str, raw: str) -> str:
    """Return one paragraph or subhead as HTML."""
    tag = "h2" if raw.startswith("## ") else "p"
    return f"<{tag}>{escape(filled.removeprefix('## '), quote=False)}</{tag}>"


def _json_ld(sample: Sample, story: SampleStory, now: datetime) -> str:
    published, updated = times_of(sample, story, now)
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": fill_story(sample, story, story.title, now),
        "datePublished": published.isoformat(),
        "dateModified": updated.isoformat(),
        "publisher": {"@type": "NewsMediaOrganization", "name": sample.agency(story.agency_id).name},
    }
    if story.author:
        facts["author"] = [{"@type": "Person", "name": story.author}]
    text = json.dumps(facts, ensure_ascii=False).replace("</", "<\\/")
    return f'<script type="application/ld+json">{text}</script>\n'


def _related(sample: Sample, story: SampleStory, act: int, now: datetime) -> list[str]:
    """Return links to the agency's stories next to this one, as list items."""
    others = [each for each in list_stories(sample, story.agency_id, act) if each.slug != story.slug]
    return [_link(sample, other, now) for other in others[:_RELATED]]


def render_front_page(sample: Sample, agency: SampleAgency, act: int, now: datetime) -> bytes:
    """Return the agency's front page: a list of its stories, and where its feed is."""
    links = "\n".join(_link(sample, story, now) for story in list_stories(sample, agency.agency_id, act))
    kind = "application/atom+xml" if agency.form == "atom" else "application/rss+xml"
    feed = f'<link rel="alternate" type="{kind}" href="feed.xml">'
    head = f'<meta charset="utf-8"><title>{escape(agency.name)}</title>{feed}'
    return f"<!DOCTYPE html>\n<html><head>{head}</head>\n<body><ul>\n{links}\n</ul></body></html>\n".encode()


def _link(sample: Sample, story: SampleStory, now: datetime) -> str:
    title = escape(fill_story(sample, story, story.title, now), quote=False)
    return f'<li><a href="{story_path(sample, story)}">{title}</a></li>'
