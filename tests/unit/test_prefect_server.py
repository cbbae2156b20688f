"""Which server a run joins is left to Prefect wherever a file of Prefect's may name one."""

import gc

import pytest

from tasks.edge.prefect_server import may_be_named_elsewhere, rest_collector


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("prefect.toml", '[api]\nurl = "http://prefect.invalid/api"\n'),
        ("prefect.toml", 'api.url = "http://prefect.invalid/api"\n'),
        ("pyproject.toml", '[tool.prefect.api]\nurl = "http://prefect.invalid/api"\n'),
        (".env", "PREFECT_API_URL=http://prefect.invalid/api\n"),
        ("own/profiles.toml", '[profiles.far]\nPREFECT_API_URL = "http://prefect.invalid/api"\n'),
    ],
)
def test_a_file_of_prefects_that_may_name_a_server_is_seen(tmp_path, name, text):
    (tmp_path / "own").mkdir()
    environ = {"PREFECT_HOME": str(tmp_path / "own")}
    assert not may_be_named_elsewhere(environ, tmp_path)

    (tmp_path / name).write_text(text, encoding="utf-8")

    assert may_be_named_elsewhere(environ, tmp_path)


def test_profiles_elsewhere_are_seen(tmp_path):
    profiles = tmp_path / "mine.toml"
    profiles.write_text('[profiles.far]\nPREFECT_API_URL = "http://prefect.invalid/api"\n', encoding="utf-8")

    assert may_be_named_elsewhere({"PREFECT_HOME": str(tmp_path), "PREFECT_PROFILES_PATH": str(profiles)}, tmp_path)


def test_the_settings_of_this_checkout_name_no_server(pytestconfig, tmp_path):
    assert not may_be_named_elsewhere({"PREFECT_HOME": str(tmp_path)}, pytestconfig.rootpath)


def test_the_collector_rests_for_the_block_only():
    with rest_collector():
        assert not gc.isenabled()
    assert gc.isenabled()
