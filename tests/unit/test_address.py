"""One address in many spellings is one; what is no address for us is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.core.address.domains import registrable_domain
from tasks.core.address.forms import (
    article_id_of,
    article_id_without_url,
    canonical_url,
    hash_key,
    is_home_page,
    item_id_of,
    redact_url,
    refuse_url,
    settle_address,
)

STORY = "https://news.example.com/world/talks-open"


@pytest.mark.parametrize(
    "written",
    [
        "https://news.example.com/world/talks-open?utm_source=rss&utm_medium=feed",
        "https://news.example.com/world/talks-open?at_medium=RSS&at_campaign=rss",
        "https://news.example.com/world/talks-open?maca=en-rss-en-all-1573-rdf",
        "https://news.example.com/world/talks-open?traffic_source=rss",
        "https://news.example.com/world/talks-open?icid=rss&mtm_campaign=a&fbclid=b&gclid=c",
        "https://news.example.com/world/talks-open#top",
        "https://news.example.com/world/talks-open?",
        "HTTPS://News.Example.COM:443/world/talks-open",
        "https://news.example.com./world/./asia/../talks-open",
        "https://news.example.com/world/talks%2Dopen",
        "  https://news.example.com/world/\n  talks-open ".replace("\n  ", "\n"),
    ],
)
def test_spellings_of_one_address_have_one_canonical_form(written: str) -> None:
    assert canonical_url(written) == STORY


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("https://a.example/?p=123", "https://a.example/?p=123"),
        ("https://a.example/watch?v=Xy_1&utm_source=x", "https://a.example/watch?v=Xy_1"),
        ("https://a.example/s?b=2&a=1&b=1", "https://a.example/s?a=1&b=2&b=1"),
        ("https://a.example/s?flag&x=", "https://a.example/s?flag&x="),
        ("https://a.example", "https://a.example/"),
        ("http://a.example:8080/x", "http://a.example:8080/x"),
        ("http://a.example:80/x", "http://a.example/x"),
        ("https://a.example/a//b", "https://a.example/a//b"),
        ("https://a.example/Новости/тест", "https://a.example/%D0%9D%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/%D1%82%D0%B5%D1%81%D1%82"),
        ("https://a.example/100%/x y", "https://a.example/100%25/x%20y"),
        ("https://münchen.example/a", "https://xn--mnchen-3ya.example/a"),
        ("http://[2001:DB8::1]:80/a", "http://[2001:db8::1]/a"),
        ("https://a.example/a/", "https://a.example/a/"),
        ("https://a.example/a/..", "https://a.example/"),
        ("https://web.example/save/https://b.example/c", "https://web.example/save/https://b.example/c"),
    ],
)  # fmt: skip
def test_what_names_the_story_is_kept(written: str, canonical: str) -> None:
    assert canonical_url(written) == canonical


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("/b/c?id=1", "https://a.example/b/c?id=1"),
        ("c", "https://a.example/feeds/c"),
        ("../c", "https://a.example/c"),
        ("//b.example/c", "https://b.example/c"),
        ("?id=7", "https://a.example/feeds/rss?id=7"),
    ],
)
def test_relative_addresses_are_resolved(written: str, canonical: str) -> None:
    assert canonical_url(written, base="https://a.example/feeds/rss") == canonical


@pytest.mark.parametrize(
    "written",
    [
        "", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://a.example/x", "mailto:a@b.example",
        "/no/base", "http://user:secret@a.example/", "http://a.example\\@b.example/", "http://a.example:99999/",
        "http://①②⑦.⓪.⓪.①/", "http://[::1", "http:///x", "https:a.example", "http://a..example/", "http://-/x",
        "http://a.example:0/", "https://a.example/" + "x" * 3000, "http://exa mple.com/",
    ],
)  # fmt: skip
def test_what_is_no_plain_http_address_has_no_canonical_form(written: str) -> None:
    assert canonical_url(written) is None


URL_PARTS = st.text(alphabet=st.sampled_from("abAB09/.%?&=#~:;+ éЖ\\@[]-_\t"), max_size=40)


@given(st.one_of(URL_PARTS, st.text(max_size=40)))
def test_the_canonical_form_of_a_canonical_form_is_itself(tail: str) -> None:
    once = canonical_url("https://a.example/" + tail, base="https://a.example/feed")

    assert once is None or canonical_url(once) == once


@given(st.one_of(URL_PARTS, st.text(max_size=60)))
def test_no_text_upsets_the_address_functions(text: str) -> None:
    refuse_url(text)
    redact_url(text)
    article_id_of(text)
    canonical = canonical_url(text, base="http://b.example/")

    assert canonical is None or refuse_url(canonical) is None


@pytest.mark.parametrize(
    "written",
    ["http://www.a.example/story/", "https://a.example/story", "https://a.example/story/?utm_source=x#y"],
)
def test_one_story_has_one_id_whatever_scheme_www_or_slash(written: str) -> None:
    assert article_id_of(written) == article_id_of("https://a.example/story")


def test_different_stories_have_different_ids() -> None:
    urls = ["https://a.example/?p=1", "https://a.example/?p=2", "https://a.example/1", "https://b.a.example/1"]

    assert len({article_id_of(url) for url in urls}) == 4


SITES = ["norvik.example", "www.norvik.example", "harbour.co.uk", "news.meridian.com.tr", "lumen.example:8080"]
STORIES = ["/world/2026/02/17/envoys-meet", "/a/12345", "/story/talks-in-cebu.html", "/en/news/Новости-дня"]
WAYS = {
    "AMP host": ("https://amp.{bare}{path}", "https://{site}{path}"),
    "AMP folder": ("https://{site}/amp{path}", "https://{site}{path}"),
    "AMP at the end": ("https://{site}{path}/amp/", "https://{site}{path}"),
    "AMP flag": ("https://{site}{path}?amp", "https://{site}{path}"),
    "AMP output": ("https://{site}{path}?id=7&outputType=amp", "https://{site}{path}?id=7"),
    "mobile host": ("http://m.{bare}{path}", "https://{site}{path}"),
    "mobile host, long": ("https://mobile.{bare}{path}?utm_source=x", "https://{site}{path}"),
    "mobile flag": ("https://{site}{path}?mobile=1#top", "https://{site}{path}"),
    "print": ("https://{site}{path}/print", "https://{site}{path}"),
    "print flag": ("https://{site}{path}?print=true&id=9", "https://{site}{path}?id=9"),
    "index": ("https://{site}{path}/index.html", "https://{site}{path}/"),
    "session": ("https://{site}{path};jsessionid=0A1B2C", "https://{site}{path}"),
    "a full stop behind it": ("https://{site}{path}.", "https://{site}{path}"),
    "quotes behind it": ("https://{site}{path}%E2%80%9D", "https://{site}{path}"),
    "tracking": ("https://{site}{path}?fbclid=1&at_medium=rss", "https://{site}{path}"),
    "escaped twice": ("https://{site}{path}?id=3&amp;utm_source=x&amp;p=2", "https://{site}{path}?id=3&p=2"),
    "order": ("https://{site}{path}?b=2&a=1", "https://{site}{path}?a=1&b=2"),
}
PAIRS = [
    pytest.param(
        *(form.format(site=site, bare=site.removeprefix("www."), path=path) for form in forms),
        id=f"{way}-{site}-{number}",
    )
    for way, forms in WAYS.items()
    for site in SITES
    for number, path in enumerate(STORIES)
]


def test_there_are_two_hundred_pairs_and_more() -> None:
    assert len(PAIRS) >= 200


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_twins_are_one_article(one: str, other: str) -> None:
    assert article_id_of(one) == article_id_of(other)


NEIGHBOURS = {
    "another number": ("{path}-1", "{path}-2"),
    "another page": ("{path}?id=1", "{path}?id=2"),
    "a page of the story": ("{path}?page=1", "{path}?page=2"),
    "a part of a live page": ("{path}?m=17", "{path}?m=18"),
    "a word that begins so": ("{path}/ampere", "{path}"),
    "a word that ends so": ("{path}-champ", "{path}-ch"),
    "a longer address": ("{path}/gallery", "{path}"),
    "another language": ("/fr{path}", "{path}"),
    "print as a word": ("{path}/print-media", "{path}/media"),
    "another case": ("{path}/A", "{path}/a"),
}
OTHERS = [
    pytest.param(
        f"https://{site}{one.format(path=path)}", f"https://{site}{two.format(path=path)}", id=f"{way}-{site}-{n}"
    )
    for way, (one, two) in NEIGHBOURS.items()
    for site in SITES
    for n, path in enumerate(STORIES)
]


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_other_stories_stay_apart_whatever_their_headlines(one: str, other: str) -> None:
    assert article_id_of(one) != article_id_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://m.co.uk/a", "https://co.uk/a"),
        ("https://m.example/a", "https://example/a"),
        ("https://en.norvik.example/a", "https://norvik.example/a"),
        ("https://norvik.example/amp", "https://norvik.example/"),
    ],
)
def test_what_only_looks_like_a_twin_is_none(one: str, other: str) -> None:
    assert article_id_of(one) != article_id_of(other)


@pytest.mark.parametrize(
    "written",
    [
        "https://norvik-example.cdn.ampproject.org/c/s/norvik.example/a/1?utm_source=x",
        "https://www.google.com/amp/s/norvik.example/a/1",
        "https://www.google.com/url?sa=t&url=https%3A%2F%2Fnorvik.example%2Fa%2F1&usg=x",
        "https://www.google.co.uk/url?q=https://norvik.example/a/1",
    ],
)
def test_a_wrapped_address_is_unwrapped(written: str) -> None:
    assert canonical_url(written) == "https://norvik.example/a/1"


@pytest.mark.parametrize("written", ["https://www.google.com/url?q=javascript:1", "https://www.google.com/amp/x"])
def test_a_wrapper_of_nothing_stays_what_it_is(written: str) -> None:
    assert (canonical_url(written) or "").startswith("https://www.google.com/")


def test_keys_are_24_hex_digits_and_parts_do_not_run_together() -> None:
    assert len(hash_key("a", "b")) == 24
    assert hash_key("a", "b") != hash_key("ab", "")
    assert item_id_of("tass", "1") != item_id_of("tas", "s1")
    assert article_id_without_url("w", "A  title", "text") == article_id_without_url("w", "A title", "text")


@pytest.mark.parametrize(
    ("link", "final", "canonical", "settled"),
    [
        ("https://a.example/x", "https://a.example/x", "https://www.a.example/y", "https://www.a.example/y"),
        ("https://a.example/x", "https://a.example/x", "/y?utm_id=1", "https://a.example/y"),
        ("https://a.example/x", "https://a.example/x", "https://b.example/y", "https://a.example/x"),
        ("https://a.example/x", "https://a.example/x", "https://a.example/", "https://a.example/x"),
        ("https://a.example/x", "https://a.example/x", "javascript:1", "https://a.example/x"),
        ("https://go.example/r?u=1", "https://a.example/x?fbclid=1", None, "https://a.example/x"),
        ("https://a.example/x", "https://a.example/", None, "https://a.example/x"),
        ("https://one.co.uk/x", "https://one.co.uk/x", "https://two.co.uk/x", "https://one.co.uk/x"),
    ],
)
def test_a_canonical_link_is_believed_only_on_its_own_site(
    link: str, final: str, canonical: str | None, settled: str
) -> None:
    assert settle_address(link, final, canonical) == settled


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("news.example.com", "example.com"),
        ("a.b.example.co.uk", "example.co.uk"),
        ("www.example.com.tr", "example.com.tr"),
        ("co.uk", "co.uk"),
        ("one.github.io", "one.github.io"),
        ("192.0.2.1", "192.0.2.1"),
        ("localhost", "localhost"),
    ],
)
def test_the_registrable_domain(host: str, domain: str) -> None:
    assert registrable_domain(host) == domain


def test_secrets_never_reach_a_message() -> None:
    redacted = redact_url("https://me:hunter2@a.example/feed?api_key=k1&token=t2&sig=s3&id=5&author=x&keyword=y#frag")

    assert redacted == "https://a.example/feed?api_key=***&token=***&sig=***&id=5&author=x&keyword=y"


@pytest.mark.parametrize("url", ["https://a.example", "https://a.example/", "http://a.example/index.html"])
def test_a_front_page_is_known(url: str) -> None:
    assert is_home_page(url)
    assert not is_home_page("https://a.example/?p=1")


@pytest.mark.parametrize(
    "url",
    ["http://u@a.example/", "http://a.example\\@b/", "http://pub.example#@127.0.0.1/", "gopher://a/", "http:///", ""],
)
def test_addresses_that_parsers_read_differently_are_refused(url: str) -> None:
    assert refuse_url(url)
