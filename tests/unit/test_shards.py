"""Which wires a shard of the monitor works on, and which shards may run beside each other."""

from pathlib import Path

import pytest
import yaml

from tasks.core.errors import BadInput
from tasks.core.shards import (
    MOST_SHARDS,
    WHOLE,
    Shard,
    choose_wires,
    holds_wire,
    list_rivals,
    may_meet,
    parse_shard,
    shard_of_run,
)

WIRES = [f"wire-{number}" for number in range(300)]


@pytest.mark.parametrize("of", [1, 2, 3, 7, MOST_SHARDS])
def test_each_wire_is_in_one_shard(of):
    shares = [choose_wires(Shard(number, of), WIRES) for number in range(1, of + 1)]
    assert sorted(wire for share in shares for wire in share) == sorted(WIRES)
    assert all(shares)


def test_a_wire_is_in_the_same_shard_everywhere_and_for_ever():
    wires = ["tass", "reuters", "afp", "norvik"]
    assert [wire for wire in wires if holds_wire(Shard(1, 2), wire)] == SHARE_OF_TWO


SHARE_OF_TWO = ["reuters", "afp"]  # written down: another rule would give wires to other monitors


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("1/2", "2/2", False),
        ("1/3", "2/3", False),
        ("1/2", "1/3", True),
        ("1/2", "3/4", True),
        ("1/2", "2/4", False),
        ("1/1", "2/3", True),
        ("2/3", "2/3", True),
    ],
)
def test_two_shards_meet_where_a_wire_can_be_in_both(one, other, meet):
    first, second = parse_shard(one), parse_shard(other)
    assert may_meet(first, second) is may_meet(second, first) is meet
    if one != other:
        assert (second in list_rivals(first)) is meet
    if not meet:
        assert not set(choose_wires(first, WIRES)) & set(choose_wires(second, WIRES))


def test_a_pass_over_all_wires_has_every_shard_for_a_rival():
    assert len(list_rivals(WHOLE)) == sum(range(2, MOST_SHARDS + 1))


@pytest.mark.parametrize("written", ["0/3", "4/3", "1", "1/0", "a/b", "1/99", "-1/2", "1/2/3"])
def test_what_is_no_shard_is_refused_in_one_sentence(written):
    with pytest.raises(BadInput, match="write 1/3, 2/3 and 3/3"):
        parse_shard(written)


def test_nothing_written_is_all_wires():
    assert parse_shard(None) == parse_shard("") == WHOLE
    assert parse_shard(" 2 / 3 ") == Shard(2, 3)


@pytest.mark.parametrize("shard", [WHOLE, Shard(2, 3), Shard(11, 12)])
def test_the_shard_of_a_pass_is_told_by_its_id(shard):
    assert shard_of_run(f"20260301T120000-0a1b2c{shard.mark}") == shard
    assert shard_of_run(f"20260301T120000-0a1b2c{shard.mark}-001.warc.gz.part") == shard


def test_the_deployments_of_shards_are_all_wires_each_once():
    file = Path(__file__).parents[2] / "deploy" / "prefect-shards.yaml"
    deployments = yaml.safe_load(file.read_text(encoding="utf-8"))["deployments"]
    shards = [parse_shard(each["parameters"]["shard"]) for each in deployments]
    assert [(shard.number, shard.of) for shard in shards] == [(n, len(shards)) for n in range(1, len(shards) + 1)]
    assert [each["name"] for each in deployments] == [f"monitor-{shard.number}-of-{shard.of}" for shard in shards]
    assert {each["entrypoint"] for each in deployments} == {"flows/monitor.py:monitor"}
