"""The parsed catalog is kept and comes back the same; what has changed is parsed anew."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from tasks.catalog import recall
from tasks.catalog.load import load_catalog
from tasks.catalog.recall import recall_catalog
from tasks.core.errors import CatalogBroken

WIRE = """
[[wire]]
id = "norvik"
name = "Norvik Press"
lang = "en"
zone = "UTC"
gives = "full text"
feeds = [{ id = "world", url = "https://norvik.example/rss" }]
"""


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for what is kept, in a process that may keep."""
    folder = tmp_path / "kept"
    monkeypatch.setattr(recall, "_KEPT", folder)
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    return folder


def overlay(tmp_path: Path, text: str = WIRE) -> Path:
    folder = tmp_path / "catalog"
    folder.mkdir(exist_ok=True)
    (folder / "wires.toml").write_text(text, encoding="utf-8")
    return folder


def test_what_comes_back_is_what_was_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = overlay(tmp_path)
    recall_catalog(own)
    monkeypatch.setattr("tasks.catalog.load.load_catalog", None)  # cannot be called any more

    again = recall_catalog(own)
    monkeypatch.undo()

    parsed = load_catalog(own)
    assert [each.name for each in fields(parsed) if getattr(parsed, each.name) != getattr(again, each.name)] == []


@pytest.mark.parametrize("edited", ["wires.toml", "outlets.toml", "places.csv", "topics/conflict.toml"])
def test_an_edit_is_seen_at_once(tmp_path: Path, edited: str) -> None:
    own = overlay(tmp_path)
    recall_catalog(own)
    (own / edited).parent.mkdir(exist_ok=True)
    text = (own / edited).read_text(encoding="utf-8") if (own / edited).exists() else ""
    (own / edited).write_text(text.replace("Norvik Press", "Norvik Post") or "neither\nor", encoding="utf-8")

    if edited == "wires.toml":
        assert "Norvik Post" in {wire.name for wire in recall_catalog(own).wires}
    else:
        with pytest.raises(CatalogBroken, match=r"has no column id|not valid TOML"):
            recall_catalog(own)


def test_a_broken_catalog_is_broken_every_time(tmp_path: Path, kept: Path) -> None:
    own = overlay(tmp_path, "[[wire]]\nid = 3\n")

    for _ in range(2):
        with pytest.raises(CatalogBroken):
            recall_catalog(own)
    assert not kept.exists()


@pytest.mark.parametrize("harm", [b"", b"\x80\x05torn", b"\x80\x04K\x07."])
def test_a_kept_catalog_that_cannot_be_used_is_parsed_anew(tmp_path: Path, kept: Path, harm: bytes) -> None:
    own = overlay(tmp_path)
    recall_catalog(own)
    (file,) = kept.iterdir()
    file.write_bytes(harm)

    assert "norvik" in {wire.wire_id for wire in recall_catalog(own).wires}
    assert len(file.read_bytes()) > 10_000


def test_no_more_than_four_are_kept(tmp_path: Path, kept: Path) -> None:
    for number in range(6):
        recall_catalog(overlay(tmp_path, WIRE.replace("Press", str(number))))

    assert len(list(kept.iterdir())) == 4


def test_where_nothing_can_be_written_it_is_parsed_each_time(tmp_path: Path, kept: Path) -> None:
    kept.write_text("no folder", encoding="utf-8")

    assert recall_catalog(overlay(tmp_path)).wires
