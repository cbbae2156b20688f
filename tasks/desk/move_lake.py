"""`dateline move-lake`: the lake to Postgres and S3, or back, checked; then what to set."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from cyclopts import Parameter

from tasks.desk.bars import show_bars
from tasks.desk.options import Home
from tasks.desk.showing import count, say
from tasks.edge.clock import utc_now
from tasks.edge.lake.attach import LakeAddress, locate_lake
from tasks.edge.lake.moving import Moved, move_lake
from tasks.edge.lake.secrets import split_password
from tasks.settings import Settings, read_settings


def copy_lake(
    *,
    to: Annotated[str, Parameter(help="Where its metadata go, as in DATELINE_LAKE: `postgres:dbname=... host=...`.")],
    data: Annotated[
        str | None, Parameter(help="Where its files go, as in DATELINE_DATA: `s3://bucket/path/` or a folder.")
    ] = None,
    home: Home = None,
) -> int:
    """Copy the lake to another place in one go, compare all rows, and say what to set; the old one stays as it is."""
    settings = read_settings(home)
    source, target = locate_lake(settings), locate_lake(replace(settings, lake=to, data=data or ""))
    with show_bars():
        moved = move_lake(source, target, utc_now())
    say(*_tell(moved, settings, source, target))
    return 0


def _tell(moved: Moved, settings: Settings, source: LakeAddress, target: LakeAddress) -> list[str]:
    tables = count(sum(1 for each in moved.sums.values() if each.rows), "table")
    done = "were there already" if moved.was_there else "were copied"
    return [
        f"{count(moved.rows, 'row')} of {tables} {done}; counts and checksums are the same in both lakes.",
        "",
        "Set this wherever Dateline runs, before the next pass (what a pass stores in the old lake stays there):",
        *_tell_settings(target),
        "",
        f"The old lake is as it was ({name_place(source)}); remove it once the new one has a backup.",
        f"These stay in the home {settings.home} and belong to no lake: the raw pages (raw/), your catalog "
        "(catalog/), feeds that could not be read (quarantine/), and what is published. The index of words "
        "(search.sqlite) is made anew where it is missing. A worker with a home of its own needs your catalog there.",
    ]


def _tell_settings(target: LakeAddress) -> list[str]:
    rest, password = split_password(target.server)
    lake = target.metadata if target.is_sqlite else f"postgres:{rest}{' password=...' if password else ''}"
    lines = [f'  DATELINE_LAKE="{lake}"']
    if not target.is_portable:
        lines.append(f'  DATELINE_DATA="{target.data}"')
    if target.is_remote:
        lines.append("  and the AWS_ names by which the store was reached just now")
    return lines


def name_place(address: LakeAddress) -> str:
    """Metadata and files of a lake, without a password."""
    if address.is_sqlite:
        return f"{address.metadata_file} and {address.data}"
    return f"postgres:{split_password(address.server)[0]} and {address.data}"
