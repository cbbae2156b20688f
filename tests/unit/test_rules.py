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
    ],
)
def test_each_fault_of_a_topic_is_named(tmp_path, change, fault):
    found = faults(tmp_path, TOPIC.replace(*change))
    assert any(fault in each for each in found), found
    assert all(each.startswith("topics/own.toml: topic[") for each in found)


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


def test_an_id_in_two_files_is_a_fault(tmp_path):
    write(tmp_path, TOPIC, "topics/other.toml")
    (found,) = faults(tmp_path, TOPIC)
    assert "stands also in topics/other.toml" in found


def test_all_faults_come_at_once_and_none_twice(tmp_path):
    found = faults(tmp_path, TOPIC.replace("threshold = 4", "threshold = 99").replace('["shelling"]', '["(a", "b)"]'))
    assert len(found) == len(set(found)) == 3
