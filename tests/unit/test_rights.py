"""What a site says of text and data mining, in three places and in odd spellings."""

from __future__ import annotations

import json

import pytest

from tasks.core.rights import Rights, join_rights, read_rights, read_tdm_file

TERMS = "https://norvik.example/terms.json"


@pytest.mark.parametrize(
    ("headers", "head", "said"),
    [
        pytest.param({}, "", Rights(), id="nothing"),
        pytest.param({"tdm-reservation": "1"}, "", Rights(1), id="a header"),
        pytest.param({"tdm-reservation": " 1 ", "tdm-policy": TERMS}, "", Rights(1, TERMS), id="a header with terms"),
        pytest.param({"tdm-reservation": "yes"}, "", Rights(), id="a header that says nothing known"),
        pytest.param({}, '<meta name="tdm-reservation" content="1">', Rights(1), id="a tag"),
        pytest.param({}, "<META content='1' NAME=tdm-reservation />", Rights(1), id="a tag, otherwise written"),
        pytest.param({}, "<meta name=tdm-reservation content=0>", Rights(0), id="a tag that frees"),
        pytest.param(
            {},
            f'<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="{TERMS}">',
            Rights(1, TERMS),
            id="tags with terms",
        ),
        pytest.param({}, '<!-- <meta name="tdm-reservation" content="1"> -->', Rights(), id="a tag in a comment"),
        pytest.param({}, "<p>tdm-reservation content=1</p>", Rights(), id="words of the text"),
        pytest.param(
            {"tdm-reservation": "0"}, '<meta name="tdm-reservation" content="1">', Rights(1), id="the stricter of two"
        ),
    ],
)
def test_what_a_page_says(headers: dict[str, str], head: str, said: Rights) -> None:
    assert read_rights(headers, f"<html><head>{head}</head><body></body></html>".encode()) == said


FILE = json.dumps(
    [
        {"location": "/free/*", "tdm-reservation": 0},
        {"location": "/*.html$", "tdm-reservation": 1, "tdm-policy": TERMS},
        {"location": "/en", "tdm-reservation": 1},
        {"location": 7, "tdm-reservation": 1},
        {"location": "/odd", "tdm-reservation": True},
    ]
)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/free/a.html", Rights(0)),
        ("/a/b.html", Rights(1, TERMS)),
        ("/a/b.html?page=2", Rights()),
        ("/english/a", Rights(1)),
        ("/odd", Rights()),
        ("/", Rights()),
    ],
)
def test_what_a_sites_file_says_of_a_path(path: str, said: Rights) -> None:
    assert read_tdm_file(FILE, f"https://norvik.example{path}") == said


@pytest.mark.parametrize("text", ["", "<html>", "{}", "[1, null]", "[" * 100_000, '[{"location": ""}]'])
def test_a_file_that_cannot_be_read_says_nothing(text: str) -> None:
    assert read_tdm_file(text, "https://norvik.example/a") == Rights()


def test_the_strictest_word_counts_with_the_terms_that_anybody_names() -> None:
    assert join_rights([Rights(0, "a"), Rights(1), Rights()]) == Rights(1, "a")
    assert join_rights([]) == Rights()
