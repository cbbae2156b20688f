"""The loader of topics: what it reads, what an overlay changes, and every fault by name."""

import re

import pytest

from tasks.catalog.folders import BUILT_IN
from tasks.catalog.layers import Layers
from tasks.catalog.rules import load_topics
from tasks.core.topics.patterns import BUILT_IN_CONTEXTS, SLOTS

TOPIC = """
[[topic]]
id = "conflict"
label = "Conflict"
definition = "Fighting."
threshold = 4
strong = ["shelling"]
examples = [{ text = "Shelling.", match = true }, { text = "Rain.", match = false }]
"""
CHILD = TOPIC.replace('"conflict"', '"conflict.attack"')


def write(folder, text, name="topics/own.toml"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def load(*folders):
    layers = Layers(folders)
    rules, suppressors = load_topics(layers)
    return (
        {rule.topic: rule for rule in rules},
        {each.domain: each for each in suppressors},
        list(map(str, layers.faults)),
    )


def faults(folder, text, **options):
    return load(write(folder, text, **options))[2]


def test_the_built_in_rules_have_no_fault():
    assert load(BUILT_IN)[2] == []


def test_a_topic_is_read_whole(tmp_path):
    write(tmp_path, '[[plover]]\nid = "conflict"\ncategory = "ASSAULT"\n', "plover.toml")
    rules, _, found = load(
        write(
            tmp_path,
            """
            [[topic]]
            id = "conflict"
            label = " Conflict "
            definition = "Fighting."
            iptc = "medtop:16000000"
            strong = ["shelling @arms", { text = "siege of {place}", weight = 4 }]
            medium = ["{arms} fire"]
            weak = ["army @country"]
            masks = ["price war"]
            examples = [{ text = "Shelling.", match = true }, { title = "Sun", text = "Rain.", match = false }]

            [[context]]
            id = "arms"
            words = ["missile/n", "rocket"]
            """,
        )
    )
    rule = rules["conflict"]
    assert found == []
    assert (rule.label, rule.iptc, rule.plover, rule.lang, rule.threshold) == (
        "Conflict",
        "medtop:16000000",
        "ASSAULT",
        "en",
        2.0,
    )
    assert [(phrase.text, phrase.weight, phrase.needs) for phrase in rule.phrases] == [
        ("shelling", 3.0, ("(missile/n|rocket)",)),
        ("siege of {place}", 4.0, ()),
        ("(missile/n|rocket) fire", 1.5, ()),
        ("army", 0.7, ("country",)),
    ]
    assert rule.phrases[0].rule == "conflict: shelling @arms"
    assert rule.masks == ("price war",)
    assert [(example.title, example.match) for example in rule.examples] == [(None, True), ("Sun", False)]


def test_the_topic_in_the_readme_loads(tmp_path):
    readme = (BUILT_IN / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(\[\[topic\]\].*?)```", readme, re.DOTALL)
    rules, _, found = load(BUILT_IN, write(tmp_path, example))
    assert found == []
    assert rules["conflict.drones"].also == ("diplomacy",)


def test_the_readme_explains_every_key_slot_and_context():
    readme = (BUILT_IN / "README.md").read_text(encoding="utf-8")
    keys = ("id", "label", "definition", "iptc", "also", "threshold", "strong", "medium", "weak", "masks", "examples")
    assert [key for key in keys if f"{key} =" not in readme] == []
    assert [slot for slot in SLOTS if f"{{{slot}}}" not in readme] == []
    assert [need for need in BUILT_IN_CONTEXTS if f"@{need}" not in readme] == []


def test_a_suppressor_is_read(tmp_path):
    _, suppressors, found = load(write(tmp_path, '[[suppressor]]\nid = "sport"\nphrases = ["coach/n"]\n'))
    assert found == []
    assert (suppressors["sport"].weight, suppressors["sport"].lang, suppressors["sport"].phrases) == (
        1.2,
        "en",
        ("coach/n",),
    )


def test_an_overlay_changes_only_the_keys_that_it_names(tmp_path):
    base, own = write(tmp_path / "base", TOPIC), write(tmp_path / "own", '[[topic]]\nid = "conflict"\nthreshold = 9\n')
    rules, _, found = load(base, own)
    assert found == []
    assert (rules["conflict"].threshold, rules["conflict"].label) == (9.0, "Conflict")


def test_an_overlay_adds_a_topic_in_a_file_of_its_own(tmp_path):
    base, own = write(tmp_path / "base", TOPIC), write(tmp_path / "own", CHILD, "topics/more.toml")
    rules, _, found = load(base, own)
    assert found == []
    assert set(rules) == {"conflict", "conflict.attack"}


def test_a_topic_that_is_off_takes_its_children_and_its_category_along(tmp_path):
    base = write(tmp_path / "base", TOPIC + CHILD + TOPIC.replace('"conflict"', '"peace"\nalso = ["conflict"]'))
    write(base, '[[plover]]\nid = "conflict.attack"\ncategory = "ASSAULT"\n', "plover.toml")
    own = write(tmp_path / "own", '[[topic]]\nid = "conflict"\nenabled = false\n')
    rules, _, found = load(base, own)
    assert found == []
    assert set(rules) == {"peace"}
    assert rules["peace"].also == ()


def test_the_built_in_rules_take_an_overlay(tmp_path):
    own = write(tmp_path, '[[topic]]\nid = "conflict"\nenabled = false\n', "topics/conflict.toml")
    rules, _, found = load(BUILT_IN, own)
    assert found == []
    assert not any(topic.startswith("conflict") for topic in rules)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (('"conflict"', '"Conflict"'), "is no topic id"),
        (('"conflict"', '"war.attack"'), "has the unknown parent war"),
        (("threshold = 4", 'also = ["peace"]'), "counts also for 'peace', which is no parent topic"),
        (("threshold = 4", "threshold = 99"), "has threshold = 99, out of range"),
        (("threshold = 4", 'threshold = "high"'), "has threshold = 'high', which is of the wrong type"),
        (("threshold = 4", "threshold = true"), "has threshold = True, which is of the wrong type"),
        (("threshold = 4", 'colour = "red"'), "has the unknown key colour"),
        (("threshold = 4", 'iptc = "16000000"'), "has the iptc code '16000000'"),
        (('label = "Conflict"\n', ""), "has no label"),
        (('definition = "Fighting."', 'definition = " "'), "has no definition"),
        (('["shelling"]', '["(shelling"]'), "'(shelling' in strong has an opening bracket"),
        (('["shelling"]', '["shelling @moon"]'), "'shelling @moon' needs the unknown context moon"),
        (('["shelling"]', '["{moon} shelling"]'), "names the slot {moon}"),
        (('["shelling"]', '[" "]'), "has ' ' in strong"),
        (('["shelling"]', "[7]"), "has 7 in strong"),
        (('["shelling"]', '[{ text = "shelling", weight = 50 }]'), "has the weight 50 in strong"),
        (('["shelling"]', '[{ text = "shelling", wait = 5 }]'), "in strong"),
        (('["shelling"]', '["shelling"]\nmasks = ["price war @country"]'), "needs a context, which only phrases"),
        (("match = true", "match = false"), "has no positive example"),
        (("match = false", "match = true"), "has no negative example"),
        (("match = true", 'match = "yes"'), "example 1 is malformed"),
        (('["shelling"]', '["a"]'), "'a' in strong may be the single letter 'a'"),
        (('["shelling"]', '["(siege|x)"]'), "may be the single letter 'x'"),
        (('["shelling"]', '["siege .. (of|a)"]'), "may be the single letter 'a'"),
        (('["shelling"]', '["{party}"]'), "may be a name and nothing else"),
        (('["shelling"]', '["({party}|siege)"]'), "may be a name and nothing else"),
        (('["shelling"]', '["(a+)+$"]'), "has a word joined to a bracket"),
        (('["shelling"]', f'["{"(" * 300}siege{")" * 300}"]'), "has more than 200 brackets"),
        (('["shelling"]', f'["{"(one|two) " * 40}"]'), "stands for more than 20000 spellings"),
        (('["shelling"]', '["shelling"]\nmasks = ["shelling"]'), "'shelling' stands in strong and in masks"),
        (('["shelling"]', '["shelling"]\nweak = ["army", "shelling"]'), "'shelling' stands in strong and in weak"),
    ],
)
def test_each_fault_of_a_topic_is_named(tmp_path, change, fault):
    found = faults(tmp_path, TOPIC.replace(*change))
    assert any(fault in each for each in found), found
    assert all(re.match(r"topics/own\.toml:\d+: topic\[", each) for each in found)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[[topics]]\nid = "x"\n', "topics: is not known here"),
        ("[[topic]]\nid = ", "is not valid TOML"),
        ("[[topic]]\nlabel = 'x'\n", "has no id"),
        ('[[suppressor]]\nid = "sport"\n', "suppressor[sport]: has no phrases"),
        ('[[suppressor]]\nid = "sport"\nphrases = ["a .. b"]\n', "has a gap"),
        ('[[suppressor]]\nid = "sport"\nphrases = ["a"]\nweight = 11\n', "has weight = 11, out of range"),
        ('[[suppressor]]\nid = "sport"\nphrases = "a"\n', "of the wrong type"),
        ('[[context]]\nid = "arms"\n', "context[arms]: has no words"),
        ('[[context]]\nid = "arms"\nwords = "missile"\n', "of the wrong type"),
        ('[[context]]\nid = "country"\nwords = ["land"]\n', "has the name of a built-in context"),
        ('[[context]]\nid = "leader"\nwords = ["king"]\n', "has the name of a slot"),
    ],
)
def test_each_fault_of_a_file_is_named(tmp_path, text, fault):
    found = faults(tmp_path, text)
    assert any(fault in each for each in found), found


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('id = "war"\ncategory = "ASSAULT"', "plover[war]: names no topic"),
        ('id = "conflict"\ncategory = "FIGHT"', "plover[conflict]: has the category 'FIGHT'"),
        ('id = "conflict"', "plover[conflict]: has the category ''"),
        ('id = "conflict"\nmode = "aerial"', "plover[conflict]: has the unknown key mode"),
        ('id = "conflict"\ncategory = 4', "of the wrong type"),
    ],
)
def test_each_fault_of_the_plover_table_is_named(tmp_path, text, fault):
    write(tmp_path, TOPIC)
    found = faults(tmp_path, f"[[plover]]\n{text}\n", name="plover.toml")
    assert any(fault in each for each in found), found


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (('["shelling"]', '[\n  "siege",\n  "(shelling",\n]'), 9),
        (("threshold = 4", "threshold = 99"), 6),
        (("threshold = 4", 'colour = "red"'), 6),
        (('definition = "Fighting."', 'definition = " "'), 5),
        (('label = "Conflict"\n', ""), 2),
    ],
)
def test_a_fault_names_the_line_that_holds_it(tmp_path, change, line):
    (found,) = faults(tmp_path, TOPIC.replace(*change))
    assert found.startswith(f"topics/own.toml:{line}: topic[conflict]: ")


def test_a_mask_that_is_a_phrase_of_another_topic_is_a_fault(tmp_path):
    (found,) = faults(tmp_path, TOPIC + CHILD.replace('["shelling"]', '["siege"]\nmasks = ["shelling"]'))
    assert "has the mask 'shelling', which is a phrase of conflict" in found


def test_a_list_of_too_many_spellings_is_a_fault(tmp_path):
    many = ", ".join(f'"{" ".join(f"({n}a|{n}b|{n}c|{n}d|{n}e|{n}f)" for _ in range(5))} {n}"' for n in range(14))
    (found,) = faults(tmp_path, TOPIC.replace('["shelling"]', f"[{many}]"))
    assert "strong stands for 108,864 spellings, more than 100,000" in found


RUSSIAN = """
[[topic]]
id = "conflict"
strong = ["обстрел"]
examples = [{ text = "Обстрел.", match = true }, { text = "Дождь.", match = false }]
"""


def by_language(*folders):
    layers = Layers(folders)
    rules, suppressors = load_topics(layers)
    assert layers.faults == []
    return {(rule.topic, rule.lang): rule for rule in rules}, suppressors


def test_a_folder_is_a_language_that_shares_the_meaning(tmp_path):
    write(write(tmp_path, TOPIC), RUSSIAN, "topics/ru/own.toml")
    rules, _ = by_language(tmp_path)
    english, russian = rules["conflict", "en"], rules["conflict", "ru"]
    assert (russian.label, russian.threshold) == (english.label, english.threshold) == ("Conflict", 4.0)
    assert [phrase.text for phrase in russian.phrases] == ["обстрел"]


def test_a_language_may_have_a_threshold_of_its_own_and_switch_a_topic_off(tmp_path):
    write(write(tmp_path, TOPIC + CHILD), RUSSIAN.replace("strong", "threshold = 2\nstrong"), "topics/ru/own.toml")
    write(tmp_path, RUSSIAN.replace('"conflict"', '"conflict.attack"\nenabled = false'), "topics/ru/more.toml")
    rules, _ = by_language(tmp_path)
    assert rules["conflict", "ru"].threshold == 2.0
    assert ("conflict.attack", "ru") not in rules


def test_a_class_stands_in_each_language_that_has_a_topic_below_it(tmp_path):
    write(write(tmp_path, TOPIC + CHILD), RUSSIAN.replace('"conflict"', '"conflict.attack"'), "topics/ru/own.toml")
    rules, _ = by_language(tmp_path)
    assert rules["conflict", "ru"].phrases == ()


def test_word_lists_and_suppressors_belong_to_their_language(tmp_path):
    lists = '[[context]]\nid = "arms"\nwords = ["{0}"]\n[[suppressor]]\nid = "sport"\nphrases = ["{1}"]\n'
    write(tmp_path, TOPIC.replace('"shelling"', '"shelling @arms"'))
    write(tmp_path, lists.format("rocket", "coach"), "topics/en/words.toml")
    write(tmp_path, lists.format("ракета", "тренер"), "topics/ru/words.toml")
    write(tmp_path, RUSSIAN.replace('"обстрел"', '"обстрел @arms"'), "topics/ru/own.toml")
    rules, suppressors = by_language(tmp_path)
    assert rules["conflict", "en"].phrases[0].needs == ("(rocket)",)
    assert rules["conflict", "ru"].phrases[0].needs == ("(ракета)",)
    assert [(each.lang, each.phrases) for each in suppressors] == [("en", ("coach",)), ("ru", ("тренер",))]


def test_a_file_of_no_language_lies_over_the_english_phrases(tmp_path):
    own = write(tmp_path, '[[topic]]\nid = "conflict.coup"\nstrong = ["putsch makers"]\n', "topics/conflict.toml")
    rules, _ = by_language(BUILT_IN, own)
    before, _ = by_language(BUILT_IN)
    after, old = rules["conflict.coup", "en"], before["conflict.coup", "en"]
    assert [phrase.text for phrase in after.phrases if phrase.weight == 3.0] == ["putsch makers"]
    assert (after.masks, after.examples) == (old.masks, old.examples)


def test_a_file_of_no_language_changes_an_english_list_or_suppressor_by_the_keys_that_it_names(tmp_path):
    changes = """
    [[suppressor]]
    id = "sport"
    weight = 2.5

    [[suppressor]]
    id = "arts"
    enabled = false

    [[context]]
    id = "harm"
    words = ["bruised"]
    """
    _, before = by_language(BUILT_IN)
    rules, after = by_language(BUILT_IN, write(tmp_path, changes, "topics/words.toml"))
    old, new = ({(each.domain, each.lang): each for each in every} for every in (before, after))
    assert (new["sport", "en"].weight, new["sport", "en"].phrases) == (2.5, old["sport", "en"].phrases)
    assert old.keys() - new.keys() == {("arts", "en")}
    needs = {need for phrase in rules["conflict.attack", "en"].phrases for need in phrase.needs}
    assert "(bruised)" in needs


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("topics/russian/own.toml", RUSSIAN, "lies in no folder of a language"),
        ("topics/ru/more/own.toml", RUSSIAN, "lies in no folder of a language"),
        ("topics/ru/own.toml", RUSSIAN.replace('"conflict"', '"war"'), "topic[war]: has no meaning"),
        ("topics/ru/own.toml", RUSSIAN.replace("strong", 'label = "Война"\nstrong'), "has the unknown key label"),
        ("topics/ru/own.toml", RUSSIAN.replace("обстрел", "обстрел @arms"), "needs the unknown context arms"),
    ],
)
def test_each_fault_of_a_language_is_named(tmp_path, name, text, fault):
    write(tmp_path, TOPIC + '[[context]]\nid = "arms"\nwords = ["rocket"]\n')
    found = faults(tmp_path, text, name=name)
    assert any(fault in each for each in found), found


def test_an_id_in_two_files_is_a_fault(tmp_path):
    write(tmp_path, TOPIC, "topics/other.toml")
    (found,) = faults(tmp_path, TOPIC)
    assert "stands also in topics/other.toml" in found


def test_all_faults_come_at_once_and_none_twice(tmp_path):
    found = faults(tmp_path, TOPIC.replace("threshold = 4", "threshold = 99").replace('["shelling"]', '["(a", "b)"]'))
    assert len(found) == len(set(found)) == 3
