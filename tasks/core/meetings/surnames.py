"""Surnames that are also demonyms: `Prime Minister Mihai Moldovan` is one person, and "Moldovan" no country."""

from __future__ import annotations

import re
from dataclasses import replace

from tasks.core.meetings.entities import DEMONYM, PERSON, Entity

# Where a verb, a conjunction or the end of the phrase follows, no noun is left that the demonym could belong to.
SURNAME = re.compile(
    rf"{PERSON}\s{DEMONYM}(?=[,.;)]|['’]s?\s|\s(?:and|or|will|would|is|was|are|were|has|had|have|met|meets?|said|says"
    r"|told|to|in|on|at|of|with|for|from|who|plans?|agreed|held|holds?|arriv\w+|visit\w*)\b)"
)


def join_surname(members: list[Entity], words: list[str], match: re.Match[str], earlier: list[Entity]) -> Entity | None:
    """The person with the whole name; None where a surname stands already."""
    person, surname = members[0], words[1]
    if len(person.names) != 1 or " " in person.names[0] or person.is_group:
        return None
    return replace(person, names=(f"{person.names[0]} {surname}",))
