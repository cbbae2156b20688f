"""Meetings of invented copy: kind, parties, place, window, status, host and name, and what is no meeting at all."""

from datetime import UTC, datetime

import pytest

from tasks.core.dateline.read import read_dateline
from tasks.core.meetings.reader import MeetingReader
from tasks.core.names import NameIndex
from tasks.core.people.reader import PeopleReader
from tasks.core.places import PlaceIndex
from tests.catalog import builtin_catalog

CATALOG = builtin_catalog()
READER = MeetingReader(CATALOG)
PEOPLE = PeopleReader(CATALOG, NameIndex(CATALOG))
PLACES = PlaceIndex(CATALOG.places, CATALOG.countries)
# A Thursday.
NOW = datetime(2025, 12, 11, 14, 30, tzinfo=UTC)


def read(text, now=NOW):
    line = read_dateline(text, None, now, PLACES)
    start = line.body_start if line else 0
    day = line.date if line and line.date else now.date()
    actors = PEOPLE.find_actors(text, start, day)
    return READER.find_meetings(None, text, line, now, actors)


def flatten(meeting):
    return {
        "kind": meeting.kind,
        "format": meeting.format,
        "parties": " ".join(meeting.parties),
        "organisation": meeting.organisation,
        "place": meeting.place.name if meeting.place else None,
        "from": meeting.from_day.isoformat() if meeting.from_day else None,
        "to": meeting.to_day.isoformat() if meeting.to_day else None,
        "precision": meeting.date_precision,
        "status": meeting.status,
        "host": meeting.host,
        "name": meeting.name,
        "edition": meeting.edition,
        "confidence": meeting.confidence,
        "actors": ", ".join(meeting.actors),
        "inferred": " ".join(meeting.inferred),
    }


