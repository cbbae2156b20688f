"""Prefect's own page of a run, in a real browser: what a person who serves Dateline looks at."""

import html
import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.edge.sample import SampleServer, load_sample, sample_wires

SAMPLE = load_sample(Path(__file__).parents[2] / "deploy" / "sample")
NOW = datetime.now(UTC)  # noqa: TID251 - the sample wire is dated by the day on which it is shown
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# Without these it asks its maker's hosts at each start; the sandbox needs rights that a container does not give.
QUIET = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
QUIET += " --disable-component-update --disable-sync --virtual-time-budget=30000"

pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium here; Debian's package is `chromium`")


@pytest.fixture
def wires(tmp_path, monkeypatch):
    with SampleServer(SAMPLE, NOW) as server:
        monkeypatch.setenv("DATELINE_ALLOW", server.base_url.removeprefix("http://"))
        monkeypatch.setenv("DATELINE_ALERT_URLS", f"file:{tmp_path / 'alerts.jsonl'}")
        path = tmp_path / "sample.toml"
        path.write_text(sample_wires(SAMPLE, server.base_url), encoding="utf-8")
        yield str(path)


def read_page(address, profile):
    """The words of a page after its scripts have run."""
    command = [BROWSER, *QUIET.split(), f"--user-data-dir={profile}", "--dump-dom", address]
    # What the project's own environment says of proxies and homes is no business of the browser.
    shown = subprocess.run(command, capture_output=True, text=True, check=True, env={"PATH": os.environ["PATH"]})
    words = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", shown.stdout, flags=re.DOTALL)
    return " ".join(html.unescape(words).split())


async def test_the_page_of_a_run_says_what_it_did_in_six_tasks(tmp_path, prefect_server, wires):
    from flows.monitor import monitor

    state = await monitor(home=str(tmp_path / "home"), feeds_file=wires, all_feeds=True, return_state=True)

    run = state.state_details.flow_run_id
    page = read_page(f"{prefect_server.removesuffix('/api')}/runs/flow-run/{run}", tmp_path / "profile")
    assert "Completed" in page
    assert f"{len(SAMPLE.agencies)} of {len(SAMPLE.agencies)} feeds" in page
    assert "6 Task runs" in page
