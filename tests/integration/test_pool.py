from __future__ import annotations

import asyncio
import json
import os
import select
import signal
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from tasks.core.model import Failure
from tasks.core.page.read import PageText
from tasks.edge.page_worker import from_json, to_json
from tasks.edge.pool import PAGE_LIMITS, PageBytes, PagePool, borrow_pool, close_shared
from tasks.edge.workers import ROOT

# Attributes of one tag take quadratic time: this page would take minutes, and its 3 MB are under every size limit.
CPU_BOMB = b"<html " + b" ".join(b"a%d=1" % n for n in range(300_000)) + b"><body><p>Envoys met.</p></body></html>"


@pytest.fixture(autouse=True)
def _no_other_workers() -> None:
    """The workers of this process are those of the test: another test may have left some to whoever comes next."""
    close_shared()


def page(title: str, paragraphs: int = 6) -> PageBytes:
    """A page about one story; the text of each is its own."""
    told = "".join(
        f"<p>{title}, paragraph {n}: the two delegations met for round {n} of their talks in the harbour town, and "
        f"the spokesman of the ministry said that round {n + 1} would follow within {n + 2} days.</p>"
        for n in range(paragraphs)
    )
    html = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{told}</article></body></html>"
    return html.encode(), "text/html; charset=utf-8", f"https://harbour.example/{title.replace(' ', '-')}"


def bomb() -> PageBytes:
    return CPU_BOMB, "text/html", "https://harbour.example/bomb"


def titles(results: list[PageText | Failure]) -> list[str]:
    return [result.title if isinstance(result, PageText) else result.kind for result in results]


def workers_of(parent: int) -> list[int]:
    """The page workers that are children of a process."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if b"tasks.edge.page_worker" in command and int(state[1]) == parent and state[0] != "Z":
            found.append(int(folder.name))
    return found


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes through /proc")


def test_texts_come_in_the_order_of_the_pages() -> None:
    names = [f"Round {n} of the talks" for n in range(40)]

    with PagePool(2) as pool:
        results = list(pool.extract([page(name) for name in names]))

    assert titles(results) == names
    first = results[0]
    assert isinstance(first, PageText)
    assert "paragraph 5: the two delegations met" in first.text


def test_a_page_without_text_is_a_failure_in_its_place() -> None:
    pages = [page("Before"), (b"", "text/html", "https://harbour.example/empty"), page("After")]

    with PagePool() as pool:
        assert titles(list(pool.extract(pages))) == ["Before", "empty_body", "After"]


def test_the_same_page_gives_the_same_text_in_every_process() -> None:
    pages = [page("Twice"), page("Twice")]

    with PagePool(limits=replace(PAGE_LIMITS, jobs_a_process=1)) as pool:
        one, other = pool.extract(pages)

    assert one == other


def test_a_page_that_takes_too_long_costs_itself_alone() -> None:
    with PagePool(1, replace(PAGE_LIMITS, cpu_s=1.0)) as pool:
        results = list(pool.extract([page("Before"), bomb(), page("After")]))

    assert titles(results) == ["Before", "extract_timeout", "After"]
    assert isinstance(results[1], Failure)
    assert not results[1].is_permanent


def test_a_page_that_takes_too_much_memory_costs_itself_alone() -> None:
    links = b"".join(b"<p><a href='/%d'>link %d</a> and words</p>" % (n, n) for n in range(90_000))
    heavy = b"<html><body>" + links + b"</body></html>", "text/html", "https://harbour.example/heavy"

    with PagePool(1, replace(PAGE_LIMITS, memory=160 << 20)) as pool:
        results = list(pool.extract([page("Before"), heavy, page("After")]))

    assert titles(results)[::2] == ["Before", "After"]
    assert titles(results)[1] in {"extract_memory", "extract_crash"}


@needs_proc
def test_a_worker_that_is_killed_costs_its_page_alone() -> None:
    with PagePool(1, replace(PAGE_LIMITS, cpu_s=60)) as pool:
        results = pool.extract([page("Before"), bomb(), page("After")])
        before = next(results)
        os.kill(workers_of(os.getpid())[0], signal.SIGKILL)
        rest = list(results)

    assert titles([before]) == ["Before"]
    assert titles(rest) == ["extract_crash", "After"]


def test_a_worker_that_hangs_is_ended_by_the_wall_clock() -> None:
    with PagePool(1, replace(PAGE_LIMITS, cpu_s=600, wall_s=2.0)) as pool:
        assert titles(list(pool.extract([bomb()]))) == ["extract_timeout"]


@needs_proc
def test_workers_are_started_by_the_first_page_and_end_with_the_block() -> None:
    with PagePool() as pool:
        assert workers_of(os.getpid()) == []
        assert list(pool.extract([])) == []
        assert workers_of(os.getpid()) == []
        assert titles(list(pool.extract([page("One")]))) == ["One"]
        assert len(workers_of(os.getpid())) == 1

    assert workers_of(os.getpid()) == []


@needs_proc
def test_a_block_that_is_left_early_leaves_no_worker() -> None:
    with PagePool(1, replace(PAGE_LIMITS, cpu_s=60)) as pool:
        next(pool.extract([page("One"), bomb(), page("Never")]))

    assert workers_of(os.getpid()) == []


@needs_proc
def test_a_worker_is_replaced_after_its_pages() -> None:
    with PagePool(1, replace(PAGE_LIMITS, jobs_a_process=2)) as pool:
        list(pool.extract([page("One")]))
        first = workers_of(os.getpid())
        list(pool.extract([page("Two"), page("Three")]))
        last = workers_of(os.getpid())

    assert len(first) == len(last) == 1
    assert first != last


async def test_a_pool_works_in_a_thread_beside_an_event_loop() -> None:
    def extract() -> list[str]:
        with PagePool() as pool:
            return titles(list(pool.extract([page("One"), page("Two")])))

    assert await asyncio.to_thread(extract) == ["One", "Two"]


def test_a_worker_imports_neither_prefect_nor_the_lake() -> None:
    script = "import sys, tasks.edge.page_worker, tasks.core.page.body, tasks.core.page.meta; print(*sys.modules)"

    loaded = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)

    assert "trafilatura" in loaded.stdout.split()
    assert not {"prefect", "duckdb", "aiohttp", "fastapi", "sqlalchemy"} & set(loaded.stdout.split())


MAIN = """
    import pathlib, sys, time
    with pathlib.Path(sys.argv[1]).open("a") as log:
        print("the main module was imported as", __name__, file=log)
    if __name__ == "__main__":
        from dataclasses import replace
        from tests.integration.test_pool import bomb, page, titles
        from tasks.edge.pool import PAGE_LIMITS, PagePool
        with PagePool(2, replace(PAGE_LIMITS, cpu_s=float(sys.argv[2]))) as pool:
            for result in pool.extract([page("One")] * 12 + [bomb()]):
                print(titles([result])[0], flush=True)
