"""How people are told beside their names: offices in the text's own words, trades, chains of titles, and who is nobody."""

from datetime import date
from functools import cache

import pytest

from tasks.core.names import NameIndex
from tasks.core.people.reader import PeopleReader
from tests.catalog import builtin_catalog


@cache
def open_people():
    catalog = builtin_catalog()
    return PeopleReader(catalog, NameIndex(catalog))


def read(text):
    return open_people().find_actors(text, 0, date(2025, 11, 3))


def told(actor):
    return actor.name, actor.role, actor.country


def words(actor):
    return [mention.text for mention in actor.mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chinese Vice Premier Shen Ruolin left.", ("Shen Ruolin", "Vice Premier", "CHN")),
        ("British Defence Secretary Alan Frome left.", ("Alan Frome", "Defence Secretary", "GBR")),
        ("Deputy director Karim Belhadj left.", ("Karim Belhadj", "Deputy Director", None)),
        ("Iran's chief negotiator Reza Moradi left.", ("Reza Moradi", "chief negotiator", "IRN")),
        ("UN climate envoy Ingrid Salvesen left.", ("Ingrid Salvesen", "climate envoy", None)),
        ("Customs chief Obinna Ezenwa left.", ("Obinna Ezenwa", "customs chief", None)),
        ("Human rights activist Lena Marek left.", ("Lena Marek", "human rights activist", None)),
        ("Democratic senator Dale Whitcomb left.", ("Dale Whitcomb", "senator", None)),
        ("Army Capt. Joseph Oduya left.", ("Joseph Oduya", "Captain", None)),
        ("Lt. Gen. Abel Tesfaye left.", ("Abel Tesfaye", "Lieutenant General", None)),
        ("NATO Secretary General Jan de Boer left.", ("Jan de Boer", "Secretary-General", None)),
        ("Nigerian President Sunday Okoro left.", ("Sunday Okoro", "President", "NGA")),
        ("President [Ana] Quiroga left.", ("Ana Quiroga", "President", None)),
        ("Norwegian King Olav IX left.", ("Olav IX", "King", "NOR")),
        (
            "Deputy Premier and Labour Minister Ana Conti left.",
            ("Ana Conti", "Deputy Premier and Labour Minister", None),
        ),
        ("Minister of National Defence Nikos Pappas left.", ("Nikos Pappas", "Minister of National Defence", None)),
        ("Prime Minister Datuk Seri Azlan Hamid left.", ("Azlan Hamid", "Prime Minister", None)),
        ("Gen. Abel Tesfaye, the Ethiopian army chief, left.", ("Abel Tesfaye", "army chief", "ETH")),
        ("Ukraine's army chief, General Petro Horba, left.", ("Petro Horba", "army chief", "UKR")),
        ("Foreign Ministry spokeswoman Lin Yulian left.", ("Lin Yulian", "Foreign Ministry spokeswoman", None)),
        ("Rep. Park Joo-hyun left.", ("Park Joo-hyun", "representative", None)),
        ("President Kofi Asante of Ghana left.", ("Kofi Asante", "President", "GHA")),
        ("Ana Solberg, who heads the Red Cross, left.", ("Ana Solberg", "head", None)),
        ("Tajik President Rahmon Sharifzoda left.", ("Rahmon Sharifzoda", "President", "TJK")),
    ],
)
def test_an_office_is_told_in_the_words_of_the_text(text, expected):
    assert [told(actor) for actor in read(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The head of the Libyan delegation, Salem Bugaighis, left.", "head of the Libyan delegation"),
        ("Head of the Tuluna region Alexei Timin left.", "head of the Tuluna region"),
        ("UN special envoy for Syria Bernt Aasen left.", "special envoy"),
        ("Ivan Dolnik, the group's chief executive, left.", "chief executive"),
        ("Sweden's foreign minister, former ambassador Karin Lind, left.", "Foreign Minister"),
        ("The prime minister's wife, historian Elena Petrova, left.", "historian"),
    ],
)
def test_what_stands_around_a_title_leaves_it_whole(text, expected):
    (actor,) = read(text)

    assert actor.role == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Striker Émile Ndiaye left.", ("Émile Ndiaye", "striker", None)),
        ("Israeli police officer Dan Peretz left.", ("Dan Peretz", "police officer", "ISR")),
        ("Aid worker Tom Baxter left.", ("Tom Baxter", "aid worker", None)),
        ("Nobody saw when driver Tom Baxter left.", ("Tom Baxter", "driver", None)),
        ("The ship's captain, Nikos Pappas, left.", ("Nikos Pappas", "captain", None)),
        ("Hamza Okello, 41, a bus driver who got away, left.", ("Hamza Okello", "bus driver", None)),
        ("Nadia Brannigan, a retired nurse from Cork, left.", ("Nadia Brannigan", "nurse", None)),
        ("Council member Adam Smithers left.", ("Adam Smithers", "council member", None)),
        ("Adam Smithers, a supporter of the coach, left.", ("Adam Smithers", None, None)),
    ],
)
def test_a_trade_is_told_with_its_kind(text, expected):
    assert [told(actor) for actor in read(text)] == [expected]


