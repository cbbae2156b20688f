"""Sources that a text leans on: their name, kind and the words that credit them."""

from functools import cache

import pytest

from tasks.core.quotes.citations import CitationFinder
from tests.catalog import builtin_catalog


@cache
def open_finder():
    return CitationFinder(builtin_catalog())


def find(text, start=0, own=()):
    found = open_finder().find(text, start, own)
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
        ("Talks go on, according to court documents.", ("court documents", "document", "according to court documents")),
        ("The talks, according to a joint statement, go on.", ("joint statement", "document",
         "according to a joint statement")),
        ("Talks go on, it said, citing a source close to the palace.", ("source close to the palace", "official",
         "citing a source close to the palace")),
        ("The talks end, according to the Sund Network for Bridges.", ("Sund Network for Bridges", "official",
         "according to the Sund Network for Bridges")),
        ("Talks go on, it said, citing the harbour's fire service.", ("harbour's fire service", "official",
         "citing the harbour's fire service")),
        ("According to a plan seen by the team, talks go on.", ("plan seen by the team", "document",
         "According to a plan seen by the team")),
        ("According to a poll of 1,200 people, talks go on.", ("poll of 1,200 people", "document",
         "According to a poll of 1,200 people")),
        ("Talks go on, according to the Board of Roads and Bridges Authority.", ("Board of Roads and Bridges Authority", "official",
         "according to the Board of Roads and Bridges Authority")),
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
        "He left the talks, citing the mission's failure.",
        "He left the talks, citing health reasons.",
        "The Haqqani network said that talks go on.",
        "Social media said that talks go on.",
        "He told a daily press briefing that talks go on.",
        "He told the ministry's press service that talks go on.",
        "On his campaign website, Moore said that talks go on.",
        "Broadcaster Maria Lund said that talks go on.",
        "Emily Post said that talks go on.",
        "The newspaper said that talks go on.",
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


MEDIA = {
    "behind what it is": ("She told the harbour radio station Voice of the Quay that it rained.", "Voice of the Quay", "outlet",
                          "told the harbour radio station Voice of the Quay"),
    "before what it is": ("It rained, the Sundar news agency reported.", "Sundar", "agency",
                          "the Sundar news agency reported"),
    "with a word for papers": ("The Sund Courier reported rain.", "Sund Courier", "outlet", "The Sund Courier reported"),
    "with a word for stations": ("Al-Bahar TV, which the port runs, later reported rain.", "Al-Bahar TV", "outlet",
                                 "Al-Bahar TV"),
    "a station of its own name": ("He said so in an interview with Radio Lagoon.", "Radio Lagoon", "outlet",
                                  "an interview with Radio Lagoon"),
    "without a name": ("It rained, Icelandic media reported.", "Icelandic media", "outlet", "Icelandic media reported"),
    "a paper of some country": ("It rained, a Danish newspaper wrote.", "Danish newspaper", "outlet",
                                "Danish newspaper wrote"),
    "state television": ("State television said that it rained.", "State television", "outlet", "State television said"),
    "an owner": ("Chad's state news agency reported rain.", "Chad's state news agency", "agency",
                 "Chad's state news agency reported"),
    "reports of others": ("He denied media reports that it rained.", "media reports", "outlet", "media reports"),
    "a channel on a platform": ("The Squall Telegram channel reported rain.", "Squall Telegram channel", "outlet",
                                "The Squall Telegram channel reported"),
    "a longer name around a known one": ("The Aarhuser Handelsblatt reported rain.", "Aarhuser Handelsblatt", "outlet",
                                         "The Aarhuser Handelsblatt reported"),
    "a known one by its country": ("Danish Reuters reported rain.", "Reuters", "agency", "Reuters reported"),
    "a known one without its article": ("The Hill newspaper reported rain.", "The Hill", "outlet",
                                        "The Hill newspaper reported"),
    "hard-wrapped lines": ("A clerk in the harbour office who had seen the plan told\nthe magazine Nile\nPage of it. He\n"
                           "said that the rain would not\nstop before the spring comes to the harbour and\nthat nobody knew.",
                           "Nile Page", "outlet", "told\nthe magazine Nile\nPage"),
}  # fmt: skip


@pytest.mark.parametrize("case", MEDIA.values(), ids=MEDIA)
def test_a_medium_that_the_catalog_does_not_list_is_known_by_the_words_for_what_it_is(case):
    text, *expected = case

    assert find(text) == [tuple(expected)]


def test_the_agency_that_wrote_the_story_is_no_source_of_it():
    text = "A clerk told Reuters that talks go on, according to a letter seen by Reuters. Kyodo said so."

    assert [source for source, _, _ in find(text, own=["Reuters", None])] == ["letter seen by Reuters", "Kyodo"]
    assert [source for source, _, _ in find(text)] == ["Reuters", "Reuters", "Kyodo"]


def test_a_source_behind_another_source_is_cited_too():
    text = "The Sund Courier, citing a note seen by the paper, reported that it rained."

    assert [source for source, _, _ in find(text)] == ["Sund Courier", "note seen by the paper"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("She told daily Il Faro di Sotto that she left.", "Il Faro di Sotto"),
        ("He told La Voce that he left.", "La Voce"),
        ("The Korean Central News Agency (KCNA) said so.", "KCNA"),
        ("An interview with Meridian daily was long.", "Meridian"),
        ("Two died, Reuters reported, citing people familiar with the matter.", "people familiar with the matter"),
    ],
)
def test_papers_without_an_article_short_names_and_informed_people_are_cited(text, source):
    assert source in [each[0] for each in find(text)]
