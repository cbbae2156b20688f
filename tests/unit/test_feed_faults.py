"""What feeds get wrong, or are made to get wrong: each costs itself alone, is told, and never becomes a story."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta

import pytest

from tasks.core.feed.parse import parse_feed
from tasks.core.feed.repair import MAX_ENTRIES
from tasks.core.model import Entry, Failure, Feed, FeedBody
from tests.fakes import item, rss
from tests.fuzz_feeds import run_fuzz, sample_feeds

FEED = Feed("harbour-world", "harbour", "https://harbour.example/rss", "en", "Europe/Moscow", 300)
POLLED_AT = datetime(2026, 2, 17, 12, 0, tzinfo=UTC)
XML = "application/rss+xml"


def parse(body: bytes | str, content_type: str | None = XML) -> FeedBody:
    parsed = parse_feed(body.encode() if isinstance(body, str) else body, content_type, FEED, POLLED_AT)
    assert isinstance(parsed, FeedBody), parsed
    return parsed


def only(fields: str) -> Entry:
    (entry,) = parse(rss(f"<item>{fields}</item>")).entries
    return entry


# --- bodies ----------------------------------------------------------------------------------------------------------

INCLUDE = '<rss xmlns:xi="http://www.w3.org/2001/XInclude"><channel><item><title><xi:include href="file:///etc/passwd" parse="text"/></title></item></channel></rss>'
HOSTILE = [
    pytest.param(b"/etc/passwd", id="a path"),
    pytest.param(b"file:///etc/passwd", id="a file's address"),
    pytest.param(b"http://169.254.169.254/latest/", id="an address"),
    pytest.param('<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&a;</title></item></channel></rss>', id="an entity that is a file"),
    pytest.param('<!DOCTYPE r [<!ENTITY % p SYSTEM "http://h.example/p">%p;]><rss><channel/></rss>', id="a parameter entity"),
    pytest.param('<!DOCTYPE rss SYSTEM "http://h.example/d"><rss><channel><item><title>&x;</title></item></channel></rss>', id="a DTD elsewhere"),
    pytest.param('<!DOCTYPE rss PUBLIC "-//N//D" "file:///etc/passwd"><rss><channel><item/></channel></rss>', id="a DTD that is a file"),
    pytest.param(INCLUDE, id="an inclusion"),
    pytest.param('<?xml-stylesheet href="http://h.example/s.xsl"?><rss><channel><item><title>x</title></item></channel></rss>', id="a style sheet"),
]  # fmt: skip
OPENED: list[str] = []
WATCHED: list[bool] = []


def watch(event: str, arguments: tuple[object, ...]) -> None:
    if WATCHED and event in {"open", "socket.connect", "socket.getaddrinfo", "urllib.Request", "subprocess.Popen"}:
        OPENED.append(f"{event} {arguments[0]!r}")


@pytest.mark.parametrize("body", HOSTILE)
def test_no_body_makes_us_open_or_ask_anything(body: bytes | str) -> None:
    parse(rss(item(1) + "<item><title>&nbsp;</title></item>"))  # whatever is imported late is imported now
    if not OPENED:
        sys.addaudithook(watch)
        OPENED.append("the hook is in place")  # hooks stay for good, so there is one
    WATCHED.append(True)
    try:
        parse_feed(body.encode() if isinstance(body, str) else body, XML, FEED, POLLED_AT)
    finally:
        WATCHED.clear()

    assert OPENED == ["the hook is in place"]


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "declared",
    [
        pytest.param('<!ENTITY a0 "ha">' + LAUGHS, id="a billion laughs"),
        pytest.param(f'<!ENTITY a9 "{"x" * 200_000}">', id="one long laugh"),
        pytest.param("<!ENTITY % a '<!ENTITY a9 \"x\">'> %a;", id="an entity that declares another"),
    ],
)
def test_a_feed_that_declares_entities_is_refused_unparsed(declared: str) -> None:
    body = f"<!DOCTYPE rss [{declared}]><rss><channel><item><title>{'&a9;' * 1000}</title></item></channel></rss>"

    parsed = parse_feed(body.encode(), XML, FEED, POLLED_AT)

    assert isinstance(parsed, Failure)
    assert parsed.kind in {"xml_bomb", "not_a_feed"}  # what declares more than it says is not even taken for a feed


SAID = {"cyrillic": "Переговоры прошли в Женеве, сообщил представитель министерства иностранных дел", "chinese": "外交部发言人星期二在北京说会谈将在下周举行双方同意继续磋商", "western": "Le président a reçu à Genève le négociateur de la délégation étrangère, déjà arrivé"}  # fmt: skip


@pytest.mark.parametrize("declared", ["", "utf-8", "the right one", "windows-1252"])
@pytest.mark.parametrize(
    ("script", "codec"),
    [
        ("cyrillic", "cp1251"), ("cyrillic", "koi8-r"), ("cyrillic", "iso8859-5"), ("cyrillic", "utf-8"), ("cyrillic", "utf-16"),
        ("chinese", "gb18030"), ("chinese", "big5"), ("chinese", "utf-8"), ("chinese", "utf-16-le"),
        ("western", "cp1252"), ("western", "iso8859-15"), ("western", "utf-8"), ("western", "utf-32"),
    ],
)  # fmt: skip
def test_letters_are_right_or_the_feed_is_flagged(script: str, codec: str, declared: str) -> None:
    said = SAID[script] if codec != "big5" else "外交部發言人星期二在北京說會談將在下週舉行雙方同意繼續磋商"
    named = codec if declared == "the right one" else declared
    written = rss("".join(item(n, said) for n in range(5))).decode()
    written = written.replace(' encoding="utf-8"', f' encoding="{named}"' if named else "")

    parsed = parse(written.encode(codec), None)

    is_right = all(entry.title == said for entry in parsed.entries)
    # A single-byte declaration of another single-byte text cannot be told from the truth by its bytes.
    is_plausible = declared == "windows-1252" and codec in {
        "cp1251",
        "koi8-r",
        "iso8859-5",
        "gb18030",
        "big5",
        "iso8859-15",
    }
    assert is_right or is_plausible or any(remark.startswith("charset_guess:") for remark in parsed.remarks)


@pytest.mark.parametrize(
    ("body", "content_type", "title"),
    [
        pytest.param(b"\xef\xbb\xbf" + rss(item(1, "Zürich")), "text/xml; charset=windows-1252", "Zürich", id="a mark before all else"),
        pytest.param(rss(item(1, "Zürich")).decode().encode("utf-16"), "text/xml; charset=utf-8", "Zürich", id="a wide mark too"),
        pytest.param(rss(item(1, "Żagań")).replace(b"utf-8", b"windows-1252").decode().encode("cp1250"), "text/xml; charset=windows-1250", "Żagań", id="the header before the document"),
        pytest.param(rss(item(1, "Żagań")).replace(b"utf-8", b"windows-1250").decode().encode("cp1250"), "text/xml", "Żagań", id="the document where the header is silent"),
        pytest.param(rss(item(1, "Zürich")), "text/xml; charset=windows-1252", "Zürich", id="what is UTF-8 is UTF-8"),
        pytest.param(rss(item(1, "Żagań")).replace(b"utf-8", b"windows-1250").decode().encode("cp1250"), "text/xml; charset=no-such", "Żagań", id="an unknown name is none"),
    ],
)  # fmt: skip
def test_the_order_of_those_who_name_an_encoding(body: bytes, content_type: str, title: str) -> None:
    assert [entry.title for entry in parse(body, content_type).entries] == [title]


@pytest.mark.parametrize(
    "slip", [b"\xed\xa0\x80", b"\xff", b"\xc0\x80", b"\xe9", b"\xf0\x9f\x98"], ids=lambda slip: slip.hex()
)
def test_a_few_wrong_bytes_cost_no_other_letter_even_where_few_are_not_ascii(slip: bytes) -> None:
    body = rss(item(1, "Zürich") + item(2, "XX")).replace(b"XX", b"A" + slip + b" B")

    first, second = parse(body).entries

    assert first.title == "Zürich"
    assert (second.title[0], second.title[-1], "\ufffd" in second.title) == ("A", "B", True)


@pytest.mark.parametrize("part", range(1, 20))
def test_a_feed_cut_anywhere_gives_its_whole_entries(part: int) -> None:
    body = rss("".join(item(n) for n in range(1, 41)))
    cut = body[: len(body) * part // 20]

    parsed = parse(cut)

    assert len(parsed.entries) == cut.count(b"</item>")
    assert all(entry.url and entry.summary for entry in parsed.entries)
    assert any(remark.startswith("truncated") for remark in parsed.remarks)


OLD_ATOM = '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>H</title><entry><title>Envoys meet</title><link rel="alternate" href="https://h.example/1"/><id>1</id><issued>2026-02-17T10:00:00Z</issued><modified>2026-02-17T10:00:00Z</modified></entry></feed>'
OLD_RSS = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>H</title><item><title>Envoys meet</title><link>https://h.example/1</link></item></channel></rss>'


@pytest.mark.parametrize("body", [pytest.param(OLD_ATOM, id="Atom 0.3"), pytest.param(OLD_RSS, id="RSS 0.91")])
def test_formats_of_another_age_are_read(body: str) -> None:
    assert [(entry.title, entry.url) for entry in parse(body).entries] == [("Envoys meet", "https://h.example/1")]


@pytest.mark.parametrize("root", ["urlset", "sitemapindex", "opml", "svg"])
def test_what_is_xml_but_no_feed_says_so(root: str) -> None:
    parsed = parse_feed(f'<?xml version="1.0"?><{root}><url/></{root}>'.encode(), XML, FEED, POLLED_AT)

    assert isinstance(parsed, Failure)
    assert parsed.kind == "unsupported_format"


def test_a_hundred_thousand_entries_are_the_newest_two_thousand_and_it_is_told() -> None:
    old, new = "Mon, 16 Feb 2026 10:00:00 GMT", "Tue, 17 Feb 2026 10:00:00 GMT"
    items = "".join(
        f"<item><guid>n{n}</guid><pubDate>{new if n % 60 == 0 else old}</pubDate></item>" for n in range(100_000)
    )

    parsed = parse(rss(items))

    assert len(parsed.entries) == MAX_ENTRIES
    assert "too_many_entries:100000" in parsed.remarks
    assert sum(int(entry.key[1:]) % 60 == 0 for entry in parsed.entries) == 100_000 // 60 + 1


# --- one bad entry ---------------------------------------------------------------------------------------------------

POISONS = {
    "a comment that is never closed": "<title>x</title><!-- open",
    "CDATA that is never closed": "<description><![CDATA[open",
    "CDATA that is never closed, and a section after it": "<description><![CDATA[open</description><link>x</link>",
    "open tags": "<d>" * 90,
    "a prefix that nobody declared": "<x:y z:w='1'/>",
    "an element on which the parser fails": "<textInput><title>x</title></textInput>",
    "tags as in no feed": "<b>" * 300,
    "a million tags": "<b></b>" * 500_000,
    "attributes as in no feed": "<b " + " ".join(f"a{n}='1'" for n in range(20_000)) + "/>",
    "an author of 200 kB": f"<author>{'x' * 200_000}</author>",
    "ten thousand tags": "".join(f"<category>c{n}</category>" for n in range(10_000)),
    "a title of 2 MB": f"<title>{'Envoys ' * 300_000}</title>",
    "an id of 200 kB": f"<guid>{'x.' * 100_000}</guid>",
    "half an end": "<title>x</titl",
    "another start": "<title>x</title><item>",
}


@pytest.mark.parametrize("poison", POISONS.values(), ids=POISONS.keys())
def test_whatever_one_entry_holds_the_others_are_as_they_were(poison: str) -> None:
    before, after = [item(n) for n in range(1, 6)], [item(n) for n in range(6, 11)]
    untouched = parse(rss("".join(before + after))).entries

    parsed = parse(rss("".join([*before, f"<item>{poison}</item>", *after])))

    assert [entry for entry in parsed.entries if entry in untouched] == list(untouched)


def test_an_entry_that_cannot_be_read_is_told() -> None:
    parsed = parse(rss(item(1) + f"<item>{'<b>' * 300}</item>" + item(2)))

    assert [entry.key for entry in parsed.entries] == ["story-1", "story-2"]
    assert "unreadable_entries:1" in parsed.remarks


def test_of_many_broken_entries_each_is_read_or_told_and_the_others_are_as_they_were() -> None:
    fine, broken = [item(n) for n in range(1, 601)], ["<item><title>x</titl</item>"] * 600
    mixed = "".join(one + other for one, other in zip(fine, broken, strict=True))
    untouched = parse(rss("".join(fine))).entries

    parsed = parse(rss(mixed))

    told = sum(int(remark.partition(":")[2]) for remark in parsed.remarks if remark.startswith("unreadable_entries:"))
    assert [entry for entry in parsed.entries if entry in set(untouched)] == list(untouched)
    assert len(parsed.entries) + parsed.repeated + told == 1200


def test_a_comment_around_entries_hides_them_still() -> None:
    assert [entry.key for entry in parse(rss(item(1) + "<!--" + item(2) + item(3) + "-->" + item(4))).entries] == [
        "story-1",
        "story-4",
    ]


def test_mutated_feeds_raise_nothing_and_a_poisoned_entry_costs_no_other() -> None:
    tally = run_fuzz(range(150), seed=20260217, feeds=tuple(sample_feeds()))

    assert (tally.cases, tally.raised) == (150, [])
    assert tally.untouched > 500
    assert tally.share >= 0.99


# --- ids -------------------------------------------------------------------------------------------------------------


def test_without_an_id_the_link_is_the_key_and_without_both_a_hash_of_title_and_date() -> None:
    linked = only("<title>A</title><link>https://h.example/1?utm_source=x</link>")
    bare, later = (only(f"<title>A</title><pubDate>{day} Feb 2026 10:00:00 GMT</pubDate>") for day in (16, 17))

    assert linked.key == "https://h.example/1"
    assert len({bare.key, later.key}) == 2
    assert bare.key == only("<title> A </title><pubDate>16 Feb 2026 10:00:00 GMT</pubDate>").key


@pytest.mark.parametrize("ident", ["1", "https://wire.example/", "none", ""])
def test_one_id_on_all_entries_loses_none_of_them(ident: str) -> None:
    told = "".join(
        f"<item><guid>{ident}</guid><title>Round {n}</title><link>https://wire.example/{n % 5}</link></item>"
        for n in range(10)
    )

    parsed = parse(rss(told))

    assert len({entry.key for entry in parsed.entries}) == 10
    assert parsed.repeated == 0


# --- links, dates, sizes, signs --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/world/1", "https://wire.example/world/1"), ("//cdn.example/1", "https://cdn.example/1"), ("world/1", "https://wire.example/world/1"),
        ("javascript:alert(1)", None), ("data:text/html,x", None), ("file:///etc/passwd", None), ("ftp://h.example/1", None),
        ("https://user:word@h.example/1", None), ("http://[::1", None), ("https://h.example/" + "x" * 2100, None), ("mailto:a@h.example", None),
    ],
)  # fmt: skip
def test_a_link_is_resolved_or_flagged_and_the_entry_stays(link: str, url: str | None) -> None:
    parsed = parse(rss(f"<item><title>A</title><link>{link}</link></item>"))

    assert [entry.url for entry in parsed.entries] == [url]
    assert ("bad_link:1" in parsed.remarks) == (url is None)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Tue, 17 Feb 2026 13:20:00 MSK", datetime(2026, 2, 17, 10, 20, tzinfo=UTC)),
        ("2026-02-17 13:20:00", datetime(2026, 2, 17, 10, 20, tzinfo=UTC)),
        ("2026-02-16T24:00:00Z", datetime(2026, 2, 17, tzinfo=UTC)),
        ("2026-02-16T24:00:01Z", None), ("2026-02-16T25:00:00Z", None), ("2026-13-45", None), ("2026-02-30T10:00:00Z", None),
        ("0000-00-00", None), ("0000-00-00 00:00:00", None), ("-0001-11-30T00:00:00+00:00", None), ("-1", None), ("0", None),
        ("1111-11-11", None), ("1970-01-01T00:00:00Z", None), ("Thu, 01 Jan 1970 00:00:00 GMT", None), ("yesterday", None), ("12345678901", None),
    ],
)  # fmt: skip
def test_a_date_is_read_or_there_is_none_and_it_is_told(written: str, moment: datetime | None) -> None:
    parsed = parse(rss(f"<item><title>A</title><pubDate>{written}</pubDate></item>"))

    (entry,) = parsed.entries
    assert entry.published_at == moment
    assert (entry.published_source == "none") == (moment is None)
    assert ("bad_date:1" in parsed.remarks) == (moment is None)


@pytest.mark.parametrize(
    "ahead", [timedelta(hours=1), timedelta(days=2), timedelta(days=365 * 9), timedelta(days=365 * 70)]
)
def test_a_date_in_the_future_is_that_of_the_poll_and_told(ahead: timedelta) -> None:
    parsed = parse(rss(f"<item><title>A</title><pubDate>{(POLLED_AT + ahead).isoformat()}</pubDate></item>"))

    (entry,) = parsed.entries
    assert (entry.published_at, entry.published_source) == (POLLED_AT, "feed_future")
    assert "future_date:1" in parsed.remarks


def test_a_year_beyond_all_calendars_is_no_date() -> None:
    parsed = parse(rss("<item><title>A</title><pubDate>9999-12-31T23:59:59-14:00</pubDate></item>"))

    assert [entry.published_at for entry in parsed.entries] == [None]


def test_fields_beyond_all_measure_are_cut_and_told() -> None:
    great = f"<title>{'Envoys ' * 300_000}</title><description>{'word ' * 500_000}</description><author>{'a' * 5000}</author>"

    parsed = parse(rss(f"<item>{great}</item>"))

    (entry,) = parsed.entries
    assert (len(entry.title) <= 1_000, len(entry.content) <= 1_000_000, len(entry.author or "") <= 300) == (
        True,
        True,
        True,
    )
    assert "field_cut:1" in parsed.remarks


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Envoys \u202egnp.exe\u202c meet", "Envoys gnp.exe meet"),
        ("Envoys\u2066 meet\u2069", "Envoys meet"),
        ("En\u200bvoys\ufeff meet\u00ad", "Envoys meet"),
        ("Envoys \u0391thens \u0430", "Envoys \u0391thens \u0430"),  # letters that only look alike are the wire's own
        ("\x1b]0;title\x07Envoys meet", "]0;titleEnvoys meet"),
        ("نشست می\u200cشود", "نشست می\u200cشود"),
    ],
)
def test_a_title_shows_what_it_says(written: str, title: str) -> None:
    assert only(f"<title>{written}</title>").title == title


def test_a_title_that_turns_letters_around_is_told() -> None:
    assert "hidden_marks:1" in parse(rss("<item><title>Envoys \u202egnp.exe\u202c meet</title></item>")).remarks
    assert parse(rss("<item><title>\u200fנציגים נפגשו</title></item>")).remarks == ()


def test_a_guess_of_the_charset_says_how_sure_it_is() -> None:
    told = " ".join(["Министры иностранных дел встретились в столице и обсудили перемирие."] * 5)
    (remark,) = parse(rss(f"<item><title>{told}</title></item>").decode().encode("cp1251"), None).remarks
    name, _, sure = remark.removeprefix("charset_guess:").partition(":")

    assert (remark.startswith("charset_guess:"), name) == (True, "cp1251")
    assert 0.0 < float(sure) <= 1.0
