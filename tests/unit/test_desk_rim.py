"""The rim: what each kind of end prints, and its exit code."""

import pytest

from flows.__main__ import COMMANDS, main
from tasks.core.errors import BadInput, LakeMissing, QueryRefused
from tasks.desk.rim import run_command


def end_with(error, capsys, *, is_debug=False):
    def command():
        raise error

    code = run_command(command, is_debug=is_debug)
    return code, capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code"),
    [(LakeMissing("There is no lake."), 1), (BadInput("No such id."), 2), (QueryRefused("It would write."), 2)],
)
def test_an_expected_error_is_its_sentence_and_its_code(error, code, capsys):
    assert end_with(error, capsys) == (code, f"{error}\n")


def test_a_traceback_is_shown_with_debug_only(capsys):
    _, plain = end_with(BadInput("No such id."), capsys)
    _, debugged = end_with(BadInput("No such id."), capsys, is_debug=True)
    assert "Traceback" not in plain
    assert "Traceback" in debugged


def test_an_error_nobody_expected_is_named_and_points_to_debug(capsys):
    code, words = end_with(ZeroDivisionError("division by zero"), capsys)
    assert code == 1
    assert words.count("\n") == 1
    assert "ZeroDivisionError: division by zero" in words
    assert "--debug" in words


def test_ctrl_c_is_130_without_words(capsys):
    assert end_with(KeyboardInterrupt(), capsys) == (130, "")


@pytest.mark.parametrize(("result", "code"), [(None, 0), (0, 0), (1, 1), ("words", 0)])
def test_the_code_is_the_number_that_a_command_returns(result, code):
    assert run_command(lambda: result, is_debug=False) == code


def test_a_command_that_does_not_exist_names_the_near_one(capsys):
    assert main(["sumits"]) == 2
    assert "`dateline summits`" in capsys.readouterr().err


def test_an_option_that_does_not_exist_is_wrong_use(capsys):
    assert main(["topics", "--foo"]) == 2
    assert "--foo" in capsys.readouterr().err


def test_the_help_lists_every_command(capsys):
    assert main(["--help"]) == 0
    listed = capsys.readouterr().out
    for name in COMMANDS:
        assert f" {name} " in listed


@pytest.mark.parametrize(
    "command",
    [
        ["latest"],
        ["summits"],
        ["alerts"],
        ["feeds"],
        ["topics"],
        ["show", "a"],
        ["why", "a"],
        ["rules", "diff"],
        ["sql", "select 1"],
    ],
)
def test_a_command_that_only_reads_never_makes_a_home(command, tmp_path, capsys):
    home = tmp_path / "none"
    assert main([*command, "--home", str(home)]) == 1
    assert f"No lake at {home}" in capsys.readouterr().err
    assert not home.exists()
