"""The seed story as a careful reader takes it: dateline, people, quotations, the cited source, and what must not be."""

import json
import re
from datetime import UTC, datetime
from functools import cache

import pytest

from tasks.core.model import Story
from tasks.core.reading import read
from tests.catalog import builtin_catalog
from tests.data import DATA, needs_data

PUBLISHED = datetime(2025, 12, 11, 14, 30, tzinfo=UTC)
OVERLAP = 0.8  # of the expected words: a quotation may end before or after its last comma


@cache
def story_text():
    return (DATA / "seed" / "story.txt").read_text(encoding="utf-8").rstrip("\n")


@cache
def expected():
    return json.loads((DATA / "seed" / "expected.json").read_text(encoding="utf-8"))


@cache
def seed_reading():
    return read(Story(story_text(), published_at=PUBLISHED), builtin_catalog())


def accept(item, key):
    """The values that are right for a key: the expected one and those also accepted."""
    return [item[key], *item.get("also_accepted", {}).get(key, [])]


def overlaps(span, start, end):
    shared = min(end, span["end"]) - max(start, span["start"])
    return shared >= OVERLAP * (span["end"] - span["start"])


def find_actor(item):
    return next((actor for actor in seed_reading().actors if actor.name in accept(item, "name")), None)


def find_quote(item):
    spans = [item, *item.get("also_accepted", {}).get("spans", [])]
    return next((q for q in seed_reading().quotes if any(overlaps(span, q.start, q.end) for span in spans)), None)


@needs_data
def test_the_language_and_the_dateline_are_exactly_the_expected_ones():
    reading, line = seed_reading(), expected()["dateline"]

    assert reading.lang == expected()["lang"]
    found = reading.dateline
    assert (list(found.cities), found.region, found.country) == (line["cities"], line["region"], line["country"])
    assert (found.date.isoformat(), found.agency) == (line["date"], line["agency"])
    assert (found.start, found.end, found.body_start) == (line["start"], line["end"], line["body_start"])
    assert sorted(found.inferred) == sorted(line["inferred"])


@needs_data
def test_each_person_is_found_with_role_and_country():
    for item in expected()["actors"]:
        actor = find_actor(item)
        assert actor is not None, item["name"]
        assert actor.role in accept(item, "role"), item["name"]
        assert actor.country in accept(item, "country"), item["name"]
        assert actor.organisation == item["organisation"], item["name"]
        unstated = {"name", "role", "country"} & set(item["inferred"])
        assert unstated - {"country"} <= set(actor.inferred), item["name"]


@needs_data
def test_there_is_nobody_else():
    assert len(seed_reading().actors) == len(expected()["actors"])


@needs_data
def test_each_mention_is_found_and_no_other():
    for item in expected()["actors"]:
        found = [(mention.start, mention.end) for mention in find_actor(item).mentions]
        for wanted in item["mentions"]:
            assert any(low < wanted["end"] and wanted["start"] < high for low, high in found), wanted["text"]
        for low, high in found:
            assert any(low < each["end"] and each["start"] < high for each in item["mentions"]), story_text()[low:high]


@needs_data
def test_actors_stand_in_the_order_of_their_first_mention():
    starts = [actor.mentions[0].start for actor in seed_reading().actors]

    assert starts == sorted(starts)


@needs_data
def test_each_quotation_has_its_kind_speaker_and_verb():
    for item in expected()["quotes"]:
        quote = find_quote(item)
        assert quote is not None, item["id"]
        assert quote.kind in accept(item, "kind"), item["id"]
        assert (quote.speaker, quote.verb) == (item["speaker"], item["verb"]), item["id"]
        assert quote.speaker_text == item["speaker_text"], item["id"]


@needs_data
def test_there_is_no_other_quotation():
    assert len(seed_reading().quotes) == len(expected()["quotes"])


@needs_data
def test_quotations_say_whom_they_are_about():
    persons = {"Donald Trump", "RUS"}

    for item in expected()["quotes"]:
        wanted = set(item["about"]) & persons
        assert wanted <= set(find_quote(item).about), item["id"]


@needs_data
def test_the_cited_source_is_found_in_its_words():
    (citation,) = seed_reading().citations
    (wanted,) = expected()["citations"]

    assert (citation.source, citation.kind) == (wanted["source"], wanted["kind"])
    assert (citation.text, citation.start, citation.end) == (wanted["text"], wanted["start"], wanted["end"])


@needs_data
def test_every_claim_has_its_words():
    reading, text = seed_reading(), story_text()

    claims = [mention for actor in reading.actors for mention in actor.mentions]
    claims += [*reading.quotes, *reading.citations]
    claims += [claim for meeting in reading.meetings for claim in meeting.claims]
    claims += [evidence for tag in reading.topics for evidence in tag.evidence if evidence.field == "text"]
    assert len(claims) > 40
    for claim in claims:
        assert claim.text == text[claim.start : claim.end]


@needs_data
def test_what_must_not_be_is_not():
    reading, text = seed_reading(), story_text()

    assert not any(quote.speaker == "Donald Trump" for quote in reading.quotes), "his name only stands in a quotation"
    heading = re.search(r"^Alaska Summit$", text, re.MULTILINE)
    for quote in reading.quotes:
        assert not quote.start <= heading.start() < quote.end
    unnamed = text.index("presidential aides and the top diplomats")
    for actor in reading.actors:
        assert all(mention.start < unnamed for mention in actor.mentions), "unnamed people are not resolved"
    for meeting in reading.meetings:
        assert not {"TASS", "Axios", "White House"} & set(meeting.parties)
        if meeting.kind == "summit":
            assert (meeting.from_day.isoformat(), meeting.to_day.isoformat()) == ("2025-08-11", "2025-08-20")
            assert "Yury Ushakov" not in meeting.actors
            assert "Sergey Lavrov" not in meeting.actors
    assert sum(meeting.kind == "summit" for meeting in reading.meetings) == 1


@needs_data
@pytest.mark.parametrize("mark", ["’", "'"])
def test_either_apostrophe_is_read_alike(mark):
    text = story_text().replace("’", mark).replace("'", mark)

    reading = read(Story(text, published_at=PUBLISHED), builtin_catalog())

    assert [(a.name, a.role, a.country) for a in reading.actors] == [
        (a.name, a.role, a.country) for a in seed_reading().actors
    ]  # fmt: skip
    assert [(q.kind, q.start, q.end, q.speaker) for q in reading.quotes] == [
        (q.kind, q.start, q.end, q.speaker) for q in seed_reading().quotes
    ]  # fmt: skip
