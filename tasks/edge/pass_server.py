"""Prefect's short-lived server for one command, in a process of its own: `python -m tasks.edge.pass_server FD`.

It is what Prefect starts itself where no server is named: the same application, without page and schedules. Prefect
does so when the flow begins, one thing after another, and imports the server twice: here, and in the process that runs
the flow. Started first and by us, the server makes ready beside the command's own imports, on the other core.

Its standard input is a pipe that only its parent holds: the server ends when that closes, however the parent ended.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading

import uvicorn

from tasks.edge.prefect_server import rest_collector

_APPLICATION = "prefect.server.api.server:create_app"
_LAST_ANSWERS_S = 3


def main() -> None:
    """Serve on the socket whose descriptor is the argument, until the standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    listening = socket.socket(fileno=int(sys.argv[1]))
    config = uvicorn.Config(
        _APPLICATION, factory=True, log_level="error", lifespan="on", timeout_graceful_shutdown=_LAST_ANSWERS_S
    )
    with rest_collector():
        config.load()
    server = uvicorn.Server(config)
    threading.Thread(target=_end_with_parent, args=(server,), daemon=True).start()
    server.run(sockets=[listening])


def _end_with_parent(server: uvicorn.Server) -> None:
    while os.read(0, 1):
        continue
    server.should_exit = True


if __name__ == "__main__":
    main()
