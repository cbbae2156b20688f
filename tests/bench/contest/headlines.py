"""Why a title differs from the gold's: most pages have several headlines, and the gold took another of them."""

from __future__ import annotations

from lxml import html

from tasks.core.page.charset import decode_page
from tasks.core.page.jsonld import find_article, read_string
from tests.bench.contest.gold import GoldPage, normalise_title


def explain_title(page: GoldPage) -> str:
    """Where the gold's title stands on the page, in a word or two."""
    tree = html.fromstring(decode_page(page.read_bytes(), None).encode())
    wanted = normalise_title(page.title)
    blocks = [script.text for script in tree.xpath("//script[@type='application/ld+json']") if script.text]
    article = find_article(blocks, [])
    places = {
        "h1": [heading.text_content() for heading in tree.xpath("//h1")],
        "og:title": tree.xpath("//meta[@property='og:title']/@content"),
        "JSON-LD headline": [read_string(article, "headline")],
        "other JSON-LD title": [read_string(article, "name"), read_string(article, "alternativeHeadline")],
        "twitter:title": tree.xpath("//meta[@name='twitter:title' or @property='twitter:title']/@content"),
        "title element": tree.xpath("//title/text()")[:1],
    }
    found = [place for place, texts in places.items() if wanted in map(normalise_title, texts)]
    return f"the gold's is its {found[0]}" if found else "the gold's stands nowhere alone"
