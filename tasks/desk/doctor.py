"""`dateline doctor`: what is well, what is not, and the mend of each fault."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta
from itertools import chain
from typing import Annotated

from cyclopts import Parameter

from tasks.core.errors import BadInput
from tasks.desk.archive_checks import check_archive
from tasks.desk.checks import (
    Finding,
    check_catalog,
    check_channels,
    check_home,
    check_installation,
    check_prefect,
    check_settings,
)
from tasks.desk.disk_checks import check_disk
from tasks.desk.lake_checks import check_lake
from tasks.desk.options import Format, Home
from tasks.desk.showing import count, print_json, say
from tasks.desk.store_checks import check_stores
from tasks.settings import read_settings

_MARKS = {"ok": "ok   ", "note": "note ", "fault": "FAULT"}


def examine(
    *,
    max_age: Annotated[
        str | None, Parameter(help="A fault where the last finished pass is older: 15m, 2h, 1d. For watchdogs.")
    ] = None,
    all_days: Annotated[
        bool, Parameter(negative="", help="Check the stored data of all days, not of the last 15 alone.")
    ] = False,
    format: Format = "text",
    home: Home = None,
) -> int:
    """Look at installation, settings, home, catalog, stores, lake, disk, channels and Prefect; exit 1 on a fault."""
    settings = read_settings(home)
    oldest = parse_age(max_age)
    findings = list(
        chain(
            check_installation(settings),
            check_settings(settings),
            check_home(settings),
            check_catalog(settings),
            check_stores(settings),
            check_lake(settings, oldest, has_all_days=all_days),
            check_archive(settings),
            check_disk(settings),
            check_channels(settings),
            check_prefect(settings),
        )
    )
    if format == "json":
        print_json([asdict(finding) for finding in findings])
    else:
        print_findings(findings)
    return int(any(finding.state == "fault" for finding in findings))


def print_findings(findings: Iterable[Finding]) -> None:
    """Each finding on a line, and the sum."""
    faults = 0
    for finding in findings:
        faults += finding.state == "fault"
        mend = f"; {finding.mend}" if finding.mend and finding.mend not in finding.what else ""
        say(f"{_MARKS[finding.state]}  {finding.check}: {finding.what}{mend}")
    say("", f"{count(faults, 'fault')} found." if faults else "All is well.")


def parse_age(given: str | None) -> timedelta | None:
    """A span of time such as `15m`. Raises BadInput."""
    if given is None:
        return None
    match = re.fullmatch(r"(\d{1,6})\s*([mhd])", given.strip().lower())
    if match is None:
        raise BadInput(f"--max-age is {given!r}, which is no span of time; write 15m, 2h or 1d.")
    return timedelta(**{{"m": "minutes", "h": "hours", "d": "days"}[match[2]]: int(match[1])})
