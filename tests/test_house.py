"""The house holds: sizes, names, documents that are true, and nothing of this or that machine."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tasks.edge.lake.statements import list_sql
from tasks.settings import SETTINGS

ROOT = Path(__file__).parents[1]
CODE = sorted(path for folder in ("flows", "tasks") for path in (ROOT / folder).rglob("*.py"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def list_tracked():
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    return [ROOT / name for name in done.stdout.splitlines() if (ROOT / name).is_file()]


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_stay_small(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONG_FILES.get(path.name, 300)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < 50, node.name


# The nouns of the whole pipeline stand in one file, so that they can be read in one go; names.py is a word list or two over.
LONG_FILES = {"model.py": 690, "names.py": 320}


def test_every_package_file_is_empty():
    for path in CODE:
        if path.name == "__init__.py":
            assert path.read_text(encoding="utf-8") == "", path


def test_no_unfinished_mark_stands_in_the_code():
    for path in CODE:
        assert not re.search(r"(?i)\b(todo|fixme|xxx|notimplemented)\b", path.read_text(encoding="utf-8")), path


def test_no_file_names_a_registry_or_a_machine():
    hosts = re.compile("py" + r"pi\.org|python" + r"hosted|npm" + r"js\.|deb\.deb" + r"ian|/work" + "/main")
    for path in list_tracked():
        if path.suffix not in {".png"}:
            assert not hosts.search(path.read_text(encoding="utf-8", errors="ignore")), path


def test_the_lock_holds_hashes_and_no_address():
    assert "://" not in LOCK
    pinned = set(re.findall(r"^([a-z0-9][\w.-]*)==", LOCK, re.MULTILINE))
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["dev"]]
    names = {re.match(r"[\w.-]+", each)[0].lower() for each in wanted}
    assert names <= pinned, names - pinned


def test_duckdb_and_its_extension_wheels_are_of_one_version():
    versions = dict(re.findall(r"^(duckdb[\w-]*)==([\d.]+)", LOCK, re.MULTILINE))
    assert {"duckdb", "duckdb-extension-ducklake", "duckdb-extension-sqlite"} <= versions.keys()
    assert set(versions.values()) == {"1.5.5"}


@pytest.mark.parametrize("name", SETTINGS)
def test_the_readme_names_every_setting(name):
    assert f"`{name}`" in README


@pytest.mark.parametrize("path", sorted((ROOT / "flows").glob("*.py")), ids=lambda path: path.stem)
def test_the_readme_names_every_flow(path):
    if not path.stem.startswith("__"):
        assert f"{path.stem}.py" in README


@pytest.mark.parametrize("view", [view.name for view in list_sql("views")])
def test_the_readme_names_every_relation(view):
    assert f"`{view}`" in README


@pytest.mark.parametrize("macro", [macro.name for macro in list_sql("macros")])
def test_the_readme_shows_how_every_macro_is_called(macro):
    assert f"`{macro}(" in README


def test_the_readme_names_no_example_question_that_is_not_there():
    examples = {example.name for example in list_sql("examples")}
    assert set(re.findall(r"dateline sql ([a-z_]+)\b", README)) <= examples
    assert f"{len(examples)} more stand in `sql/examples`" in README


def test_the_readme_names_every_command_that_the_program_has():
    done = subprocess.run([sys.executable, "-m", "flows", "--help"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for command in re.findall(r"^[│ ]+([a-z]+)  ", done.stdout, re.MULTILINE):
        assert f"`dateline {command}" in README, command


def test_importing_the_core_brings_nothing_heavy():
    program = (
        "import sys, tasks.core.reading, tasks.catalog.load; "
        "sys.exit(bool({'prefect', 'duckdb', 'aiohttp', 'trafilatura', 'polars'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT).returncode == 0
