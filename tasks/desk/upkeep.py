"""`dateline upkeep` and `dateline publish`: what the nightly flow does, for cron; Prefect is not needed."""

from __future__ import annotations

from tasks.desk.desk import name_countries
from tasks.desk.options import Home
from tasks.desk.showing import count, say
from tasks.edge.clock import utc_now
from tasks.edge.lake.attach import LakeAddress, connect_reader, locate_lake
from tasks.edge.lake.publish import publish_press
from tasks.edge.lake.upkeep import keep_lake
from tasks.edge.passes import make_lake_ready
from tasks.edge.publishing import publish_feeds
from tasks.edge.quarantine import Quarantine
from tasks.settings import Settings, read_settings


def run_upkeep(*, home: Home = None) -> int:
    """Compact and clean the lake, drop raw pages past their time, and write what is published."""
    settings, address = open_lake_of_today(home)
    report = keep_lake(address, utc_now(), settings.keep_raw_days)
    say(
        f"{count(report.files_before, 'file')} became {report.files_after:,}; "
        f"{count(report.snapshots_expired, 'old snapshot')} expired, {count(report.files_cleaned, 'file')} cleaned, "
        f"{count(report.orphans_removed, 'orphan')} removed, "
        f"{count(report.raw_days_removed, 'day')} of raw pages dropped."
    )
    if report.duplicates:
        say(f"A key stands twice in {', '.join(report.duplicates)}: something wrote past the lock. Please report it.")
    if dropped := Quarantine(settings.home).sweep(utc_now()):
        say(f"{count(dropped, 'body', 'bodies')} of feeds that could not be read dropped from quarantine.")
    if report.backup:
        say(f"The lake's metadata was copied to {report.backup} first.")
    return _publish(settings, address)


def publish_files(*, home: Home = None) -> int:
    """Write press.duckdb (the public relations in one file), summits.ics, alerts.atom and index.html now."""
    return _publish(*open_lake_of_today(home))


def open_lake_of_today(home: Home) -> tuple[Settings, LakeAddress]:
    """Settings and address of a lake that exists, of today's layout. Raises LakeMissing, and then makes nothing."""
    settings = read_settings(home)
    address = locate_lake(settings)
    connect_reader(address, settings.home_source).close()
    make_lake_ready(settings)  # what is published asks the views of today
    return settings, address


def _publish(settings: Settings, address: LakeAddress) -> int:
    now = utc_now()
    say(f"Written: {publish_press(address, settings.publish_folder, now)}")
    for path in publish_feeds(settings, address, name_countries(settings), now):
        say(f"Written: {path}")
    return 0
