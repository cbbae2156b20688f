from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from tasks.core.failures import outlook_of
from tasks.core.model import Failure, Sources
from tasks.core.page.charset import MAX_PAGE_BYTES, decode_page
from tasks.core.page.read import PageText, Wanted, read_page

URL = "https://www.harbour.example/world/cebu-talks?page=1"
TITLE = "Envoys of two islands open talks in Cebu"
PARAGRAPHS = [
    "CEBU, Feb 17 (Harbour) - Envoys of the two islands opened talks on Tuesday in a hotel above the harbour, "
    "three weeks after their coast guards had shadowed each other for a night.",
    "“We have agreed on a telephone line,” the senior envoy, Marta Quiambao, told reporters after the first round. "
    "She did not say when the line would be opened.",
    "A second round is planned for the first week of March, the foreign ministry said in a statement. It gave "
    "no place, and it did not name the mediators who had prepared the meeting.",
    "Fishing crews on both sides had asked for the talks. Their boats were kept in port for eleven days in January "
    "while patrols searched the strait for a vessel that was never found.",
]


def page(
    paragraphs: list[str] | None = None, *, head: str = "", title: str = TITLE, lang: str = 'lang="en-GB"'
) -> bytes:
    told = "".join(f"<p>{paragraph}</p>" for paragraph in (PARAGRAPHS if paragraphs is None else paragraphs))
    menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"
    body = f"{menu}<main><article><h1>{title}</h1>{told}</article></main><footer>© Harbour Wire</footer>"
    top = f"<head><title>{title} | Harbour Wire</title>{head}</head>"
    return f"<!doctype html><html {lang}>{top}<body>{body}</body></html>".encode()


def json_ld(**facts: object) -> str:
    stated = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, **facts}
    return f'<script type="application/ld+json">{json.dumps(stated)}</script>'


def read(body: bytes, content_type: str | None = "text/html", url: str = URL) -> PageText:
    result = read_page(body, content_type, url)
    assert isinstance(result, PageText), result
    return result


def fail(body: bytes, content_type: str | None = "text/html") -> Failure:
    result = read_page(body, content_type, URL)
    assert isinstance(result, Failure), result
    return result


def test_the_story_is_read_in_paragraphs_without_title_and_menu() -> None:
    text = read(page())

    assert text.text == "\n\n".join(PARAGRAPHS)
    assert text.title == TITLE
    assert (text.quality, text.reason) == ("ok", None)


def test_the_same_bytes_give_the_same_text() -> None:
    assert read(page()) == read(page())


def test_a_page_says_who_wrote_it_when_and_where_it_stands() -> None:
    head = json_ld(
        datePublished="2026-02-17T18:05:00+08:00",
        author=[{"@type": "Person", "name": "Ada Ruiz"}, {"name": "T. Okoro"}],
    )
    text = read(page(head=head + '<link rel="canonical" href="/world/cebu-talks">'))

    assert text.published_at == datetime(2026, 2, 17, 10, 5, tzinfo=UTC)
    assert text.authors == ("Ada Ruiz", "T. Okoro")
    assert text.canonical == "https://www.harbour.example/world/cebu-talks"
    assert text.lang == "en"


def test_what_a_page_does_not_say_stays_empty() -> None:
    text = read(page([*PARAGRAPHS, "The first boats were built here in mid-August 2019, a plaque says."], lang=""))

    assert (text.published_at, text.authors, text.canonical, text.lang) == (None, (), None, None)


@pytest.mark.parametrize(
    "link",
    [
        pytest.param("https://elsewhere.example/cebu-talks", id="another site"),
        pytest.param("https://www.harbour.example/", id="the front page"),
        pytest.param("javascript:void(0)", id="a script"),
    ],
)
def test_a_canonical_link_that_cannot_be_meant_is_ignored(link: str) -> None:
    assert read(page(head=f'<link rel="canonical" href="{link}">')).canonical is None


def test_a_text_that_stands_only_in_json_ld_is_found() -> None:
    body = "\n".join(PARAGRAPHS)

    assert read(page(["Loading."], head=json_ld(articleBody=body))).text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("body", "content_type", "kind", "cause"),
    [
        pytest.param(b"", "text/html", "empty_body", "empty", id="nothing"),
        pytest.param(b" \n\t ", "text/html", "empty_body", "empty", id="blanks"),
        pytest.param(b"%PDF-1.7 ...", "text/html", "not_html", "pdf", id="a PDF that says HTML"),
        pytest.param(b"\xff\xd8\xff\xe0", "image/jpeg", "not_html", "jpeg", id="a picture"),
        pytest.param(b"PK\x03\x04...", None, "not_html", "zip", id="a zip"),
        pytest.param(b'{"error": "busy"}', "application/json", "not_html", "json", id="JSON"),
        pytest.param(b"busy", "text/plain", "not_html", "text", id="a word"),
        pytest.param(b"<rss><channel></channel></rss>", "text/xml", "not_html", "feed", id="a feed"),
        pytest.param(b"<p>" + b"x" * MAX_PAGE_BYTES, "text/html", "too_big", "MB", id="too large"),
        pytest.param(b"<html><body></body></html>", "text/html", "extract_empty", "no text", id="no word"),
        pytest.param(
            b"<html><body>" + b"<div>" * 400 + b"<p>Envoys met.</p>",
            "text/html",
            "extract_empty",
            "depth",
            id="too deep",
        ),
    ],
)
def test_what_has_no_story_is_a_failure_and_never_an_empty_text(
    body: bytes, content_type: str | None, kind: str, cause: str
) -> None:
    failure = fail(body, content_type)

    assert failure.kind == kind
    assert cause in failure.cause
    assert not failure.is_permanent or outlook_of(kind) != "temporary"