def test_an_office_says_more_than_a_trade():
    (actor,) = read("They named agent Peter Strand, the deputy head of the Kenyan unit, on Monday.")

    assert actor.role == "Deputy Head"


@pytest.mark.parametrize(
    "text",
    [
        "The broadcaster Kanal Osam was closed.",
        "The Himalayan Ledger said so.",
        "It went to the Investor Education Foundation.",
        "He is chairman of the House Freedom Caucus.",
        "She was deputy director of the U.S. Consumer Protection Bureau.",
        "(Reporting by Ana Gomez in Lisbon; Editing by Tom Baxter)",
        "Additional reporting by Ana Gomez",
        "Northern Press writer Ana Gomez in Lisbon contributed to this report.",
        "By Ana Gomez",
    ],
)
def test_papers_firms_and_the_makers_of_a_story_are_nobody(text):
    assert read(text) == ()


def test_ministers_of_two_unnamed_states_share_their_title():
    actors = read("The interior ministers of both countries, Kofi Asante and Mariam Diallo, shook hands.")

    assert [actor.role for actor in actors] == ["Interior Minister", "Interior Minister"]


def test_a_counterpart_without_a_name_is_who_holds_the_same_office_there():
    text = "Kenyan President Peter Otieno called his Ugandan counterpart. Ugandan President Ruth Achan was ill."

    assert words(read(text)[1]) == ["his Ugandan counterpart", "Ugandan President Ruth Achan"]


def test_a_counterpart_of_another_office_is_nobody_here():
    text = "Ugandan President Ruth Achan was ill. Kenya's trade minister, Peter Otieno, called his Ugandan counterpart."

    assert words(read(text)[0]) == ["Ugandan President Ruth Achan"]


def test_of_two_who_may_be_meant_the_one_of_that_very_role_is():
    text = "Kremlin aide Ivan Belov and Brazilian adviser Caio Prado met. Nothing was signed, the aide said."

    assert words(read(text)[0])[-1] == "the aide"


def test_foreign_ministers_may_each_have_their_own_country_behind_the_name():
    actors = read("Foreign ministers Askar Omarov of Kazakhstan and Zafar Mirsaid of Tajikistan met.")

    assert [told(actor) for actor in actors] == [
        ("Askar Omarov", "Foreign Minister", "KAZ"), ("Zafar Mirsaid", "Foreign Minister", "TJK")
    ]  # fmt: skip


def test_the_role_of_a_counterpart_is_inferred():
    actors = read("Kenyan Foreign Minister Peter Otieno met his Ugandan counterpart Ruth Achan.")

    assert (actors[1].role, actors[1].country, actors[1].inferred) == ("Foreign Minister", "UGA", ("role",))


def test_the_employer_stands_before_the_role_or_behind_it():
    before, behind = read("Nordwind chief executive Petra Lohse met Tom Baxter, senior analyst at Straits Commodities.")

    assert (before.organisation, behind.organisation) == ("Nordwind", "Straits Commodities")
