"""Names of time zones that feeds write, with their hours from Greenwich.

Ambiguous names have the meaning of RFC 822 where it gives one (EST, CST, MST, PST are North American), else that of
most feeds that write them. A feed whose own zone uses the name goes before this table.
"""

from __future__ import annotations

_HOURS: dict[str, float] = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8,
    "HST": -10, "NST": -3.5, "NDT": -2.5, "AST": -4, "ADT": -3, "ART": -3, "BRT": -3, "CLT": -4, "COT": -5, "PET": -5,
    "VET": -4, "BOT": -4, "UYT": -3,
    "WEST": 1, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3, "MSD": 4, "TRT": 3,
    "FET": 3, "SAMT": 4,
    "WAT": 1, "CAT": 2, "SAST": 2, "EAT": 3,
    "IDT": 3, "IRST": 3.5, "IRDT": 4.5, "GST": 4, "AZT": 4, "GET": 4, "AFT": 4.5, "PKT": 5, "UZT": 5, "YEKT": 5,
    "IST": 5.5, "NPT": 5.75, "BDT": 6, "OMST": 6, "MMT": 6.5, "ICT": 7, "WIB": 7, "KRAT": 7, "NOVT": 7,
    "HKT": 8, "SGT": 8, "MYT": 8, "PHT": 8, "WITA": 8, "AWST": 8, "IRKT": 8, "JST": 9, "KST": 9, "WIT": 9, "YAKT": 9,
    "ACST": 9.5, "ACDT": 10.5, "AEST": 10, "VLAT": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip


def offset_of_name(name: str) -> float | None:
    """Hours from Greenwich of a zone name, or None where it is not known."""
    return _HOURS.get(name.strip(" .").upper())
