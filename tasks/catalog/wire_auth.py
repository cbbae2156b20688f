"""A subscriber's `auth = { header = "Authorization", env = "MY_TOKEN" }`: names only, no value.

The whole value of the header stands in the variable, such as `Bearer abc`. A fault never repeats what was written in
`env`, since it may be the secret itself, put there by mistake.
"""

from __future__ import annotations

import re

from tasks.catalog.entry_desk import EntryDesk
from tasks.core.model import Auth

EXAMPLE = 'auth = { header = "Authorization", env = "MY_TOKEN" }'

_HEADER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,127}")
# These say how an answer comes or where it goes: with another value nothing would come of the request.
_OURS = frozenset(
    {
        *("accept", "accept-encoding", "connection", "content-length", "content-type", "expect", "host", "range", "te"),
        *("if-modified-since", "if-none-match", "transfer-encoding", "upgrade", "user-agent"),
    }
)


def read_auth(desk: EntryDesk) -> Auth | None:
    """The auth of a wire or feed, or None where it names none or has a fault, which is reported."""
    table = desk.values.get("auth")
    if table is None:
        return None
    header, env = table.get("header"), table.get("env")
    faults = len(desk.layers.faults)
    if unknown := sorted(table.keys() - {"header", "env"}):
        desk.report(f"has an auth with the unknown key {', '.join(unknown)}", f"write {EXAMPLE}")
    if not isinstance(header, str) or not _HEADER.fullmatch(header):
        desk.report("has an auth without the name of a header", f"write {EXAMPLE}")
    elif header.lower() in _OURS:
        desk.report(f"has an auth in the header {header}, which Dateline sets itself", f"write {EXAMPLE}")
    if not isinstance(env, str) or not _VARIABLE.fullmatch(env):
        desk.report("has an auth whose env is not the name of a variable", f"write {EXAMPLE}, and keep the value out")
    return Auth(header, env) if len(desk.layers.faults) == faults else None
