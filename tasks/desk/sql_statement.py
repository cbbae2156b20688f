"""What a person means who asks `dateline sql`: SQL, the call of a macro, or the name of an example."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from difflib import get_close_matches

from tasks.core.errors import BadInput
from tasks.edge.lake.adhoc import find_parameters
from tasks.edge.lake.statements import list_sql


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
    return read_question(query)


def read_question(query: str) -> str:
    """The SQL that is meant by what was given. Raises BadInput for a bare word that names no example."""
    name = query.strip().removesuffix(";").strip()
    return read_example(name) if re.fullmatch(r"[\w-]+", name) else complete_call(query)


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
