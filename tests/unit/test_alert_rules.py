"""Which channel wants which alert, what its lines are, and how the carriers of a meeting are told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tasks.catalog.load import load_catalog
from tasks.core.alerts.carriers import count_carriers
from tasks.core.alerts.digest import describe_carriers
from tasks.core.alerts.rules import sample_alert, wants
from tasks.core.errors import CatalogBroken
from tasks.core.model import AlertRule
from tasks.edge.alert_channels import list_lines
from tasks.settings import read_settings
from tests.catalog import builtin_catalog
from tests.claims import ALERT, CARTAGENA

CATALOG = builtin_catalog()
WIRES = {wire.wire_id: wire for wire in CATALOG.wires}


@pytest.mark.parametrize("rule", CATALOG.alert_rules, ids=lambda rule: rule.rule_id)
def test_each_rule_does_what_its_examples_say(rule):
    assert rule.examples
    assert [wants(rule, sample_alert(parts)) for parts, _ in rule.examples] == [match for _, match in rule.examples]


@pytest.mark.parametrize(
    ("parts", "is_wanted"),
    [
        ({"kinds": ("summit.*",)}, True),
        ({"kinds": ("summit.status",)}, False),
        ({"parties": ("PAN", "FRA")}, True),
        ({"parties": ("FRA",)}, False),
        ({"organisations": ("the European Council",)}, False),
        ({"places": ("cartagena",)}, True),
        ({"places": ("COL",)}, True),
        ({"places": ("Peru",)}, False),
        ({"wires": ("norvik",)}, True),
        ({"wires": ("lumen",)}, False),
        ({"least_origins": 2}, True),
        ({"least_origins": 3}, False),
        ({"least_confidence": "medium"}, True),
        ({"least_confidence": "high"}, False),
        ({"parties": ("PAN",), "places": ("Peru",)}, False),
    ],
)
def test_a_rule_wants_what_has_all_that_it_asks(parts, is_wanted):
    alert = replace(ALERT, place=CARTAGENA, confidence="medium")

    assert wants(AlertRule("own", "own", **parts), alert) is is_wanted


def test_an_organisation_is_known_by_any_of_its_names():
    assert wants(AlertRule("own", "own", organisations=("European Council",)), replace(ALERT, organisation="EU"))


def open_overlay(folder, channels, rules=""):
    (folder / "catalog").mkdir()
    (folder / "catalog" / "channels.toml").write_text(channels, encoding="utf-8")
    (folder / "catalog" / "alerts.toml").write_text(rules, encoding="utf-8")
    return load_catalog(folder / "catalog")


def test_a_named_channel_has_its_rules_and_its_address_from_the_environment(tmp_path):
    catalog = open_overlay(
        tmp_path,
        '[desk]\nurl = "env:DESK_URL"\nsend = ["nile"]\n',
        '[[rule]]\nid = "nile"\nparties = ["Egypt", "ETH"]\n',
    )

    listed = list_lines(read_settings(tmp_path, {}), catalog, {"DESK_URL": "json://desk.example/T0K3N"})

    assert [line.address for line in listed.lines] == ["log:", "json://desk.example/T0K3N"]
    assert [rule.parties for rule in listed.lines[1].rules or ()] == [("EGY", "ETH")]
    assert listed.lines[1].label.startswith("desk: json #")


def test_a_variable_that_is_not_set_is_that_channels_fault_alone(tmp_path):
    catalog = open_overlay(tmp_path, '[desk]\nurl = "env:DESK_URL"\n')

    listed = list_lines(read_settings(tmp_path, {}), catalog, {})

    assert [line.address for line in listed.lines] == ["log:"]
    assert "DESK_URL" in listed.faults["desk"]


@pytest.mark.parametrize(
    ("channels", "words"),
    [
        ('[desk]\nsend = ["all"]\n', "has no url"),
        ('[desk]\nurl = "log:"\nsend = ["moon"]\n', "unknown rule 'moon'"),
        ('[desk]\nurl = "log:"\nsned = ["all"]\n', "unknown key sned"),
        ('url = "log:"\n', "stands outside a table"),
    ],
)
def test_a_slip_in_channels_is_told(tmp_path, channels, words):
    with pytest.raises(CatalogBroken) as broken:
        open_overlay(tmp_path, channels)

    assert words in str(broken.value)


def test_carriers_are_counted_by_origin_and_named():
    told = [("tass", "tass"), ("xinhua", "citing Axios"), ("anadolu", "citing Axios"), ("irna", "tass")]

    carriers = count_carriers(told, WIRES, ("RUS", "USA"))

    assert (carriers.wires, carriers.origins, carriers.sides) == (4, 2, ("RUS",))
    assert set(carriers.sources) == {
        f"{WIRES['anadolu'].name}, {WIRES['xinhua'].name} citing Axios",
        f"{WIRES['tass'].name} (also {WIRES['irna'].name})",
    }


@pytest.mark.parametrize(
    ("sides", "words"),
    [
        (("ECU",), "Wires of Ecuador carry it; none of Panama's own does"),
        (("ECU", "PAN"), "Wires of every side carry it: Ecuador and Panama"),
    ],
)
def test_the_message_says_on_whose_side_the_wires_are(sides, words):
    alert = replace(ALERT, sides=sides, sources=("Norvik Press", "Lumen citing Axios"))

    lines = describe_carriers(alert, {"ECU": "Ecuador", "PAN": "Panama"})

    assert lines == ["Carried by 3 wires, 2 independent origins: Norvik Press; Lumen citing Axios", words]
