"""The sample wire's stories: complete, dated rightly on any day, in house style, and about nobody real."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tasks.core.errors import BadInput
from tasks.edge.sample import list_stories, load_sample, sample_wires, story_path, tell_text, tell_title
from tasks.edge.sample_dates import fill_dates

FOLDER = Path(__file__).parents[2] / "deploy" / "sample"
SAMPLE = load_sample(FOLDER)
NOW = datetime(2025, 12, 11, 14, 30, tzinfo=UTC)
STORIES = pytest.mark.parametrize("story", SAMPLE.stories, ids=lambda story: story.slug)

# One line of each agency's datelines, after an update mark if there is one.
DATELINES = {
    "norvik": r"[A-ZА-Я ]+( /\w+/)?, (\w+ \d+|\d+ \w+)\. /NVP/\. ",
    "meridian": r"[A-Z ]+(, \w+)?, \w+ \d+ \(Meridian\) - ",
    "continental": r"[A-Z2 -]+(, [A-Z][\w -]+)? \(CD\) — ",
    "lumen": r"[A-Z][\w' ]+(, [A-Z]\w+)?, (\w{3} \d+, \d{4}|\d+ \w+ \d{4}) \(AL\) - ",
    "easternstar": r"[A-Z ]+, \w+\.? \d+ \(Eastern Star\) -- ",
    "bosphor": r"([A-Z]+(, [A-Z]\w+)? \(BA\) - |[A-Z]+\n\n)",
    "hanriver": r"[A-Z]+, \w+\.? \d+ \(HRN\) -- ",
}
UPDATE_MARKS = r"(?:\((?:LEAD|2nd LD|Corrects)[^\n]*\n\n)?"

TOPICS = {
    "conflict": "war civil_war armed attack terror insurgency coup mobilize weapons war_crimes occupation threat "
    "sabotage casualties",
    "diplomacy": "summit talks meeting visit call peace envoy mediation agreement treaty sanctions relations protest "
    "statement un organisation aid",
}
KNOWN_TOPICS = {*TOPICS, *(f"{root}.{child}" for root, children in TOPICS.items() for child in children.split())}

REAL_LEADERS = (
    "Trump|Biden|Obama|Vance|Rubio|Witkoff|Kushner|Putin|Lavrov|Peskov|Ushakov|Medvedev|Zelensky|Zelenskiy|Zelenskyy|"
    "Xi Jinping|Li Qiang|Wang Yi|Macron|Lecornu|Barrot|Merz|Scholz|Wadephul|Starmer|Sunak|Lammy|Meloni|Tusk|Orban|"
    "Orbán|Szijjarto|Szijjártó|Fico|Vucic|Vučić|Plenkovic|Plenković|Golob|Erdogan|Erdoğan|Fidan|Netanyahu|Abbas|Sisi|Abiy|Ruto|"
    "Museveni|Kagame|Tshisekedi|Ramaphosa|Lula|Milei|Maduro|Petro|Noboa|Mulino|Ali|Simons|Modi|Jaishankar|Sharif|Yunus|"
    "Takaichi|Ishiba|Kishida|Lee Jae-myung|Yoon Suk|Kim Jong|Marcos|Prabowo|Anwar|Carney|Trudeau|Sheinbaum|Albanese|"
    "Pezeshkian|Khamenei|Araghchi|Tokayev|Mirziyoyev|Aliyev|Pashinyan|Lukashenko|Stubb|Sanchez|Sánchez|Tebboune|Guterres|"
    "von der Leyen|Kallas|Rutte|Stoltenberg|Grossi|Mahama|Luong Cuong|Thongloun|Deby|Déby|Tiani|Burhan|Hemedti|Nawrocki"
)


def all_texts(story):
    return [story.title, story.deck, *story.paragraphs]


def shingles(story):
    words = re.findall(r"\w+", tell_text(SAMPLE, story, NOW).lower())
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def shared_part(slug, other):
    mine, theirs = shingles(SAMPLE.story(slug)), shingles(SAMPLE.story(other))
    return len(mine & theirs) / len(mine)


def test_there_are_sixty_stories_of_six_agencies_or_more():
    assert len(SAMPLE.stories) >= 60
    assert len(SAMPLE.agencies) >= 6
    assert {agency.form for agency in SAMPLE.agencies} == {"rss", "atom"}


def test_slugs_are_unique():
    assert len({story.slug for story in SAMPLE.stories}) == len(SAMPLE.stories)


@STORIES
def test_every_title_begins_with_the_mark(story):
    assert story.title.startswith("SAMPLE: ")


@STORIES
def test_every_text_has_four_to_ten_paragraphs_and_a_deck(story):
    assert story.deck.endswith((".", ")"))
    assert story.fault or 4 <= len(story.paragraphs) <= 10


@STORIES
def test_every_text_begins_with_its_agencys_dateline(story):
    text = tell_text(SAMPLE, story, NOW)
    assert re.match(UPDATE_MARKS + DATELINES[story.agency_id], text), text[:80]


@STORIES
def test_no_real_leader_is_named(story):
    for text in all_texts(story):
        assert not re.search(rf"\b(?:{REAL_LEADERS})\b", text), text


@STORIES
def test_expected_topics_are_known_and_bring_their_root(story):
    assert set(story.may) | set(story.topics or ()) <= KNOWN_TOPICS
    for topic in story.topics or ():
        assert topic.partition(".")[0] in story.topics


def test_every_placeholder_resolves_on_every_day_of_a_leap_year_and_the_next():
    placeholders = {
        (placeholder, story.lang)
        for story in SAMPLE.stories
        for text in all_texts(story)
        for placeholder in re.findall(r"\{[^{}]*\}", text)
    }
    for lang in {lang for _, lang in placeholders}:
        text = "|".join(sorted(placeholder for placeholder, of in placeholders if of == lang))
        for offset in range(731):
            day = date(2024, 1, 1) + timedelta(days=offset)
            for filed in (day - timedelta(days=2), day, day + timedelta(days=1)):
                filled = fill_dates(text, day, filed, lang)
                assert not re.search(r"[{}%]", filled)


@pytest.mark.parametrize(
    "now",
    [
        datetime(2024, 2, 29, 0, 5, tzinfo=UTC),
        datetime(2024, 12, 31, 23, 55, tzinfo=UTC),
        datetime(2025, 1, 1, 0, 0, tzinfo=UTC),
        datetime(2025, 3, 30, 1, 30, tzinfo=UTC),
    ],
)
def test_no_brace_is_left_at_the_edges_of_the_calendar(now):
    for story in SAMPLE.stories:
        assert not set("{}") & set(tell_text(SAMPLE, story, now) + tell_title(SAMPLE, story, now))


@pytest.mark.parametrize(
    ("text", "day", "lang", "expected"),
    [
        ("{today:%B %-d}", date(2024, 2, 29), "en", "February 29"),
        ("{day+1:%B %-d, %Y}", date(2024, 12, 31), "en", "January 1, 2025"),
        ("{day-60:%A, %b %d}", date(2025, 3, 1), "en", "Tuesday, Dec 31"),
        ("{month+1:%B}", date(2025, 1, 31), "en", "February"),
        ("{month-3:%B %Y}", date(2025, 2, 28), "en", "November 2024"),
        ("{month-12}", date(2024, 2, 29), "en", "February"),
        ("{year-1}", date(2024, 2, 29), "en", "2023"),
        ("{month+11:%k %-d}", date(2025, 10, 9), "en", "Sept. 1"),
        ("{day:%h %-d} {day:%k %-d}", date(2025, 9, 4), "en", "Sept 4 Sept. 4"),
        ("{day:%h %-d} {day:%k %-d}", date(2025, 3, 4), "en", "March 4 March 4"),
        ("{day:%-d %B}", date(2025, 8, 1), "fr", "1er août"),
        ("{day:%-d %B}", date(2025, 5, 9), "ru", "9 мая"),
        ("{today:%m}", date(2025, 5, 9), "en", "05"),
        ("no date", date(2025, 5, 9), "en", "no date"),
    ],
)
def test_a_placeholder_says_its_day(text, day, lang, expected):
    assert fill_dates(text, day, day, lang) == expected


def test_today_is_the_day_of_filing_and_day_is_the_demos():
    filled = fill_dates("{today:%-d} {day:%-d}", date(2025, 12, 12), date(2025, 12, 11))
    assert filled == "11 12"


@pytest.mark.parametrize("text", ["{tomorrow}", "{today:%Q}", "{day+x}", "{}", "{week+1:%A}"])
def test_an_unknown_placeholder_is_refused(text):
    with pytest.raises(BadInput):
        fill_dates(text, date(2025, 12, 11), date(2025, 12, 11))


def test_an_unknown_language_is_refused():
    with pytest.raises(BadInput, match="month names"):
        fill_dates("{day}", date(2025, 12, 11), date(2025, 12, 11), "xx")


def test_an_empty_folder_is_named(tmp_path):
    with pytest.raises(BadInput, match=re.escape(str(tmp_path))):
        load_sample(tmp_path)


def test_a_story_filed_before_midnight_keeps_its_own_day():
    early = datetime(2025, 12, 11, 0, 30, tzinfo=UTC)
    text = tell_text(SAMPLE, SAMPLE.story("brasilia-pretoria-call"), early)
    assert text.startswith("BRASILIA, December 10. /NVP/.")


def test_the_new_summit_is_told_by_three_wires_in_act_two_only():
    told = [(story.act, story.agency_id) for story in SAMPLE.stories if story.summit == "geneva"]
    assert sorted(told) == [(2, "continental"), (2, "easternstar"), (2, "meridian")]


def test_six_agencies_have_news_in_act_two_and_one_has_none():
    ids = [agency.agency_id for agency in SAMPLE.agencies]
    quiet = [ident for ident in ids if list_stories(SAMPLE, ident, 1) == list_stories(SAMPLE, ident, 2)]
    assert quiet == ["bosphor"]


def test_a_correction_takes_its_originals_place_and_address():
    (corrected,) = [story for story in SAMPLE.stories if story.correction_of]
    original = SAMPLE.story(corrected.correction_of)
    shown = [story.slug for story in list_stories(SAMPLE, "meridian", 2)]
    assert corrected.slug in shown
    assert original.slug not in shown
    assert story_path(SAMPLE, corrected) == story_path(SAMPLE, original)
    assert tell_text(SAMPLE, corrected, NOW) != tell_text(SAMPLE, original, NOW)


def test_the_stories_of_act_two_are_newer_than_all_of_act_one():
    ages = [story.minutes_ago for story in SAMPLE.stories if story.act == 2]
    assert min(ages) > 0
    assert max(ages) < min(story.minutes_ago for story in SAMPLE.stories if story.act == 1)


def test_every_summit_of_the_list_is_told_and_every_told_summit_is_listed():
    listed = {summit["key"]: summit for summit in SAMPLE.summits}
    told = {}
    for story in SAMPLE.stories:
        if story.summit:
            told[story.summit] = min(story.act, told.get(story.summit, story.act))
    assert told == {key: summit["act"] for key, summit in listed.items()}


def test_the_ceasefire_runs_on_three_wires_as_one_text():
    assert shared_part("congo-rebels-ceasefire-signed", "congo-kivu-ceasefire-luanda") > 0.8
    assert shared_part("congo-ceasefire-cited", "congo-kivu-ceasefire-luanda") > 0.6
    assert "Agence Lumen reported" in tell_text(SAMPLE, SAMPLE.story("congo-ceasefire-cited"), NOW)


def test_two_of_the_new_summits_three_stories_are_copies():
    for copy in ("leaders-egypt-ethiopia-geneva", "egypt-ethiopia-to-meet-geneva"):
        assert shared_part(copy, "egypt-ethiopia-geneva-summit") > 0.8


def test_stories_of_their_own_share_no_text():
    assert shared_part("cartagena-summit-agenda", "ecuador-panama-summit-date") < 0.1
    assert shared_part("ljubljana-three-premiers", "ljubljana-trilateral-opens") < 0.1


def test_two_languages_are_foreign_one_page_is_empty_one_missing_one_entry_bare():
    assert sorted(story.lang for story in SAMPLE.stories if story.lang != "en") == ["fr", "ru"]
    assert sorted(story.fault for story in SAMPLE.stories if story.fault) == ["empty", "missing"]
    assert len([story for story in SAMPLE.stories if story.is_bare]) == 1


def test_the_wires_name_every_agency_with_its_mark():
    text = sample_wires(SAMPLE, "http://127.0.0.1:1")
    assert text.count("[[wire]]") == len(SAMPLE.agencies)
    assert 'agency = "NVP"' in text
