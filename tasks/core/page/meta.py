"""What a page says of itself, read from the parsed tree before the text is extracted: title, authors, day, language.

Only explicit statements count (meta tags, JSON-LD, `lang`, `rel=canonical`): a date that a library found somewhere in
the text is not the page's date, and what is not said stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from tasks.core.model import Sources
from tasks.core.page import jsonld as page_jsonld
from tasks.core.text import clean_line

_TITLE_LENGTH = 1_000  # characters; longer "titles" are attacks or faults, and no headline has 300
_AUTHORS, _AUTHOR_LENGTH = 20, 120
_DATE_KEYS = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dcterms.created",
    "dcterms.date",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date",
    "dc.date.created",
    "date",
    "pubdate",
    "publish-date",
    "publishdate",
    "publish_date",
    "publication_date",
    "article.published",
    "article_date_original",
    "cxenseparse:recs:publishtime",
)
_AUTHOR_KEYS = (
    "author",
    "article:author",
    "og:article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "byl",
)
_SECTION_KEYS = ("article:section", "og:article:section", "parsely-section", "section", "sailthru.section")
_SECTION_LENGTH = 120
_FULL_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}")
_SHORT_ZONE = re.compile(r"([+-]\d{2})(\d{2})$")
_LONG_FRACTION = re.compile(r"\.(\d{6})\d+")
_LANG = re.compile(r"^([A-Za-z]{2,3})(?:[-_][A-Za-z0-9_-]*)?$")
_BYLINE = re.compile(r"^(?:by|von|par|por|di|door)\s+", re.IGNORECASE)
_SPLIT = re.compile(r"\s*(?:[,;|/]| and | und | et | y )\s*")


@dataclass(frozen=True, slots=True)
class PageMeta:
    """The page's own statements; empty where it makes none. `article_body` may hold markup and is unchecked.

    `sources` say of each where the page states it: "json-ld", "meta", "time", "heading" or "title"; else "none".
    """

    title: str
    authors: tuple[str, ...]
    published_at: datetime | None
    section: str
    lang: str | None
    canonical: str | None
    article_body: str
    is_closed: bool
    is_live: bool
    sources: Sources


def read_meta(tree: Any, url: str) -> PageMeta:
    """Return what the page (an lxml.html tree, left as it is) says of itself; `url` is where it was fetched."""
    tags = _read_tags(tree)
    headings = [clean_line(heading.text_content()) for heading in tree.xpath("//h1")[:5]]
    shared = [clean_line(tags.get(key, "")) for key in ("og:title", "twitter:title", "title")]
    blocks = [script.text for script in tree.xpath("//script[@type='application/ld+json']") if script.text]
    article = page_jsonld.find_article(blocks, [*headings, *shared])
    headline = page_jsonld.read_string(article, "headline", "name")
    title, by_title = _choose_title(headline, headings, shared, _read_title(tree))
    authors, by_authors = _read_authors(
        page_jsonld.read_names(article, "author"), tags, clean_line(tags.get("og:site_name", ""))
    )
    published_at, by_date = _read_date(page_jsonld.read_string(article, "datePublished"), tags, tree)
    section, by_section = _read_section(page_jsonld.read_string(article, "articleSection"), tags)
    return PageMeta(
        title=title,
        authors=authors,
        published_at=published_at,
        section=section,
        lang=_read_lang(tree, tags, page_jsonld.read_string(article, "inLanguage")),
        canonical=_read_canonical(tree, url),
        article_body=page_jsonld.read_body(article),
        is_closed=page_jsonld.is_closed(article),
        is_live=page_jsonld.is_live(article),
        sources=Sources(title=by_title, authors=by_authors, published=by_date, section=by_section),
    )


def _read_tags(tree: Any) -> dict[str, str]:
    """Return the meta tags by lower-case name, the first of each name; `property`, `name` and `itemprop` are one."""
    tags: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            key = (element.get(attribute) or "").strip().lower()
            if key and content:
                tags.setdefault(key, content[:10_000])
    return tags


def _read_title(tree: Any) -> str:
    """Return the text of the `title` element."""
    element = tree.find(".//title")
    return clean_line(element.text or "") if element is not None else ""


def _choose_title(headline: str, headings: Sequence[str], shared: Sequence[str], title: str) -> tuple[str, str]:
    """Return the headline that readers of the page see, and where it stands.

    A first-level heading counts when another place repeats it, since logos and section names are set as headings too;
    otherwise JSON-LD, then the tags for sharing, then the lone heading, then `title`.
    """
    others = [text.casefold() for text in (headline, *shared, title) if text]
    for heading in headings:
        if len(heading) > 10 and any(heading.casefold() in other for other in others):
            return heading[:_TITLE_LENGTH], "heading"
    cut = headline.endswith(("...", "…"))  # publishers cut it at 110 characters, as search engines once asked
    stated, tagged = [(headline, "json-ld")], [(text, "meta") for text in shared]
    candidates = [*tagged, *stated] if cut else [*stated, *tagged]
    candidates += [(text, "heading") for text in headings if len(headings) == 1]
    candidates += [(title, "title")]
    text, source = next(((text, source) for text, source in candidates if text), ("", "none"))
    return text[:_TITLE_LENGTH], source


def _read_authors(named: Sequence[str], tags: dict[str, str], site: str) -> tuple[tuple[str, ...], str]:
    """Return the people named as authors, JSON-LD before meta tags; addresses and the site's own name are none."""
    stated = [name for name in named if name]
    names = stated or [part for key in _AUTHOR_KEYS if key in tags for part in _SPLIT.split(clean_line(tags[key]))]
    kept = [_BYLINE.sub("", name) for name in names if "://" not in name and "@" not in name]
    chosen = [name for name in kept if 2 < len(name) <= _AUTHOR_LENGTH and name.casefold() != site.casefold()]
    source = ("json-ld" if stated else "meta") if chosen else "none"
    return tuple(dict.fromkeys(chosen))[:_AUTHORS], source


