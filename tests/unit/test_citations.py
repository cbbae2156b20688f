"""Sources that a text leans on: their name, kind and the words that credit them."""

from functools import cache

import pytest

from tasks.catalog.load import load_catalog
from tasks.core.quotes.citations import CitationFinder


@cache
def open_finder():
    return CitationFinder(load_catalog())


def find(text, start=0):
    found = open_finder().find(text, start)
    assert all(text[each.start : each.end] == each.text for each in found)
    return [(each.source, each.kind, each.text) for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("According to the Axios news website, the talks go on.", ("Axios", "outlet", "According to the Axios news website")),
        ("The talks go on, according to Kyodo.", ("Kyodo", "agency", "according to Kyodo")),
        ("The talks go on, Interfax reported on Monday.", ("Interfax", "agency", "Interfax reported")),
        ("The Financial Times reported that talks go on.", ("Financial Times", "outlet", "The Financial Times reported")),
        ("A clerk told the BBC that talks go on.", ("BBC", "outlet", "told the BBC")),
        ("He spoke in an interview with Le Monde.", ("Le Monde", "outlet", "an interview with Le Monde")),
        ("The text was published by Der Spiegel.", ("Der Spiegel", "outlet", "published by Der Spiegel")),
        ("Talks go on, the paper said, citing a senior U.S. official.", ("senior U.S. official", "official",
         "citing a senior U.S. official")),
        ("According to the Kremlin, talks go on.", ("Kremlin", "official", "According to the Kremlin")),
        ("Talks go on, according to court documents.", ("document", "document", "according to court documents")),
        ("The talks, according to a joint statement, go on.", ("statement", "document", "according to a joint statement")),
        ("According to Yonhap’s Seoul office, talks go on.", ("Yonhap", "agency", "According to Yonhap’s Seoul office")),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else None,
)  # fmt: skip
def test_a_credited_source_is_found_with_the_words_that_credit_it(text, expected):
    assert find(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "TOKYO, Nov. 3 (Kyodo) - Talks go on.",
        "MOSCOW, November 3. /TASS/. Talks go on.",
        "The minister told reporters that talks go on.",
        "Reuters opened an office in Accra.",
        "The defense ministry said that talks go on.",
        "According to his plan, talks go on.",
        "It was reported that talks go on.",
        "",
    ],
)
def test_a_dateline_a_mere_name_and_an_office_that_speaks_for_itself_are_no_citations(text):
    assert find(text) == []


def test_citations_stand_in_text_order_and_do_not_overlap():
    text = "According to Kyodo, Axios reported that a clerk told CNN all. Interfax said so, citing officials."

    assert [source for source, _, _ in find(text)] == ["Kyodo", "Axios", "CNN", "Interfax", "officials"]


def test_what_stands_before_the_start_is_not_read():
    assert find("Interfax reported it. Kyodo said so.", start=22) == [("Kyodo", "agency", "Kyodo said")]
