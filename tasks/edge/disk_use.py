"""How the home grows: raw pages by the archive's day folders, the lake by its list of files, the rest by its size."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from tasks.core.growth import Growth, average_days
from tasks.edge.lake.attach import connect_reader, locate_lake
from tasks.edge.lake.sizes import measure_days
from tasks.edge.search import index_file
from tasks.settings import Settings


def measure_growth(settings: Settings, today: date) -> Growth:
    """Bytes a day of the home; of a lake on S3 or with metadata in Postgres, what lies there is left out.

    Raises LakeMissing.
    """
    address = locate_lake(settings)
    raw = dict(_measure_archive(settings.home / "raw"))
    with closing(connect_reader(address, settings.home_source)) as connection:
        lake = measure_days(connection)
    whole = [index_file(settings.home), settings.publish_folder / "press.duckdb"]
    whole += [address.metadata_file] if address.is_sqlite else []
    grown = sum(_size(path) for path in whole) / max(len(lake), 1)  # these three grow with every story
    data = 0.0 if "://" in address.data else average_days(lake, today)
    rest = data + grown if any(day < today for day in lake) else 0.0
    return Growth(average_days(raw, today), rest, len(raw), settings.keep_raw_days)


def free_bytes(folder: Path) -> int:
    """Room on the disk of a folder."""
    return shutil.disk_usage(folder).free


def _measure_archive(folder: Path) -> Iterator[tuple[date, int]]:
    """Each day of raw pages with its bytes; what is no folder of a day is left out."""
    for day in os.scandir(folder) if folder.is_dir() else ():
        try:
            named = date.fromisoformat(day.name)
        except ValueError:
            continue
        yield named, sum(file.stat().st_size for file in os.scandir(day))


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