def test_a_page_whose_text_is_only_in_scripts_has_no_text() -> None:
    script = f"<script>self.__push({json.dumps(PARAGRAPHS)})</script><div id='root'></div>"

    assert (
        fail(f"<html><head><title>{TITLE}</title></head><body>{script}</body></html>".encode()).kind == "extract_empty"
    )


@pytest.mark.parametrize(
    ("paragraphs", "reason"),
    [
        pytest.param([PARAGRAPHS[0], "Subscribe to continue reading this story."], "paywall", id="a wall"),
        pytest.param(
            ["Please enable JavaScript in your browser, then load this page again."], "javascript", id="scripts"
        ),
        pytest.param(["Checking your browser before you can go on. This takes a while."], "robot check", id="robots"),
        pytest.param([PARAGRAPHS[0], "The envoys did not say when they would meet ..."], "cut", id="a cut text"),
    ],
)
def test_a_stub_is_kept_and_never_passes_for_the_story(paragraphs: list[str], reason: str) -> None:
    text = read(page(paragraphs))

    assert (text.quality, text.reason) == ("partial", reason)
    assert text.text


def test_a_story_about_paywalls_is_a_story() -> None:
    about = "Readers must subscribe to continue reading, the union of newspapers said in its yearly report."

    assert read(page([about, *PARAGRAPHS * 3])).quality == "ok"


@pytest.mark.parametrize(
    ("codec", "declared", "header"),
    [
        pytest.param("utf-8", "utf-8", None, id="UTF-8"),
        pytest.param("utf-8", "iso-8859-1", None, id="UTF-8 that says Latin-1"),
        pytest.param("cp1251", "windows-1251", None, id="Cyrillic"),
        pytest.param("cp1251", "utf-8", None, id="Cyrillic that says UTF-8"),
        pytest.param("koi8-r", "", "text/html; charset=koi8-r", id="only the header says"),
        pytest.param("utf-16", "", None, id="a byte order mark"),
    ],
)
def test_letters_survive_a_right_and_a_wrong_declaration(codec: str, declared: str, header: str | None) -> None:
    said = "Посланники двух островов встретились во вторник в гостинице над гаванью и договорились о линии связи."
    html = f'<html><head><meta charset="{declared}"></head><body><p>{said}</p></body></html>'

    assert said in decode_page(html.encode(codec), header)


def test_each_field_says_where_it_comes_from() -> None:
    meta = '<meta property="article:section" content="World"><meta name="author" content="Ana Lind">'
    told = read(page(head=meta + '<meta name="date" content="2026-02-17T08:00:00Z">'))

    assert told.section == "World"
    assert told.sources == Sources("heading", "page", "meta", "meta", "meta")


def test_json_ld_goes_before_meta_tags_and_is_named() -> None:
    stated = json_ld(articleSection="Asia", author={"name": "Ana Lind"}, datePublished="2026-02-17T08:00:00Z")
    told = read(page(head=stated + '<meta property="article:section" content="World">', title=""))

    assert (told.title, told.section) == (TITLE, "Asia")
    assert told.sources == Sources("json-ld", "page", "json-ld", "json-ld", "json-ld")


def test_what_a_page_does_not_say_has_no_source() -> None:
    told = read(page())

    assert (told.authors, told.published_at, told.section) == ((), None, "")
    assert (told.sources.authors, told.sources.published, told.sources.section) == ("none", "none", "none")


def test_only_a_field_that_is_wanted_and_missing_is_searched_for() -> None:
    byline = '<p class="date">Published on <time>17 February 2026</time></p>'
    body = page([byline, *PARAGRAPHS])

    unasked, asked = read(body), read_page(body, "text/html", URL, Wanted(search=("published",)))

    assert (unasked.published_at, unasked.sources.published) == (None, "none")
    assert isinstance(asked, PageText)
    assert (asked.published_at, asked.sources.published) == (datetime(2026, 2, 17, tzinfo=UTC), "search")
    assert asked.sources.authors == "none"


def test_a_statement_is_not_searched_for_again() -> None:
    stated = json_ld(datePublished="2026-02-16T08:00:00Z")
    told = read_page(page(head=stated), "text/html", URL, Wanted(search=("title", "published")))

    assert isinstance(told, PageText)
    assert (told.published_at, told.sources.published) == (datetime(2026, 2, 16, 8, tzinfo=UTC), "json-ld")


def test_a_live_blog_is_part_of_a_story_whatever_its_length() -> None:
    told = read(page(PARAGRAPHS * 5, head=json_ld(**{"@type": "LiveBlogPosting"})))

    assert (told.quality, told.reason) == ("partial", "live blog")


def test_all_elements_are_of_one_class_so_that_none_is_asked_for_in_python() -> None:
    from lxml.html import HtmlElement

    from tasks.core.page.body import parse_page

    tree = parse_page("<html><body><form><input name='q'><select></select></form><p>Envoys met.</p></body></html>")

    assert tree is not None
    assert {type(element) for element in tree.iter()} == {HtmlElement}