SINGLE = {
    "leaders_will_meet": (
        "The presidents of Chile and Peru will meet in Arica on December 20.",
        {"kind": "summit", "parties": "CHL PER", "from": "2025-12-20", "to": "2025-12-20", "status": "planned"},
    ),
    "the_word_summit_with_between": (
        "A summit between the leaders of Serbia and Croatia will be held in Vienna next Monday.",
        {"kind": "summit", "parties": "HRV SRB", "place": "Vienna", "from": "2025-12-15", "status": "planned"},
    ),
    "held_yesterday": (
        "Kenyan President Daniel Otieno met Ugandan President Grace Akello in Nairobi on Tuesday.",
        {"kind": "summit", "parties": "KEN UGA", "place": "Nairobi", "from": "2025-12-09", "status": "held"},
    ),
    "hyphened_pair": (
        "The Greece-Turkey summit was held in Athens on December 2.",
        {"kind": "summit", "parties": "GRC TUR", "place": "Athens", "from": "2025-12-02", "status": "held"},
    ),
    "demonym_pair": (
        "Russian-Chinese talks opened in Harbin on Wednesday.",
        {"kind": "talks", "parties": "CHN RUS", "from": "2025-12-10"},
    ),
    "possessive_with": (
        "Macron's meeting with Italian Prime Minister Giorgia Meloni is set for January 15 in Rome.",
        {"kind": "summit", "parties": "FRA ITA", "place": "Rome", "from": "2026-01-15", "status": "planned"},
    ),
    "ministers_meet": (
        "The foreign ministers of Armenia and Azerbaijan met in Tbilisi on Monday.",
        {"kind": "ministerial", "parties": "ARM AZE", "place": "Tbilisi", "from": "2025-12-08", "status": "held"},
    ),
    "leader_and_envoy_is_talks": (
        "President Aleksandar Vucic of Serbia held talks with U.S. special envoy Richard Moore in Belgrade on Tuesday.",
        {"kind": "talks", "parties": "SRB USA", "place": "Belgrade", "status": "held"},
    ),
    "negotiators": (
        "Israeli and Lebanese negotiators will hold a second round of talks in Nicosia on January 9.",
        {"kind": "talks", "parties": "ISR LBN", "place": "Nicosia", "from": "2026-01-09", "status": "planned"},
    ),
    "phone_call_noun": (
        "Indian Prime Minister Narendra Modi held a phone call with Volodymyr Zelensky on Wednesday.",
        {"kind": "call", "parties": "IND UKR", "from": "2025-12-10", "status": "held"},
    ),
    "spoke_by_phone": (
        "The presidents of Egypt and Sudan spoke by phone on Thursday.",
        {"kind": "call", "parties": "EGY SDN", "from": "2025-12-11", "status": "held"},
    ),
    "visit_planned": (
        "Japanese Prime Minister Sanae Takaichi will visit Vietnam next month.",
        {"kind": "visit", "parties": "JPN VNM", "place": "Vietnam", "from": "2026-01-01", "status": "planned"},
    ),
    "visit_past": (
        "German Chancellor Friedrich Merz visited Ankara last week.",
        {
            "kind": "visit",
            "parties": "DEU TUR",
            "place": "Ankara",
            "from": "2025-12-01",
            "to": "2025-12-07",
            "status": "held",
        },
    ),
    "organisation_summit_planned": (
        "The NATO summit will take place in Ankara on July 7-8, 2026.",
        {
            "kind": "summit",
            "format": "organisation",
            "organisation": "NATO",
            "parties": "",
            "place": "Ankara",
            "from": "2026-07-07",
            "to": "2026-07-08",
            "status": "planned",
        },
    ),
    "organisation_summit_of": (
        "Leaders gathered on Monday for the 17th summit of the African Union in Addis Ababa.",
        {"kind": "summit", "organisation": "African Union", "parties": "", "edition": "17th", "place": "Addis Ababa"},
    ),
    "european_council": (
        "The European Council will meet in Brussels on December 18.",
        {"kind": "summit", "place": "Brussels", "from": "2025-12-18", "status": "planned"},
    ),
    "organisation_leaders": (
        "EU leaders will meet in Copenhagen on Friday.",
        {"kind": "summit", "organisation": "European Union", "parties": "", "from": "2025-12-12", "status": "planned"},
    ),
    "eu_and_a_state": (
        "The EU-Japan summit will be held in Tokyo on March 3.",
        {"kind": "summit", "format": "bilateral", "parties": "EUU JPN", "place": "Tokyo", "from": "2026-03-03"},
    ),
    "host_is_no_party": (
        "Qatar will host a summit between the presidents of Rwanda and Burundi in Doha next week.",
        {"kind": "summit", "parties": "BDI RWA", "host": "QAT", "place": "Doha", "status": "planned"},
    ),
    "trilateral": (
        "The leaders of Poland, Lithuania and Latvia met in Vilnius on Saturday.",
        {"kind": "summit", "format": "trilateral", "parties": "LTU LVA POL", "from": "2025-12-06", "status": "held"},
    ),
    "ruled_out": (
        "The Kremlin has ruled out a summit between the presidents of Russia and Ukraine.",
        {"kind": "summit", "parties": "RUS UKR", "status": "ruled_out"},
    ),
    "postponed": (
        "The summit of the leaders of India and Nepal, which was to open in Pokhara on December 19, was postponed.",
        {"kind": "summit", "parties": "IND NPL", "status": "postponed"},
    ),
    "cancelled": (
        "Colombian President Gustavo Petro called off his meeting with Ecuadorian President Daniel Noboa.",
        {"kind": "summit", "parties": "COL ECU", "status": "cancelled"},
    ),
    "proposed": (
        "Brazil proposed a summit of the presidents of Guyana and Venezuela in Brasilia.",
        {"kind": "summit", "parties": "GUY VEN", "place": "Brasilia", "status": "proposed"},
    ),
    "possible": (
        "A summit between the Thai and Cambodian prime ministers could take place in Kuala Lumpur in January.",
        {"kind": "summit", "parties": "KHM THA", "place": "Kuala Lumpur", "from": "2026-01-01", "status": "proposed"},
    ),
    "ongoing": (
        "The presidents of Mali and Niger are meeting in Bamako.",
        {"kind": "summit", "parties": "MLI NER", "place": "Bamako", "from": "2025-12-11", "status": "ongoing"},
    ),
    "collapsed_is_held": (
        "Talks between Ethiopia and Eritrea in Djibouti collapsed on Tuesday without a deal.",
        {"kind": "talks", "parties": "ERI ETH", "place": "Djibouti", "from": "2025-12-09", "status": "held"},
    ),
    "place_of_speech_is_no_place": (
        "Turkey's envoy told reporters in Ankara that the presidents of Syria and Lebanon would meet in January.",
        {"kind": "summit", "parties": "LBN SYR", "place": None, "from": "2026-01-01", "status": "planned"},
    ),
    "day_of_speech_is_no_day": (
        "The presidents of Bolivia and Paraguay will meet in March, the Bolivian government said on Monday.",
        {"kind": "summit", "parties": "BOL PRY", "from": "2026-03-01", "to": "2026-03-31", "precision": "month"},
    ),
    "city_before_the_noun": (
        "The Budapest summit of the Hungarian and Slovak prime ministers ended on Wednesday.",
        {"kind": "summit", "parties": "HUN SVK", "place": "Budapest", "to": "2025-12-10", "status": "held"},
    ),
    "near_a_city": (
        "The presidents of Kazakhstan and Uzbekistan met at a resort near the city of Samarkand in mid-November.",
        {
            "kind": "summit",
            "place": "Samarkand",
            "from": "2025-11-11",
            "to": "2025-11-20",
            "precision": "part of month",
        },
    ),
    "ends_on": (
        "The two-day summit between the leaders of Finland and Sweden ended in Turku on Wednesday.",
        {"parties": "FIN SWE", "from": "2025-12-09", "to": "2025-12-10", "status": "held"},
    ),
    "envoys_meeting_for_leaders": (
        "Envoys from Pakistan and Afghanistan are to meet in Istanbul on Saturday.",
        {"kind": "talks", "parties": "AFG PAK", "place": "Istanbul", "from": "2025-12-13", "status": "planned"},
    ),
    "counterpart": (
        "Spanish Prime Minister Pedro Sanchez will host his Portuguese counterpart in Madrid on Friday.",
        {"kind": "summit", "parties": "ESP PRT", "host": "ESP", "place": "Madrid", "from": "2025-12-12"},
    ),
    "video_summit": (
        "The leaders of Australia and Fiji held a virtual summit on Tuesday.",
        {"kind": "summit", "parties": "AUS FJI", "place": None, "from": "2025-12-09", "status": "held"},
    ),
    "the_pope": (
        "Pope Leo XIV will meet Lebanese President Joseph Aoun in Beirut on Sunday.",
        {"kind": "summit", "parties": "LBN VAT", "place": "Beirut", "from": "2025-12-14", "status": "planned"},
    ),
    "ahead_of_is_planned": (
        "Oil prices rose ahead of a summit between the leaders of Iraq and Iran in Baghdad.",
        {"kind": "summit", "parties": "IRN IRQ", "place": "Baghdad", "status": "planned"},
    ),
    "named_summit": (
        "The Sochi Summit of the presidents of Russia and Belarus opens on December 15.",
        {"kind": "summit", "name": "Sochi Summit", "parties": "BLR RUS", "from": "2025-12-15", "status": "planned"},
    ),
    "peace_conference": (
        "A peace conference on Sudan will open in Geneva on January 20.",
        {"kind": "conference", "place": "Geneva", "from": "2026-01-20", "status": "planned"},
    ),
    "nato_ministers": (
        "NATO foreign ministers met in Brussels on December 3.",
        {"kind": "ministerial", "organisation": "NATO", "place": "Brussels", "from": "2025-12-03", "status": "held"},
    ),
    "agreed_to_hold": (
        "The leaders of Japan and South Korea agreed to hold a summit in Busan in early February.",
        {"kind": "summit", "parties": "JPN KOR", "place": "Busan", "from": "2026-02-01", "status": "planned"},
    ),
    "hosted": (
        "Turkish President Recep Tayyip Erdogan hosted Azerbaijani President Ilham Aliyev in Ankara on Monday.",
        {"kind": "summit", "parties": "AZE TUR", "host": "TUR", "from": "2025-12-08", "status": "held"},
    ),
    "bare_surnames_are_inferred": (
        "Lukashenko, speaking in Minsk on Tuesday, said that he would meet Putin in Valaam in August.",
        {
            "kind": "summit",
            "parties": "BLR RUS",
            "place": "Valaam",
            "from": "2026-08-01",
            "inferred": "parties country",
        },
    ),
    "called_off_after_a_relative_clause": (
        "Xi's summit with Putin, which was planned for Friday, has been called off, the ministry said.",
        {"kind": "summit", "parties": "CHN RUS", "from": "2025-12-12", "status": "cancelled"},
    ),
    "meeting_as_a_participle": (
        "The presidents of Congo and Rwanda, meeting in Washington on December 4, signed an accord.",
        {"kind": "summit", "parties": "COD RWA", "place": "Washington", "from": "2025-12-04", "status": "held"},
    ),
    "their_meeting": (
        "At their meeting in Kampala on Monday, Uganda's Yoweri Museveni and Kenya's William Ruto agreed.",
        {"kind": "summit", "parties": "KEN UGA", "place": "Kampala", "from": "2025-12-08", "status": "held"},
    ),
    "absent_leader_is_no_actor": (
        "Zelensky did not attend the BRICS summit in Kazan.",
        {"kind": "summit", "organisation": "BRICS", "actors": "", "parties": "", "place": "Kazan"},
    ),
    "host_by_relative_clause": (
        "India, which hosts the Quad summit in January, has invited the leaders of Australia and Japan.",
        {"kind": "summit", "organisation": "Quad", "host": "IND", "from": "2026-01-01", "status": "planned"},
    ),
    "opened_yesterday": (
        "The 28th Arab League summit opened in Amman on Wednesday.",
        {"organisation": "Arab League", "edition": "28th", "from": "2025-12-10", "to": None, "status": "ongoing"},
    ),
    "ministers_gather": (
        "Foreign ministers of the G7 will gather in Quebec next Tuesday.",
        {"kind": "ministerial", "organisation": "G7", "from": "2025-12-16", "status": "planned"},
    ),
    "delegations": (
        "Delegations from Sudan and South Sudan met in Juba on Tuesday under the mediation of Ethiopia.",
        {"kind": "talks", "parties": "SDN SSD", "place": "Juba", "from": "2025-12-09", "status": "held"},
    ),
    "no_plans": (
        "The Kremlin said there were no plans for a phone call between Putin and Trump.",
        {"kind": "call", "parties": "RUS USA", "status": "ruled_out"},
    ),
    "memory_of_years_ago": (
        "The summit between North Korea's Kim Jong Un and Putin was held in Vladivostok in April 2019.",
        {"kind": "summit", "parties": "PRK RUS", "from": "2019-04-01", "to": "2019-04-30", "status": "held"},
    ),
    "leaders_without_names": (
        "Leaders from 20 African nations are gathering in Luanda for a two-day summit on debt.",
        {
            "kind": "summit",
            "parties": "",
            "place": "Luanda",
            "from": "2025-12-11",
            "status": "ongoing",
            "confidence": "medium",
        },
    ),
    "states_only_are_low": (
        "A summit between Guinea and Senegal is planned for next month.",
        {"kind": "summit", "parties": "GIN SEN", "status": "planned", "confidence": "low"},
    ),
}


