"""A page worker that dies of a word, as a fault in a C library would have it; all else it reads as ours does."""

from __future__ import annotations

import os
from typing import Any

from tasks.edge.page_worker import load_work
from tasks.edge.serving_jobs import Work, serve_jobs


def load_fragile_work() -> Work:
    read = load_work()

    def read_or_abort(head: Any, body: bytes) -> dict[str, Any]:
        if b"ABORT" in body:
            os.abort()
        return read(head, body)

    return read_or_abort


if __name__ == "__main__":
    serve_jobs(load_fragile_work, "extract", "reading the page")
