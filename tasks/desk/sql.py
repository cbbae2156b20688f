"""`dateline sql`: read-only SQL over the lake's views, beside a running writer."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tasks.core.errors import BadInput
from tasks.desk.desk import Desk, open_desk
from tasks.desk.options import Home
from tasks.desk.query_bar import show_query
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
from tasks.desk.sql_statement import read_statement, read_values
from tasks.edge.lake.adhoc import ask
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
            return run_prompt(home, print_answer)
        given = read_values(statement, values)
        with open_desk(home, statement) as desk:
            print_answer(desk, statement, choose_format(format, output), output, given)
    return 0


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
        with show_query(desk.connection):
            content = answer_as_parquet(desk.connection, statement, given)
    else:
        with show_query(desk.connection):
            answer = ask(desk.connection, statement, given)
        if format == "table" and output is None:
            print_table(answer.columns, answer_as_cells(answer, desk.zone), with_pager=True)
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
