"""`dateline sql`: read-only SQL over the lake's views, beside a running writer."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tasks.core.errors import BadInput
from tasks.desk.desk import Desk, open_desk
from tasks.desk.options import Home
from tasks.desk.showing import count, note, print_table, say
from tasks.desk.sql_attach import tell_attach
from tasks.desk.sql_formats import (
    SqlFormat,
    answer_as_cells,
    answer_as_csv,
    answer_as_json,
    choose_format,
    write_file,
)
from tasks.desk.sql_prompt import run_prompt
from tasks.edge.lake.adhoc import ask, find_parameters
from tasks.edge.lake.export import answer_as_parquet
from tasks.edge.lake.statements import list_sql
from tasks.edge.lake.statements import query as named_query
from tasks.settings import read_settings


def ask_lake(
    query: Annotated[str | None, Parameter(help="SQL, or the name of an example. Without it: a prompt.")] = None,
    /,
    *,
    format: Annotated[SqlFormat | None, Parameter(help="Else by the ending of -o, else table.")] = None,
    output: Annotated[Path | None, Parameter(name=("--output", "-o"), help="Write to this file.")] = None,
    values: Annotated[
        tuple[str, ...], Parameter(name="--set", negative="", help="NAME=VALUE for each $NAME of the question.")
    ] = (),
    examples: Annotated[bool, Parameter(negative="", help="List the example questions.")] = False,
    schema: Annotated[bool, Parameter(negative="", help="Every relation and column with its meaning.")] = False,
    attach: Annotated[bool, Parameter(negative="", help="How other tools open the lake.")] = False,
    home: Home = None,
) -> int:
    """Ask the lake in SQL, read-only: a query, the name of an example question, or a prompt."""
    if examples:
        print_table(("name", "question"), [(file.name, file.grain) for file in list_sql("examples")])
    elif attach:
        say(*tell_attach(read_settings(home)))
    else:
        statement = named_query("select_dictionary") if schema else read_statement(query)
        if statement is None:
            return run_prompt(home, lambda desk, typed: print_answer(desk, complete_call(typed)))
        given = read_values(statement, values)
        with open_desk(home) as desk:
            print_answer(desk, statement, choose_format(format, output), output, given)
    return 0


def read_values(statement: str, values: Sequence[str]) -> dict[str, str]:
    """The values of `--set NAME=VALUE` by name. Raises BadInput where one is malformed, missing or not asked for."""
    parted = [value.partition("=") for value in values]
    if wrong := [name for name, sign, _ in parted if not sign or not name.isidentifier()]:
        raise BadInput(f"--set {wrong[0]} names no value; write --set NAME=VALUE.")
    given = {name: value for name, _, value in parted}
    asked = find_parameters(statement)
    if missing := [name for name in asked if name not in given]:
        wanted = " ".join(f"--set {name}=..." for name in missing)
        raise BadInput(f"The question asks for {', '.join(missing)}; give {wanted}.")
    if unknown := [name for name in given if name not in asked]:
        raise BadInput(
            f"The question has no ${unknown[0]}; leave --set {unknown[0]} out, or write ${unknown[0]} in it."
        )
    return given


def read_statement(query: str | None) -> str | None:
    """The SQL that is meant: as given, a macro's call, an example's, or from a pipe; None to ask a person."""
    if query is None:
        return None if sys.stdin.isatty() else sys.stdin.read()
    if re.fullmatch(r"[\w-]+", query.strip()):
        return read_example(query.strip())
    return complete_call(query)


def complete_call(query: str) -> str:
    """The statement that a macro's call alone stands for: `from mentions_of('Lavrov')`; any other as it is."""
    called = re.match(r"\s*(\w+)\s*\(", query)
    if called and any(macro.name == called[1].lower() and macro.columns for macro in list_sql("macros")):
        return f"from {query}"
    return query


def read_example(name: str) -> str:
    """The text of an example question. Raises BadInput."""
    for file in list_sql("examples"):
        if file.name == name:
            return file.text
    for macro in list_sql("macros"):
        if macro.name == name:
            raise BadInput(f'{name} is a macro; give it its values: `dateline sql "{macro.call}"`.')
    meant = get_close_matches(name, [file.name for file in list_sql("examples")], n=1)
    guess = f" Did you mean {meant[0]}?" if meant else ""
    raise BadInput(
        f"{name!r} is no SQL and no example question.{guess} `dateline sql --examples` lists the questions, "
        f'and `dateline sql "from {name}"` shows a relation of that name.'
    )


def print_answer(
    desk: Desk,
    statement: str,
    format: SqlFormat = "table",
    output: Path | None = None,
    values: Mapping[str, str] | None = None,
) -> None:
    """Ask and print, or write to a file; `values` are those of the `$names`. Raises QueryRefused and BadInput."""
    if not statement.strip():
        return
    given = dict(values) if values else None
    if format == "parquet":
        content = answer_as_parquet(desk.connection, statement, given)
    else:
        answer = ask(desk.connection, statement, given)
        if format == "table" and output is None:
            print_table(answer.columns, answer_as_cells(answer, desk.zone))
            note(count(len(answer.rows), "row"))
            return
        if format == "table":
            raise BadInput(f"{output} does not say what to write; give --format csv, json or parquet.")
        content = (answer_as_csv(answer) if format == "csv" else answer_as_json(answer)).encode()
    if output is not None:
        write_file(output, content)
    elif format == "parquet" and sys.stdout.isatty():
        raise BadInput("Parquet is no text for a terminal; give a file with -o, such as -o answer.parquet.")
    else:
        sys.stdout.buffer.write(content)
