"""Which Prefect does this process talk to? Settled in the environment before Prefect is imported; imports none of it.

A server named by PREFECT_API_URL goes first, then the one that `dateline serve` runs for this home, else a short-lived
one for this command. Its files lie in the home, so that nothing is written to the user's own ~/.prefect.
"""

from __future__ import annotations

import atexit
import gc
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tasks.core.errors import DatelineError
from tasks.edge.clock import monotonic, wait
from tasks.settings import SERVED_FLAG, Settings

FIRST_PORT = 4200
_PORTS = 50
_START_S = 120.0  # 13 to 31 s were measured; a loaded machine takes longer
_HEALTH_S = 2.0
_STOP_S = 5.0  # as long as Prefect gives a short-lived server of its own

# Where Prefect itself may read an address of a server, beside the environment; and how one looks there.
_PREFECT_FILES = ("prefect.toml", "pyproject.toml", ".env")
_NAMES_SERVER = re.compile(r"prefect_api_url|\bapi\.url|\[(tool\.prefect\.)?api\]", re.IGNORECASE)

# [tool.prefect] in pyproject.toml says the same, but Prefect reads it only in the folder it is started from.
_DEFAULTS = {
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",
    "DO_NOT_TRACK": "1",
}

# What Prefect gives a server of its own, in `SubprocessASGIServer` (3.8.8): neither page nor schedules.
_EPHEMERAL = {"PREFECT__SERVER_EPHEMERAL": "1", "PREFECT_UI_ENABLED": "0"}


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
def run_server(settings: Settings, meanwhile: Callable[[str], object] | None = None) -> Iterator[str]:
    """Run a Prefect server as a child on 127.0.0.1 while the block lasts; yields its API address.

    `meanwhile` is called with that address while it starts. Raises DatelineError where it does not become healthy.
    """
    port = find_free_port()
    url = f"http://127.0.0.1:{port}/api"
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    # Prefect's page asks for its data where it was served from.
    child = start_child(settings, command, {"PREFECT_UI_API_URL": url, "PREFECT_SERVER_UI_API_URL": url})
    try:
        if meanwhile:
            meanwhile(url)
        await_health(url, child, _log(settings))
        _note(settings).write_text(json.dumps({"url": url, "pid": child.pid}), encoding="utf-8")
        yield url
    finally:
        _note(settings).unlink(missing_ok=True)
        stop_child(child)


def start_pass_server(settings: Settings) -> Callable[[], None]:
    """Start a short-lived server for this process and name it in PREFECT_API_URL; returns what waits until it answers.

    It is called before Prefect is imported: what is registered first is done last at the exit, so that the server is
    still there for what Prefect has left to say.
    """
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))  # ours from here on, so that nobody takes the port while the server starts
        number = listening.fileno()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/api"
        command = [sys.executable, "-m", "tasks.edge.pass_server", str(number)]
        child = start_child(settings, command, _EPHEMERAL, pass_fds=(number,), stdin=subprocess.PIPE)
    atexit.register(end_pass_server, child)
    os.environ["PREFECT_API_URL"] = url
    return lambda: await_health(url, child, _log(settings))


def end_pass_server(child: subprocess.Popen[bytes]) -> None:
    """Let the server of this process write what it was told, and end."""
    if child.stdin:
        child.stdin.close()
    with suppress(subprocess.TimeoutExpired):
        child.wait(_STOP_S)
    stop_child(child)


def start_child(settings: Settings, command: list[str], environ: dict[str, str], **how: Any) -> subprocess.Popen[bytes]:
    """Start a server with our environment and this added; what it says goes to the log in the home."""
    log = _log(settings)
    log.parent.mkdir(parents=True, exist_ok=True)
    own = {name: value for name, value in os.environ.items() if name not in {"PREFECT_API_URL", SERVED_FLAG}}
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603 - our own words
            command, env=own | environ, stdout=output, stderr=subprocess.STDOUT, start_new_session=True, **how
        )


def await_health(url: str, child: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers. Raises DatelineError where it ends or takes too long."""
    deadline = monotonic() + _START_S
    while not is_healthy(url):
        if child.poll() is not None:
            raise DatelineError(f"The Prefect server ended with code {child.returncode} before it answered; see {log}.")
        if monotonic() > deadline:
            raise DatelineError(f"The Prefect server at {url} did not answer within {_START_S:.0f} s; see {log}.")
        wait(0.1)


def may_be_named_elsewhere(environ: Mapping[str, str], folder: Path) -> bool:
    """May Prefect find a server's address in a file of its own: in this folder, or a profile of its home?"""
    files = [*(folder / name for name in _PREFECT_FILES), Path(environ["PREFECT_HOME"]) / "profiles.toml"]
    files += [Path(environ[name]) for name in ("PREFECT_PROFILES_PATH",) if environ.get(name)]
    return any(path.is_file() and _NAMES_SERVER.search(path.read_text(errors="replace")) for path in files)


@contextmanager
def rest_collector() -> Iterator[None]:
    """No search for garbage while the block imports, nor later among what it brought.

    Prefect makes some hundred thousand objects that all stay; looking through them again and again is a tenth of its
    import (measured: 13.5 s of CPU without, 12.4 s with).
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


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


def _log(settings: Settings) -> Path:
    return settings.home / "prefect" / "server.log"


def _note(settings: Settings) -> Path:
    return settings.home / "prefect" / "served.json"
