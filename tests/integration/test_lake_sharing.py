"""The steps of a pass share one open lake, and see what the others wrote."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tasks.core.errors import LakeMissing
from tasks.edge.lake import sharing
from tasks.edge.lake.attach import LakeAddress
from tasks.edge.lake.sharing import borrow_lake, share_lake
from tasks.edge.lake.write import write_lake
from tests.lakes import NOW, items, locate, make_lake


@pytest.fixture
def address(tmp_path: Path) -> LakeAddress:
    return make_lake(tmp_path)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How the lake was opened, each time that it was."""
    told: list[str] = []

    def count(name: str) -> None:
        original = getattr(sharing, name)

        def connect(address: LakeAddress, **more: Any) -> duckdb.DuckDBPyConnection:
            told.append(name)
            return original(address, **more)

        monkeypatch.setattr(sharing, name, connect)

    count("connect_reader")
    count("connect_writer")
    return told


def count_items(address: LakeAddress) -> int:
    with borrow_lake(address) as connection:
        return int(connection.execute("select count(*) from items").fetchall()[0][0])


def write_items(address: LakeAddress, numbers: range) -> None:
    with write_lake(address, "a test", NOW, "items") as lake:
        lake.append("item_facts", items(numbers))


def write_and_fail(address: LakeAddress) -> None:
    with write_lake(address, "a test", NOW, "items") as lake:
        lake.append("item_facts", items(range(4)))
        lake.connection.execute("select no_such_column from items")


def test_all_steps_of_a_block_share_one_lake_and_see_what_others_wrote(address: LakeAddress, opened: list[str]) -> None:
    with share_lake(address):
        write_items(address, range(3))
        with share_lake(address):
            assert count_items(address) == 3
        write_items(address, range(5))
        assert count_items(address) == 5

    assert opened == ["connect_writer"]


def test_threads_share_it_too(address: LakeAddress, opened: list[str]) -> None:
    write_items(address, range(7))
    opened.clear()
    with share_lake(address), ThreadPoolExecutor(4) as threads:
        assert list(threads.map(count_items, [address] * 8)) == [7] * 8

    assert opened == ["connect_writer"]


def test_outside_of_a_block_each_step_has_its_own(address: LakeAddress, opened: list[str]) -> None:
    with share_lake(address):
        pass
    write_items(address, range(2))

    assert count_items(address) == 2
    assert opened == ["connect_writer", "connect_reader"]


def test_after_a_step_that_failed_the_lake_is_opened_anew(address: LakeAddress, opened: list[str]) -> None:
    with share_lake(address):
        with pytest.raises(duckdb.Error):
            write_and_fail(address)
        assert count_items(address) == 0

    assert opened == ["connect_writer", "connect_writer"]


def test_what_is_borrowed_speaks_utc_and_of_the_lake(address: LakeAddress) -> None:
    with share_lake(address), borrow_lake(address) as connection:
        told = connection.execute("select current_setting('TimeZone'), current_catalog()").fetchall()

    assert told == [("UTC", "lake")]


def test_a_home_without_a_lake_is_said_to_be_one(tmp_path: Path) -> None:
    address = locate(tmp_path)

    with share_lake(address), pytest.raises(LakeMissing), borrow_lake(address):
        pass
