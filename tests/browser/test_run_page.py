"""Prefect's own page of a run, in a real browser: what a person who serves Dateline looks at."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.edge.sample import SampleServer, load_sample, sample_wires
from tests.chromium import needs_browser, read_words

SAMPLE = load_sample(Path(__file__).parents[2] / "deploy" / "sample")
NOW = datetime.now(UTC)  # noqa: TID251 - the sample wire is dated by the day on which it is shown

pytestmark = needs_browser


@pytest.fixture
def wires(tmp_path, monkeypatch):
    with SampleServer(SAMPLE, NOW) as server:
        monkeypatch.setenv("DATELINE_ALLOW", server.base_url.removeprefix("http://"))
        monkeypatch.setenv("DATELINE_ALERT_URLS", f"file:{tmp_path / 'alerts.jsonl'}")
        path = tmp_path / "sample.toml"
        path.write_text(sample_wires(SAMPLE, server.base_url), encoding="utf-8")
        yield str(path)


async def test_the_page_of_a_run_says_what_it_did_in_six_tasks(tmp_path, prefect_server, wires):
    from flows.monitor import monitor

    state = await monitor(home=str(tmp_path / "home"), feeds_file=wires, all_feeds=True, return_state=True)

    run = state.state_details.flow_run_id
    page, _ = read_words(f"{prefect_server.removesuffix('/api')}/runs/flow-run/{run}", tmp_path / "profile")
    assert "Completed" in page
    assert f"{len(SAMPLE.agencies)} of {len(SAMPLE.agencies)} feeds" in page
    assert "6 Task runs" in page
