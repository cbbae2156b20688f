"""What Tab completes at the prompt of `dateline sql`: relations, columns, macros, examples and the words of SQL."""

from __future__ import annotations

from functools import cache

from tasks.edge.lake.statements import list_sql

DELIMITERS = " \t\n,();=<>+-*/.'\""
_SQL = (
    "select from where group by order limit having join left inner on using as with distinct count sum min max avg "
    "and or not in is null like ilike between case when then else end desc asc union all current_date interval exists "
    "filter over partition qualify unnest summarize describe explain"
).split()


@cache
def list_names() -> tuple[str, ...]:
    """All that can be completed, in order and each once; a macro with its opening bracket."""
    files = [*list_sql("views"), *list_sql("macros")]
    columns = {column for file in files for column, _ in file.columns}
    macros = {f"{macro.name}(" for macro in list_sql("macros")}
    views = {view.name for view in list_sql("views")}
    examples = {example.name for example in list_sql("examples")}
    return tuple(sorted({*columns, *macros, *views, *examples, "dictionary", *_SQL}))


def complete_name(begun: str, state: int) -> str | None:
    """The name number `state` of those that begin so, in the case in which it was begun; None after the last."""
    if not begun:
        return None
    found = [name for name in list_names() if name.startswith(begun.lower())]
    if state >= len(found):
        return None
    return found[state].upper() if begun.isupper() else found[state]