def _read_section(stated: str, tags: dict[str, str]) -> tuple[str, str]:
    """Return the part of the site that the page says it belongs to ("World", "Sport"), JSON-LD before meta tags."""
    tagged = next((clean_line(tags[key]) for key in _SECTION_KEYS if tags.get(key)), "")
    for section, source in ((stated, "json-ld"), (tagged, "meta")):
        if section and "://" not in section:
            return section[:_SECTION_LENGTH], source
    return "", "none"


def _read_date(stated: str, tags: dict[str, str], tree: Any) -> tuple[datetime | None, str]:
    """Return the stated time of publication in UTC, JSON-LD before meta tags before marked `time` elements."""
    marked = tree.xpath("//time[@itemprop='datePublished' or @pubdate]/@datetime")[:1]
    tagged = [(tags[key], "meta") for key in _DATE_KEYS if key in tags]
    for value, source in ((stated, "json-ld"), *tagged, *((value, "time") for value in marked)):
        if (moment := parse_date(value)) is not None:
            return moment, source
    return None, "none"


def parse_date(value: str) -> datetime | None:
    """Return a full date (year, month and day at least) in UTC, or None. A time without a zone is taken as UTC."""
    value = _LONG_FRACTION.sub(r".\1", _SHORT_ZONE.sub(r"\1:\2", value.strip()))
    try:
        moment = datetime.fromisoformat(value) if _FULL_DATE.match(value) else parsedate_to_datetime(value)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return moment if 1990 <= moment.year <= 2100 else None


def _read_lang(tree: Any, tags: dict[str, str], stated: str) -> str | None:
    """Return the page's language as a lower-case ISO 639 code: `lang` of the root, else tags, else JSON-LD."""
    root = tree.getroottree().getroot()
    said = (root.get("lang") or root.get("xml:lang"), tags.get("content-language"), tags.get("og:locale"), stated)
    matches = (_LANG.match(value.strip()) for value in said if value)
    return next((match[1].lower() for match in matches if match), None)


def _read_canonical(tree: Any, url: str) -> str | None:
    """Return `rel=canonical` as an absolute address of the same site, or None.

    A link to another site, or from a story to the home page, is a fault of the page and is ignored.
    """
    links = tree.xpath("//link[translate(normalize-space(@rel), 'CANONIL', 'canonil')='canonical']/@href")
    for link in links[:1]:
        try:
            address: str = urljoin(url, link.strip())
            here, there = urlsplit(url), urlsplit(address)
        except ValueError:
            return None
        is_home = there.path in {"", "/"} and not there.query and here.path not in {"", "/"}
        if there.scheme in {"http", "https"} and not is_home and _is_same_site(here.hostname, there.hostname):
            return address
    return None


def _is_same_site(here: str | None, there: str | None) -> bool:
    """Tell whether two hosts share a registrable domain."""
    from courlan import extract_domain  # trafilatura's own helper; its suffix table loads in 0.2 s, only when asked

    if not here or not there:
        return False
    if here == there:
        return True
    domains = {extract_domain(f"https://{host}/", fast=False) for host in (here, there)}
    return len(domains) == 1 and None not in domains
