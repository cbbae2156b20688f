"""The text of a page's story: trafilatura over one parsed tree, laid out by us, with the page's JSON-LD behind it.

This is the only module that imports trafilatura. It takes 0.75 s and 50 MB to import: only worker processes do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from lxml import etree, html
from trafilatura import bare_extraction
from trafilatura.settings import Document
from trafilatura.utils import HTML_PARSER, repair_faulty_html

from tasks.core.model import PageRule
from tasks.core.page.kin import list_kin
from tasks.core.page.rule import list_ruled
from tasks.core.text import clean_line, clean_text, join_paragraphs

# Below this length the slower fallback extractors are asked too: they cost a third of a page and help short pages
# only (F1 .9467 against .9415 on 258 pages; .9601 against .9623 on a public benchmark of 181).
_SHORT_TEXT = 1_500  # characters
# JSON-LD's text is flattened and often cut, so it is taken only when it is far longer than what was extracted.
_FAR_LONGER, _WORTH_TAKING = 1.6, 400
_MAX_DEPTH = 250  # libxml2 drops what is nested deeper than 255
_MAX_NODE_BYTES = 10_000_000  # and text nodes longer than this

_BLOCKS = frozenset({"p", "head", "quote", "list", "table", "code", "ab", "div", "formula"})
_LINES = frozenset({"lb", "item", "row"})
_PARAGRAPH, _LINE = "\x00", "\x01"  # cannot occur in a tree
# lxml.html asks a Python function for the class of each element; with one class for all of them a page costs 9 % less
# (129 real pages, the same texts). The classes that are given up are those of forms and their fields.
HTML_PARSER.set_element_class_lookup(
    etree.ElementDefaultClassLookup(
        element=html.HtmlElement,
        comment=html.HtmlComment,
        pi=html.HtmlProcessingInstruction,
        entity=html.HtmlEntity,
    )
)

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});")


# What XML forbids. Dropped from the bytes: the library's own expression takes a third of the time of the parser.
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
_NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_HEAD_LENGTH = 4_096  # characters in which the library looks for what it repairs: a doctype, `<html />`
# Elements in which no story stands; each of the library's dozens of searches and copies would go through them.
# (Not `template`, `source` and `embed`: the parser may put the words that follow them inside.)
_WORDLESS = (
    "style svg noscript link meta iframe object canvas video audio map area button input select datalist dialog".split()
)


def parse_page(text: str) -> Any | None:
    """Return the lxml.html tree of a page, or None when there is nothing in it."""
    line_end = text.find("\n", _HEAD_LENGTH)
    cut = len(text) if line_end < 0 else line_end
    repaired = repair_faulty_html(text[:cut], text[:50].lower()) + text[cut:]
    page = repaired.encode("utf-8", "surrogatepass").translate(None, _CONTROLS)
    for sequence in _NO_CHARACTERS:
        page = page.replace(sequence, b"")
    try:
        tree = html.fromstring(page, parser=HTML_PARSER)
    except (etree.LxmlError, ValueError):
        return None
    return tree if len(tree) else None


def drop_wordless(tree: Any) -> None:
    """Take out of the tree what cannot hold a story's words: scripts but for JSON-LD, styles, drawings, controls.

    What the page says of itself is read before. With this a page costs a sixth less (258 real pages, the same texts).
    """
    for script in tree.xpath("//script[not(contains(@type, 'json'))]"):
        script.tag = "style"  # so that one walk of the parser's own takes all
    etree.strip_elements(tree, *_WORDLESS, etree.Comment, etree.ProcessingInstruction, with_tail=False)


def extract_text(tree: Any, url: str, title: str, article_body: str, rule: PageRule | None = None) -> tuple[str, str]:
    """Return the story's text in paragraphs, or "" when the page has none, and where it comes from (`Sources.text`).

    `tree` loses what holds no words (`drop_wordless`). A leading paragraph that repeats `title` is left out: the text
    begins with the story. A rule that selects nothing is a layout that is no more: such a page is read like any other.
    """
    if rule is not None and (ruled := join_paragraphs(_drop_title(list_ruled(tree, rule), title))):
        return ruled, "rule"
    drop_wordless(tree)
    text = _extract(tree, url, title, fast=True)
    # One long paragraph is the library's last resort: all words of the page, its menus included, run together.
    if len(text) < _SHORT_TEXT or "\n\n" not in text:
        text = _extract(tree, url, title, fast=False) or text
    stated = _lay_out_stated(article_body, title)
    is_longer = len(stated) >= _WORTH_TAKING and len(stated) > _FAR_LONGER * len(text)
    if is_longer or stated.split() == text.split():  # the library falls back on the same words, but runs them together
        return stated, "json-ld"
    text = join_paragraphs(_drop_title(list_kin(tree, text), title)) or text
    return text, "page" if text else "none"


def measure_depth(text: str) -> int:
    """Return about how deep elements are nested in the page's source, by counting the tags that open and close."""
    depth = deepest = 0
    for tag in re.finditer(r"<(/?)(?:div|span|section|article|table|tbody|tr|td|ul|ol|li|b|i|font|blockquote)\b", text):
        depth = max(0, depth + (-1 if tag[1] else 1))
        deepest = max(deepest, depth)
    return deepest


