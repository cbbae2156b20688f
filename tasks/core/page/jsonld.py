"""What a page says of itself in JSON-LD: the one article node that is about this page.

The blocks are parsed as JSON first and only the strings are cleaned afterwards: the library's own way normalises the
raw block with regular expressions, which took 1.7 s for one real block of 841 kB (`json.loads`: 7 ms).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from tasks.core.text import clean_line

Node = Mapping[str, Any]

_MAX_NODES = 2_000  # a page about one story has a few dozen; more is a catalogue or a bomb
_MAX_BLOCKS = 50
_ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|Report|Review)$")
_INNER = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "hasPart")
_WRAPPING = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>|;)\s*$")


def find_article(blocks: Sequence[str], title_hints: Sequence[str]) -> Node | None:
    """Return the JSON-LD node of the page's own article, or None.

    Of several article nodes the first is taken whose headline is one of `title_hints` (other stories are often listed
    beside the page's own), else the first one.
    """
    articles = [node for block in blocks[:_MAX_BLOCKS] for node in _walk(_load(block)) if _is_article(node)]
    hints = {clean_line(hint).casefold() for hint in title_hints}
    for node in articles:
        if read_string(node, "headline", "name").casefold() in hints:
            return node
    return articles[0] if articles else None


def _load(block: str) -> Any:
    """Return the parsed block, or None when it is no JSON even without its comment marks."""
    for candidate in (block, _WRAPPING.sub("", _WRAPPING.sub("", block))):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _walk(root: Any) -> Iterator[Node]:
    """Yield the objects of a block in reading order, through lists and the usual containers only."""
    waiting, seen = [root], 0
    while waiting and seen < _MAX_NODES:
        value = waiting.pop()
        seen += 1
        if isinstance(value, list):
            waiting.extend(reversed(value[:_MAX_NODES]))
        elif isinstance(value, dict):
            yield value
            waiting.extend(value[key] for key in reversed(_INNER) if isinstance(value.get(key), (dict, list)))


def _is_article(node: Node) -> bool:
    """Tell whether the node's type is one of schema.org's articles."""
    kinds = node.get("@type")
    return any(isinstance(kind, str) and _ARTICLE_TYPES.search(kind) for kind in as_list(kinds))


def as_list(value: Any) -> list[Any]:
    """Return a JSON value that may be one thing or a list of them, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def read_string(node: Node | None, *keys: str) -> str:
    """Return the first string among these keys as one clean line, entities resolved; "" when there is none."""
    for key in keys:
        for value in as_list((node or {}).get(key)):
            if isinstance(value, str) and (line := clean_line(unescape(value))):
                return line
    return ""


def read_body(node: Node | None) -> str:
    """Return `articleBody` as it stands, with its line ends; "" when there is none."""
    value = (node or {}).get("articleBody")
    return unescape(value) if isinstance(value, str) else ""


def read_names(node: Node | None, key: str) -> list[str]:
    """Return the names of the people under `key`: strings, or objects with a `name` that is a string or a list."""
    names: list[str] = []
    for value in as_list((node or {}).get(key))[:20]:
        inner = as_list(value.get("name")) if isinstance(value, dict) else [value]
        names.extend(clean_line(unescape(name)) for name in inner if isinstance(name, str))
    return names


def is_live(node: Node | None) -> bool:
    """Tell whether the publisher says that the page is a live blog, which is many stories and never whole."""
    return "LiveBlogPosting" in as_list((node or {}).get("@type"))


def is_closed(node: Node | None) -> bool:
    """Tell whether the publisher says that the text is not free (`isAccessibleForFree`)."""
    return str((node or {}).get("isAccessibleForFree", "")).strip().lower() in {"false", "no", "0"}
