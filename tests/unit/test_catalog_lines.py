"""The line of an entry's words, as a person finds them in the files of the catalog."""

from tasks.catalog.layers import Layers
from tasks.catalog.lines import find_line

BASE = """# a comment

[[topic]]
id = "conflict"
examples = [
  { text = "Shelling hit Oslo.", match = true },
  { text = "A \\u201cwar\\u201d on prices.", match = false },
]

[[topic]]
id = 'diplomacy'
label = "Diplomacy"
"""
OVER = '[[topic]]\nid = "conflict"\nexamples = [{ text = "Shelling hit Bergen.", match = true }]\n'


def lay(tmp_path):
    for name, text in (("base", BASE), ("over", OVER)):
        (tmp_path / name / "topics").mkdir(parents=True)
        (tmp_path / name / "topics" / "all.toml").write_text(text, encoding="utf-8")
    return Layers((tmp_path / "base", tmp_path / "over"))


def find(tmp_path, ident, words):
    found = find_line(lay(tmp_path), "topics/*.toml", ("topic", ident), words)
    return found and (found.path.parts[-3], found.number)


def test_words_are_found_on_their_line(tmp_path):
    assert find(tmp_path, "conflict", "Shelling hit Oslo.") == ("base", 6)


def test_words_that_are_written_with_escapes_are_found_too(tmp_path):
    assert find(tmp_path, "conflict", "A “war” on prices.") == ("base", 7)


def test_the_upper_layer_goes_first(tmp_path):
    assert find(tmp_path, "conflict", "Shelling hit Bergen.") == ("over", 3)


def test_words_that_are_not_there_give_the_entrys_first_line_and_no_entry_gives_none(tmp_path):
    assert find(tmp_path, "diplomacy", "Talks in Lima.") == ("base", 10)
    assert find_line(Layers((tmp_path / "base",)), "topics/*.toml", ("topic", "sport"), "x") is None
    assert find_line(Layers((tmp_path / "base",)), "topics/*.toml", ("context", "conflict"), "x") is None


def test_a_line_is_shown_from_where_one_stands(tmp_path, monkeypatch):
    found = find_line(lay(tmp_path), "topics/*.toml", ("topic", "diplomacy"), "x")
    assert str(found) == f"{tmp_path / 'base' / 'topics' / 'all.toml'}:10"
    monkeypatch.chdir(tmp_path)
    assert str(found) == "base/topics/all.toml:10"
