"""A wire's own rule for its pages: what it selects is the story, and it is proven on its example."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from tasks.catalog.load import load_catalog
from tasks.core.errors import CatalogBroken
from tasks.core.model import PageRule
from tasks.core.page.read import PageText, Wanted, read_page
from tasks.core.page.rule import list_ruled
from tasks.edge.page_worker import read_wanted, wanted_json

STORY = (
    "<html><body><p class='deck'>Two envoys met.</p><div id='story'>The first talks <b>ended</b> late."
    "<p>A second round &amp; a third are planned.<br>Nobody named the place.</p>"
    "<div class='related'>Also read: sport</div> The hall was empty by ten."
    "<script>var x = 1</script><ul><li>Norvik</li><li>Lumen</li></ul></div><p>Subscribe today</p></body></html>"
)
RULE = PageRule("//div[@id='story']", "//p[@class='deck']", ("//div[@class='related']",), "", ())
PARAGRAPHS = [
    "Two envoys met.",
    "The first talks ended late.",
    "A second round & a third are planned.",
    "Nobody named the place.",
    "The hall was empty by ten.",
    "Norvik",
    "Lumen",
]
WIRE = """
[[wire]]
id = "norvik"
name = "Norvik Press"
lang = "en"
feeds = [{{ id = "world", url = "https://norvik.example/rss" }}]
[wire.page]
{page}
"""
GOOD = """\
body = "//div[@id='story']"
remove = ["//aside"]
example = "<div id='story'><p>They met.</p><aside>More</aside></div>"
gives = ["They met."]
"""


def select(rule: PageRule) -> list[str]:
    return list_ruled(html.document_fromstring(STORY), rule)


def load(folder: Path, page: str) -> PageRule | None:
    (folder / "wires.toml").write_text(WIRE.format(page=page), encoding="utf-8")
    return next(wire for wire in load_catalog(folder).wires if wire.wire_id == "norvik").page


def test_lead_and_body_are_paragraphs_without_what_is_removed() -> None:
    assert select(RULE) == PARAGRAPHS


def test_an_element_within_a_selected_one_is_not_told_twice() -> None:
    assert select(PageRule("//div[@id='story'] | //div[@id='story']/p", None, RULE.remove, "", ())) == PARAGRAPHS[1:]


def test_the_tree_is_left_as_it_is() -> None:
    tree = html.document_fromstring(STORY)
    before = html.tostring(tree)
    list_ruled(tree, RULE)

    assert html.tostring(tree) == before


def test_a_page_is_read_by_the_rule_of_its_wire_and_says_so() -> None:
    page = read_page(STORY.encode(), "text/html", "https://norvik.example/1", Wanted(RULE))

    assert isinstance(page, PageText)
    assert page.text == "\n\n".join(PARAGRAPHS)
    assert page.sources.text == "rule"


def test_a_rule_that_finds_nothing_leaves_the_page_to_the_general_extractor() -> None:
    told = "<p>" + "The two harbours opened their gates to the ferries on Monday after a week of storms. " * 4 + "</p>"
    body = f"<html><body><article><h1>Ferries sail</h1>{told * 3}</article></body></html>"
    page = read_page(body.encode(), "text/html", "https://norvik.example/1", Wanted(RULE))

    assert isinstance(page, PageText)
    assert page.sources.text == "page"
    assert "opened their gates" in page.text


def test_a_rule_reaches_the_worker_without_its_example() -> None:
    wanted = Wanted(PageRule("//p", None, ("//aside",), "<p>An example</p>", ("An example",)), ("title", "published"))

    assert read_wanted(wanted_json(wanted)) == Wanted(PageRule("//p", None, ("//aside",), "", ()), wanted.search)
    assert read_wanted(wanted_json(Wanted())) == Wanted()


def test_a_rule_in_the_catalog_is_proven_on_its_example(tmp_path: Path) -> None:
    rule = load(tmp_path, GOOD)

    assert rule is not None
    assert (rule.body, rule.lead, rule.remove, rule.gives) == ("//div[@id='story']", None, ("//aside",), ("They met.",))


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (GOOD.replace("They met.\"]", "They left.\"]"), r"whose example gives \['They met\.'\]"),
        (GOOD.replace("//aside", "//aside["), r"no XPath"),
        (GOOD.replace("//div[@id='story']\"", "count(//p)\""), r"cannot be tried on its example"),
        (GOOD.replace("gives", "give"), r"unknown key give"),
        ('body = "//p"', r"without example and gives"),
        (GOOD.replace('["//aside"]', '"//aside"'), r"whose remove is no list of texts"),
        (GOOD + "lead = 3", r"whose lead is no text"),
    ],
)  # fmt: skip
def test_a_slip_in_a_rule_is_a_fault_of_the_catalog(tmp_path: Path, page: str, told: str) -> None:
    with pytest.raises(CatalogBroken, match=told):
        load(tmp_path, page)
