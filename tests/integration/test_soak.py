"""The soaks of `make soak`, small: passes killed while they deliver, jobs killed at random moments, edits among noise.

Passes that are killed at random are in `make soak` alone: `test_crash.py` kills one at each of its seven moments.
"""

from __future__ import annotations

from pathlib import Path

from tests.passes import begin_empty
from tests.soak.deliveries import kill_deliveries
from tests.soak.upkeeps import kill_jobs
from tests.soak.versions import count_versions


def test_passes_that_are_killed_while_they_deliver_tell_every_alert_under_one_key(tmp_path: Path) -> None:
    toll = kill_deliveries(tmp_path, kills=3, seed=4)

    assert sum(toll.kills.values()) == 3
    assert toll.alerts >= 2
    assert toll.is_clean, toll


def test_every_edit_is_a_version_and_no_noise_is_one(tmp_path: Path) -> None:
    with begin_empty(tmp_path) as begun:
        done = count_versions(begun, stories=8, edits=3, noisy=3)

    assert (done.edits, done.versions) == (24, 24)
    assert (done.refetches, done.noise_versions) == (24, 0)


def test_writes_upkeep_publish_and_export_that_are_killed_leave_all_whole(tmp_path: Path) -> None:
    toll = kill_jobs(tmp_path, kills=3, seed=3)

    assert toll.kills.total() == 3
    assert toll.faults == []
