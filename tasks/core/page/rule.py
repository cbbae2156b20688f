"""The text that a wire's own rule selects on its pages: elements by XPath, laid out in paragraphs as they stand.

Nothing is judged here, in contrast to the general extractor: what the rule selects is the story, less what it removes.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from tasks.core.model import PageRule

_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre "
    "section table td th tr ul".split()
)
_NO_TEXT = frozenset(
    "script style noscript template figure figcaption iframe form button svg nav audio video select textarea".split()
)
_EDGE = "\x00"  # cannot occur in a tree


def list_ruled(tree: Any, rule: PageRule) -> list[str]:
    """Return the paragraphs of lead and body by the rule, none twice; `tree` is left as it is."""
    tree = copy.deepcopy(tree)
    for path in rule.remove:
        for element in _select(tree, path):
            if element.getparent() is not None:
                element.drop_tree()
    chosen = dict.fromkeys(element for path in (rule.lead, rule.body) if path for element in _select(tree, path))
    outer = [element for element in chosen if not any(above in chosen for above in element.iterancestors())]
    joined = _EDGE.join("".join(_walk(element)) for element in outer)
    paragraphs = (" ".join(piece.split()) for piece in joined.split(_EDGE))
    return list(dict.fromkeys(paragraph for paragraph in paragraphs if paragraph))


def _select(tree: Any, path: str) -> list[Any]:
    """Return the elements at a path; text and attributes that it may name are none."""
    return [found for found in tree.xpath(path) if hasattr(found, "iterancestors")]


def _walk(element: Any) -> Iterator[str]:
    """Yield the text below an element with marks where a block begins and ends."""
    if not isinstance(element.tag, str) or element.tag in _NO_TEXT:
        return
    edge = _EDGE if element.tag in _BLOCKS else ""
    yield edge
    yield element.text or ""
    for child in element:
        yield from _walk(child)
        yield child.tail or ""
    yield edge