"""


def start_engine(folder: Path, cpu_s: float) -> subprocess.Popen[str]:
    """A program that is started like Prefect's engine: `python -m package.engine`."""
    package = folder / "fakefect"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "engine.py").write_text(textwrap.dedent(MAIN))
    return subprocess.Popen(
        [sys.executable, "-m", "fakefect.engine", str(folder / "imports.log"), str(cpu_s)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"},
    )


def test_workers_do_not_import_the_main_module_again(tmp_path: Path) -> None:
    with start_engine(tmp_path, cpu_s=0.5) as engine:
        told, _ = engine.communicate()

    assert told.split() == ["One"] * 12 + ["extract_timeout"]
    assert (tmp_path / "imports.log").read_text() == "the main module was imported as __main__\n"


@needs_proc
def test_no_worker_outlives_a_parent_that_is_killed(tmp_path: Path) -> None:
    with start_engine(tmp_path, cpu_s=3.0) as engine:
        assert engine.stdout is not None
        assert engine.stdout.readline() == "One\n"
        handles = [os.pidfd_open(worker) for worker in workers_of(engine.pid)]
        engine.kill()

    # One of them is in the middle of the bomb: its own limit ends it.
    assert len(handles) == 2
    for handle in handles:
        assert select.select([handle], [], [], 120)[0] == [handle]
        os.close(handle)


def test_what_a_worker_answers_survives_its_way_through_json() -> None:
    with PagePool() as pool:
        results = list(pool.extract([page("One"), (b"%PDF-1.7", "application/pdf", "https://harbour.example/a.pdf")]))

    assert [type(result) for result in results] == [PageText, Failure]
    assert [from_json(json.loads(json.dumps(to_json(result)))) for result in results] == results


def test_the_pool_of_the_process_keeps_its_workers_until_a_borrower_fails() -> None:
    with borrow_pool() as first:
        assert titles(list(first.extract([page("Ferry talks")]))) == ["Ferry talks"]
    with borrow_pool() as again:
        assert again is first
    with pytest.raises(KeyboardInterrupt), borrow_pool():
        raise KeyboardInterrupt
    with borrow_pool() as fresh:
        assert fresh is not first
        assert titles(list(fresh.extract([page("Harbour talks")]))) == ["Harbour talks"]
