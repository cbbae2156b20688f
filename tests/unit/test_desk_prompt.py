"""The prompt of `dateline sql`: where a statement ends, and how the session does."""

import pytest

from tasks.desk.sql_prompt import read_typed


def type_lines(monkeypatch, *lines):
    typed = iter(lines)

    def answer(_prompt):
        line = next(typed, None)
        if line is None:
            raise EOFError
        if isinstance(line, BaseException):
            raise line
        return line

    monkeypatch.setattr("builtins.input", answer)


@pytest.mark.parametrize(
    ("lines", "statement"),
    [
        (["select 1;"], "select 1;"),
        (["select 1", ""], "select 1"),
        (["", "  ", "select", "  1;"], "select\n  1;"),
        (["help", "select 1;"], "select 1;"),
    ],
)
def test_a_statement_ends_with_a_semicolon_or_an_empty_line(monkeypatch, lines, statement):
    type_lines(monkeypatch, *lines)
    assert read_typed() == statement


@pytest.mark.parametrize("lines", [[], ["exit"], ["quit"], [r"\q"], ["select 1"]])
def test_the_session_ends_with_the_input_or_a_word(monkeypatch, lines):
    type_lines(monkeypatch, *lines)
    assert read_typed() is None


def test_ctrl_c_forgets_what_was_typed_so_far(monkeypatch):
    type_lines(monkeypatch, "select nonsense", KeyboardInterrupt(), "select 1;")
    assert read_typed() == "select 1;"
