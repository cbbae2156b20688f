"""Passes over the sample wire, as the demo makes them: a poll for each of its acts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from tasks.edge.sample import SampleServer, load_sample, sample_wires
from tests.passes import run_pass

SAMPLE = load_sample(Path(__file__).parents[1] / "deploy" / "sample")


def run_acts(folder: Path, now: datetime) -> Iterator[tuple[int, datetime]]:
    """Poll both acts into `folder / "home"`, five minutes apart; after each pass, the act and the time of the pass."""
    with SampleServer(SAMPLE, now) as server:
        wires = folder / "sample.toml"
        wires.write_text(sample_wires(SAMPLE, server.base_url), encoding="utf-8")
        for act, polled_at in ((1, now), (2, now + timedelta(minutes=5))):
            server.show(act)
            run_pass(folder / "home", wires, allow=server.base_url.removeprefix("http://"), now=polled_at)
            yield act, polled_at
