from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.core.plain import plain_line, plain_paragraphs
from tasks.core.text import clean_line, clean_text, content_hash, join_paragraphs

ANY_TEXT = st.text(st.characters(), max_size=200)  # lone surrogates included

TEXT = "Envoys met in Cebu on Tuesday.\n\nThey will meet again, the ministry said."


@settings(deadline=None)
@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_text(text)

    assert clean_text(once) == once


@settings(deadline=None)
@given(ANY_TEXT)
def test_clean_text_can_be_stored(text: str) -> None:
    cleaned = clean_text(text)

    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert "\x00" not in cleaned
    assert "\r" not in cleaned
    assert cleaned == cleaned.strip()


@settings(deadline=None)
@given(ANY_TEXT)
def test_a_clean_line_is_one_line(text: str) -> None:
    line = clean_line(text)

    assert len(line.splitlines()) <= 1
    assert "  " not in line


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        pytest.param("a\u00a0b\u2009c\td", "a b c d", id="blanks become spaces, one for one"),
        pytest.param("a\r\nb\rc\u2028d", "a\nb\nc\nd", id="line ends become newlines"),
        pytest.param("a\n\n\n\nb", "a\n\nb", id="many empty lines become one"),
        pytest.param("a  \n b ", "a\n b", id="blanks at line ends go"),
        pytest.param("Par\u00adis\u200b\ufeff", "Paris", id="what only steers line breaks goes"),
        pytest.param("\ud800a\x1b[0m\ufffe", "a[0m", id="what cannot be stored goes"),
        pytest.param("e\u0301", "é", id="accents are composed"),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="joiners that spell a word stay"),
        pytest.param("“U.S.” – ‘aide’", "“U.S.” – ‘aide’", id="the wire's own marks stay"),
    ],
)
def test_text_is_cleaned(written: str, cleaned: str) -> None:
    assert clean_text(written) == cleaned


def test_paragraphs_are_parted_by_one_empty_line() -> None:
    assert join_paragraphs(["One.", " \u200b", "- two\n- three", ""]) == "One.\n\n- two\n- three"


# --- versions --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "text"),
    [
        pytest.param("Envoys meet", TEXT.replace("\n\n", "\n"), id="other line ends"),
        pytest.param("Envoys  meet ", TEXT + "\n\n", id="more blanks"),
        pytest.param("Envoys meet", "Updated 14:05 GMT\n\n" + TEXT, id="a line that tells a clock"),
        pytest.param("Envoys meet", TEXT + "\n\n3 hours ago", id="an age"),
        pytest.param("Envoys meet", TEXT + "\n\n1,204 shares", id="a counter"),
    ],
)
def test_what_a_page_changes_by_itself_is_no_new_version(title: str, text: str) -> None:
    assert content_hash(title, text) == content_hash("Envoys meet", TEXT)


def test_the_style_of_quotes_and_dashes_is_no_new_version() -> None:
    assert content_hash("“Talks” – again", TEXT) == content_hash('"Talks" - again', TEXT)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        pytest.param("Envoys met", TEXT, id="another title"),
        pytest.param("Envoys meet", TEXT.replace("Tuesday", "Monday"), id="another day"),
        pytest.param("Envoys meet", TEXT + "\n\nUpdated figures show that 14 died.", id="a sentence that begins so"),
        pytest.param("Envoys meet", TEXT.replace("again", "again in 3 days"), id="a figure"),
    ],
)
def test_every_word_of_the_wire_counts(title: str, text: str) -> None:
    assert content_hash(title, text) != content_hash("Envoys meet", TEXT)


# --- markup to text --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "line"),
    [
        pytest.param("Envoys <b>meet</b> in&nbsp;Cebu", "Envoys meet in Cebu", id="tags and entities"),
        pytest.param("R&amp;amp;D &amp;lt;b&amp;gt;talks", "R&D talks", id="escaped twice"),
        pytest.param("5 < 7 and 9 > 3", "5 < 7 and 9 > 3", id="signs of arithmetic"),
        pytest.param("<unknown> gunmen attack", "<unknown> gunmen attack", id="no element of HTML"),
        pytest.param("a<script>alert('b')</script>c", "a c", id="scripts"),
        pytest.param("a<!-- b -->c<img src=x onerror=alert(1)>", "ac", id="comments and pictures"),
        pytest.param("Two met.<a href='https://h.example/", "Two met.", id="a tag that is cut"),
        pytest.param("&notice; &copy 2026", "&notice; &copy 2026", id="no entity"),
        pytest.param("de\u202egnahc", "degnahc", id="marks that turn letters round"),
    ],
)
def test_markup_becomes_a_line(markup: str, line: str) -> None:
    assert plain_line(markup) == line


def test_full_content_becomes_paragraphs() -> None:
    markup = (
        "<p>One <i>of</i> two.</p><p>Two of\ntwo.</p><figure><img><figcaption>A photo</figcaption></figure><ul><li>a"
    )

    assert plain_paragraphs(markup) == "One of two.\n\nTwo of two.\n\na"


def test_content_without_markup_keeps_its_lines_as_paragraphs() -> None:
    assert plain_paragraphs("One.\nTwo &amp; three.\n\n") == "One.\n\nTwo & three."


@settings(deadline=None)
@given(ANY_TEXT)
def test_a_line_holds_no_element_that_a_page_would_run(markup: str) -> None:
    line = plain_line(f"<script>{markup}</script>{markup}<img src=x onerror={markup}>")

    assert "<script" not in line.lower()
    assert "\n" not in line
