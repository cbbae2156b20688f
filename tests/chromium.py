"""A real browser without a window, for what people look at; `needs_browser` skips a test where there is none."""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# Without these it asks its maker's hosts at each start; the sandbox needs rights that a container does not give.
QUIET = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
QUIET += " --disable-component-update --disable-sync --virtual-time-budget=30000 --enable-logging=stderr"

needs_browser = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium here; Debian's package is `chromium`")


def read_words(address: str, profile: Path) -> tuple[str, str]:
    """The words of a page after its scripts have run, and what the browser's console complained of."""
    command = [str(BROWSER), *QUIET.split(), f"--user-data-dir={profile}", "--dump-dom", address]
    # What the project's own environment says of proxies and homes is no business of the browser.
    shown = subprocess.run(command, capture_output=True, text=True, check=True, env={"PATH": os.environ["PATH"]})
    words = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", shown.stdout, flags=re.DOTALL)
    complaints = "\n".join(line for line in shown.stderr.splitlines() if "CONSOLE" in line)
    return " ".join(html.unescape(words).split()), complaints
