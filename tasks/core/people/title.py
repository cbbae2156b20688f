"""What stands beside a name, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Title:
    """What stands beside a name. `begin` is the index of the code where it starts, if it stands before the name.

    `role` is the catalog's name of the office, `words` how it is told: the text's own words for other than offices.
    `country` is what the words say, `seat` what a building or department in them implies; `owner` is the place of the
    name of the person whom the holder serves ("Putin's aide"). A counterpart has the role of whom it is named after.
    """

    role: str
    level: str | None
    country: str | None = None
    organisation: str | None = None
    begin: int | None = None
    owner: tuple[int, int] | None = None
    seat: str | None = None
    words: str = ""
    is_theirs: bool = False  # "his spokeswoman": of the person named before

    @property
    def is_counterpart(self) -> bool:
        """Whether the role is that of somebody else."""
        return self.role == "counterpart"
