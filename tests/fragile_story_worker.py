"""A story worker that dies of a word and hangs at another; all else it reads as ours does."""

from __future__ import annotations

import os
from typing import Any

from tasks.edge.serving_jobs import Work, serve_jobs
from tasks.edge.story_worker import load_work


def load_fragile_work() -> Work:
    read = load_work()

    def read_or_die(head: Any, body: bytes) -> dict[str, Any]:
        if head is not None and b"ABORT" in body:
            os.abort()
        while head is not None and b"HANG" in body:
            pass
        return read(head, body)

    return read_or_die


if __name__ == "__main__":
    serve_jobs(load_fragile_work, "read", "reading the text")
