"""What was meant by a name that a question gets wrong.

DuckDB guesses among all its own functions and the columns at hand; people mean the relations and macros of the lake.
"""

from __future__ import annotations

import re
from difflib import get_close_matches

from tasks.edge.lake.dictionary import made_table
from tasks.edge.lake.statements import list_sql

_NAMES = 'Names: `dateline sql "from dictionary"`.'
_OWN_GUESS = re.compile(r'!? Did you mean "[^"]*( or [^"]*)*"\??')
_RELATION = re.compile(r"(?P<kind>Table Function|\w+ Function|Table) with name \"?(?P<name>\w+)\"? does not exist")
_COLUMN = re.compile(r"(?:Referenced column |does not have a column named )\"(?P<name>\w+)\"")


def hint_at(words: str) -> str:
    """DuckDB's complaint in one line, with what was probably meant in place of its own guess."""
    if unknown := _RELATION.search(words):
        plain = _OWN_GUESS.sub("", words).rstrip("!?. ")
        return f"{plain}. {_guess_relation(unknown['name'].lower(), unknown['kind'])}{_NAMES}"
    if unknown := _COLUMN.search(words):
        told, _, candidates = words.partition(" Candidate bindings: ")
        return f"{told.rstrip('!?. ')}. {_guess_column(unknown['name'].lower(), candidates)}{_NAMES}"
    hint = f" {_NAMES}" if "does not exist" in words or "not found" in words else ""
    return f"{words.rstrip('.')}.{hint}"


def _guess_relation(name: str, kind: str) -> str:
    macros = {macro.name: macro for macro in list_sql("macros")}
    relations = {"dictionary", *(view.name for view in list_sql("views"))}
    if name in macros and kind == "Table":
        return f"It is a macro: `{'from' if macros[name].columns else 'select'} {macros[name].call}`. "
    if name in relations and kind != "Table":
        return f"It is a relation: `from {name}`. "
    if name in macros or name in relations:
        return "This lake is from before it, and has it after its next `dateline run`. "
    tables = {table for table in map(made_table, list_sql("migrations")) if table}
    meant = get_close_matches(name, [*relations, *macros, *tables], n=1)
    return f'Did you mean "{meant[0]}"? ' if meant else ""


def _guess_column(name: str, candidates: str) -> str:
    columns = {view.name: [column for column, _ in view.columns] for view in list_sql("views")}
    near = re.findall(r'"(?:\w+\.)*(\w+)"', candidates)
    if meant := get_close_matches(name, near or {each for listed in columns.values() for each in listed}, n=1):
        return f'Did you mean "{meant[0]}"? '
    if having := [view for view, listed in columns.items() if name in listed]:
        return f"It is a column of {', '.join(having)}. "
    return f"Near: {', '.join(near)}. " if near else ""