@pytest.mark.parametrize("case", SINGLE)
def test_one_sentence_tells_one_meeting(case):
    text, expected = SINGLE[case]
    meetings = read(text)

    assert len(meetings) == 1, meetings
    found = flatten(meetings[0])
    assert {key: found[key] for key in expected} == expected
    assert meetings[0].claims[0].text == text


NO_SUMMIT = {
    "mountain": "Two climbers died near the summit of Mount Kenya on Monday, Kenyan rangers said.",
    "trade_fair": "Executives from India and Singapore will attend the Asia Tech Summit in Singapore on Friday.",
    "mayors": "A summit of mayors from France and Germany opens in Lyon on Thursday.",
    "company": "Summit Petroleum said its wells in Ghana and Gabon produced more oil.",
    "sport": "Brazil meet Argentina in the semi-final of the tournament in Doha on Friday.",
    "figure_of_speech": "The singer from Ghana is at the summit of her career.",
    "board": "The board meeting of the Swiss bank is on Friday in Zurich.",
    "coalition": "Coalition talks in Belgium between the two largest parties collapsed on Tuesday.",
    "news_conference": "French and German officials held a news conference in Berlin on Monday.",
    "met_with_criticism": "The decision by France and Spain met with criticism in Brussels.",
    "habit": "The presidents of Finland and Estonia have met several times.",
    "wages": "Wage talks between the union and the airline in Lisbon resume on Monday.",
    "opposition": "President Emmanuel Macron met opposition leaders in Paris on Tuesday.",
    "own_governor": "Iraq's prime minister met with the governor of Basra on Monday.",
    "years_of_talks": "Chad and Niger signed the treaty after twelve years of talks.",
    "summits_in_general": "Summits between France and Germany bore many people in Strasbourg.",
    "bare_summit": "The summit was a success, the newspaper wrote.",
}


@pytest.mark.parametrize("case", NO_SUMMIT)
def test_what_is_no_meeting_of_states_is_not_read_as_one(case):
    assert read(NO_SUMMIT[case]) == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Crown Prince Mohammed bin Salman of Saudi Arabia met Jordanian Foreign Minister Ayman Safadi on Monday.",
            "talks",
        ),
        (
            "Former British Prime Minister Tony Blair met Egyptian President Abdel Fattah al-Sisi in Cairo on Monday.",
            "talks",
        ),
        ("A summit of the foreign ministers of Malta and Cyprus will be held in Nicosia on Friday.", "ministerial"),
    ],
)
def test_lower_levels_make_no_summit(text, kind):
    assert [meeting.kind for meeting in read(text)] == [kind]