def name_emptiness(text: str) -> str:
    """Return why no text was found in a page's source: "depth", "size" or "no text"."""
    if measure_depth(text) > _MAX_DEPTH:
        return "depth"
    if any(len(node) > _MAX_NODE_BYTES for node in text.split("<")):
        return "size"
    return "no text"


def _extract(tree: Any, url: str, title: str, *, fast: bool) -> str:
    """Return trafilatura's text of the tree, laid out in paragraphs."""
    document = bare_extraction(tree, url=url, fast=fast, include_comments=False)
    if not isinstance(document, Document) or document.body is None:
        return ""
    return join_paragraphs(_drop_title(_list_paragraphs(document.body), title))


def _list_paragraphs(body: Any) -> list[str]:
    """Return the paragraphs of an extracted body: headings alone, lists as lines, one line break kept, two split."""
    joined = "".join(_walk(body))
    pieces = re.split(rf"\s*(?:{_PARAGRAPH}|{_LINE}\s*{_LINE})[\s{_PARAGRAPH}{_LINE}]*", joined)
    paragraphs = []
    for piece in pieces:
        lines = (_resolve(" ".join(line.split())) for line in piece.split(_LINE))
        paragraphs.append("\n".join(line for line in lines if line and line != "-"))
    return [paragraph for paragraph in paragraphs if paragraph]


def _walk(element: Any) -> Iterator[str]:
    """Yield the text below an element with marks where a paragraph or a line ends."""
    tag = element.tag if isinstance(element.tag, str) else ""
    edge = _PARAGRAPH if tag in _BLOCKS else _LINE if tag in _LINES else ""
    yield edge
    if tag == "item":
        yield "- "
    if tag and element.text:
        yield element.text
    for child in element:
        yield from _walk(child)
        if child.tag == "cell" and child.getnext() is not None:
            yield " | "
        if child.tail:
            yield child.tail
    if edge == _PARAGRAPH:
        yield edge


def _resolve(line: str) -> str:
    """Return the line with entities resolved that the page had escaped twice."""
    return clean_line(unescape(line)) if _ENTITY.search(line) else line


def _drop_title(paragraphs: list[str], title: str) -> list[str]:
    """Return the paragraphs without leading ones that repeat the title."""
    first = next((i for i, text in enumerate(paragraphs) if not _is_title(text, title)), len(paragraphs))
    return paragraphs[first:] or paragraphs


def _is_title(text: str, title: str) -> bool:
    """Tell whether a paragraph says the title once more."""
    return clean_line(text).casefold() == clean_line(title).casefold()


def _lay_out_stated(body: str, title: str) -> str:
    """Return JSON-LD's `articleBody` in paragraphs; markup inside it is resolved."""
    if not body.strip():
        return ""
    if re.search(r"</?(?:p|br|div|h[1-6]|li|a|b|strong|em)\b", body, re.IGNORECASE):
        try:
            tree = html.fragment_fromstring(body, create_parent="div")
        except (etree.LxmlError, ValueError):
            return ""
        for element in tree.iter("p", "br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li"):
            element.tail = f"\n{element.tail or ''}"
        body = tree.text_content()
    return join_paragraphs(_drop_title([line.strip() for line in clean_text(body).split("\n")], title))
