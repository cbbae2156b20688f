"""Which Prefect does this process talk to? Settled in the environment before Prefect is imported; imports none of it.

A server named by PREFECT_API_URL goes first, then the one that `dateline serve` runs for this home, else Prefect's own
short-lived one inside this process. Its files lie in the home, so that nothing is written to the user's own ~/.prefect.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tasks.core.errors import DatelineError
from tasks.edge.clock import monotonic, wait
from tasks.settings import SERVED_FLAG, Settings

FIRST_PORT = 4200
_PORTS = 50
_START_S = 120.0  # 13 to 31 s were measured; a loaded machine takes longer
_HEALTH_S = 2.0

# [tool.prefect] in pyproject.toml says the same, but Prefect reads it only in the folder it is started from.
_DEFAULTS = {
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",
    "DO_NOT_TRACK": "1",
}


@dataclass(frozen=True, slots=True)
class PrefectServer:
    """The server this process joins: `url` is None for the short-lived one of its own."""

    url: str | None


def prepare_prefect(settings: Settings, environ: dict[str, str] | None = None) -> PrefectServer:
    """Settle Prefect's environment for this home. Call it before Prefect is imported."""
    env = os.environ if environ is None else environ
    for name, value in {**_DEFAULTS, "PREFECT_HOME": str(settings.home / "prefect")}.items():
        env.setdefault(name, value)
    env["DATELINE_HOME"] = str(settings.home)  # what Prefect starts for us must find the same home
    url = env.get("PREFECT_API_URL", "").strip()
    if not url:
        url = find_own_server(settings) or ""
        if url:
            env["PREFECT_API_URL"] = url
    return PrefectServer(url or None)


def find_own_server(settings: Settings) -> str | None:
    """The address of the server that `dateline serve` runs for this home, if it answers."""
    try:
        url = str(json.loads(_note(settings).read_text(encoding="utf-8"))["url"])
    except (OSError, ValueError, KeyError):
        return None
    return url if is_healthy(url) else None


def is_healthy(url: str) -> bool:
    """Does the server at this API address answer its health check?"""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    try:
        with closing(kind(parts.hostname or "", parts.port, timeout=_HEALTH_S)) as connection:
            connection.request("GET", f"{parts.path.rstrip('/')}/health")
            return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False


@contextmanager
def run_server(settings: Settings) -> Iterator[str]:
    """Run a Prefect server as a child on 127.0.0.1 while the block lasts; yields its API address.

    Raises DatelineError where it does not become healthy.
    """
    port = find_free_port()
    url = f"http://127.0.0.1:{port}/api"
    log = settings.home / "prefect" / "server.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    environ = {name: value for name, value in os.environ.items() if name not in {"PREFECT_API_URL", SERVED_FLAG}}
    # Prefect's page asks for its data where it was served from.
    environ |= {"PREFECT_UI_API_URL": url, "PREFECT_SERVER_UI_API_URL": url}
    with log.open("ab") as output:
        child = subprocess.Popen(command, env=environ, stdout=output, stderr=subprocess.STDOUT, start_new_session=True)  # noqa: S603 - our own words
    try:
        await_health(url, child, log)
        _note(settings).write_text(json.dumps({"url": url, "pid": child.pid}), encoding="utf-8")
        yield url
    finally:
        _note(settings).unlink(missing_ok=True)
        stop_child(child)


def await_health(url: str, child: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers. Raises DatelineError where it ends or takes too long."""
    deadline = monotonic() + _START_S
    while not is_healthy(url):
        if child.poll() is not None:
            raise DatelineError(f"The Prefect server ended with code {child.returncode} before it answered; see {log}.")
        if monotonic() > deadline:
            raise DatelineError(f"The Prefect server at {url} did not answer within {_START_S:.0f} s; see {log}.")
        wait(0.2)


def stop_child(child: subprocess.Popen[bytes]) -> None:
    """End the server and all that it started."""
    for kind in (signal.SIGTERM, signal.SIGKILL):
        if child.poll() is None:
            os.killpg(child.pid, kind)
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                continue


def find_free_port() -> int:
    """The first free port from 4200 on. Raises DatelineError where fifty are taken."""
    for port in range(FIRST_PORT, FIRST_PORT + _PORTS):
        with closing(socket.socket()) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    last = FIRST_PORT + _PORTS - 1
    raise DatelineError(f"The ports {FIRST_PORT} to {last} are all taken; free one, or set PREFECT_API_URL.")


def _note(settings: Settings) -> Path:
    return settings.home / "prefect" / "served.json"
