"""A wire's `[wire.page]`: where its pages keep the story, for wires that the general extractor reads worse.

    [wire.page]
    body = "//div[@id='story']//p"        # XPath; also lead = "...", remove = ["...", "..."]
    example = "<h1>Talks open</h1><div id='story'><p>They met on Monday.</p><aside>More</aside></div>"
    gives = ["They met on Monday."]       # the paragraphs that must come out of the example

A rule is proven on its example each time the catalog is read, so that a slip is found at the desk and not in the lake.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tasks.catalog.entry_desk import EntryDesk
from tasks.core.model import PageRule

_EXAMPLE = "see tasks/catalog/wire_page.py for one that is whole"
_TEXTS, _LISTS = ("body", "lead", "example"), ("remove", "gives")


def read_page_rule(desk: EntryDesk) -> PageRule | None:
    """The rule for a wire's pages, or None where it has none or has a fault, which is reported."""
    table = desk.values.get("page")
    if table is None:
        return None
    problem = _find_slip(table)
    if problem is not None:
        desk.report(f"has a page {problem}", _EXAMPLE)
        return None
    rule = PageRule(
        table["body"], table.get("lead"), tuple(table.get("remove", ())), table["example"], tuple(table["gives"])
    )
    problem = _try_rule(rule)
    if problem is not None:
        desk.report(f"has a page {problem}", "correct the paths, or the example and what it gives")
        return None
    return rule


def _find_slip(table: Mapping[str, Any]) -> str | None:
    """What is wrong with the form of the table."""
    if unknown := sorted(table.keys() - {*_TEXTS, *_LISTS}):
        return f"with the unknown key {', '.join(unknown)}"
    if missing := [key for key in ("body", "example", "gives") if not table.get(key)]:
        return f"without {' and '.join(missing)}"
    for key in _TEXTS:
        if not isinstance(table.get(key, ""), str):
            return f"whose {key} is no text"
    for key in _LISTS:
        if not isinstance(table.get(key, []), list) or not all(isinstance(each, str) for each in table.get(key, [])):
            return f"whose {key} is no list of texts"
    return None


def _try_rule(rule: PageRule) -> str | None:
    """What is wrong with the rule itself: a path that is none, or an example that gives something else."""
    from lxml import etree, html  # 0.02 s, for the few wires that have a rule

    from tasks.core.page.rule import list_ruled

    for path in (rule.body, rule.lead or ".", *rule.remove):
        try:
            etree.XPath(path)
        except etree.XPathError as error:
            return f"with {path!r}, which is no XPath ({error})"
    try:
        given = tuple(list_ruled(html.document_fromstring(rule.example), rule))
    except (etree.LxmlError, TypeError) as error:
        return f"that cannot be tried on its example ({error})"
    return None if given == rule.gives else f"whose example gives {list(given)!r}"
